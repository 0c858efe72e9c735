"""Every change of the register of applications."""

from jendela.registry.applications.actions.listing import (
    CannotUndoError,
    move_applications,
    move_applications_back,
    put_applications,
    set_address,
    undo_address,
)
from jendela.registry.applications.actions.values import (
    CannotUndoValuesError,
    Provenance,
    confirm_values,
    create_application,
    create_many,
    set_many,
    set_values,
    undo_batch,
)

__all__ = [
    "CannotUndoError",
    "CannotUndoValuesError",
    "Provenance",
    "confirm_values",
    "create_application",
    "create_many",
    "move_applications",
    "move_applications_back",
    "put_applications",
    "set_address",
    "set_many",
    "set_values",
    "undo_address",
    "undo_batch",
]
