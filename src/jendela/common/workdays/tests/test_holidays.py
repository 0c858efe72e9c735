"""Holidays of the data set and from actions: counted with, recorded, told, and read once in a request."""

import datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from jendela.common.audit import SYSTEM, snapshot
from jendela.common.models import AuditEntry, OutboxEvent
from jendela.common.tables import Report, TableError
from jendela.common.workdays import reads
from jendela.common.workdays.actions import put_holidays, remove_holidays
from jendela.common.workdays.choices import HolidayKind
from jendela.common.workdays.counting import (
    add_working_days,
    calendar,
    calendar_known,
    explain,
    is_working_day,
    next_working_day,
    unknown_note,
    working_days_between,
)
from jendela.common.workdays.imports import load_holidays
from jendela.common.workdays.models import Holiday

pytestmark = pytest.mark.django_db
Day = datetime.date
KOTIM = Path(settings.PACKAGE) / "dataset" / "kotim"


@pytest.fixture
def loaded() -> Report:
    report = Report()
    load_holidays(KOTIM, by=SYSTEM, report=report)
    return report


def put(day: Day, kind: str = "nasional") -> Holiday:
    row = Holiday(date=day, name="Libur contoh", kind=kind, decree="Keputusan contoh 0/2027")
    put_holidays(new=[row], changed=[], before={}, by=SYSTEM)
    return row


def test_the_decree_of_2026(loaded: Report) -> None:
    kinds = list(Holiday.objects.values_list("kind", flat=True))
    assert (kinds.count(HolidayKind.NATIONAL), kinds.count(HolidayKind.COLLECTIVE_LEAVE)) == (17, 8)
    assert not Holiday.objects.exclude(date__year=2026).exists()
    assert not Holiday.objects.filter(decree="").exists()
    assert loaded.loaded == {"Hari libur dan cuti bersama": 25}
    # collective leave falls on days of work, or it would be none
    leave = Holiday.objects.filter(kind=HolidayKind.COLLECTIVE_LEAVE).values_list("date", flat=True)
    assert all(day.weekday() < 5 for day in leave)


def test_counted_with_the_data_set(loaded: Report) -> None:
    assert add_working_days(Day(2026, 12, 23), 3) == Day(2026, 12, 30)
    assert working_days_between(Day(2026, 3, 17), Day(2026, 3, 25)) == 1
    assert next_working_day(Day(2026, 3, 18)) == Day(2026, 3, 25)
    assert not is_working_day(Day(2026, 8, 17))
    assert calendar_known(Day(2026, 1, 2))
    assert not calendar_known(Day(2027, 1, 2))


def test_words_beside_a_deadline(loaded: Report) -> None:
    with translation.override("id"):
        said = explain(Day(2026, 12, 23), 3)
        unsure = explain(Day(2026, 12, 30), 2)
        assert unknown_note(Day(2026, 12, 1), Day(2026, 12, 31)) == ""
    assert said == "3 hari kerja sesudah 23 Desember 2026, tidak termasuk 24–27 Desember."
    assert "Kalender 2027 belum ada di sini" in unsure


def test_loaded_again_nothing_changes(loaded: Report) -> None:
    put(Day(2027, 1, 1))
    before = AuditEntry.objects.count()
    load_holidays(KOTIM, by=SYSTEM, report=Report())
    assert AuditEntry.objects.count() == before
    assert Holiday.objects.filter(date=Day(2027, 1, 1)).exists()  # imported here, it stays


def test_a_corrected_table_corrects_the_row(loaded: Report, tmp_path: Path) -> None:
    text = (KOTIM / "hari_libur.csv").read_text("utf-8")
    (tmp_path / "hari_libur.csv").write_text(text.replace("Hari Buruh Internasional", "Hari Buruh"), "utf-8")
    load_holidays(tmp_path, by=SYSTEM, report=Report())
    assert Holiday.objects.get(date=Day(2026, 5, 1)).name == "Hari Buruh"
    entry = AuditEntry.objects.latest("pk")
    assert entry.before is not None
    assert entry.before["name"] == "Hari Buruh Internasional"


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("2026-13-01,Salah,nasional,SK,", "tanggal"),
        ("25-12-2026,Salah,nasional,SK,", "tanggal"),
        ("2026-12-25,,nasional,SK,", "nama"),
        ("2026-12-25,Natal,agama,SK,", "jenis"),
        ("2026-12-25,Natal,nasional,,", "dasar_hukum"),
    ],
)
def test_a_bad_row_is_named(tmp_path: Path, row: str, column: str) -> None:
    (tmp_path / "hari_libur.csv").write_text(f"tanggal,nama,jenis,dasar_hukum,sumber_url\n{row}\n", "utf-8")
    with pytest.raises(TableError) as wrong:
        load_holidays(tmp_path, by=SYSTEM, report=Report())
    assert [(error.row, error.column) for error in wrong.value.errors] == [(2, column)]
    assert not Holiday.objects.exists()


def test_a_change_is_recorded_and_told() -> None:
    row = put(Day(2027, 3, 9))
    before = {row.pk: snapshot(row)}
    row.name = "Hari raya"
    put_holidays(new=[], changed=[row], before=before, by=SYSTEM)
    remove_holidays(rows=[row], by=SYSTEM)
    actions = list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))
    assert actions == ["workdays.put_holidays", "workdays.put_holidays", "workdays.remove_holidays"]
    told = OutboxEvent.objects.filter(name__endswith="CalendarChanged").values_list("payload", flat=True)
    assert list(told) == [{"first": "2027-03-09", "last": "2027-03-09"}] * 3
    assert not Holiday.objects.exists()


def test_a_local_holiday_closes_offices_but_does_not_make_the_year_known() -> None:
    put(Day(2027, 1, 7), HolidayKind.LOCAL)
    assert not is_working_day(Day(2027, 1, 7))
    assert not calendar_known(Day(2027, 1, 7))


def test_a_hundred_deadlines_cost_one_statement_in_a_request(loaded: Report) -> None:
    reads.start_keeping()
    try:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            found = {add_working_days(Day(2026, 1, 1), number) for number in range(1, 101)}
        assert len(found) == 100
        assert len(seen) == 1
        put(Day(2026, 2, 2), HolidayKind.LOCAL)  # what changes in the request is seen in it
        assert not is_working_day(Day(2026, 2, 2))
    finally:
        reads.stop_keeping()


def test_outside_a_request_nothing_old_is_kept(loaded: Report) -> None:
    assert is_working_day(Day(2026, 2, 2))
    Holiday.objects.create(date=Day(2026, 2, 2), name="x", kind=HolidayKind.LOCAL, decree="x")
    assert not is_working_day(Day(2026, 2, 2))
    with CaptureQueriesContext(connection) as seen:
        known = calendar()
        [known.add_working_days(Day(2026, 1, 1), number) for number in range(1, 101)]
    assert len(seen) == 1
