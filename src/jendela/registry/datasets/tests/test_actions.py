import datetime
from importlib import import_module

import pytest
import time_machine
from django.apps import apps
from tests.people import agency

from jendela.common.audit import SYSTEM
from jendela.common.models import AuditEntry
from jendela.registry.applications.actions import Provenance
from jendela.registry.applications.choices import Grade
from jendela.registry.datasets import actions, reads
from jendela.registry.datasets.models import Dataset
from jendela.registry.datasets.origins import note_sources, origin_of, put_sources_back
from jendela.registry.datasets.tests.world import SAID, application, dataset

pytestmark = pytest.mark.django_db
STANDARD = {
    "concept": "Gizi balita",
    "definition": "Balita yang ditimbang di posyandu",
    "classification": "menurut desa",
    "measure": "jumlah",
    "unit": "orang",
}


def test_the_same_declared_twice_is_one() -> None:
    holder = application()
    first = dataset("Jumlah Balita Ditimbang", holder)
    again = dataset("  jumlah  balita ditimbang ", holder, unit="orang")
    assert first.pk == again.pk
    assert Dataset.objects.get().unit == "orang"
    assert first.slug == "jumlah-balita-ditimbang"
    assert first.producer == holder.owner


def test_what_says_nothing_leaves_what_was_said() -> None:
    holder = application()
    dataset("Balita", holder, unit="orang", openness="terbuka")
    dataset("Balita", holder, unit="", openness="tidak_diketahui", has_personal=None)
    row = Dataset.objects.get()
    assert (row.unit, row.openness) == ("orang", "terbuka")


def test_the_same_name_elsewhere_is_another() -> None:
    one, other = dataset("Balita", application("A")), dataset("Balita", application("B", agency("dinas-b")))
    assert one.pk != other.pk
    assert other.slug == "balita-2"


def test_without_application_a_producer_is_needed() -> None:
    with pytest.raises(ValueError, match="producer"):
        actions.declare_dataset(application=None, name="Luas Sawah", by=SYSTEM, provenance=SAID)
    with pytest.raises(ValueError, match="name"):
        dataset("   ")


def test_an_edit_is_in_the_trail_and_taken_back() -> None:
    row = dataset(unit="orang")
    assert actions.set_dataset(dataset=row, values={"unit": "jiwa"}, by=SYSTEM, provenance=SAID) == {
        "unit": "orang"
    }
    assert actions.set_dataset(dataset=row, values={"unit": "jiwa"}, by=SYSTEM, provenance=SAID) == {}
    assert AuditEntry.objects.filter(action="datasets.set_dataset").count() == 1
    actions.undo_dataset(dataset=row, by=SYSTEM)
    assert Dataset.objects.get().unit == "orang"
    with pytest.raises(actions.CannotUndoDatasetError):
        actions.undo_dataset(dataset=row, by=SYSTEM)


def test_each_value_keeps_who_said_it_and_an_undo_brings_that_back() -> None:
    row = dataset(unit="orang", measure="jumlah")
    letter = Provenance("BPS Kotim", "Surat 12/2026", "https://contoh.id/surat", grade=Grade.PROVEN)
    actions.set_dataset(dataset=row, values={"unit": "jiwa"}, by=SYSTEM, provenance=letter)
    row = Dataset.objects.get()
    said = {name: origin_of(row, name) for name in ("name", "unit", "measure", "concept")}
    assert said["concept"] is None
    assert [(one.stated_by, one.source, one.grade) for one in said.values() if one] == [
        ("Budi Santoso", "isian", "C"),
        ("BPS Kotim", "Surat 12/2026", "B"),
        ("Budi Santoso", "isian", "C"),
    ]
    actions.undo_dataset(dataset=row, by=SYSTEM)
    row = Dataset.objects.get()
    assert origin_of(row, "unit") == origin_of(row, "measure")


def test_what_stood_before_gets_the_source_of_its_row() -> None:
    row = dataset(unit="orang")
    Dataset.objects.update(sources={}, stated_by="Dinkes", source="Surat 3", grade="D")
    fill = import_module("jendela.registry.datasets.migrations.0003_sources_of_what_stands").fill
    fill(apps, None)
    row.refresh_from_db()
    said = origin_of(row, "unit")
    assert said is not None
    assert (said.stated_by, said.source, said.grade) == ("Dinkes", "Surat 3", "D")
    assert origin_of(row, "producer") == said
    assert origin_of(row, "concept") is None


def test_an_edit_of_two_days_ago_stays() -> None:
    row = dataset()
    actions.set_dataset(dataset=row, values={"unit": "jiwa"}, by=SYSTEM, provenance=SAID)
    with (
        time_machine.travel(datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=2)),
        pytest.raises(actions.CannotUndoDatasetError),
    ):
        actions.undo_dataset(dataset=row, by=SYSTEM)


def test_verification_needs_the_standard_and_metadata_and_ends_with_a_change() -> None:
    row = dataset(unit="orang")
    with pytest.raises(actions.NotReadyError) as error:
        actions.verify_dataset(dataset=row, by=SYSTEM, verified_by="Diskominfo")
    assert error.value.args[0] == ["Konsep", "Definisi", "Klasifikasi", "Ukuran", "Metadata sudah diisi"]
    actions.set_dataset(dataset=row, values={**STANDARD, "has_metadata": True}, by=SYSTEM, provenance=SAID)
    actions.verify_dataset(dataset=row, by=SYSTEM, verified_by="Diskominfo")
    assert Dataset.objects.get().verified_by == "Diskominfo"
    actions.set_dataset(dataset=row, values={"purpose": "rencana gizi"}, by=SYSTEM, provenance=SAID)
    assert Dataset.objects.get().verified_at is not None
    actions.set_dataset(dataset=row, values={"unit": "jiwa"}, by=SYSTEM, provenance=SAID)
    assert Dataset.objects.get().verified_at is None
    actions.undo_dataset(dataset=row, by=SYSTEM)
    assert Dataset.objects.get().verified_by == "Diskominfo"


def test_of_application_is_one_query(django_assert_num_queries: object) -> None:
    holder = application()
    for number in range(3):
        dataset(f"Data {number}", holder)
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert [one.producer.pk for one in reads.of_application(holder.pk)] == [holder.owner_id] * 3


def test_sources_come_back_over_several_steps() -> None:
    """Two imports change the same value and both are taken back; five sources are kept."""
    row = Dataset(slug="x", name="x")
    for who in "ABCDEFG":
        note_sources(row, ["concept"], Provenance(who))
    seen = []
    while row.sources.get("concept"):
        seen.append(row.sources["concept"]["stated_by"])
        put_sources_back(row, ["concept"])
    assert seen == ["G", "F", "E", "D", "C"]
