"""Whose datasets a viewer sees, and who edits and verifies them."""

from typing import Any

from django.db.models import QuerySet

from jendela.people.access.choices import Permission
from jendela.people.access.policy import has_permission
from jendela.registry.datasets.models import Dataset


def visible_to(viewer: Any) -> QuerySet[Dataset]:
    """Who reads the register at one agency reads the datasets of all: one cannot ask for data one may not know of.
    Their values are facts about data, never the data."""
    return (
        Dataset.objects.all() if has_permission(viewer, Permission.READ_REGISTRY) else Dataset.objects.none()
    )


def may_edit(viewer: Any, dataset: Dataset) -> bool:
    """The people of its producer, or of who owns the application that holds it; Kominfo for all."""
    owners = {
        dataset.producer_id,
        dataset.application.owner_id if dataset.application else dataset.producer_id,
    }
    return any(has_permission(viewer, Permission.EDIT_REGISTRY, owner) for owner in owners)


def may_verify(viewer: Any) -> bool:
    """The walidata of the regency is Diskominfo (Perpres 39/2019; rules 5.1)."""
    return has_permission(viewer, Permission.MANAGE_REGISTRY)
