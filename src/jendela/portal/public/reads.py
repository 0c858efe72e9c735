"""Queries of the resident's core pages that mix domains: the home page's numbers, whom to ask, the sitemap."""

import re
from dataclasses import dataclass

from django.db import connection
from django.db.models import Q

from jendela.people.agencies.choices import AgencyKind
from jendela.people.agencies.models import Agency, Office
from jendela.people.areas.choices import AreaKind
from jendela.people.areas.models import Area
from jendela.registry.applications.models import Application
from jendela.registry.applications.reads import registered
from jendela.services.catalogue.models import (
    Category,
    EmergencyContact,
    Feedback,
    LifeEvent,
    Service,
)
from jendela.services.catalogue.reads.service import COMPLAINTS, ONE_WINDOW

AREA_CODE = re.compile(r"^62\.02\.\d{2}(?:\.\d{4})?$")
REPORTS = r"^(laporan|pengaduan|aduan|lapor (bencana|kebakaran|kekerasan))\M"
NUMBERS = """
SELECT (SELECT count(*) FROM registry_applications_application),
       (SELECT count(*) FROM registry_applications_application WHERE state = 'dipakai'),
       (SELECT count(*) FROM services_catalogue_service),
       (SELECT count(*) FROM services_catalogue_service s
          JOIN services_catalogue_standard d ON d.service_id = s.id AND d.state IN ('sementara', 'berlaku')
          JOIN services_catalogue_processing_time t ON t.standard_id = d.id AND t.elsewhere = ''
        WHERE s.rule_scope <> 'rujukan_daerah_lain'
          AND EXISTS (SELECT FROM services_catalogue_requirement r WHERE r.standard_id = d.id)
          AND EXISTS (SELECT FROM services_catalogue_way w WHERE w.service_id = s.id)
          AND EXISTS (SELECT FROM services_catalogue_fee f WHERE f.standard_id = d.id)),
       (SELECT count(*) FROM services_catalogue_standard WHERE state = 'berlaku'),
       (SELECT coalesce(sum(count), 0) FROM services_catalogue_view_count),
       (SELECT coalesce(sum(count), 0) FROM services_search_query_count),
       (SELECT coalesce(sum(count), 0) FROM services_catalogue_gap_count)
"""


@dataclass(frozen=True)
class Numbers:
    """What the loop says of itself: the register, the catalogue, the measured use."""

    applications: int
    applications_in_use: int
    services: int
    services_known: int  # all four answers are Kotim's own
    services_decreed: int
    views: int
    searches: int
    gaps: int


def numbers() -> Numbers:
    with connection.cursor() as cursor:
        cursor.execute(NUMBERS)
        return Numbers(*(int(number) for number in cursor.fetchone()))


def emergency_contacts() -> list[EmergencyContact]:
    """All of them; those that do not work are said to be unknown."""
    return list(EmergencyContact.objects.select_related("service").defer("service__note"))


def life_events() -> list[LifeEvent]:
    return list(LifeEvent.objects.filter(on_home=True).only("slug", "name", "name_en", "icon", "position"))


def reports() -> list[Service]:
    """Services by which residents report what is wrong."""
    rows = Service.objects.filter(name__iregex=REPORTS).only("slug", "name", "name_en")
    return list(rows.order_by("name"))


def area_and_districts(code: str) -> tuple[Area | None, list[Area]]:
    """The chosen village or kecamatan (None when the code is no area's) and all kecamatan, in one query."""
    wanted = Q(kind=AreaKind.DISTRICT)
    if AREA_CODE.match(code):
        wanted |= Q(code=code)
    rows = list(Area.objects.filter(wanted).order_by("name", "code"))
    by_code = {row.code: row for row in rows}
    chosen = by_code.get(code)
    if chosen is not None and chosen.parent_id in by_code:
        chosen.parent = by_code[chosen.parent_id]
    return chosen, [row for row in rows if row.kind == AreaKind.DISTRICT]


def find_area(code: str) -> Area | None:
    if not AREA_CODE.match(code):
        return None
    return Area.objects.select_related("parent").filter(code=code).first()


def area_exists(code: str) -> bool:
    return bool(AREA_CODE.match(code)) and Area.objects.filter(code=code).exists()


def one_window() -> Office | None:
    """The counter in town that helps with every agency."""
    return Office.objects.filter(slug=ONE_WINDOW).first()


def complaints_channel() -> Application | None:
    return Application.objects.filter(name=COMPLAINTS).first()


def feedback_exists(number: int) -> bool:
    return Feedback.objects.filter(pk=number).exists()


def service_name(slug: str) -> tuple[str, str] | None:
    """Indonesian and English name of a service."""
    return Service.objects.filter(slug=slug).values_list("name", "name_en").first()


def public_paths() -> list[tuple[str, str]]:
    """(path, date of the newest source or '') of every public page, for the sitemap; six queries."""
    fixed = [
        "/",
        "/layanan/",
        "/desa/",
        "/aplikasi/",
        "/asli/",
        "/cara-kerja/",
        "/data/",
        "/bantuan/",
        "/privasi/",
    ]
    fixed.append("/aksesibilitas/")
    pages = [(path, "") for path in fixed]
    services = Service.objects.order_by("number").values_list("slug", "last_checked")
    pages += [(f"/layanan/{slug}/", checked) for slug, checked in services]
    events = LifeEvent.objects.values_list("slug", flat=True)
    pages += [(f"/peristiwa/{slug}/", "") for slug in events]
    pages += [(f"/kategori/{slug}/", "") for slug in Category.objects.values_list("slug", flat=True)]
    pages += [(f"/desa/{code}/", "") for code in Area.objects.values_list("code", flat=True)]
    agencies = Agency.objects.exclude(kind=AgencyKind.DISSOLVED).values_list("slug", flat=True)
    pages += [(f"/instansi/{slug}/", "") for slug in agencies]
    pages += [(f"/aplikasi/{slug}/", "") for slug in registered().values_list("slug", flat=True)]
    return pages
