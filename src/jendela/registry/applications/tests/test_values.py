"""Values with their source: written over what was seen, confirmed, taken back; owners that move keep the history."""

import datetime
from typing import Any

import pytest
import time_machine
from tests.people import agency

from jendela.people.agencies.actions import merge_agencies, undo_merger
from jendela.registry.applications import actions
from jendela.registry.applications.actions import MeanwhileError, SplitError
from jendela.registry.applications.models import Application, Change, ValueSource
from jendela.registry.applications.tests.samples import BY, SAID, made

pytestmark = pytest.mark.django_db


def edit(row: Application, seen: dict[str, Any], **values: Any) -> None:
    actions.edit_values(application=row, seen=seen, values=values, by=BY, provenance=SAID)


def test_two_editors_never_undo_each_other_unseen() -> None:
    row = made(vendor="PT Satu", hosting="tidak_diketahui")
    seen = {"vendor": "PT Satu", "hosting": "tidak_diketahui"}
    edit(row, seen, vendor="PT Dua", hosting="tidak_diketahui")
    edit(row, seen, vendor="PT Satu", hosting="komputasi_awan")  # left the vendor alone
    row.refresh_from_db()
    assert (row.vendor, row.hosting) == ("PT Dua", "komputasi_awan")
    with pytest.raises(MeanwhileError) as error:
        edit(row, seen, vendor="PT Tiga")
    assert error.value.names == ["vendor"]
    row.refresh_from_db()
    assert row.vendor == "PT Dua"


def test_two_editors_who_write_the_same_agree() -> None:
    row = made(vendor="PT Satu")
    edit(row, {"vendor": "PT Satu"}, vendor="PT Dua")
    edit(row, {"vendor": "PT Satu"}, vendor="PT Dua")
    assert ValueSource.objects.get(application=row, field="vendor").confirmed_at is not None


def test_what_nobody_said_is_not_confirmed_and_what_a_table_brought_gets_its_source() -> None:
    row = made()
    Application.objects.filter(pk=row.pk).update(vendor="PT Satu")
    names = ["vendor", "hosting", "framework"]
    actions.confirm_values(application=row, names=names, by=BY, provenance=SAID)
    said = ValueSource.objects.filter(application=row, field__in=names)
    assert [(one.field, one.stated_by) for one in said] == [("vendor", "Dinas Contoh")]


def test_a_name_that_is_a_word_of_our_addresses_gets_another_slug() -> None:
    assert made("Baru").slug == "aplikasi-baru"
    assert made("Baru").slug == "aplikasi-baru-2"


def test_with_a_merger_owners_move_on_record_and_come_back(django_capture_on_commit_callbacks: Any) -> None:
    old, new = agency("Dinas Lama"), agency("Dinas Baru")
    row = made(owner=old)
    actions.put_part(
        application=row, part="uses", values={"agency": old, "state": "dipakai"}, by=BY, provenance=SAID
    )
    merger = merge_agencies(
        predecessor=old, successor=new, since=datetime.date(2026, 1, 1), source="Perda 1", by=BY
    )
    actions.move_applications(merger_id=merger.pk, by=BY)
    actions.move_applications(merger_id=merger.pk, by=BY)
    row.refresh_from_db()
    assert (row.owner, row.uses.get().agency) == (new, new)
    assert "dinas baru" in row.search_text
    change = Change.objects.get(application=row, field="owner", before=old.pk)
    assert (change.after, change.source) == (new.pk, "Perda 1")
    undo_merger(merger=merger, by=BY)
    actions.move_applications_back(merger_id=merger.pk, by=BY)
    row.refresh_from_db()
    assert (row.owner, row.uses.get().agency) == (old, old)


def split(keys: list[int], **values: Any) -> Any:
    known: dict[str, Any] = {
        "predecessor": agency("Dinas Besar"),
        "successor": agency("Dinas Kecil"),
        "since": datetime.date(2026, 1, 1),
        "source": "Perda 2",
    }
    return actions.split_owner(**known | values, applications=keys, by=BY)


def test_a_split_moves_what_was_chosen_and_a_day_later_it_stands() -> None:
    stays, goes = made("Tinggal", agency("Dinas Besar")), made("Pindah", agency("Dinas Besar"))
    done = split([goes.pk])
    goes.refresh_from_db()
    stays.refresh_from_db()
    assert (goes.owner, stays.owner) == (agency("Dinas Kecil"), agency("Dinas Besar"))
    actions.undo_split(split=done, by=BY)
    goes.refresh_from_db()
    assert goes.owner == agency("Dinas Besar")
    done = split([goes.pk])
    with time_machine.travel(done.made_at + datetime.timedelta(hours=25)), pytest.raises(SplitError):
        actions.undo_split(split=done, by=BY)


def test_a_split_of_nothing_or_of_what_is_not_owned_is_refused() -> None:
    foreign = made("Asing", agency("Dinas Lain"))
    own = made("Sendiri", agency("Dinas Besar"))
    for keys, reason in (([], "nothing"), ([foreign.pk], "nothing"), ([own.pk, foreign.pk], "not_owned")):
        with pytest.raises(SplitError) as error:
            split(keys)
        assert error.value.reason == reason


def test_a_split_after_which_an_owner_changed_is_not_undone() -> None:
    row = made(owner=agency("Dinas Besar"))
    done = split([row.pk])
    actions.set_values(application=row, values={"owner": agency("Dinas Lain").pk}, by=BY, provenance=SAID)
    with pytest.raises(SplitError):
        actions.undo_split(split=done, by=BY)
