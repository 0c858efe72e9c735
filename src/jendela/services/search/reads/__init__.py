"""Every query of the search: asking it, what residents asked, and the words behind it."""

from jendela.services.search.reads.asked import (
    Asked,
    AskedPage,
    asked_page,
    count_open,
    led_to,
    one_asked,
    unanswered,
    unnamed,
)
from jendela.services.search.reads.asking import (
    Found,
    Result,
    forget,
    ready,
    rebuild,
    search,
    search_in_database,
    topic,
    variants,
)
from jendela.services.search.reads.trial import Change, Report, changed, compare, report_of
from jendela.services.search.reads.words import searchable, words_of

__all__ = [
    "Asked",
    "AskedPage",
    "Change",
    "Found",
    "Report",
    "Result",
    "asked_page",
    "changed",
    "compare",
    "count_open",
    "forget",
    "led_to",
    "one_asked",
    "ready",
    "rebuild",
    "report_of",
    "search",
    "search_in_database",
    "searchable",
    "topic",
    "unanswered",
    "unnamed",
    "variants",
    "words_of",
]
