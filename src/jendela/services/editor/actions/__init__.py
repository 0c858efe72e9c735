"""Every change of a draft, and its road to the public."""

from jendela.services.editor.actions.parts import (
    PartChangedError,
    discard_draft,
    hand_over_drafts,
    restore_draft,
    save_part,
    set_aside,
    take_over_draft,
)
from jendela.services.editor.actions.publish import (
    DraftChangedError,
    NothingToPublishError,
    decree_draft,
    publish_draft,
    record_consultation,
    withdraw_publication,
)

__all__ = [
    "DraftChangedError",
    "NothingToPublishError",
    "PartChangedError",
    "decree_draft",
    "discard_draft",
    "hand_over_drafts",
    "publish_draft",
    "record_consultation",
    "restore_draft",
    "save_part",
    "set_aside",
    "take_over_draft",
    "withdraw_publication",
]
