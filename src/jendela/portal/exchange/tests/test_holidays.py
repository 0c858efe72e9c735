"""Next year's holidays come in as a table, go out again, and are taken back whole."""

import datetime

from tests.people import agency, member

from jendela.common.exchange.kinds import import_scope, kinds
from jendela.common.workdays.counting import add_working_days, calendar_known
from jendela.common.workdays.models import Holiday
from jendela.people.access.choices import Permission
from jendela.people.accounts.models import User
from jendela.portal.exchange.tests.conftest import apply, checked, csv_bytes, undo

HEAD = ["Tanggal", "Hari libur", "Jenis", "SKB"]
DECREE = "Keputusan contoh 0/2026"


def test_a_calendar_comes_in_and_is_taken_back(team: User) -> None:
    Holiday.objects.create(date=datetime.date(2027, 1, 1), name="Lama", kind="nasional", decree="lama")
    rows = [
        HEAD,
        ["1 Januari 2027", "Tahun Baru Masehi", "libur nasional", DECREE],
        ["4 Jan 2027", "Cuti bersama contoh", "cuti bersama", DECREE],
    ]
    run = checked("hari-libur", csv_bytes(rows), team)
    assert (run.counts["baru"], run.counts["berubah"]) == (1, 1)
    apply(run, team)
    assert run.state == "selesai", run.message
    assert add_working_days(datetime.date(2026, 12, 31), 1) == datetime.date(2027, 1, 5)
    assert calendar_known(datetime.date(2027, 6, 1))
    undo(run, team)
    assert run.state == "dibatalkan", run.message
    assert list(Holiday.objects.values_list("name", "decree")) == [("Lama", "lama")]


def test_bad_rows_are_said_in_words(team: User) -> None:
    rows = [HEAD, ["31 Februari 2027", "x", "nasional", DECREE], ["2027-05-01", "", "agama", ""]]
    run = checked("hari-libur", csv_bytes(rows), team)
    assert run.counts["salah"] == 2
    told = {column for row in run.rows.order_by("number") for column, *_rest in row.errors}
    assert told == {"tanggal", "nama", "jenis", "dasar_hukum"}
    assert not Holiday.objects.exists()


def test_one_year_goes_out(team: User) -> None:
    for year in (2026, 2027):
        Holiday.objects.create(date=datetime.date(year, 8, 17), name="Merdeka", kind="nasional", decree="x")
    kind = kinds()["hari-libur"]
    assert [choice for _name, _label, choices in kind.filters() for choice, _text in choices] == [
        "2027",
        "2026",
    ]
    assert [row["tanggal"] for row in kind.export(None, {"tahun": "2027"})] == ["2027-08-17"]
    assert len(list(kind.export(None, {"tahun": "siapa"}))) == 2


def test_only_who_imports_for_all_may(team: User) -> None:
    operator = member("agency_operator", agency("DINAS CONTOH"))
    permission = Permission.IMPORT_DATA
    assert import_scope(kinds()["hari-libur"], team, permission) is None
    assert import_scope(kinds()["hari-libur"], operator, permission) == frozenset()
