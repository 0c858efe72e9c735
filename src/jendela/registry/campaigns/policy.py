"""Who may look at rounds and agencies' answers, and who may run them."""

from typing import Any

from jendela.people.access.choices import Permission
from jendela.people.access.policy import agencies_for, has_permission


def may_manage(viewer: Any) -> bool:
    """Runs rounds: Kominfo."""
    return has_permission(viewer, Permission.MANAGE_REGISTRY)


def sees_all(viewer: Any) -> bool:
    """Reads the board: whose reading of the registry holds for all agencies."""
    return agencies_for(viewer, Permission.READ_REGISTRY) is None


def may_see(viewer: Any, agency_id: int) -> bool:
    return has_permission(viewer, Permission.READ_REGISTRY, agency_id)


def may_attest(viewer: Any, agency_id: int) -> bool:
    return has_permission(viewer, Permission.ATTEST_REGISTRY, agency_id)


def may_fill(viewer: Any, agency_id: int) -> bool:
    return has_permission(viewer, Permission.EDIT_REGISTRY, agency_id)
