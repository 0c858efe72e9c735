"""Every change of datasets: their values (values.py), elements and files (parts.py), tables that come in (imported.py),
moves with agencies (moves.py)."""

from jendela.registry.datasets.actions.imported import (
    create_many,
    put_elements,
    put_resources,
    remove_datasets,
    set_many,
)
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
    free_slug,
    give_to_application,
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
    "create_many",
    "declare_dataset",
    "end_verification",
    "free_slug",
    "give_to_application",
    "move_datasets",
    "move_datasets_back",
    "put_elements",
    "put_resource",
    "put_resources",
    "put_standard_elements",
    "remove_datasets",
    "remove_elements",
    "remove_resource",
    "repoint_datasets",
    "search_words",
    "set_dataset",
    "set_many",
    "undo_dataset",
    "verify_dataset",
]
