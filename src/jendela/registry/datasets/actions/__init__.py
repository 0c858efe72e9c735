"""Every change of datasets: their values (values.py), elements and files (parts.py), moves with agencies (moves.py)."""

from jendela.registry.datasets.actions.values import (
    CannotUndoDatasetError,
    NotReadyError,
    declare_dataset,
    end_verification,
    set_dataset,
    undo_dataset,
    verify_dataset,
)

__all__ = [
    "CannotUndoDatasetError",
    "NotReadyError",
    "declare_dataset",
    "end_verification",
    "set_dataset",
    "undo_dataset",
    "verify_dataset",
]
