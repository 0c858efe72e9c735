"""Every change of agencies and offices."""

from collections.abc import Sequence

from django.db import transaction

from jendela.common import content
from jendela.common.audit import Actor, record
from jendela.common.events import publish
from jendela.people.agencies.events import AgenciesChanged
from jendela.people.agencies.models import Agency, Office, Succession

AGENCY_FIELDS = [
    "slug", "name", "name_en", "level", "kind", "area", "valid_from", "valid_to", "needs_check", "phone", "website",
    "source_url", "source_date", "note",
]  # fmt: skip
OFFICE_FIELDS = [
    "name", "agency", "area", "address", "hours", "hours_source", "hours_date", "phone", "source_url", "source_date",
    "note",
]  # fmt: skip


@transaction.atomic
def put_agencies(
    *, agencies: Sequence[Agency], successions: Sequence[Succession], offices: Sequence[Office], by: Actor
) -> list[str]:
    """Write whole lists: known agencies (by short name) and offices (by slug) are renewed, successions replaced.
    What is no longer listed stays, since others refer to it; its names are returned."""
    Agency.objects.bulk_create(
        agencies, update_conflicts=True, unique_fields=["short_name"], update_fields=AGENCY_FIELDS
    )
    Succession.objects.all().delete()
    Succession.objects.bulk_create(successions)
    Office.objects.bulk_create(
        offices, update_conflicts=True, unique_fields=["slug"], update_fields=OFFICE_FIELDS
    )
    counts = {"instansi": len(agencies), "perubahan": len(successions), "kantor": len(offices)}
    record(by=by, action="agencies.put_agencies", target=("people_agencies.agency", "*"), after=counts)
    publish(AgenciesChanged())
    content.changed()
    listed = [agency.short_name for agency in agencies]
    left = Agency.objects.exclude(short_name__in=listed).values_list("short_name", flat=True)
    left_offices = Office.objects.exclude(slug__in=[office.slug for office in offices])
    return [*left, *left_offices.values_list("name", flat=True)]
