"""The weekly message about due dates: to whom, what, how often, how many."""

import datetime
import json
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob
from tests.people import agency, member

from jendela.common.audit import SYSTEM
from jendela.common.encryption import decrypt
from jendela.common.models import AuditEntry
from jendela.people.access.models import Membership
from jendela.people.access.roles import AgencyHead, AgencyOperator, ServiceAdmin
from jendela.registry.links.models import Link
from jendela.registry.probes.tests.world import application, probed
from jendela.registry.scores import actions, jobs, tables

pytestmark = pytest.mark.django_db
MONDAY = datetime.date(2026, 12, 7)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel("2026-12-07 07:40+07:00", tick=False) as traveller:
        yield traveller


def on(days: int) -> datetime.date:
    return MONDAY + datetime.timedelta(days)


def mails() -> list[tuple[str, dict[str, Any]]]:
    """(address, values) of all messages asked for so far."""
    rows = ProcrastinateJob.objects.filter(task_name="notify.send").order_by("pk")
    return [(decrypt(row.args["to"]), json.loads(decrypt(row.args["values"]))) for row in rows]


def addresses() -> list[str]:
    return [to for to, _values in mails()]


def test_one_message_names_all_that_is_due() -> None:
    own = agency("Dinas Uji")
    admin = member(ServiceAdmin.code, own, email="admin@contoh.id")
    member(AgencyOperator.code, own)
    member(AgencyHead.code, own)
    Membership.objects.create(
        user=admin, agency=agency("Dinas Dua"), role=ServiceAdmin.code, valid_from=on(-9)
    )
    application("Kontrak", own, contract_until=on(30))
    application("Audit", own, audit_due=on(-5))
    application("Daftar", agency("Dinas Dua"), registration_due=on(2))
    probed(application("Sertifikat", own), days=10)
    application("Jauh", own, contract_until=on(31))
    application("Lama", own, contract_until=on(-61))
    application("Lain", agency("Dinas Lain"), contract_until=on(3))  # nobody there to read it
    jobs.remind_dues()
    [(to, values)] = mails()
    assert (to, values["number"]) == ("admin@contoh.id", 4)
    assert values["lines"].strip().split("\n") == [
        "- Audit: Audit keamanan, 2 Desember 2026 (lewat)",
        "- Daftar: Daftar ulang PSE, 9 Desember 2026",
        "- Sertifikat: Sertifikat keamanan web, 17 Desember 2026",
        "- Kontrak: Kontrak, 6 Januari 2027",
    ]
    entry = AuditEntry.objects.get(action="scores.remind_dues")
    assert entry.after == {"messages": 1, "waiting": 0}


def test_an_agreement_is_written_to_both_ends_and_once_to_who_answers_for_both() -> None:
    one, other = agency("Dinas Uji"), agency("Dinas Dua")
    both = member(ServiceAdmin.code, one, email="dua@contoh.id")
    Membership.objects.create(user=both, agency=other, role=ServiceAdmin.code, valid_from=on(-9))
    member(ServiceAdmin.code, other, email="satu@contoh.id")
    Link.objects.create(
        source=application("Sumber", one), target=application("Tujuan", other), data="NIP", method="api",
        state="berjalan", agreement="PKS 1", agreement_until=on(10), declared_at=timezone.now(),
    )  # fmt: skip
    jobs.remind_dues()
    assert {to: values["number"] for to, values in mails()} == {"dua@contoh.id": 1, "satu@contoh.id": 1}


def test_once_a_week_and_on_working_days(clock: time_machine.Traveller) -> None:
    application("Kontrak", agency("Dinas Uji"), contract_until=on(20))
    member(ServiceAdmin.code, agency("Dinas Uji"))
    sent = []
    for day in range(15):
        clock.move_to(f"{on(day)} 07:40+07:00")
        for _again in range(2):
            if actions.remind_dues(by=SYSTEM):
                sent.append(on(day))
    assert sent == [on(0), on(7), on(14)]
    clock.move_to("2026-12-26 07:40+07:00")  # a Saturday
    assert actions.remind_dues(by=SYSTEM) == 0
    assert len(mails()) == 3


def test_an_agency_with_nothing_due_hears_nothing() -> None:
    member(ServiceAdmin.code, agency("Dinas Uji"))
    application("Sehat", agency("Dinas Uji"), contract_until=on(300))
    assert actions.remind_dues(by=SYSTEM) == 0
    assert mails() == []
    assert not AuditEntry.objects.filter(action="scores.remind_dues").exists()


def test_without_an_admin_the_operator_reads_it_else_the_head() -> None:
    for name in ("Dinas Satu", "Dinas Dua", "Dinas Tiga"):
        application(f"Kontrak {name}", agency(name), contract_until=on(3))
    member(AgencyOperator.code, agency("Dinas Satu"), email="operator@contoh.id")
    member(AgencyHead.code, agency("Dinas Satu"))
    member(AgencyHead.code, agency("Dinas Dua"), email="kepala@contoh.id")
    left = member(ServiceAdmin.code, agency("Dinas Tiga"))
    left.is_active = False
    left.save()
    actions.remind_dues(by=SYSTEM)
    assert sorted(addresses()) == ["kepala@contoh.id", "operator@contoh.id"]


def test_a_flood_is_spread_over_days(clock: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(5):
        at = agency(f"Dinas {number}")
        application(f"Kontrak {number}", at, contract_until=on(20))
        member(ServiceAdmin.code, at, email=f"admin{number}@contoh.id")
    few = {**tables.thresholds(MONDAY), "surat_banjir": tables.Held(2, "uji")}
    monkeypatch.setattr(actions, "thresholds", lambda day: few)
    assert actions.remind_dues(by=SYSTEM) == 2
    entry = AuditEntry.objects.get(action="scores.remind_dues")
    assert entry.after == {"messages": 2, "waiting": 3}
    for day in (1, 2, 3):
        clock.move_to(f"{on(day)} 07:40+07:00")
        actions.remind_dues(by=SYSTEM)
    assert sorted(addresses()) == [f"admin{number}@contoh.id" for number in range(5)]


def test_a_closed_register_reminds_nobody(settings: Any) -> None:
    application("Kontrak", agency("Dinas Uji"), contract_until=on(3))
    member(ServiceAdmin.code, agency("Dinas Uji"))
    settings.ALL_MODULES_OPEN = False
    jobs.remind_dues()
    assert mails() == []


def test_a_long_list_is_cut_and_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "LINES", 2)
    for number in range(4):
        application(f"Kontrak {number}", agency("Dinas Uji"), contract_until=on(number))
    member(ServiceAdmin.code, agency("Dinas Uji"))
    actions.remind_dues(by=SYSTEM)
    [(_to, values)] = mails()
    assert values["number"] == 4
    assert values["lines"].strip().split("\n")[2:] == ["- dan 2 lagi"]
