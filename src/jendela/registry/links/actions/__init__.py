"""Every change of links: declared, answered, corrected, ended (declaring.py); exemptions and rules of the right source
(rules.py); moves with agencies (moves.py)."""

from jendela.registry.links.actions.declaring import (
    CannotAnswerError,
    CannotUndoLinkError,
    LinkExistsError,
    NoReasonError,
    SameApplicationError,
    answer_link,
    declare_link,
    end_link,
    reopen_link,
    set_link,
)

__all__ = [
    "CannotAnswerError",
    "CannotUndoLinkError",
    "LinkExistsError",
    "NoReasonError",
    "SameApplicationError",
    "answer_link",
    "declare_link",
    "end_link",
    "reopen_link",
    "set_link",
]
