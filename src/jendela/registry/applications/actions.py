"""Every change of the register of applications."""

from collections.abc import Sequence

from django.db import transaction

from jendela.common import content
from jendela.common.audit import Actor, record
from jendela.common.events import publish
from jendela.registry.applications.events import ApplicationsChanged
from jendela.registry.applications.models import Application

FIELDS = [
    "slug", "name_en", "purpose", "owner", "operator_level", "audience", "function", "task", "task_en", "url", "since",
    "state", "state_as_of", "evidence", "usage_note", "source_url", "note",
]  # fmt: skip


@transaction.atomic
def put_applications(*, applications: Sequence[Application], by: Actor) -> list[str]:
    """Write a whole list: known applications (by name) are renewed. What is no longer listed stays, since others
    refer to it; its names are returned."""
    Application.objects.bulk_create(
        applications, update_conflicts=True, unique_fields=["name"], update_fields=FIELDS
    )
    counts = {"aplikasi": len(applications)}
    target = ("registry_applications.application", "*")
    record(by=by, action="applications.put_applications", target=target, after=counts)
    publish(ApplicationsChanged())
    content.changed()
    listed = [application.name for application in applications]
    return list(Application.objects.exclude(name__in=listed).values_list("name", flat=True))
