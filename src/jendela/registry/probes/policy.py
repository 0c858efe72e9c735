"""Whose applications a viewer sees probed, and who may dispute and answer."""

from typing import Any

from django.db.models import QuerySet

from jendela.people.access.choices import Permission
from jendela.people.access.policy import agencies_for, has_permission
from jendela.people.access.roles import ROLES
from jendela.registry.applications.choices import RecordState
from jendela.registry.applications.models import Application

COUNTED = (RecordState.REGISTERED, RecordState.CONCEPT)  # neither merged into another nor refused


def visible_to(viewer: Any) -> QuerySet[Application]:
    """Applications of the agencies whose register the viewer reads."""
    rows = Application.objects.filter(record_state__in=COUNTED)
    own = agencies_for(viewer, Permission.READ_REGISTRY)
    return rows if own is None else rows.filter(owner__in=own)


def may_dispute(viewer: Any, application: Application) -> bool:
    """Who edits the owner's entries: the owner's people, and Kominfo in its name."""
    return has_permission(viewer, Permission.EDIT_REGISTRY, application.owner_id)


def answering_roles() -> list[str]:
    """Roles for all agencies whose holders answer disputes."""
    return [
        code
        for code, role in ROLES.items()
        if role.everywhere and Permission.MANAGE_REGISTRY in role.permissions
    ]


def may_answer(viewer: Any) -> bool:
    return has_permission(viewer, Permission.MANAGE_REGISTRY)
