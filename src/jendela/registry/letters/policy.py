"""Who may make letters, look at them again, and keep the forms of askers."""

from typing import Any

from jendela.people.access.choices import Permission
from jendela.people.access.policy import agencies_for, has_permission
from jendela.registry.letters.models import LetterIssue


def may_write(viewer: Any, agency_id: int | None) -> bool:
    """Of one agency: who reads its register; of all: who reads all."""
    if agency_id is None:
        return agencies_for(viewer, Permission.READ_REGISTRY) is None
    return has_permission(viewer, Permission.READ_REGISTRY, agency_id)


def may_keep_templates(viewer: Any) -> bool:
    return has_permission(viewer, Permission.MANAGE_REGISTRY)


def sees_owners_cells(viewer: Any, agency_id: int | None) -> bool:
    """May the viewer see fields that are for the owner and Kominfo alone?"""
    if has_permission(viewer, Permission.MANAGE_REGISTRY):
        return True
    return agency_id is not None and has_permission(viewer, Permission.EDIT_REGISTRY, agency_id)


def may_open(viewer: Any, row: LetterIssue) -> bool:
    """A letter that was made: as far as its agency's register may be read, and no further than its cells allow."""
    if not may_write(viewer, row.agency_id):
        return False
    return not row.owner_only or sees_owners_cells(viewer, row.agency_id)
