"""Whose drafts: counts for a person who leaves, and for the menu."""

from typing import Any

from jendela.people.access.choices import Permission
from jendela.people.access.policy import agencies_for
from jendela.services.editor.models import Draft, DraftPart


def count(user_id: int, agency_id: int | None) -> int:
    """Drafts that a person carries, at one agency or (None) anywhere."""
    rows = Draft.objects.filter(keeper_id=user_id)
    return rows.filter(service__owner_id=agency_id).count() if agency_id is not None else rows.count()


def waiting(viewer: Any) -> int:
    """Drafts with changes that are not published, at the agencies for which the viewer writes."""
    rows = DraftPart.objects.filter(value__isnull=False)
    own = agencies_for(viewer, Permission.WRITE_STANDARDS)
    if own is not None:
        rows = rows.filter(draft__service__owner_id__in=own)
    return rows.values("draft").distinct().count()
