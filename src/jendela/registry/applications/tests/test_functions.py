"""The trees of functions come from a table, whole or not at all; a second load renews, and never loses a code."""

from pathlib import Path

import pytest
from django.conf import settings

from jendela.common.tables import Report, TableError
from jendela.registry.applications.functions import TABLE, load_functions
from jendela.registry.applications.models import FunctionNode
from jendela.registry.applications.tests.samples import BY, made, node

pytestmark = pytest.mark.django_db


def test_the_trees_of_the_region_are_whole() -> None:
    report = Report()
    load_functions(settings.DATASET, by=BY, report=report)
    second = FunctionNode.objects.filter(tree="RAB", parent__isnull=False)
    assert FunctionNode.objects.filter(tree="RAB", parent__isnull=True).count() == 9
    assert second.count() == 45  # the copies seen list 45 of the 46 that are announced (docs/registry.md)
    assert FunctionNode.objects.get(pk="RAB.04.01").name == "Kesehatan"
    assert FunctionNode.objects.filter(tree="RAA").count() == 6
    assert not FunctionNode.objects.filter(citation="").exists()
    load_functions(settings.DATASET, by=BY, report=report)
    assert report.notes == []


def test_a_code_in_use_that_is_no_longer_listed_stays() -> None:
    row = made()
    row.functions.create(node=node("RAB.99.01", "Dulu"))
    report = Report()
    load_functions(settings.DATASET, by=BY, report=report)
    assert report.notes == ["Tidak ada lagi di tabel, dibiarkan: RAB.99.01"]


@pytest.mark.parametrize(
    ("line", "where"),
    [
        ("RAB.1,RAB,Nama,,,Sumber", "kode"),
        ("RAB.01,RAL,Nama,,,Sumber", "pohon"),
        ("RAB.01.01,RAB,Nama,,,Sumber", "induk"),
        ("RAB.01,RAB,,,,Sumber", "nama"),
        ("RAB.01,RAB,Nama,,,", "sumber"),
    ],
)
def test_a_bad_row_is_named_and_nothing_is_written(tmp_path: Path, line: str, where: str) -> None:
    (tmp_path / TABLE).write_text(
        f"kode,pohon,nama,induk,kata_kunci,sumber\nRAL.01,RAL,Layanan,,,Uji\n{line}\n"
    )
    with pytest.raises(TableError) as error:
        load_functions(tmp_path, by=BY, report=Report())
    assert [(one.row, one.column) for one in error.value.errors] == [(3, where)]
    assert not FunctionNode.objects.exists()
