"""Scores are judged again when data or links beside an application change."""

from datetime import timedelta

import pytest
from tests.people import agency, member

from jendela.common import events
from jendela.common.audit import SYSTEM, Actor
from jendela.common.dates import today
from jendela.common.models import OutboxEvent
from jendela.people.access.roles import AgencyOperator
from jendela.registry.applications.models import Application
from jendela.registry.datasets import actions as datasets
from jendela.registry.datasets.events import DatasetsChanged
from jendela.registry.datasets.tests.world import SAID, application, dataset
from jendela.registry.links import actions as links
from jendela.registry.links.events import LinksChanged
from jendela.registry.links.models import Link
from jendela.registry.scores import jobs

pytestmark = pytest.mark.django_db


@pytest.fixture
def ends() -> tuple[Application, Application]:
    return application("Gizi", agency("dinkes")), application("SIAK", agency("disdukcapil"))


def told(event: type) -> list[list[int]]:
    rows = OutboxEvent.objects.filter(name=events.name_of(event)).order_by("pk")
    return [row.payload["applications"] for row in rows]


def linked(ends: tuple[Application, Application]) -> Link:
    return links.declare_link(
        source=ends[0], target=ends[1], data="NIK", method="api", by=SYSTEM, declared_by=ends[0].owner,
        declared_words="dinkes",
    )  # fmt: skip


def test_the_completeness_follows_data_and_links(ends: tuple[Application, Application]) -> None:
    jobs.judge_all()
    before = Application.objects.get(pk=ends[0].pk).completeness or 0
    dataset("Balita", ends[0])
    linked(ends)
    for row in OutboxEvent.objects.filter(handed_out_at=None).exclude(payload={}):
        assert "registry_scores.judge_beside" in events.subscribers()[row.name]
        jobs.judge_beside(**row.payload)
    assert (Application.objects.get(pk=ends[0].pk).completeness or 0) > before


def test_each_act_on_data_tells_whose_it_is(ends: tuple[Application, Application]) -> None:
    one, other = ends
    row = dataset("Balita", one)
    datasets.set_dataset(dataset=row, values={"unit": "orang"}, by=SYSTEM, provenance=SAID)
    datasets.set_dataset(dataset=row, values={"unit": "orang"}, by=SYSTEM, provenance=SAID)  # nothing differs
    datasets.set_dataset(dataset=row, values={"application": other}, by=SYSTEM, provenance=SAID)
    datasets.undo_dataset(dataset=row, by=SYSTEM)
    row.refresh_from_db()
    datasets.set_many(rows=[(row, {"unit": "jiwa"})], by=SYSTEM, provenance=SAID)
    datasets.repoint_datasets(gone=one, stays=other, by=SYSTEM)
    row.refresh_from_db()
    datasets.remove_datasets(rows=[row], by=SYSTEM)
    both = sorted([one.pk, other.pk])
    assert told(DatasetsChanged) == [[one.pk], [one.pk], both, both, [one.pk], both, [other.pk]]


def test_an_act_tells_the_account_and_no_name(ends: tuple[Application, Application]) -> None:
    who = member(AgencyOperator.code, ends[0].owner)
    links.set_stand_alone(
        application=ends[0], reason="x", review_on=today() + timedelta(days=9), by=Actor(who.name, user=who)
    )
    row = OutboxEvent.objects.get(name=events.name_of(LinksChanged))
    assert {key: value for key, value in row.payload.items() if key != "at"} == {
        "applications": [ends[0].pk],
        "by": who.pk,
        "batch": "",
    }


def test_data_of_no_application_tell_nothing() -> None:
    datasets.declare_dataset(
        application=None, name="Luas", by=SYSTEM, provenance=SAID, producer=agency("tani")
    )
    assert told(DatasetsChanged) == []


def test_each_act_on_links_tells_both_ends(ends: tuple[Application, Application]) -> None:
    row = linked(ends)
    links.set_link(link=row, values={"state": "berjalan"}, by=SYSTEM, agency=ends[0].owner)
    links.answer_link(link=row, confirm=True, reason="", by=SYSTEM, agency=ends[1].owner)
    links.end_link(link=row, reason="selesai", by=SYSTEM)
    links.reopen_link(link=row, by=SYSTEM)
    row.refresh_from_db()
    links.correct_many(rows=[(row, {"state": "terputus"})], by=SYSTEM)
    links.remove_many(rows=[row], by=SYSTEM)
    assert told(LinksChanged) == [sorted(one.pk for one in ends)] * 7


def test_an_exemption_from_links_tells_too(ends: tuple[Application, Application]) -> None:
    ahead = today() + timedelta(days=30)
    links.set_stand_alone(application=ends[0], reason="Tidak perlu", review_on=ahead, by=SYSTEM)
    links.end_stand_alone(application=ends[0], by=SYSTEM)
    assert told(LinksChanged) == [[ends[0].pk]] * 2
