"""Who gets what: the plan, its guards, and what a round of requests writes."""

import datetime

import pytest
import time_machine
from tests.people import agency, member

from jendela.common.audit import Actor
from jendela.common.models import AuditEntry
from jendela.people.access.models import Membership
from jendela.registry.applications.models import ApplicationPerson
from jendela.registry.campaigns import targets
from jendela.registry.campaigns.actions import rounds, sending
from jendela.registry.campaigns.choices import MessageState, RoundState
from jendela.registry.campaigns.models import Bundle, Item, PersonalLink, Reminder, Round
from jendela.registry.campaigns.targets import Filters
from jendela.registry.campaigns.tests.world import DUE, World, application

pytestmark = pytest.mark.django_db


def test_the_plan_gives_each_agency_to_who_holds_the_role(world: World) -> None:
    empty = agency("Badan Kosong")
    member("agency_operator", empty, name="Orang Kosong")
    agency("Dinas Tanpa Orang")
    found = targets.plan(Filters(), "agency_operator")
    assert {one.agency.short_name: len(one.applications) for one in found.bundles} == {
        "Badan Kosong": 0,
        "Dinas Contoh": 2,
        "Dinas Lain": 1,
    }
    assert [one.short_name for one, _rows in found.nobody] == ["Dinas Tanpa Orang"]


def test_who_runs_an_application_is_asked_for_it(world: World) -> None:
    runner = member("staff_member", world.owner, name="Rina Pengelola")
    ApplicationPerson.objects.create(
        application=world.second, role="operator", user=runner, name=runner.name, since="2026-01-01"
    )
    found = targets.plan(Filters(), "agency_operator")
    assert {one.name: [each.name for each in one.applications] for one in found.bundles} == {
        "Oki Operator": ["Aplikasi Satu"],
        "Orang Lain": ["Aplikasi Tiga"],
        "Rina Pengelola": ["Aplikasi Dua"],
    }
    Membership.objects.filter(user=runner).update(valid_to="2026-02-01")  # she left: the role holder is asked
    found = targets.plan(Filters(), "agency_operator")
    assert [one.name for one in found.bundles] == ["Oki Operator", "Orang Lain"]


@pytest.mark.parametrize(
    ("filters", "names"),
    [
        (Filters(states=("mati",)), set()),
        (Filters(states=("dipakai",)), {"Dinas Contoh", "Dinas Lain"}),
        (Filters(operator_levels=("pusat",)), set()),
        (Filters(kinds=("badan",)), set()),
        (Filters(never_attested=True), {"Dinas Contoh", "Dinas Lain"}),
        (Filters(unchanged_since="2020-01-01"), set()),
    ],
)
def test_filters_narrow(world: World, filters: Filters, names: set[str]) -> None:
    assert {one.agency.short_name for one in targets.plan(filters, "agency_operator").bundles} == names


def test_the_plan_costs_the_same_for_any_number(world: World, django_assert_num_queries: object) -> None:
    for number in range(12):
        place = agency(f"Dinas {number}")
        member("agency_operator", place)
        application(f"Aplikasi {number}", place)
    ApplicationPerson.objects.create(
        application=world.first, role="operator", user=world.operator, name="Oki", since="2026-01-01"
    )
    with django_assert_num_queries(6):  # type: ignore[operator]
        targets.plan(Filters(), "agency_operator")


@time_machine.travel("2026-11-24 09:00+07:00", tick=False)
def test_sending_makes_one_bundle_a_person_with_a_link_and_a_letter(world: World) -> None:
    row = world.sent()
    row.refresh_from_db()
    assert row.state == RoundState.OPEN
    assert Bundle.objects.count() == 2
    assert Item.objects.filter(bundle=world.bundle(row)).count() == 2
    link = PersonalLink.objects.get(bundle=world.bundle(row))
    assert sending.digest_of(link.token) == link.digest
    assert link.expires_at.date() > DUE
    assert Reminder.objects.filter(state=MessageState.WAITING).count() == 2
    assert AuditEntry.objects.filter(action="campaigns.send_round").count() == 1
    with pytest.raises(sending.NotADraftError):
        sending.send_round(round_=row, by=world.by)


@time_machine.travel("2026-11-24 09:00+07:00", tick=False)
def test_an_agency_that_was_asked_is_not_asked_again(world: World) -> None:
    first = world.sent()
    second = world.round(title="Putaran kedua")
    found = targets.plan(Filters.of(second.filters), second.role)
    assert found.bundles == []
    assert {(one.short_name, round_.pk) for one, round_ in found.busy} == {
        ("Dinas Contoh", first.pk),
        ("Dinas Lain", first.pk),
    }
    with pytest.raises(sending.NobodyError):
        sending.send_round(round_=second, by=world.by)
    assert Round.objects.get(pk=second.pk).state == RoundState.DRAFT


@time_machine.travel("2026-11-24 09:00+07:00", tick=False)
def test_a_flood_stops_and_asks(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "rule", lambda _key, _day: 1)
    row = world.round()
    with pytest.raises(sending.FloodError) as stopped:
        sending.send_round(round_=row, by=world.by)
    assert (stopped.value.recipients, stopped.value.limit) == (2, 1)
    assert not Bundle.objects.exists()
    sending.send_round(round_=row, by=world.by, many=True)
    assert Bundle.objects.count() == 2


def test_a_deadline_in_the_past_or_out_of_order_is_refused(world: World) -> None:
    with time_machine.travel("2026-11-24 09:00+07:00", tick=False):
        with pytest.raises(rounds.BadDeadlineError):
            world.round(due_on=datetime.date(2026, 11, 23))
        with pytest.raises(rounds.BadDeadlineError):
            world.round(approval_due_on=DUE - datetime.timedelta(days=1))
        row = world.round()
    with time_machine.travel("2027-01-24 09:00+07:00", tick=False), pytest.raises(sending.DeadlineOverError):
        sending.send_round(round_=row, by=Actor("uji"))
