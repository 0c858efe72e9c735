"""Datasets and links when agencies merge, and when two records of an application become one."""

import pytest
from tests.people import agency

from jendela.common.audit import SYSTEM
from jendela.common.dates import today
from jendela.people.agencies.actions import merge_agencies, undo_merger
from jendela.registry.applications.models import Application
from jendela.registry.datasets import jobs as dataset_jobs
from jendela.registry.datasets.actions import repoint_datasets
from jendela.registry.datasets.models import Dataset
from jendela.registry.datasets.tests.world import application, dataset
from jendela.registry.links import actions, jobs
from jendela.registry.links.models import Link, StandAlone

pytestmark = pytest.mark.django_db


def link(source: Application, target: Application, data: str = "NIK") -> Link:
    return actions.declare_link(
        source=source,
        target=target,
        data=data,
        method="api",
        by=SYSTEM,
        declared_by=source.owner,
        declared_words="x",
    )


def test_move_with_a_merger_and_back() -> None:
    old, new = agency("Dinas Lama"), agency("Dinas Baru")
    one = application("A", old)
    row = dataset("Balita", one, steward=old)
    kept = dataset("Lain", application("B", agency("lain")))
    link(one, application("C", agency("lain")))
    merger = merge_agencies(predecessor=old, successor=new, since=today(), source="Perda 1", by=SYSTEM)
    for _turn in range(2):
        dataset_jobs.move_with_merger(merger.pk)
        jobs.move_with_merger(merger.pk)
    row.refresh_from_db()
    assert (row.producer, row.steward, Link.objects.get().declared_by) == (new, new, new)
    dataset_jobs.move_back(merger.pk)  # it still stands
    assert Dataset.objects.get(pk=row.pk).producer == new
    undo_merger(merger=merger, by=SYSTEM)
    for _turn in range(2):
        dataset_jobs.move_back(merger.pk)
        jobs.move_back(merger.pk)
    row.refresh_from_db()
    assert (row.producer, row.steward, Link.objects.get().declared_by) == (old, old, old)
    assert Dataset.objects.get(pk=kept.pk).producer.short_name == "lain"
    dataset_jobs.move_with_merger(merger.pk)  # late: it was taken back
    assert Dataset.objects.get(pk=row.pk).producer == old


def test_two_records_become_one() -> None:
    gone, stays, other = application("Lama"), application("Baru"), application("Lain", agency("lain"))
    dataset("Balita", gone)
    moves, doubled, between = link(gone, other, "A"), link(gone, other, "B"), link(gone, stays, "C")
    link(stays, other, "b")
    StandAlone.objects.create(application=gone, reason="x", by="x", at="2026-01-01T00:00Z", review_on=today())
    found = actions.repoint_links(gone=gone, stays=stays, by=SYSTEM)
    assert found == {"moved": [moves.pk], "ended": [doubled.pk, between.pk], "rules": []}
    assert set(Link.objects.filter(ended_at=None).values_list("source__name", "data")) == {
        ("Baru", "A"),
        ("Baru", "b"),
    }
    assert StandAlone.objects.get().application == stays
    assert dict(Application.objects.values_list("name", "links_count")) == {"Lama": 0, "Baru": 2, "Lain": 2}
    repoint_datasets(gone=gone, stays=stays, by=SYSTEM)
    assert Dataset.objects.get().application == stays
