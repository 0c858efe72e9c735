"""Every change of datasets: their values (values.py), elements and files (parts.py), moves with agencies (moves.py)."""

from jendela.registry.datasets.actions.moves import move_datasets, move_datasets_back, repoint_datasets
from jendela.registry.datasets.actions.parts import (
    TooManyElementsError,
    add_elements,
    confirm_elements,
    put_resource,
    put_standard_elements,
    remove_elements,
    remove_resource,
)
from jendela.registry.datasets.actions.values import (
    CannotUndoDatasetError,
    NotReadyError,
    declare_dataset,
    end_verification,
    search_words,
    set_dataset,
    undo_dataset,
    verify_dataset,
)

__all__ = [
    "CannotUndoDatasetError",
    "NotReadyError",
    "TooManyElementsError",
    "add_elements",
    "confirm_elements",
    "declare_dataset",
    "end_verification",
    "move_datasets",
    "move_datasets_back",
    "put_resource",
    "put_standard_elements",
    "remove_elements",
    "remove_resource",
    "repoint_datasets",
    "search_words",
    "set_dataset",
    "undo_dataset",
    "verify_dataset",
]
