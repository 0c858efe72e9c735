"""Every change of the catalogue."""

from jendela.services.catalogue.actions.counts import add_gap_counts, add_view_counts
from jendela.services.catalogue.actions.feedback import (
    answer_feedback,
    assign_feedback,
    forget_feedback,
    hand_over_feedback,
    mask_identity,
    read_contact,
    record_feedback,
)
from jendela.services.catalogue.actions.load import Drafts, replace_catalogue
from jendela.services.catalogue.actions.promises import publish_charter, sign_target, withdraw_target
from jendela.services.catalogue.actions.refusals import (
    CannotWithdraw,
    GateIsShut,
    PartIsWrong,
    Refusal,
    StandardIsDecreed,
    TimeIsKnown,
)
from jendela.services.catalogue.actions.standards import decree, publish_interim, put_in_force, withdraw

__all__ = [
    "CannotWithdraw",
    "Drafts",
    "GateIsShut",
    "PartIsWrong",
    "Refusal",
    "StandardIsDecreed",
    "TimeIsKnown",
    "add_gap_counts",
    "add_view_counts",
    "answer_feedback",
    "assign_feedback",
    "decree",
    "forget_feedback",
    "hand_over_feedback",
    "mask_identity",
    "publish_charter",
    "publish_interim",
    "put_in_force",
    "read_contact",
    "record_feedback",
    "replace_catalogue",
    "sign_target",
    "withdraw",
    "withdraw_target",
]
