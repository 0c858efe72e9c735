"""Every change of recommendations: `finding` (found, renewed, closed by facts), `answering` (given, answered, followed
up, left, taken back)."""

from jendela.insight.recommendations.actions.answering import (
    ChangedError,
    TooManyError,
    answer,
    follow_up,
    give,
    keep,
    remind,
    retire,
    withdraw,
)
from jendela.insight.recommendations.actions.finding import close_unregistered, find_all, find_batch

__all__ = [
    "ChangedError",
    "TooManyError",
    "answer",
    "close_unregistered",
    "find_all",
    "find_batch",
    "follow_up",
    "give",
    "keep",
    "remind",
    "retire",
    "withdraw",
]
