"""A complete standard, for tests that need one."""

import datetime
from typing import Any

from jendela.common.audit import Actor
from jendela.services.catalogue import actions
from jendela.services.catalogue.models import Publication, Service, Standard
from jendela.services.catalogue.reads.standards import Minutes

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
