from pathlib import Path

import pytest

from jendela.common.audit import SYSTEM
from jendela.common.tables import Report, TableError
from jendela.registry.datasets.models import StandardElement
from jendela.registry.datasets.tests.world import application
from jendela.registry.links import actions
from jendela.registry.links.imports import COLUMNS, load_source_rules
from jendela.registry.links.models import SourceRule

pytestmark = pytest.mark.django_db


def load(folder: Path, *rows: str) -> None:
    (folder / "aturan_sumber.csv").write_text("\n".join([",".join(COLUMNS), *rows]) + "\n")
    load_source_rules(folder, by=SYSTEM, report=Report())


def test_loaded_once_and_what_people_ended_stays_ended(tmp_path: Path) -> None:
    application("SIAK")
    StandardElement.objects.create(code="nik", name="NIK", definition="x", citation="x")
    row = "Penduduk,SIAK,nik,,2013-12-24,UU 24/2013 pasal 58 ayat (4)"
    load(tmp_path, row)
    actions.end_rule(rule=SourceRule.objects.get(), by=SYSTEM)
    load(tmp_path, row)
    assert SourceRule.objects.get().valid_to is not None


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("x,Tak Ada,,RAD.01,2020-01-01,y", "aplikasi: tidak dikenal"),
        ("x,SIAK,apa,,2020-01-01,y", "unsur: tidak dikenal"),
        ("x,SIAK,,,2020-01-01,y", "salah satu"),
        ("x,SIAK,,RAD.01,kemarin,y", "bukan tanggal"),
        ("x,SIAK,,RAD.01,2020-01-01,", "dasar: kosong"),
    ],
)
def test_a_bad_rule_is_named(tmp_path: Path, row: str, said: str) -> None:
    application("SIAK")
    with pytest.raises(TableError, match=said):
        load(tmp_path, row)


def test_without_the_table_nothing_is_loaded(tmp_path: Path) -> None:
    load_source_rules(tmp_path, by=SYSTEM, report=Report())
    assert not SourceRule.objects.exists()
