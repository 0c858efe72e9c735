"""Areas from tables: what a row must have, and how a fault is named."""

from pathlib import Path

import pytest

from jendela.common.audit import Actor
from jendela.common.tables import Report, Row, RowError, TableError
from jendela.people.areas.imports import AREAS, POPULATION, SIGNAL, check_values, load_areas
from jendela.people.areas.models import Area, PopulationFigure, SignalRecord

pytestmark = pytest.mark.django_db
FIGURE = "62.02,Kotim,kabupaten,2024,,{people},,,BPS,,https://example.org/a,2025,"
SIGNAL_ROW = (
    "62.02.01.2001,{name},Desaku,Satu,ejaan berbeda,blank_spot,2020-12,https://example.org/b,2021-03-05,"
)


def write(directory: Path, *, figures: tuple[str, ...] = (), signal: str = "") -> Path:
    areas = "62.02.01,Satu,kecamatan,62.02\n62.02.01.2001,Desa Ku,desa,62.02.01\n"
    (directory / "wilayah.csv").write_text(",".join(AREAS) + "\n" + areas, encoding="utf-8")
    text = "\n".join([",".join(POPULATION), *(figures or (FIGURE.format(people="10"),))])
    (directory / "penduduk_kecamatan.csv").write_text(text + "\n", encoding="utf-8")
    row = signal or SIGNAL_ROW.format(name="Desa Ku")
    (directory / "blankspot_desa.csv").write_text(",".join(SIGNAL) + "\n" + row + "\n", encoding="utf-8")
    return directory


def test_regency_comes_from_the_population_table(tmp_path: Path) -> None:
    report = Report()
    load_areas(write(tmp_path), by=Actor("uji"), report=report)
    assert Area.objects.get(code="62.02.01").parent_id == "62.02"
    assert SignalRecord.objects.get().name_in_source == "Desaku"
    assert report.loaded["Desa"] == 1
    assert any("Desaku dicocokkan dengan Desa Ku" in note for note in report.notes)


def test_figure_without_a_number_is_kept_and_reported(tmp_path: Path) -> None:
    report = Report()
    load_areas(write(tmp_path, figures=(FIGURE.format(people=""),)), by=Actor("uji"), report=report)
    assert PopulationFigure.objects.get().people is None
    assert [row.column for row in report.unplaced] == ["penduduk"]


@pytest.mark.parametrize("people", ["-1", "1.000", "banyak", "9" * 12, "²"])
def test_what_is_no_number_is_refused(tmp_path: Path, people: str) -> None:
    with pytest.raises(TableError) as caught:
        load_areas(write(tmp_path, figures=(FIGURE.format(people=people),)), by=Actor("uji"), report=Report())
    assert caught.value.errors[0].column == "penduduk"
    assert not Area.objects.exists()


def test_name_that_does_not_belong_to_the_code(tmp_path: Path) -> None:
    with pytest.raises(TableError, match=r"bernama Desa Ku, bukan Desa Mu"):
        load_areas(
            write(tmp_path, signal=SIGNAL_ROW.format(name="Desa Mu")), by=Actor("uji"), report=Report()
        )


def test_same_figure_twice(tmp_path: Path) -> None:
    row = FIGURE.format(people="10")
    with pytest.raises(TableError, match="sama dengan baris 2"):
        load_areas(write(tmp_path, figures=(row, row)), by=Actor("uji"), report=Report())


def test_values_are_checked_against_their_place() -> None:
    errors: list[RowError] = []
    row = Row("t.csv", 5, {"nama": "n" * 101, "alamat": "javascript:alert(1)"})
    check_values(row, Area(code="1", name="n" * 101), errors)
    check_values(row, PopulationFigure(source_url="javascript:alert(1)"), errors)
    assert [(error.row, error.column) for error in errors] == [(5, "nama"), (5, "alamat")]
