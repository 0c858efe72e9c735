"""A complete standard, and a service without one, for tests that need them; and a clock that stands at noon."""

import datetime
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from tests.people import agency

from jendela.common.audit import Actor
from jendela.services.catalogue import actions
from jendela.services.catalogue.choices import RuleScope, StandardState
from jendela.services.catalogue.models import ComponentType, Publication, Service, Standard
from jendela.services.catalogue.reads.parts import COMPONENTS
from jendela.services.catalogue.reads.standards import Minutes

WIB = datetime.timezone(datetime.timedelta(hours=7))
DAY = datetime.date(2026, 11, 24)
NOON = datetime.datetime(2026, 11, 24, 12, tzinfo=WIB)
OFFICER = Actor("Rina")
FULL = {
    "A1": "KTP-el asli\nFotokopi kartu keluarga",
    "A2": "Datang ke loket\nIsi formulir, lalu serahkan",
    "A3": "3 hari kerja sejak berkas lengkap",
    "A4": "Gratis",
    "A5": "Kutipan akta",
    "A6": "Adukan ke loket. Dijawab dalam 14 hari.",
}
DECREE: dict[str, Any] = {
    "decree_number": "188.45/12/2026",
    "decree_date": datetime.date(2026, 11, 20),
    "signed_by": "Kepala Dinas Contoh",
    "valid_from": datetime.date(2026, 11, 24),
    "complaint_officer": "Kepala Bidang Pelayanan",
    "complaint_channel": "Loket 3, Jalan Contoh 1",
    "minutes": Minutes(datetime.date(2026, 11, 2), "Dibahas bersama warga.", "Warga, RT, petugas"),
}


def publish(service: Service, **changes: Any) -> Publication | None:
    return actions.publish_interim(service=service, changes=changes, by=OFFICER, agency_name="Dinas Contoh")


def decree(service: Service, **other: Any) -> Standard:
    values = {"content": FULL, **DECREE, **other}
    return actions.decree(service=service, by=OFFICER, **values)


@pytest.fixture(autouse=True)
def noon() -> Iterator[Any]:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def service(db: None) -> Service:
    return make_service()


def make_service(slug: str = "akta-contoh") -> Service:
    for position, code in enumerate(COMPONENTS, start=1):
        ComponentType.objects.get_or_create(
            code=code,
            defaults={
                "group": code[0],
                "position": position,
                "name": code,
                "citation": "UU 25/2009",
                "valid_from": "2009-07-18",
            },
        )
    found = Service.objects.create(
        number=Service.objects.count() + 1,
        slug=slug,
        name=slug,
        owner=agency(),
        rule_scope=RuleScope.REGENCY,
        product="Akta",
    )
    Standard.objects.create(service=found, version=1, state=StandardState.INTERIM)
    return found
