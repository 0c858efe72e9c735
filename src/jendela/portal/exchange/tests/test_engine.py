"""The way of a file as the worker does it: dry run, one transaction, undo, and what may go wrong on the way."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.people import agency, member

from jendela.common.audit import Actor
from jendela.common.exchange import actions, files, jobs
from jendela.common.exchange.choices import ImportState, Outcome, RowState
from jendela.common.exchange.models import ColumnMemory, ImportProgress, ImportRow, ImportRun
from jendela.common.exchange.progress import StoppedError
from jendela.common.exchange.reading import FileRefusedError
from jendela.common.models import AuditEntry
from jendela.people.access.models import Membership
from jendela.people.accounts.models import User
from jendela.people.agencies.models import Agency, Office
from jendela.people.areas import reads as areas_reads
from jendela.people.areas.models import Area, AreaPoint
from jendela.portal.exchange.tests.conftest import (
    SOURCE,
    apply,
    checked,
    csv_bytes,
    take_in,
    undo,
    xlsx_bytes,
)

HEAD = ["Kode wilayah", "Jenis", "Nama", "Lintang", "Bujur", "Sumber"]
GOOD = ["62.02.06", "puskesmas", "Puskesmas Baamang I", "-2.534", "112.953", SOURCE]
MORE = ["62.02.10", "dermaga", "Dermaga Seranau", "-2,55", "112,97", SOURCE]
OFFICES = ["Kode kantor", "Nama kantor", "Instansi", "Telepon"]


def faults(run: ImportRun) -> dict[int, list[list[str]]]:
    rows = ImportRow.objects.filter(run=run, state=RowState.WRONG)
    return {row.number or 0: row.errors for row in rows}


def office(slug: str, at: Agency, **values: Any) -> Office:
    return Office.objects.create(slug=slug, name=slug.replace("-", " ").title(), agency=at, **values)


def test_dry_run_writes_nothing_and_names_each_fault(team: User) -> None:
    swapped = ["62.02.06", "sekolah", "SDN 1", "112.9", "-2.5", SOURCE]
    unknown = ["62.02.99", "sekolah", "SDN 2", "-2.5", "112.9", SOURCE]
    twice = [*GOOD[:5], "https://lain.go.id/"]
    run = checked("titik", csv_bytes([HEAD, GOOD, swapped, [], unknown, MORE, twice]), team)
    assert run.state == ImportState.CHECKED, run.message
    assert AreaPoint.objects.count() == 0
    assert run.counts == {"salah": 3, "berubah": 0, "baru": 2, "sama": 0, "tidak_ada": 0}
    found = faults(run)
    assert list(found) == [3, 5, 7]
    assert "tertukar" in found[3][0][1]
    assert found[5][0][0] == "kode_wilayah"
    assert "baris 2" in found[7][0][1]


def test_a_formula_is_named_by_its_cell(team: User) -> None:
    row = [*GOOD[:3], "=1+1", *GOOD[4:]]
    run = checked("titik", xlsx_bytes([HEAD, GOOD, row]), team)
    assert faults(run)[3][0][1].startswith("Sel D3 berisi rumus.")


def test_apply_then_undo_leaves_the_table_as_it_was(team: User) -> None:
    run = checked("titik", csv_bytes([HEAD, GOOD, MORE]), team)
    apply(run, team)
    assert run.state == ImportState.APPLIED, run.message
    assert set(AreaPoint.objects.values_list("name", flat=True)) == {GOOD[2], MORE[2]}
    assert AuditEntry.objects.filter(action="areas.put_areapoint").count() == 2
    assert AuditEntry.objects.get(action="exchange.apply").actor == team.name
    again = checked("titik", csv_bytes([HEAD, GOOD, MORE]), team)
    assert again.counts["sama"] == 2
    undo(run, team)
    assert run.state == ImportState.UNDONE, run.message
    assert AreaPoint.objects.count() == 0
    assert run.counts[Outcome.UNDONE] == 2


def test_nothing_is_written_while_a_row_is_wrong_unless_the_person_says_so(team: User) -> None:
    bad = ["62.02.99", *MORE[1:]]
    run = checked("titik", csv_bytes([HEAD, GOOD, bad]), team)
    with pytest.raises(actions.NotNowError):
        apply(run, team)
    assert AreaPoint.objects.count() == 0
    apply(run, team, skip_wrong=True)
    assert AreaPoint.objects.count() == 1
    assert run.skip_wrong is True


def test_a_job_that_runs_twice_writes_once(team: User) -> None:
    run = checked("titik", csv_bytes([HEAD, GOOD]), team)
    apply(run, team)
    written = AuditEntry.objects.count()
    jobs.apply(run_id=run.pk, user_id=team.pk, actor=team.name, address=None)
    jobs.check(run_id=run.pk, user_id=team.pk, actor=team.name, address=None)
    assert AuditEntry.objects.count() == written
    assert AreaPoint.objects.count() == 1


def test_what_changed_since_the_dry_run_stops_the_whole_import(team: User) -> None:
    first = checked("titik", csv_bytes([HEAD, GOOD]), team)
    apply(first, team)
    changed = [*GOOD[:3], "-2.6", *GOOD[4:]]
    run = checked("titik", csv_bytes([HEAD, changed, MORE]), team)
    assert (run.counts["berubah"], run.counts["baru"]) == (1, 1)
    AreaPoint.objects.update(lat="-2.7")
    apply(run, team)
    assert run.state == ImportState.CHECKED
    assert run.message.startswith("1 baris berubah sejak diperiksa.")
    assert AreaPoint.objects.count() == 1  # the new row was not written either
    actions.check_again(run=run, by=Actor(team.name, user=team))
    jobs.check(run_id=run.pk, user_id=team.pk, actor=team.name, address=None)
    run.refresh_from_db()
    apply(run, team)
    assert run.state == ImportState.APPLIED
    assert str(AreaPoint.objects.get(name=GOOD[2]).lat) == "-2.600000"


def test_undo_leaves_and_names_what_changed_since_until_the_person_decides(team: User) -> None:
    run = checked("titik", csv_bytes([HEAD, GOOD, MORE]), team)
    apply(run, team)
    AreaPoint.objects.filter(name=MORE[2]).update(note="Dermaga baru.")
    undo(run, team)
    assert [point.name for point in AreaPoint.objects.all()] == [MORE[2]]
    left = ImportRow.objects.get(run=run, outcome=Outcome.MOVED_ON)
    assert left.reason == "Berubah lagi sesudah impor: Catatan."
    assert run.counts[Outcome.MOVED_ON] == 1
    undo(run, team, also_moved=True)
    assert AreaPoint.objects.count() == 0
    assert run.counts[Outcome.MOVED_ON] == 0


def test_undo_puts_old_cells_back_and_touches_no_other(team: User) -> None:
    at = agency("Disdik")
    place = office("kantor-disdik", at, phone="0531 21057", address="Jalan Lama 1", hours="Senin 08.00–12.00")
    rows = [OFFICES, ["kantor-disdik", place.name, "Disdik", "0531 21342"]]
    run = checked("kantor", csv_bytes(rows), team)
    apply(run, team)
    place.refresh_from_db()
    assert (place.phone, place.stated_by) == ("0531 21342", "Disdik")
    Office.objects.update(note="ditulis kemudian")
    undo(run, team)
    place.refresh_from_db()
    assert (place.phone, place.stated_by) == ("0531 21057", "")
    assert (place.address, place.hours, place.note) == (
        "Jalan Lama 1",
        "Senin 08.00–12.00",
        "ditulis kemudian",
    )


def test_new_hours_do_not_keep_the_source_of_the_old_ones(team: User) -> None:
    at = agency("Disdik")
    place = office("kantor-disdik", at, hours="Senin", hours_source="https://lama.go.id/", hours_date="2020")
    head = ["Kode kantor", "Jam buka", "Sumber jam buka"]
    rows = [head, ["kantor-disdik", "Senin–Jumat", "https://lama.go.id/"]]
    apply(checked("kantor", csv_bytes(rows), team), team)
    place.refresh_from_db()
    assert (place.hours, place.hours_source) == ("Senin–Jumat", "")
    assert place.hours_date > "2026"


def test_a_new_row_that_others_use_stays_and_is_named(team: User) -> None:
    agency("Disdik")
    rows = [["Singkatan", "Nama", "Tingkat", "Jenis"], ["Disbaru", "Dinas Baru", "kabupaten", "dinas"]]
    run = checked("instansi", csv_bytes(rows), team)
    apply(run, team)
    office("kantor-baru", Agency.objects.get(short_name="Disbaru"))
    undo(run, team)
    assert Agency.objects.filter(short_name="Disbaru").exists()
    assert run.counts[Outcome.IN_USE] == 1


def test_an_agency_changes_its_own_rows_only(areas: list[Area]) -> None:
    own, other = agency("Disdik"), agency("Dinkes")
    office("kantor-disdik", own)
    office("kantor-dinkes", other)
    operator = member("agency_operator", own)
    rows = [
        OFFICES,
        ["kantor-disdik", "Kantor Disdik", "Disdik", "0531 21342"],
        ["kantor-dinkes", "Kantor Dinkes", "Dinkes", "0531 21343"],
        ["kantor-baru", "Loket Baru", "Dinkes", "0531 21344"],
        ["loket-baru", "Loket Baru", "Disdik", "0531 21345"],
    ]
    run = checked("kantor", csv_bytes(rows), operator)
    assert {number: errors[-1][1].split(".")[0] for number, errors in faults(run).items()} == {
        3: "Baris ini milik instansi lain",
        4: "Baris ini milik instansi lain",
    }
    # taking an office over from another agency is a change of theirs too
    stolen = checked("kantor", csv_bytes([OFFICES, ["kantor-dinkes", "Kantor", "Disdik", ""]]), operator)
    assert list(faults(stolen)) == [2]
    apply(run, operator, skip_wrong=True)
    assert Office.objects.get(slug="kantor-dinkes").phone == ""
    assert Office.objects.get(slug="loket-baru").agency == own


def test_a_role_removed_while_the_import_waits_writes_nothing(areas: list[Area]) -> None:
    operator = member("agency_operator", agency("Disdik"))
    rows = [OFFICES, ["loket-baru", "Loket Baru", "Disdik", "0531 21345"]]
    run = checked("kantor", csv_bytes(rows), operator)
    actions.apply_import(run=run, skip_wrong=False, by=Actor(operator.name, user=operator))
    Membership.objects.filter(user=operator).update(valid_to="2026-01-02")
    jobs.apply(run_id=run.pk, user_id=operator.pk, actor=operator.name, address=None)
    run.refresh_from_db()
    assert run.state == ImportState.CHECKED
    assert "Izin impor Anda sudah berakhir" in run.message
    assert not Office.objects.filter(slug="loket-baru").exists()


def test_stop_before_the_worker_begins_and_while_it_works(
    team: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = take_in("titik", csv_bytes([HEAD, GOOD]), team)
    path = files.path_of(run)
    actions.stop_import(run=run, by=Actor(team.name, user=team))
    run.refresh_from_db()
    assert run.state == ImportState.CANCELLED
    assert (run.file, path.exists()) == ("", True)  # the file goes at commit
    other = checked("titik", csv_bytes([HEAD, GOOD]), team)
    actions.apply_import(run=other, skip_wrong=False, by=Actor(team.name, user=team))

    def stop(self: Any, more: int, *, now: bool = False) -> None:
        raise StoppedError

    monkeypatch.setattr("jendela.common.exchange.progress.Progress.tell", stop)
    jobs.apply(run_id=other.pk, user_id=team.pk, actor=team.name, address=None)
    other.refresh_from_db()
    assert other.state == ImportState.CHECKED
    assert AreaPoint.objects.count() == 0


def test_columns_are_guessed_and_remembered(team: User) -> None:
    head = ["KODE_KEMENDAGRI", "kategori", "Nama tempat", "latitude", "Longitud", "Tautan"]
    run = take_in("titik", csv_bytes([head, GOOD]), team)
    assert run.mapping == {"kode_wilayah": 0, "jenis": 1, "nama": 2, "lat": 3, "lon": 4}
    whole = {**run.mapping, "sumber": 5}
    actions.match_columns(run=run, mapping=whole, by=Actor(team.name, user=team))
    assert take_in("titik", csv_bytes([[h.lower() for h in head], MORE]), team).mapping == whole
    assert ColumnMemory.objects.count() == 1


def test_a_refused_file_is_not_kept(team: User) -> None:
    before = set(files.folder().iterdir())
    with pytest.raises(FileRefusedError):
        take_in("titik", b"MZ\x90\0 program", team)
    with pytest.raises(FileRefusedError, match="hanya berisi judul"):
        take_in("titik", csv_bytes([HEAD]), team)
    assert set(files.folder().iterdir()) == before
    assert ImportRun.objects.count() == 0


def test_rows_missing_in_the_file_are_listed_and_kept(team: User) -> None:
    apply(checked("titik", csv_bytes([HEAD, GOOD, MORE]), team), team)
    run = checked("titik", csv_bytes([HEAD, GOOD]), team)
    assert (run.counts["sama"], run.counts["tidak_ada"]) == (1, 1)
    assert ImportRow.objects.get(run=run, state=RowState.ABSENT).label == MORE[2]
    with pytest.raises(actions.NotNowError):  # nothing to write
        apply(run, team)
    assert AreaPoint.objects.count() == 2


def test_files_and_rows_go_after_ninety_days(team: User) -> None:
    old = checked("titik", csv_bytes([HEAD, GOOD]), team)
    new = checked("titik", csv_bytes([HEAD, MORE]), team)
    ImportRun.objects.filter(pk=old.pk).update(created_at="2026-01-01T00:00:00Z")
    jobs.sweep()
    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.file, old.rows.count(), old.state) == ("", 0, ImportState.CANCELLED)
    assert new.file
    assert new.rows.count() == 1


def test_number_of_statements_does_not_grow_with_rows(team: User) -> None:
    def statements(number: int) -> int:
        rows = [HEAD, *([*GOOD[:2], f"Tempat {number}-{i}", *GOOD[3:]] for i in range(number))]
        with CaptureQueriesContext(
            connection,
        ) as found:
            run = checked("titik", csv_bytes(rows), team)
            apply(run, team)
            undo(run, team)
        assert run.counts[Outcome.UNDONE] == number
        return len(found)

    statements(1)
    assert statements(5) == statements(200)


def test_boundaries_come_from_geojson_and_are_drawn(team: User) -> None:
    ring = [[112.9, -2.5], [113.0, -2.5], [113.0, -2.6], [112.9, -2.6], [112.9, -2.5]]
    swapped = [[point[1], point[0]] for point in ring]

    def feature(code: str, shape: Any) -> dict[str, Any]:
        return {"type": "Feature", "properties": {"kode": code, "sumber": SOURCE}, "geometry": shape}

    def polygon(*rings: Any) -> dict[str, Any]:
        return {"type": "Polygon", "coordinates": list(rings)}

    data = {
        "type": "FeatureCollection",
        "features": [
            feature("62.02.06", polygon(ring)),
            feature("62.02.10", polygon(swapped)),
            feature("62.02", polygon(ring[:-1])),
            feature("62.02", {"type": "LineString", "coordinates": ring}),
        ],
    }
    run = checked("batas", json.dumps(data).encode(), team)
    found = faults(run)
    assert "tertukar" in found[2][0][1]
    assert "tidak tertutup" in found[3][0][1]
    assert "bidang" in found[4][0][1]
    apply(run, team, skip_wrong=True)
    drawn = areas_reads.outline("62.02.06")
    assert drawn is not None
    assert drawn.path.startswith("M0.0 0.0L")
    assert drawn.path.endswith("Z")
    assert areas_reads.outline("62.02.10") is None


def test_progress_is_kept_outside_the_transaction(team: User) -> None:
    run = checked("titik", csv_bytes([HEAD, GOOD]), team)
    assert ImportProgress.objects.get(run=run).stop_asked is False
