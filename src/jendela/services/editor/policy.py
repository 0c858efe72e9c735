"""Who may work on a service: its owner's writers. After a merger that is the successor, for older drafts as well."""

from typing import Any

from jendela.people.access.choices import Permission
from jendela.people.access.policy import has_permission
from jendela.services.catalogue.choices import StandardState
from jendela.services.catalogue.models import Service, Standard
from jendela.services.catalogue.reads.parts import BY_KEY


def may(viewer: Any, permission: Permission, service: Service) -> bool:
    return has_permission(viewer, permission, service.owner_id)


def is_decreed(standard: Standard | None) -> bool:
    return standard is not None and standard.state == StandardState.IN_FORCE


def publishable(part: str, standard: Standard | None) -> bool:
    """May this part be published without a decree? A decreed component changes only by another decree."""
    return not (is_decreed(standard) and BY_KEY[part].is_component)
