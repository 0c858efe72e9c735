"""Every change of links: declared, answered, corrected, ended (declaring.py); exemptions and rules of the right source
(rules.py); moves with agencies (moves.py)."""

from jendela.registry.links.actions.declaring import (
    FIELDS,
    CannotAnswerError,
    CannotUndoLinkError,
    LinkExistsError,
    NoReasonError,
    SameApplicationError,
    answer_link,
    count_again,
    declare_link,
    end_link,
    reopen_link,
    set_link,
)
from jendela.registry.links.actions.imported import correct_many, declare_many, remove_many
from jendela.registry.links.actions.moves import MOVED, move_links, move_links_back, repoint_links
from jendela.registry.links.actions.rules import end_rule, end_stand_alone, put_rule, set_stand_alone

__all__ = [
    "FIELDS",
    "MOVED",
    "CannotAnswerError",
    "CannotUndoLinkError",
    "LinkExistsError",
    "NoReasonError",
    "SameApplicationError",
    "answer_link",
    "correct_many",
    "count_again",
    "declare_link",
    "declare_many",
    "end_link",
    "end_rule",
    "end_stand_alone",
    "move_links",
    "move_links_back",
    "put_rule",
    "remove_many",
    "reopen_link",
    "repoint_links",
    "set_link",
    "set_stand_alone",
]
