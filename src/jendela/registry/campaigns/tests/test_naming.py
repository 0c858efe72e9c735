"""Applications that answers about links name: concepts once the bundle is approved, one for each name."""

from typing import Any

import pytest
from tests.people import client_of

from jendela.common.models import AuditEntry
from jendela.registry.applications.models import Application, ValueSource
from jendela.registry.campaigns.actions import answering, reviewing
from jendela.registry.campaigns.answers import Answer
from jendela.registry.campaigns.choices import Say
from jendela.registry.campaigns.models import Bundle, ItemVersion
from jendela.registry.campaigns.tests.test_answering import fill, item_of
from jendela.registry.campaigns.tests.world import World, actor, application
from jendela.registry.links.models import Link

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def named(*names: str, **values: str) -> Answer:
    rows = [{"words": name, "data": "Data pegawai", "method": "berkas", **values} for name in names]
    return Answer(Say.VALUE, {"rows": rows})


def answer(world: World, bundle: Bundle, app: str, **given: Answer) -> None:
    one = item_of(bundle, app)
    by = actor(world.other_operator if bundle.agency == world.other else world.operator)
    given = {key.replace("_", "-"): value for key, value in given.items()}
    answering.save_answers(item=one, given=given, revision=one.revision, by=by)


def send(world: World, bundle: Bundle) -> None:
    fill(bundle, world)
    answering.submit(bundle=bundle, by=actor(world.operator))


def approve(world: World, bundle: Bundle) -> None:
    reviewing.decide(bundle=bundle, returned={}, by=world.by)


def concepts() -> list[tuple[str, str, str]]:
    rows = Application.objects.filter(record_state="konsep").order_by("name").select_related("owner")
    return [(one.name, one.owner.short_name, one.reported_by) for one in rows]


def ends() -> set[tuple[str, str]]:
    return set(Link.objects.values_list("source__name", "target__name"))


def test_a_name_waits_for_approval_and_then_is_a_concept_with_its_link(world: World, bundle: Bundle) -> None:
    answer(world, bundle, "Aplikasi Satu", data_dari=named("SIMPEG Pusat"), data_ke=named("Dasbor Provinsi"))
    send(world, bundle)
    assert concepts() == []
    approve(world, bundle)
    assert concepts() == [
        ("Dasbor Provinsi", "Dinas Contoh", "Dinas Contoh"),
        ("SIMPEG Pusat", "Dinas Contoh", "Dinas Contoh"),
    ]
    assert ends() == {("SIMPEG Pusat", "Aplikasi Satu"), ("Aplikasi Satu", "Dasbor Provinsi")}
    # whose a concept is, nobody knows yet: the other side has not answered
    assert set(Link.objects.values_list("confirmation", flat=True)) == {"menunggu"}
    link = Link.objects.get(source__name="SIMPEG Pusat")
    assert (link.declared_by, link.method, link.source_words) == (
        world.owner,
        "berkas",
        bundle.round.title,
    )
    made = Application.objects.get(name="SIMPEG Pusat")
    source = ValueSource.objects.get(application=made, field="name")
    assert (source.stated_by, source.source) == ("Dinas Contoh", bundle.round.title)
    page = client_of(world.operator).get("/kelola/aplikasi/usulan/").content.decode()
    assert "SIMPEG Pusat" in page
    row = item_of(bundle, "Aplikasi Satu").answers["data-dari"]["value"]["rows"][0]
    assert row["application"] == made.pk
    assert (
        ItemVersion.objects.get(item__application=world.first).answers["data-dari"]["value"]["rows"][0][
            "application"
        ]
        is None
    )  # what was sent stays as it was sent


def test_one_name_twice_is_one_concept(world: World, bundle: Bundle) -> None:
    other = world.bundle(bundle.round, world.other)
    answer(world, bundle, "Aplikasi Satu", data_dari=named("SIMPEG Pusat"), data_ke=named("simpeg  pusat"))
    answer(world, bundle, "Aplikasi Dua", data_dari=named("SIMPEG-Pusat"))
    answer(world, other, "Aplikasi Tiga", data_dari=named("Simpeg Pusat"))
    send(world, bundle)
    approve(world, bundle)
    fill(other, world)
    answering.submit(bundle=other, by=actor(world.other_operator))
    approve(world, other)
    assert [one[0] for one in concepts()] == ["SIMPEG-Pusat"]
    assert Link.objects.count() == 4


def test_a_name_that_the_register_has_by_now_is_linked_and_makes_nothing(
    world: World, bundle: Bundle
) -> None:
    answer(world, bundle, "Aplikasi Satu", data_dari=named("e-Arsip"))
    send(world, bundle)
    made = application("E Arsip", world.other)
    approve(world, bundle)
    assert concepts() == []
    assert Link.objects.get().source == made


def test_a_name_of_several_stays_in_the_answer(world: World, bundle: Bundle) -> None:
    answer(world, bundle, "Aplikasi Satu", data_dari=named("Kembar"))
    send(world, bundle)
    application("Kembar", world.other)
    application("kembar", world.owner)
    approve(world, bundle)
    assert (concepts(), Link.objects.count()) == ([], 0)


def test_its_own_name_makes_no_link(world: World, bundle: Bundle) -> None:
    answer(world, bundle, "Aplikasi Satu", data_dari=named("Aplikasi-Satu"))
    send(world, bundle)
    approve(world, bundle)
    assert (concepts(), Link.objects.count()) == ([], 0)


def test_a_bundle_with_a_return_waits_until_all_is_approved(world: World, bundle: Bundle) -> None:
    answer(world, bundle, "Aplikasi Satu", data_dari=named("SIMPEG Pusat"))
    send(world, bundle)
    back = item_of(bundle, "Aplikasi Dua")
    reviewing.decide(bundle=bundle, returned={back.pk: "Lengkapi."}, by=world.by)
    assert concepts() == []
    answering.submit(bundle=bundle, by=actor(world.operator))
    approve(world, bundle)
    assert [one[0] for one in concepts()] == ["SIMPEG Pusat"]
    trail: Any = AuditEntry.objects.filter(action="campaigns.approve").latest("pk")
    assert trail.after["named"] == 1
