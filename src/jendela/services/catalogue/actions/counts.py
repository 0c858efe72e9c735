"""Counts of readers: pages opened, and what a page did not know."""

from collections.abc import Iterable

from django.db import connection

from jendela.common.dates import today
from jendela.common.spool import Row
from jendela.services.catalogue.choices import Gap
from jendela.services.catalogue.models import Service


def add_gap_counts(pairs: Iterable[tuple[Row, int]]) -> None:
    """Write counts of gaps met: rows are (service slug, gap). Unknown slugs and gaps are passed over."""
    known = dict(Service.objects.values_list("slug", "pk"))
    rows = [
        (known[slug], gap, today(), number)
        for (slug, gap), number in pairs
        if slug in known and gap in Gap.values
    ]
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO services_catalogue_gap_count (service_id, gap, day, count) VALUES (%s, %s, %s, %s) "
            "ON CONFLICT (service_id, gap, day) DO UPDATE "
            "SET count = services_catalogue_gap_count.count + EXCLUDED.count",
            rows,
        )


def add_view_counts(pairs: Iterable[tuple[Row, int]]) -> None:
    """Write counts of page views: rows are (service slug,). Unknown slugs are passed over."""
    known = dict(Service.objects.values_list("slug", "pk"))
    rows = [(known[slug], today(), number) for (slug,), number in pairs if slug in known]
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO services_catalogue_view_count (service_id, day, count) VALUES (%s, %s, %s) "
            "ON CONFLICT (service_id, day) DO UPDATE "
            "SET count = services_catalogue_view_count.count + EXCLUDED.count",
            rows,
        )
