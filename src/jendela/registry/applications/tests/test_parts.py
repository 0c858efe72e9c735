"""Parts of an application: said once, changed, taken out, brought back exactly; approvals move its life."""

import datetime
from decimal import Decimal
from typing import Any

import pytest
from tests.people import agency

from jendela.common.audit import SEALED
from jendela.registry.applications import actions
from jendela.registry.applications.actions import CannotUndoValuesError, NoReplacementError, PartError
from jendela.registry.applications.models import Application, ApplicationPerson, Change, Cost, Version
from jendela.registry.applications.tests.samples import BY, SAID, made, node

pytestmark = pytest.mark.django_db
COST = {"year": 2026, "kind": "hosting", "amount": Decimal("1200000.00")}


def put(row: Application, part: str, **values: Any) -> Any:
    return actions.put_part(application=row, part=part, values=values, by=BY, provenance=SAID)


def last(row: Application) -> Any:
    return Change.objects.filter(application=row).order_by("-id")[0]


def again(row: Application) -> None:
    actions.undo_batch(batch=last(row).batch, by=BY, stated_by="Dinas Contoh")


def test_a_cost_of_the_same_year_and_kind_is_changed_not_added() -> None:
    row = made()
    put(row, "costs", **COST)
    put(row, "costs", **COST | {"amount": Decimal("2000000.00")})
    assert [one.amount for one in Cost.objects.filter(application=row)] == [Decimal("2000000.00")]
    assert last(row).before["amount"] == "1200000.00"
    assert last(row).before["words"] == "server dan hosting 2026: Rp1.200.000"


def test_the_same_again_writes_nothing() -> None:
    row = made()
    put(row, "costs", **COST)
    number = Change.objects.count()
    put(row, "costs", **COST)
    assert Change.objects.count() == number


def test_adding_changing_and_taking_out_are_undone_exactly() -> None:
    row = made()
    first = put(row, "costs", **COST)
    again(row)
    assert not Cost.objects.exists()
    first = put(row, "costs", **COST)
    put(row, "costs", **COST | {"amount": Decimal(5), "fund": "APBD"})
    again(row)
    assert Cost.objects.get(pk=first.pk).amount == Decimal("1200000.00")
    assert Cost.objects.get(pk=first.pk).fund == ""
    actions.remove_part(application=row, part="costs", key=first.pk, by=BY, provenance=SAID)
    assert not Cost.objects.exists()
    again(row)
    assert Cost.objects.get(pk=first.pk).amount == Decimal("1200000.00")


def test_what_was_changed_since_is_not_undone() -> None:
    row = made()
    put(row, "costs", **COST)
    batch = last(row).batch
    put(row, "costs", **COST | {"amount": Decimal(5)})
    with pytest.raises(CannotUndoValuesError):
        actions.undo_batch(batch=batch, by=BY, stated_by="Dinas Contoh")
    assert Cost.objects.get().amount == Decimal(5)


def test_an_undone_act_is_not_undone_twice() -> None:
    row = made()
    put(row, "costs", **COST)
    batch = last(row).batch
    actions.undo_batch(batch=batch, by=BY, stated_by="x")
    with pytest.raises(CannotUndoValuesError):
        actions.undo_batch(batch=batch, by=BY, stated_by="x")


def test_contacts_of_people_stay_out_of_history_and_survive_an_undo() -> None:
    row = made()
    person = put(
        row,
        "people",
        role="operator",
        name="Budi Contoh",
        email="budi@contoh.id",
        phone="0812",
        since="2026-01-01",
    )
    assert last(row).after["email"] == SEALED
    put_again = {"role": "operator", "name": "Budi C.", "since": "2026-01-01"}
    actions.put_part(application=row, part="people", key=person.pk, values=put_again, by=BY, provenance=SAID)
    again(row)
    found = ApplicationPerson.objects.get()
    assert (found.name, found.email) == ("Budi Contoh", "budi@contoh.id")


def test_people_end_and_are_not_taken_out() -> None:
    row = made()
    person = put(row, "people", role="operator", name="Budi Contoh", since=datetime.date(2026, 1, 1))
    with pytest.raises(PartError):
        actions.remove_part(application=row, part="people", key=person.pk, by=BY, provenance=SAID)


def test_a_row_of_another_application_is_not_there() -> None:
    one, other = made("Satu"), made("Dua")
    cost = put(one, "costs", **COST)
    with pytest.raises(PartError):
        actions.put_part(application=other, part="costs", key=cost.pk, values=COST, by=BY, provenance=SAID)
    with pytest.raises(PartError):
        actions.remove_part(application=other, part="costs", key=cost.pk, by=BY, provenance=SAID)


def test_a_cost_cannot_become_one_that_another_row_is() -> None:
    row = made()
    put(row, "costs", **COST)
    other = put(row, "costs", **COST | {"year": 2025})
    with pytest.raises(PartError):
        actions.put_part(application=row, part="costs", key=other.pk, values=COST, by=BY, provenance=SAID)


def test_one_main_function_and_the_other_comes_back_with_an_undo() -> None:
    row = made()
    first = put(row, "functions", node=node(), main=True)
    put(row, "functions", node=node("RAB.09.06", "Aparatur"), main=True)
    first.refresh_from_db()
    assert not first.main
    again(row)
    first.refresh_from_db()
    assert first.main
    assert row.functions.count() == 1


def test_the_nearest_contract_is_the_one_of_the_application(settings: Any) -> None:
    row = made()
    put(row, "versions", number="1", contract_until=datetime.date(2020, 12, 31))
    row.refresh_from_db()
    assert row.contract_until == datetime.date(2020, 12, 31)
    put(row, "versions", number="2", contract_until=datetime.date(2099, 12, 31), current=True)
    row.refresh_from_db()
    assert row.contract_until == datetime.date(2099, 12, 31)
    again(row)
    row.refresh_from_db()
    assert row.contract_until == datetime.date(2020, 12, 31)
    assert Version.objects.count() == 1


def approve(row: Application, step: str, date: str, *, positive: bool = True, **more: Any) -> Any:
    values = {
        "step": step,
        "positive": positive,
        "date": datetime.date.fromisoformat(date),
        "decided_by": "Bupati",
    }
    return actions.add_approval(application=row, values=values, by=BY, provenance=SAID, **more)


def test_the_last_positive_approval_is_the_state() -> None:
    row = made()
    approve(row, "pemakaian", "2024-01-01")
    row.refresh_from_db()
    assert (row.life_cycle, row.life_cycle_since) == ("aktif", "2024-01-01")
    approve(row, "penghentian", "2025-01-01", positive=False)
    row.refresh_from_db()
    assert row.life_cycle == "aktif"
    approve(row, "pembangunan", "2020-01-01")  # an older one, recorded late
    row.refresh_from_db()
    assert row.life_cycle == "aktif"


def test_a_retirement_names_what_takes_over_or_says_why_nothing_does() -> None:
    row, other = made("Lama"), made("Baru")
    with pytest.raises(NoReplacementError):
        approve(row, "penghentian", "2026-01-01")
    with pytest.raises(NoReplacementError):
        approve(row, "penggabungan", "2026-01-01", no_replacement="tidak ada")
    approve(row, "penghentian", "2026-01-01", replacement=other)
    row.refresh_from_db()
    assert (row.life_cycle, row.replacement) == ("dihentikan", other)
    again(row)
    row.refresh_from_db()
    assert (row.life_cycle, row.replacement) == ("tidak_diketahui", None)
    assert not row.approvals.exists()
    approve(row, "penghentian", "2026-01-01", no_replacement="Urusannya sudah tidak ada")
    row.refresh_from_db()
    assert row.replacement_note == "Urusannya sudah tidak ada"


def test_uses_are_answered_by_who_says_them() -> None:
    row = made()
    use = put(row, "uses", agency=agency("Dinas Lain"), state="dipakai")
    assert (use.said_by, use.answered_by) == ("Dinas Contoh", "Dinas Contoh")
