"""Every change of the register of applications."""

from jendela.registry.applications.actions.attributes import (
    add_attribute,
    change_attribute,
    move_attribute,
    retire_attribute,
)
from jendela.registry.applications.actions.editing import MeanwhileError, edit_values
from jendela.registry.applications.actions.functions import put_functions
from jendela.registry.applications.actions.life import NoReplacementError, add_approval
from jendela.registry.applications.actions.listing import (
    CannotUndoError,
    set_address,
    undo_address,
)
from jendela.registry.applications.actions.moving import (
    SplitError,
    move_applications,
    move_applications_back,
    split_owner,
    undo_split,
)
from jendela.registry.applications.actions.parts import PartError, follow_contracts, put_part, remove_part
from jendela.registry.applications.actions.undo import undo_batch
from jendela.registry.applications.actions.values import (
    CannotUndoValuesError,
    Provenance,
    confirm_values,
    create_application,
    create_many,
    set_many,
    set_values,
)

__all__ = [
    "CannotUndoError",
    "CannotUndoValuesError",
    "MeanwhileError",
    "NoReplacementError",
    "PartError",
    "Provenance",
    "SplitError",
    "add_approval",
    "add_attribute",
    "change_attribute",
    "confirm_values",
    "create_application",
    "create_many",
    "edit_values",
    "follow_contracts",
    "move_applications",
    "move_applications_back",
    "move_attribute",
    "put_functions",
    "put_part",
    "remove_part",
    "retire_attribute",
    "set_address",
    "set_many",
    "set_values",
    "split_owner",
    "undo_address",
    "undo_batch",
    "undo_split",
]
