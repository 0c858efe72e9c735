"""The seal and what stands beside the values: uses, costs, versions, data, links; answers of a round keep it."""

import datetime
from typing import Any

import pytest
import time_machine

from jendela.common import events
from jendela.common.audit import Actor
from jendela.common.models import OutboxEvent
from jendela.registry.applications.actions import put_part
from jendela.registry.applications.events import ValuesChanged
from jendela.registry.applications.models import Application
from jendela.registry.campaigns import jobs
from jendela.registry.campaigns.actions import answering, seal
from jendela.registry.campaigns.answers import Answer
from jendela.registry.campaigns.choices import Say
from jendela.registry.campaigns.models import Attestation, Round
from jendela.registry.campaigns.tests.test_answering import fill, item_of
from jendela.registry.campaigns.tests.test_seal import complete, swear
from jendela.registry.campaigns.tests.world import PROVENANCE, World, actor
from jendela.registry.datasets.actions import declare_dataset, set_dataset
from jendela.registry.datasets.events import DatasetsChanged
from jendela.registry.links.actions import declare_link, end_link, set_stand_alone
from jendela.registry.links.events import LinksChanged
from jendela.registry.links.models import Link

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
JOBS = {
    ValuesChanged: "registry_campaigns.check_seals",
    DatasetsChanged: "registry_campaigns.check_seals_beside",
    LinksChanged: "registry_campaigns.check_seals_beside",
}


def quiet() -> None:
    OutboxEvent.objects.all().delete()


def hand_out() -> None:
    """Run what follows from the events of these changes."""
    for event, name in JOBS.items():
        assert name in events.subscribers()[events.name_of(event)]
        for row in OutboxEvent.objects.filter(name=events.name_of(event)).order_by("pk"):
            run: Any = getattr(jobs, name.partition(".")[2])
            run(**row.payload)


def stands(row: Attestation) -> bool:
    hand_out()
    row.refresh_from_db()
    return row.broken_at is None


def link(source: Application, target: Application, by: Actor, data: str = "Data pegawai") -> Link:
    return declare_link(
        source=source,
        target=target,
        data=data,
        method="berkas",
        by=by,
        declared_by=None,
        declared_words="Uji",
    )


def dataset(world: World, by: Actor, **values: Any) -> Any:
    given = {"name": "Data pegawai", "provenance": PROVENANCE, **values}
    return declare_dataset(application=world.first, by=by, **given)


PARTS: dict[str, dict[str, Any]] = {
    "costs": {"year": 2026, "kind": "hosting", "amount": 5},
    "versions": {"number": "2.0"},
    "uses": {"state": "disebut"},
}


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize(("who", "kept"), [("operator", True), ("team", False), ("other_operator", False)])
def test_a_part_changed_by_a_foreign_hand_breaks_it(world: World, part: str, who: str, kept: bool) -> None:
    row = swear(world)
    quiet()
    values = PARTS[part] | ({"agency": world.other} if part == "uses" else {})
    by = actor(getattr(world, who))
    put_part(application=world.first, part=part, values=values, by=by, provenance=PROVENANCE)
    assert stands(row) is kept


@pytest.mark.parametrize(("who", "kept"), [("operator", True), ("team", False), ("other_operator", False)])
def test_data_declared_and_changed(world: World, who: str, kept: bool) -> None:
    row = swear(world)
    quiet()
    made = dataset(world, actor(world.operator))
    assert stands(row)
    quiet()
    by = actor(getattr(world, who))
    set_dataset(dataset=made, values={"has_personal": True}, by=by, provenance=PROVENANCE)
    assert stands(row) is kept
    assert ("bukan oleh instansinya" in row.broken_why) is not kept


@pytest.mark.parametrize(("who", "kept"), [("operator", True), ("team", False), ("other_operator", False)])
def test_links_from_either_side(world: World, who: str, kept: bool) -> None:
    row = swear(world)
    quiet()
    link(world.third, world.first, actor(getattr(world, who)))
    assert stands(row) is kept


def test_a_link_that_ends_and_the_leave_to_have_none(world: World) -> None:
    made = link(world.third, world.first, actor(world.operator))
    row = swear(world)
    quiet()
    end_link(link=made, reason="Tidak jadi", by=world.by)
    assert not stands(row)
    again = seal.attest(agency=world.owner, statement="Benar.", by=actor(world.head))
    quiet()
    set_stand_alone(
        application=world.second, reason="Sendiri.", review_on=datetime.date(2027, 1, 4), by=world.by
    )
    assert not stands(again)


def test_what_it_does_not_cover_keeps_it_and_a_change_without_account_breaks_it(world: World) -> None:
    row = swear(world)
    quiet()
    declare_dataset(application=world.third, name="Lain", by=world.by, provenance=PROVENANCE)
    assert stands(row)
    dataset(world, Actor("Impor"))
    assert not stands(row)


def answered(world: World, round_: Round, at: str, app: str, given: dict[str, Any]) -> None:
    """The bundle of an agency, filled in and sent by somebody without an account of it."""
    bundle = world.bundle(round_, getattr(world, at))
    by = Actor("Lewat tautan")
    one = item_of(bundle, app)
    typed = {key: Answer(Say.VALUE, value) for key, value in given.items()}
    answering.save_answers(item=one, given=typed, revision=one.revision, by=by)
    fill(bundle, world)
    answering.submit(bundle=bundle, by=by)


@pytest.mark.parametrize("same", [True, False])
def test_answers_keep_the_own_seal_and_those_of_their_round(world: World, same: bool) -> None:
    """Both heads swore before the answers of one agency arrive: its own stands in any case, the other's when it is of
    this round."""
    complete(world)
    round_ = world.sent(key="putaran-pertama")
    own = seal.attest(agency=world.owner, statement="Benar.", by=actor(world.head))
    other = Attestation.objects.create(
        round=round_ if same else None,
        agency=world.other,
        by=world.other_operator,
        name="Kepala Lain",
        at="2026-11-24T00:00Z",
        statement="Benar.",
        valid_until="2027-05-24",
        applications=1,
        keys=[world.third.pk],
        code="LAINLAINLA",
    )
    quiet()
    row = {"application": world.third.pk, "data": "Data pegawai", "method": "berkas"}
    given = {"data": {"rows": [{"name": "Data pegawai"}]}, "data-dari": {"rows": [row]}}
    answered(world, round_, "owner", "Aplikasi Satu", given)
    assert OutboxEvent.objects.filter(name=events.name_of(DatasetsChanged)).exists()
    assert OutboxEvent.objects.filter(name=events.name_of(LinksChanged)).exists()
    assert stands(own)
    assert stands(other) is same


def test_twice_is_as_once(world: World) -> None:
    row = swear(world)
    quiet()
    dataset(world, world.by)
    assert not stands(row)
    at = row.broken_at
    assert not stands(row)
    assert row.broken_at == at


def test_what_was_changed_before_the_oath_does_not_break_it(
    world: World, clock: time_machine.Traveller
) -> None:
    """The worker may be late: the head swore to what was changed meanwhile."""
    complete(world)
    quiet()
    dataset(world, world.by)
    put_part(application=world.first, part="costs", values=PARTS["costs"], by=world.by, provenance=PROVENANCE)
    clock.shift(300)
    row = seal.attest(agency=world.owner, statement="Benar.", by=actor(world.head))
    clock.shift(60)
    assert stands(row)
    quiet()
    dataset(world, world.by, name="Data lain")
    assert not stands(row)
