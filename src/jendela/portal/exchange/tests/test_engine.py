"""The way of a file: dry run, one transaction, undo, as the worker does it."""

from jendela.common.exchange.choices import ImportState, Outcome, RowState
from jendela.common.exchange.models import ImportRow
from jendela.people.accounts.models import User
from jendela.people.areas.models import AreaPoint
from jendela.portal.exchange.tests.conftest import SOURCE, apply, checked, csv_bytes, undo

HEAD = ["Kode wilayah", "Jenis", "Nama", "Lintang", "Bujur", "Sumber"]
GOOD = ["62.02.06", "puskesmas", "Puskesmas Baamang I", "-2.534", "112.953", SOURCE]
MORE = ["62.02.10", "dermaga", "Dermaga Seranau", "-2,55", "112,97", SOURCE]


def test_dry_run_writes_nothing_and_names_each_fault(team: User) -> None:
    swapped = ["62.02.06", "sekolah", "SDN 1", "112.9", "-2.5", SOURCE]
    unknown = ["62.02.99", "sekolah", "SDN 2", "-2.5", "112.9", SOURCE]
    run = checked("titik", csv_bytes([HEAD, GOOD, swapped, [], unknown, MORE]), team)
    assert run.state == ImportState.CHECKED, run.message
    assert AreaPoint.objects.count() == 0
    assert run.counts == {"salah": 2, "berubah": 0, "baru": 2, "sama": 0, "tidak_ada": 0}
    wrong = list(ImportRow.objects.filter(state=RowState.WRONG).values_list("number", "errors"))
    assert [number for number, _errors in wrong] == [3, 5]
    assert "tertukar" in wrong[0][1][0][1]
    assert wrong[1][1][0][0] == "kode_wilayah"


def test_apply_then_undo_leaves_the_table_as_it_was(team: User) -> None:
    run = checked("titik", csv_bytes([HEAD, GOOD, MORE]), team)
    apply(run, team)
    assert run.state == ImportState.APPLIED, run.message
    assert set(AreaPoint.objects.values_list("name", flat=True)) == {GOOD[2], MORE[2]}
    again = checked("titik", csv_bytes([HEAD, GOOD, MORE]), team)
    assert again.counts["sama"] == 2
    undo(run, team)
    assert run.state == ImportState.UNDONE, run.message
    assert AreaPoint.objects.count() == 0
    assert run.counts[Outcome.UNDONE] == 2
