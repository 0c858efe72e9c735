"""Who may open the contact that a reader left."""

from typing import Any

from jendela.people.access.choices import Permission
from jendela.people.access.policy import agencies_for
from jendela.services.catalogue.models import Feedback


def may_read_contact(viewer: Any, feedback: Feedback) -> bool:
    """The agency that owns the service; what is about no service, those whose role holds for all agencies."""
    only = agencies_for(viewer, Permission.READ_PERSONAL)
    return only is None or (feedback.service is not None and feedback.service.owner_id in only)
