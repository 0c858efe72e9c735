"""May this account do this, here? Memberships are read once for each request and account object."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from jendela.people.access.choices import Module, ModuleState, Permission
from jendela.people.access.models import Membership, ModuleOpening
from jendela.people.access.roles import ROLES, AgencyHead


@dataclass(frozen=True)
class Held:
    """A role held today: at one agency, or everywhere (`agency_id` None)."""

    role: str
    agency_id: int | None
    membership_id: int

    @property
    def permissions(self) -> frozenset[Any]:
        return ROLES[self.role].permissions


def held(viewer: Any) -> tuple[Held, ...]:
    """The roles an active, signed-in viewer holds today; one query, kept on the viewer object of the request."""
    if not viewer.is_authenticated or not getattr(viewer, "is_active", False):
        return ()
    found: tuple[Held, ...] | None = getattr(viewer, "_held_roles", None)
    if found is None:
        rows = (
            Membership.objects.holding()
            .filter(user_id=viewer.pk)
            .order_by("pk")
            .values_list("role", "agency_id", "pk")
        )
        found = tuple(Held(role, agency, key) for role, agency, key in rows if role in ROLES)
        viewer._held_roles = found
    return found


def has_permission(viewer: Any, permission: str, agency_id: int | None = None) -> bool:
    """True when a role of the viewer carries the permission: for this agency, or, without one, for any."""
    return any(
        permission in one.permissions and (agency_id is None or one.agency_id in (None, agency_id))
        for one in held(viewer)
    )


def agencies_for(viewer: Any, permission: str) -> frozenset[int] | None:
    """Ids of the agencies for which the viewer has the permission; None for all of them."""
    having = [one.agency_id for one in held(viewer) if permission in one.permissions]
    if None in having:
        return None
    return frozenset(agency for agency in having if agency is not None)


def own_agencies(viewer: Any) -> frozenset[int]:
    """Ids of the agencies where the viewer holds a role, leaving out roles for all."""
    return frozenset(one.agency_id for one in held(viewer) if one.agency_id is not None)


def is_staff(viewer: Any) -> bool:
    """Does the viewer hold any role today?"""
    return bool(held(viewer))


def roles_to_give(viewer: Any, agency_id: int | None) -> tuple[str, ...]:
    """Codes of the roles the viewer may give and end at an agency (None: roles that hold for all). Who manages one
    agency gives its roles except the head's, which comes by a decree of the regent and is entered by Kominfo. A role
    that holds for all is given only by who holds all its permissions: nobody raises a colleague above himself."""
    managing = {one.agency_id for one in held(viewer) if Permission.MANAGE_MEMBERS in one.permissions}
    fitting = [role for role in ROLES.values() if role.everywhere is (agency_id is None)]
    if None in managing:
        own = {each for one in held(viewer) if one.agency_id is None for each in one.permissions}
        return tuple(role.code for role in fitting if not role.everywhere or role.permissions <= own)
    if agency_id is not None and agency_id in managing:
        return tuple(role.code for role in fitting if role is not AgencyHead)
    return ()


def may_give(viewer: Any, role: str, agency_id: int | None, to: Any = None) -> bool:
    """May the viewer give (or end) this role there? Nobody gives one to himself."""
    if to is not None and viewer.pk == to.pk:
        return False
    return role in roles_to_give(viewer, agency_id)


def may_end(viewer: Any, membership: Membership) -> bool:
    """May the viewer end this membership? Own roles may be laid down by those who manage them."""
    return membership.role in roles_to_give(viewer, membership.agency_id)


def is_open(module: str, viewer: Any) -> bool:
    """Is the module open for this viewer: for all, or on trial at one of the viewer's agencies, or (on trial) for
    those who open modules?"""
    return module in open_modules(viewer)


def is_open_for_anyone(module: str) -> bool:
    """Is the module open for somebody? If not, nobody needs to sign in to find nothing."""
    if settings.ALL_MODULES_OPEN:
        return True
    return ModuleOpening.objects.filter(module=module).exclude(state=ModuleState.CLOSED).exists()


def open_modules(viewer: Any) -> frozenset[str]:
    """The modules open for this viewer; one query, kept on the viewer object of the request."""
    if settings.ALL_MODULES_OPEN:
        return frozenset(Module.values)
    found: frozenset[str] | None = getattr(viewer, "_open_modules", None)
    if found is None:
        rows = ModuleOpening.objects.exclude(state=ModuleState.CLOSED).values_list(
            "module", "state", "trial_agencies"
        )
        found = frozenset(_open(rows, viewer))
        if viewer.is_authenticated:
            viewer._open_modules = found
    return found


def _open(rows: Iterable[tuple[str, str, int | None]], viewer: Any) -> Iterable[str]:
    own = own_agencies(viewer)
    tries_all = any(one.agency_id is None for one in held(viewer))
    for module, state, agency in rows:
        if state == ModuleState.OPEN or tries_all or agency in own:
            yield module
