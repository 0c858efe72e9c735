"""Whose memberships and invitations a viewer may see: those of the agencies whose people he manages."""

from typing import Any

from django.db.models import Q

from jendela.people.access.choices import Permission
from jendela.people.access.models import Membership, MembershipQuerySet
from jendela.people.access.policy import agencies_for, may_give


def of_viewer(viewer: Any, field: str = "agency_id") -> Q:
    """Rows of the agencies whose people the viewer manages; those of roles for all only for managers of all."""
    own = agencies_for(viewer, Permission.MANAGE_MEMBERS)
    return Q() if own is None else Q(**{f"{field}__in": own})


def visible_to(viewer: Any) -> MembershipQuerySet:
    return Membership.objects.filter(of_viewer(viewer))


def at(agency_id: int | None) -> Q:
    """Memberships at an agency; None for roles that hold for all."""
    return Q(agency__isnull=True) if agency_id is None else Q(agency_id=agency_id)


def may_substitute(viewer: Any, membership: Membership) -> bool:
    """May the viewer say who stands in for this holder? As for giving the role; nobody stands in for one who stands
    in himself."""
    return (
        not membership.is_over
        and membership.substitutes_id is None
        and may_give(viewer, membership.role, membership.agency_id)
    )
