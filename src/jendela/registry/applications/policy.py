"""Who may do what with an application, and which of its fields a viewer sees."""

from typing import Any

from jendela.people.access.choices import Permission
from jendela.people.access.policy import agencies_for, has_permission
from jendela.registry.applications.choices import RecordState, UseState, Visibility
from jendela.registry.applications.models import Application, ApplicationUse

CLOSED = (RecordState.MERGED, RecordState.REFUSED)


def may_manage(viewer: Any) -> bool:
    """Does the viewer keep the register as a whole?"""
    return agencies_for(viewer, Permission.MANAGE_REGISTRY) is None


def may_edit(viewer: Any, application: Application) -> bool:
    """Fill in and renew: people of the owner, and who keeps the register; not what was merged or refused."""
    if application.record_state in CLOSED:
        return False
    return has_permission(viewer, Permission.EDIT_REGISTRY, application.owner_id)


def may_decide(viewer: Any, application: Application) -> bool:
    """Record an approval: the head of the owner, and who keeps the register."""
    if application.record_state in CLOSED:
        return False
    head = has_permission(viewer, Permission.ATTEST_REGISTRY, application.owner_id)
    return head or has_permission(viewer, Permission.MANAGE_REGISTRY, application.owner_id)


def may_open_contact(viewer: Any, application: Application) -> bool:
    """Open phone and e-mail of who answers for it: head and service admin of its owner, and who keeps the register and
    calls people in a round."""
    may_read = has_permission(viewer, Permission.READ_HOLDERS, application.owner_id)
    return may_read and may_edit(viewer, application)


def may_write_use(viewer: Any, use: ApplicationUse) -> bool:
    """Change a use: until it is answered whoever edits the application; then the people of its agency alone, and who
    keeps the register."""
    if use.state in (UseState.CLAIMED, ""):
        return True
    own = has_permission(viewer, Permission.EDIT_REGISTRY, use.agency_id)
    return own or has_permission(viewer, Permission.MANAGE_REGISTRY, use.agency_id)


def visible_to(viewer: Any, application: Application) -> frozenset[str]:
    """The visibilities of fields that this viewer sees of this application."""
    if not has_permission(viewer, Permission.READ_REGISTRY):
        return frozenset({Visibility.PUBLIC})
    seen = {Visibility.PUBLIC, Visibility.GOVERNMENT}
    own = has_permission(viewer, Permission.EDIT_REGISTRY, application.owner_id)
    if own or has_permission(viewer, Permission.MANAGE_REGISTRY, application.owner_id):
        seen.add(Visibility.OWNER)
    return frozenset(seen)
