"""A holder answers: prefilled, still true, not known; two devices; sent, returned, sent again; handed over."""

import pytest
import time_machine
from tests.people import member

from jendela.registry.applications.models import Change, ValueSource
from jendela.registry.campaigns.actions import answering, reviewing
from jendela.registry.campaigns.answers import Answer, BadAnswerError
from jendela.registry.campaigns.choices import BundleState, ItemState, Say
from jendela.registry.campaigns.models import Bundle, Item, PersonalLink
from jendela.registry.campaigns.reads.sheet import questions_of, sheet
from jendela.registry.campaigns.tests.world import World, actor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
UNKNOWN = Answer(Say.UNKNOWN)


def item_of(bundle: Bundle, name: str) -> Item:
    return bundle.items.get(application__name=name)


def fill(bundle: Bundle, world: World, say: Answer = UNKNOWN) -> None:
    for one in sheet(bundle).items:
        given = {each.question.key: say for each in one.asked if each.answer is None}
        answering.save_answers(
            item=one.item, given=given, revision=one.item.revision, by=actor(world.operator)
        )


def test_at_most_twelve_questions_and_fewer_for_a_dead_one(world: World, bundle: Bundle) -> None:
    one = item_of(bundle, "Aplikasi Satu")
    found = sheet(bundle, item=one.pk).items[0]
    assert found.total == 12
    answering.save_answers(
        item=one,
        given={"dipakai": Answer(Say.VALUE, {"state": "mati"})},
        revision=0,
        by=actor(world.operator),
    )
    keys = [each.question.key for each in sheet(bundle, item=one.pk).items[0].asked]
    assert keys == ["dipakai", "berhenti", "pengelola", "data", "pembuat", "rencana"]


def test_still_true_needs_something_known(world: World, bundle: Bundle) -> None:
    one = item_of(bundle, "Aplikasi Dua")
    by = actor(world.operator)
    saved = answering.save_answers(item=one, given={"alamat": Answer(Say.SAME)}, revision=0, by=by)
    assert saved.answers["alamat"]["say"] == "benar"
    with pytest.raises(BadAnswerError):
        answering.save_answers(item=one, given={"kontrak": Answer(Say.SAME)}, revision=1, by=by)


def test_all_still_true_in_one_tap(world: World, bundle: Bundle) -> None:
    one = answering.confirm_known(item=item_of(bundle, "Aplikasi Dua"), revision=0, by=actor(world.operator))
    assert {key: one.answers[key]["say"] for key in one.answers} == {"dipakai": "benar", "alamat": "benar"}


@pytest.mark.parametrize(
    ("key", "value", "part"),
    [
        ("dipakai", {"state": "entah"}, "state"),
        ("alamat", {"url": "http://"}, "url"),
        ("kontrak", {"contract_until": "31/12/2026"}, "contract_until"),
        ("jumlah-pemakai", {"users": "banyak"}, "users"),
        ("jumlah-pemakai", {"users": "-5"}, "users"),
        ("biaya", {"year": "2026", "rows": [{"kind": "hosting", "amount": "dua juta"}]}, "0.amount"),
        ("biaya", {"year": "26", "rows": []}, "year"),
        ("biaya", {"year": "2026", "rows": []}, ""),
        ("biaya", {"year": "2026", "none": True, "rows": [{"kind": "hosting", "amount": "1"}]}, "none"),
        ("data", {"rows": [{"name": "", "personal": "ya"}]}, "0.name"),
        ("data-dari", {"rows": [{"data": "nama"}]}, "0.words"),
        ("data-dari", {"rows": [{"words": "SIAK", "method": "pos"}]}, "0.method"),
        ("data-dari", {"rows": [{"words": "SIAK", "hours": "900"}]}, "0.hours"),
        ("pemakai", {}, "agencies"),
        ("pengelola", {"operating_unit": " "}, "operating_unit"),
        ("pengelola", {"name": "x" * 200}, "name"),
    ],
)
def test_bad_answers_say_what_is_wrong_and_keep_nothing(
    world: World, bundle: Bundle, key: str, value: dict[str, object], part: str
) -> None:
    one = item_of(bundle, "Aplikasi Satu")
    with pytest.raises(BadAnswerError) as wrong:
        answering.save_answers(
            item=one, given={key: Answer(Say.VALUE, value)}, revision=0, by=actor(world.operator)
        )
    assert list(wrong.value.errors) == [part]
    one.refresh_from_db()
    assert one.answers == {}


def test_two_devices_lose_nothing(world: World, bundle: Bundle) -> None:
    one, by = item_of(bundle, "Aplikasi Satu"), actor(world.operator)
    typed = Answer(Say.VALUE, {"url": "satu.contoh.go.id"})
    answering.save_answers(item=one, given={"alamat": typed}, revision=0, by=by)
    answering.save_answers(item=one, given={"biaya": UNKNOWN}, revision=0, by=by)  # another question: fine
    with pytest.raises(answering.ConflictError) as other:
        answering.save_answers(item=one, given={"alamat": UNKNOWN}, revision=0, by=by)
    assert other.value.item.answers["alamat"]["value"] == {"url": "https://satu.contoh.go.id"}
    again = answering.save_answers(
        item=one, given={"alamat": typed}, revision=0, by=by
    )  # the same: no conflict
    assert again.revision == 2


def test_sending_writes_values_with_their_source(world: World, bundle: Bundle) -> None:
    one, by = item_of(bundle, "Aplikasi Satu"), actor(world.operator)
    given = {
        "dipakai": Answer(Say.SAME),
        "alamat": Answer(Say.VALUE, {"url": "https://satu.contoh.go.id"}),
        "jumlah-pemakai": Answer(
            Say.VALUE, {"users": "1.250", "users_as_of": "2026-10", "user_note": "Laporan"}
        ),
        "pengelola": Answer(Say.VALUE, {"operating_unit": "Bidang Aptika", "name": "Siti Contoh"}),
    }
    answering.save_answers(item=one, given=given, revision=0, by=by)
    with pytest.raises(answering.NotReadyError) as gaps:
        answering.submit(bundle=bundle, by=by)
    assert {each.application.name for each, _rows in gaps.value.missing} == {"Aplikasi Satu", "Aplikasi Dua"}
    assert Change.objects.filter(application=world.first, field="url").count() == 0
    fill(bundle, world)
    answering.submit(bundle=bundle, by=by)
    world.first.refresh_from_db()
    assert world.first.url == "https://satu.contoh.go.id"
    assert (world.first.users, world.first.operating_unit) == (1250, "Bidang Aptika")
    source = ValueSource.objects.get(application=world.first, field="url")
    assert (source.stated_by, source.source, source.grade) == (
        "Dinas Contoh",
        "Pemutakhiran November 2026",
        "C",
    )
    confirmed = ValueSource.objects.get(application=world.first, field="state")
    assert confirmed.confirmed_by == "Dinas Contoh"
    assert confirmed.stated_by == "Diskominfo"
    with pytest.raises(answering.ClosedError):
        answering.submit(bundle=bundle, by=by)


def test_returned_with_a_note_and_sent_again_keeps_both_versions(world: World, bundle: Bundle) -> None:
    fill(bundle, world)
    answering.submit(bundle=bundle, by=actor(world.operator))
    one = item_of(bundle, "Aplikasi Satu")
    with pytest.raises(reviewing.NoReasonError):
        reviewing.decide(bundle=bundle, returned={one.pk: " "}, by=world.by)
    reviewing.decide(bundle=bundle, returned={one.pk: "Mohon isi alamatnya."}, by=world.by)
    bundle.refresh_from_db()
    one.refresh_from_db()
    assert (bundle.state, one.state, one.decision_note) == (
        BundleState.RETURNED,
        ItemState.RETURNED,
        "Mohon isi alamatnya.",
    )
    assert item_of(bundle, "Aplikasi Dua").state == ItemState.APPROVED
    answering.save_answers(
        item=one,
        given={"alamat": Answer(Say.VALUE, {"url": "https://baru.contoh.go.id"})},
        revision=one.revision,
        by=actor(world.operator),
    )
    answering.submit(bundle=bundle, by=actor(world.operator))
    reviewing.decide(bundle=bundle, returned={}, by=world.by)
    bundle.refresh_from_db()
    assert bundle.state == BundleState.APPROVED
    versions = [(each.number, each.decision, each.note) for each in one.versions.all()]
    assert versions == [(2, "diterima", ""), (1, "dikembalikan", "Mohon isi alamatnya.")]
    assert one.versions.get(number=1).answers["alamat"]["say"] == "belum_tahu"


def test_handing_over_keeps_the_answers_and_ends_the_old_link(world: World, bundle: Bundle) -> None:
    fill(bundle, world)
    old = PersonalLink.objects.get(bundle=bundle)
    answering.hand_over(
        bundle=bundle, name="Rekan Baru", email="Rekan@contoh.id", by=actor(world.operator), reason="Cuti"
    )
    bundle.refresh_from_db()
    old.refresh_from_db()
    assert (bundle.holder, bundle.name, bundle.email) == (None, "Rekan Baru", "rekan@contoh.id")
    assert old.revoked_at is not None
    assert PersonalLink.objects.filter(bundle=bundle, revoked_at__isnull=True).count() == 1
    assert sheet(bundle).is_complete
    colleague = member("staff_member", world.owner, email="ada@contoh.id")
    answering.hand_over(bundle=bundle, name="Ada", email="ada@contoh.id", by=actor(world.operator))
    bundle.refresh_from_db()
    assert bundle.holder == colleague


def test_a_closed_round_takes_no_answers(world: World, bundle: Bundle) -> None:
    from jendela.registry.campaigns.actions import rounds

    one = item_of(bundle, "Aplikasi Satu")
    rounds.close_round(round_=bundle.round, by=world.by)
    with pytest.raises(answering.ClosedError):
        answering.save_answers(item=one, given={"alamat": UNKNOWN}, revision=0, by=actor(world.operator))
    assert not PersonalLink.objects.filter(revoked_at__isnull=True, bundle__round=bundle.round).exists()


def test_reopening_until_the_deadline(world: World, bundle: Bundle, clock: time_machine.Traveller) -> None:
    fill(bundle, world)
    answering.submit(bundle=bundle, by=actor(world.operator))
    answering.reopen(bundle=bundle, by=actor(world.operator))
    assert item_of(bundle, "Aplikasi Satu").state == ItemState.IN_PROGRESS
    answering.submit(bundle=bundle, by=actor(world.operator))
    clock.shift(30 * 86400)
    with pytest.raises(answering.ClosedError):
        answering.reopen(bundle=bundle, by=actor(world.operator))


def test_a_sheet_costs_the_same_for_any_number(
    world: World, bundle: Bundle, django_assert_num_queries: object
) -> None:
    with django_assert_num_queries(9):  # type: ignore[operator]
        sheet(bundle)
    assert len(questions_of(bundle.round.question_set_id)) == 13
