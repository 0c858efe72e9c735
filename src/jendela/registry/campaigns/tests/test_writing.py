"""What answers leave in the record besides values: people, uses, data, links, costs, concepts."""

from decimal import Decimal

import pytest

from jendela.registry.applications.models import Application
from jendela.registry.campaigns.actions import answering
from jendela.registry.campaigns.answers import Answer
from jendela.registry.campaigns.choices import Say
from jendela.registry.campaigns.models import Bundle
from jendela.registry.campaigns.reads.seal import checks
from jendela.registry.campaigns.reads.sheet import Asked, sheet
from jendela.registry.campaigns.tests.test_answering import fill, item_of
from jendela.registry.campaigns.tests.world import World, actor
from jendela.registry.datasets.models import Dataset
from jendela.registry.links.models import Link

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def typed(**value: object) -> Answer:
    return Answer(Say.VALUE, value)


def send(world: World, bundle: Bundle, given: dict[str, Answer]) -> None:
    one = item_of(bundle, "Aplikasi Satu")
    answering.save_answers(item=one, given=given, revision=one.revision, by=actor(world.operator))
    fill(bundle, world)
    answering.submit(bundle=bundle, by=actor(world.operator))


def test_all_parts_arrive_in_the_record(world: World, bundle: Bundle) -> None:
    given = {
        "pengelola": typed(operating_unit="Bidang Aptika", name="Siti Contoh", position="Kepala Bidang"),
        "pemakai": typed(agencies=[world.owner.pk, str(world.other.pk)]),
        "data": typed(rows=[{"name": "Data pegawai", "personal": "ya"}, {"name": "", "personal": ""}]),
        "data-dari": typed(
            rows=[
                {
                    "application": world.third.pk,
                    "data": "Nama pegawai",
                    "method": "ketik_ulang",
                    "hours": "12,5",
                }
            ]
        ),
        "data-ke": typed(rows=[{"words": "Aplikasi pusat", "data": "Rekap", "method": "berkas"}]),
        "biaya": typed(year="2026", rows=[{"kind": "hosting", "amount": "12.000.000", "fund": "APBD"}]),
    }
    send(world, bundle, given)
    app = world.first
    assert [(one.name, one.position, one.role) for one in app.people.all()] == [
        ("Siti Contoh", "Kepala Bidang", "operator")
    ]
    assert {one.agency.short_name: one.state for one in app.uses.select_related("agency")} == {
        "Dinas Contoh": "dipakai",
        "Dinas Lain": "disebut",
    }
    dataset = Dataset.objects.get(application=app)
    assert (dataset.name, dataset.has_personal) == ("Data pegawai", True)
    link = Link.objects.get()
    assert (link.source_id, link.target_id, link.method) == (world.third.pk, app.pk, "ketik_ulang")
    assert (link.hours_a_month, link.declared_words) == (Decimal("12.5"), "Dinas Contoh")
    cost = app.costs.get()
    assert (cost.year, cost.kind, cost.amount, cost.fund) == (2026, "hosting", Decimal(12_000_000), "APBD")
    assert (cost.stated_by, cost.source) == ("Dinas Contoh", "Pemutakhiran November 2026")
    shown = sheet(bundle, item=item_of(bundle, "Aplikasi Satu").pk).items[0]
    words = {one.question.key: one.words for one in shown.asked}
    assert words["biaya"] == ["server dan hosting 2026: Rp12.000.000"]
    assert words["data-dari"] == ["Aplikasi Tiga, Nama pegawai, diketik ulang, 12,5 jam sebulan"]
    assert words["pemakai"] == ["Dinas Contoh", "Dinas Lain"]
    assert words["data-ke"] == ["Aplikasi pusat, Rekap, kirim berkas"]


def test_users_who_are_no_agencies_are_kept_as_words_and_satisfy_the_oath(
    world: World, bundle: Bundle
) -> None:
    def asked_again() -> Asked:
        shown = sheet(bundle, item=item_of(bundle, "Aplikasi Satu").pk).items[0]
        return next(one for one in shown.asked if one.question.key == "pemakai")

    assert not asked_again().is_known
    send(world, bundle, {"pemakai": typed(others="semua desa")})
    world.first.refresh_from_db()
    assert world.first.other_users == "semua desa"
    assert [one.application.name for one in checks(world.owner).open if one.field == "uses"] == [
        "Aplikasi Dua"
    ]
    answering.reopen(bundle=bundle, by=actor(world.operator))
    assert (asked_again().current, asked_again().is_known) == (["semua desa"], True)
    send(world, bundle, {"pemakai": Answer(Say.SAME)})
    send_anew = {"pemakai": typed(agencies=[world.owner.pk])}
    answering.reopen(bundle=bundle, by=actor(world.operator))
    send(world, bundle, send_anew)
    world.first.refresh_from_db()
    assert world.first.other_users == ""


def test_a_use_that_was_denied_is_no_known_use(world: World) -> None:
    said = {"said_by": "Pusat", "said_at": "2026-11-01T00:00Z"}
    world.first.uses.create(agency=world.other, state="tidak_dipakai", **said)
    world.second.uses.create(agency=world.other, state="disebut", **said)
    assert [one.application.name for one in checks(world.owner).open if one.field == "uses"] == [
        "Aplikasi Satu"
    ]


def test_no_cost_is_a_nought_that_somebody_said(world: World, bundle: Bundle) -> None:
    send(world, bundle, {"biaya": typed(year="2026", none=True)})
    cost = world.first.costs.get()
    assert (cost.amount, cost.note) == (Decimal(0), "Menurut instansi, tidak ada biaya tahun ini.")
    assert world.second.costs.count() == 0  # 'belum tahu' leaves nothing


def test_a_new_name_follows_the_one_before(world: World, bundle: Bundle) -> None:
    world.first.people.create(role="operator", name="Lama Contoh", since="2025-01-01")
    send(world, bundle, {"pengelola": typed(operating_unit="Sekretariat", name="Baru Contoh")})
    rows = world.first.people.order_by("pk")
    assert [(one.name, one.until is None) for one in rows] == [("Lama Contoh", False), ("Baru Contoh", True)]


def test_an_unlisted_application_becomes_a_concept_once(world: World, bundle: Bundle) -> None:
    by = actor(world.operator)
    answering.report_unlisted(bundle=bundle, rows=[{"name": " Aplikasi  Baru ", "purpose": "Absen"}], by=by)
    fill(bundle, world)
    answering.submit(bundle=bundle, by=by)
    answering.reopen(bundle=bundle, by=by)
    answering.report_unlisted(bundle=bundle, rows=[{"name": "Aplikasi Baru"}, {"name": "Lain"}], by=by)
    answering.submit(bundle=bundle, by=by)
    found = Application.objects.filter(record_state="konsep").order_by("name")
    assert [(one.name, one.reported_by) for one in found] == [
        ("Aplikasi Baru", "Dinas Contoh"),
        ("Lain", "Dinas Contoh"),
    ]


def test_an_agency_without_applications_answers_that(world: World) -> None:
    from tests.people import agency, member

    place = agency("Badan Kosong")
    holder = member("agency_operator", place)
    bundle = world.bundle(world.sent(), place)
    answering.report_unlisted(bundle=bundle, rows=[], by=actor(holder))
    answering.submit(bundle=bundle, by=actor(holder))
    bundle.refresh_from_db()
    assert (bundle.state, bundle.unlisted) == ("dikirim", [])
    with pytest.raises(answering.ClosedError):
        answering.submit(bundle=bundle, by=actor(holder))
