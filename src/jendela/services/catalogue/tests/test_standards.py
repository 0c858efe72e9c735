"""Versions: publishing, the gate of a decree, the day of coming in force."""

import datetime
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from jendela.common.models import AuditEntry, OutboxEvent
from jendela.services.catalogue import actions
from jendela.services.catalogue.actions import GateIsShut, PartIsWrong, StandardIsDecreed
from jendela.services.catalogue.choices import StandardState
from jendela.services.catalogue.models import (
    Correction,
    Publication,
    ReviewRule,
    Service,
    Standard,
)
from jendela.services.catalogue.reads import standards as reads
from jendela.services.catalogue.reads.content import content_of, public_standard
from jendela.services.catalogue.reads.parts import DELIVERY
from jendela.services.catalogue.reads.service import sheet
from jendela.services.catalogue.reads.standards import Minutes, gate
from jendela.services.catalogue.tests.standards import (
    DAY,
    DECREE,
    FULL,
    NOON,
    decree,
    make_service,
    noon,
    publish,
    service,
)

__all__ = ["noon", "service"]


# Interim


def test_a_change_makes_a_version_and_keeps_the_old_one(service: Service) -> None:
    publication = publish(service, A3="3 hari kerja sejak berkas lengkap")
    assert publication is not None
    new, old = reads.versions(service)
    assert (new.version, new.state, new.valid_from, new.stated_by) == (2, "sementara", DAY, "Dinas Contoh")
    assert (old.version, old.state, old.valid_to) == (1, "diganti", DAY)
    assert new.processing_time.longest == 3
    assert new.processing_time.counts_from == "sejak berkas lengkap"
    service.refresh_from_db()
    assert service.taken_over_at == NOON
    row = Correction.objects.get()
    assert row.text == "Dinas Contoh memperbarui: berapa lama."
    assert row.source == "disampaikan Dinas Contoh, 24 November 2026"
    assert AuditEntry.objects.filter(action="catalogue.publish_interim").count() == 1
    assert OutboxEvent.objects.filter(name__endswith="CatalogueChanged").count() == 1


def test_the_same_values_again_change_nothing(service: Service) -> None:
    assert publish(service, A4="Gratis") is not None
    before = (Standard.objects.count(), Correction.objects.count(), AuditEntry.objects.count())
    assert publish(service, A4="  Gratis \n") is None
    assert (Standard.objects.count(), Correction.objects.count(), AuditEntry.objects.count()) == before


def test_parts_without_versions_make_none(service: Service) -> None:
    way = {"kind": "loket", "text": "Loket di Jalan Contoh"}
    words = {"ungkapan": ["akta hilang"], "kata": [], "english": []}
    publication = publish(service, ways=[way], words=words)
    assert publication is not None
    assert publication.standard is None
    assert Standard.objects.count() == 1
    content = content_of(service)
    assert content["ways"][0]["text"] == "Loket di Jalan Contoh"
    assert content["words"]["ungkapan"] == ["akta hilang"]
    assert publication.before["ways"] == []


def test_a_wrong_value_publishes_nothing(service: Service) -> None:
    with pytest.raises(PartIsWrong) as refused:
        publish(service, A4="Gratis", ways=[{"kind": "situs", "text": "Situs", "url": "javascript:alert(1)"}])
    assert list(refused.value.errors) == ["ways"]
    assert not Publication.objects.exists()
    with pytest.raises(ValueError, match="no such part"):
        publish(service, Z9="x")


def test_the_product_follows_the_component_until_it_is_written_apart(service: Service) -> None:
    Service.objects.filter(pk=service.pk).update(product="")
    publish(service, A5="Kutipan akta")
    assert content_of(Service.objects.get())["texts"]["product"] == "Kutipan akta"
    publish(service, texts={**content_of(Service.objects.get())["texts"], "product": "Selembar akta"})
    publish(service, A5="Kutipan akta kedua")
    assert content_of(Service.objects.get())["texts"]["product"] == "Selembar akta"


# Decree


def test_a_complete_decree_is_in_force_at_once(service: Service) -> None:
    ReviewRule.objects.create(years=3, citation="contoh", valid_from="2014-01-01")
    standard = decree(service)
    standard.refresh_from_db()
    assert standard.state == StandardState.IN_FORCE
    assert standard.review_due == datetime.date(2029, 11, 24)
    assert reads.versions(service)[1].state == StandardState.SUPERSEDED
    assert public_standard(service) == standard
    with pytest.raises(StandardIsDecreed):
        publish(service, A4="Rp5.000")
    assert publish(service, complaint={"officer": "Petugas baru", "channel": "Loket 4"}) is not None
    assert Standard.objects.count() == 2
    with pytest.raises(PartIsWrong):
        publish(service, complaint={"officer": "", "channel": ""})
    shown = public_standard(service)
    assert shown is not None
    assert shown.complaint_officer == "Petugas baru"


NEEDED = (
    *DELIVERY, "complaint_officer", "complaint_channel", "consulted_on", "consultation_note",
    "consultation_participants", "decree_number", "decree_date", "signed_by", "valid_from",
)  # fmt: skip


@given(st.sets(st.sampled_from(NEEDED)))
def test_the_gate_opens_for_nothing_less(missing: set[str]) -> None:
    """Each thing that is left out is named, and only the whole passes."""
    content = {part: "" if part in missing else text for part, text in FULL.items()}
    minutes = Minutes(
        None if "consulted_on" in missing else datetime.date(2026, 11, 2),
        "" if "consultation_note" in missing else "Dibahas.",
        " " if "consultation_participants" in missing else "Warga",
    )
    names = (
        "decree_number",
        "decree_date",
        "signed_by",
        "valid_from",
        "complaint_officer",
        "complaint_channel",
    )
    values: dict[str, Any] = {
        name: None if name in missing and "date" in name else DECREE[name] for name in names
    }
    for name in missing & set(names):
        values[name] = None if name in ("decree_date", "valid_from") else "  "
    found = gate(content, **values, minutes=minutes)
    assert {one.key for one in found} == missing
    assert all(one.words.endswith(".") for one in found)


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"valid_from": datetime.date(2026, 11, 19)}, "valid_from"),
        (
            {"decree_date": datetime.date(2026, 11, 25), "valid_from": datetime.date(2026, 12, 1)},
            "decree_date",
        ),
        ({"minutes": Minutes(datetime.date(2026, 11, 21), "x", "y")}, "decree_date"),
        ({"minutes": Minutes(datetime.date(2026, 11, 25), "x", "y")}, "consulted_on"),
        ({"minutes": None}, "consulted_on"),
        ({"content": {"A1": "KTP"}}, "A2"),
    ],
)
def test_a_decree_out_of_order_is_refused(service: Service, change: dict[str, Any], key: str) -> None:
    with pytest.raises(GateIsShut) as shut:
        decree(service, **change)
    assert key in {one.key for one in shut.value.missing}
    assert Standard.objects.count() == 1


def test_the_database_refuses_a_standard_without_its_decree(service: Service) -> None:
    complete = {
        "state": StandardState.IN_FORCE,
        **{name: DECREE[name] for name in DECREE if name != "minutes"},
        "consulted_on": DAY,
        "consultation_note": "x",
    }
    rows = Standard.objects.filter(service=service)
    for name in ("decree_number", "signed_by", "complaint_officer", "complaint_channel", "consultation_note"):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**complete | {name: ""})
    for name in ("decree_date", "valid_from", "consulted_on"):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**complete | {name: None})
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(**complete | {"valid_from": datetime.date(2026, 11, 1)})
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(decree_number="1/2026")  # interim, dressed as decreed
    rows.update(**complete)
    with pytest.raises(IntegrityError), transaction.atomic():
        Standard.objects.create(service=service, version=2, state=StandardState.INTERIM)


def test_a_decree_for_a_day_to_come_waits_for_midnight_in_the_region(service: Service, noon: Any) -> None:
    first = datetime.date(2026, 12, 1)
    way = {"kind": "loket", "text": "Loket baru"}
    standard = decree(service, valid_from=first, content=FULL | {"ways": [way]})
    assert standard.state == StandardState.DECREED
    assert content_of(service)["ways"] == []
    noon.move_to(datetime.datetime(2026, 11, 30, 16, 59, tzinfo=datetime.UTC))  # 23.59 WIB
    assert actions.put_in_force() == 0
    noon.move_to(datetime.datetime(2026, 11, 30, 17, 0, tzinfo=datetime.UTC))  # midnight WIB
    assert actions.put_in_force() == 1
    assert actions.put_in_force() == 0
    standard.refresh_from_db()
    assert standard.state == StandardState.IN_FORCE
    assert content_of(service)["ways"][0]["text"] == "Loket baru"
    old = reads.versions(service)[1]
    assert (old.state, old.valid_to) == (StandardState.SUPERSEDED, first)


# The version of a day


def test_the_version_of_a_day(service: Service, noon: Any) -> None:
    publish(service, A4="Gratis")
    publish(service, A4="Rp5.000")
    noon.move_to(NOON + datetime.timedelta(days=3))
    decree(service, valid_from=datetime.date(2026, 12, 1))

    def version(day: datetime.date) -> int:
        found = reads.standard_on(service, day)
        assert found is not None
        return found.version

    assert version(datetime.date(1, 1, 1)) == 1
    assert version(DAY - datetime.timedelta(days=1)) == 1
    assert version(DAY) == 3  # the last word of the day
    assert version(datetime.date(2026, 11, 30)) == 3
    assert version(datetime.date(2026, 12, 1)) == 4
    noon.move_to(NOON + datetime.timedelta(days=30))
    actions.put_in_force()
    assert version(datetime.date(2026, 11, 30)) == 3
    assert version(datetime.date(2026, 12, 1)) == 4


def test_a_late_evening_belongs_to_the_day_of_the_region(service: Service, noon: Any) -> None:
    noon.move_to(datetime.datetime(2026, 11, 24, 17, 30, tzinfo=datetime.UTC))  # 00.30 WIB on the 25th
    publish(service, A4="Gratis")
    shown = reads.standard_on(service, datetime.date(2026, 11, 24))
    assert shown is not None
    assert shown.version == 1
    assert reads.versions(service)[0].valid_from == datetime.date(2026, 11, 25)


def test_the_sheet_of_a_day_and_of_a_draft(service: Service, noon: Any) -> None:
    publish(service, A4="Gratis", ways=[{"kind": "loket", "text": "Loket lama"}])
    noon.move_to(NOON + datetime.timedelta(days=1))
    publish(service, A4="Rp5.000", ways=[{"kind": "loket", "text": "Loket baru"}])
    now, then = sheet(service.slug), sheet(service.slug, on=DAY)
    assert now is not None
    assert then is not None
    assert [fee.amount for fee in now.fees] == [5000]
    assert [fee.kind for fee in then.fees] == ["gratis"]
    assert [way.text for way in now.ways] == ["Loket baru"]
    assert [way.text for way in then.ways] == ["Loket lama"]
    draft = sheet(
        service.slug, changes={"A1": "KTP-el asli", "complaint": {"officer": "Budi", "channel": "Loket"}}
    )
    assert draft is not None
    assert [row.copy for row in draft.requirements] == ["asli"]
    assert draft.component("A1") == "KTP-el asli"
    assert draft.standard is not None
    assert draft.standard.complaint_officer == "Budi"
    assert content_of(service)["A1"] == ""
    assert sheet("tidak-ada", on=DAY) is None


# Together


@pytest.mark.django_db(transaction=True)
def test_two_publications_at_once_lose_nothing() -> None:
    service = make_service()
    start = threading.Barrier(2)
    failed: list[Exception] = []

    def run(act: Callable[[], Any]) -> None:
        try:
            start.wait(5)
            act()
        except Exception as error:
            failed.append(error)
        finally:
            connection.close()

    acts = (lambda: publish(service, A3="3 hari kerja"), lambda: publish(service, A4="Gratis"))
    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert failed == []
    content = content_of(service)
    assert (content["A3"], content["A4"]) == ("3 hari kerja", "Gratis")
    assert sorted(row.version for row in reads.versions(service)) == [1, 2, 3]


def test_reading_content_takes_seven_queries(
    service: Service, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    publish(service, A1="KTP\nKK", A2="Datang\nTunggu", ways=[{"kind": "loket", "text": "Loket"}])
    with django_assert_num_queries(7):
        content_of(service)
