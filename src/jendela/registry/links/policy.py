"""Who sees, declares and answers links, and who sets the rules of the right source."""

from typing import Any

from django.db.models import QuerySet

from jendela.people.access.choices import Permission
from jendela.people.access.policy import agencies_for, has_permission
from jendela.registry.applications.models import Application
from jendela.registry.links.choices import Confirmation
from jendela.registry.links.models import Link


def visible_to(viewer: Any) -> QuerySet[Link]:
    """Who reads the register at one agency reads the links of all: a link has two sides."""
    return Link.objects.all() if has_permission(viewer, Permission.READ_REGISTRY) else Link.objects.none()


def editors(viewer: Any) -> frozenset[int] | None:
    """Ids of the agencies for which the viewer declares and answers; None for all."""
    return agencies_for(viewer, Permission.EDIT_REGISTRY)


def may_edit(viewer: Any, application: Application) -> bool:
    return has_permission(viewer, Permission.EDIT_REGISTRY, application.owner_id)


def may_change(viewer: Any, link: Link) -> bool:
    """Either side may correct and end a link."""
    return may_edit(viewer, link.source) or may_edit(viewer, link.target)


def answering_agency(link: Link) -> tuple[int, ...]:
    """Ids of the agencies that may answer: the owner of the end that did not declare it. Declared by neither: both
    owners may."""
    ends = (link.source.owner_id, link.target.owner_id)
    others = tuple(dict.fromkeys(one for one in ends if one != link.declared_by_id))
    return others


def may_answer(viewer: Any, link: Link) -> int | None:
    """The agency in whose name the viewer may answer, or None. An answer may be changed until the link ends."""
    if link.ended_at is not None:
        return None
    for one in answering_agency(link):
        if has_permission(viewer, Permission.EDIT_REGISTRY, one):
            return one
    return None


def waits(link: Link) -> bool:
    return link.ended_at is None and link.confirmation == Confirmation.WAITING


def may_manage(viewer: Any) -> bool:
    return has_permission(viewer, Permission.MANAGE_REGISTRY)
