"""Every change of the search's tables."""

from jendela.services.search.actions.counts import add_query_counts, mark_query, open_query
from jendela.services.search.actions.documents import load_topics, refresh_documents
from jendela.services.search.actions.test_queries import add_test_query, drop_test_query, restore_test_query
from jendela.services.search.actions.words import (
    ChangedMeanwhileError,
    HarmNotAcceptedError,
    cancel_change,
    keep_change,
    try_change,
    undo_change,
)

__all__ = [
    "ChangedMeanwhileError",
    "HarmNotAcceptedError",
    "add_query_counts",
    "add_test_query",
    "cancel_change",
    "drop_test_query",
    "keep_change",
    "load_topics",
    "mark_query",
    "open_query",
    "refresh_documents",
    "restore_test_query",
    "try_change",
    "undo_change",
]
