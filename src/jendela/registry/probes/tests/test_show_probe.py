"""/kelola/pemeriksaan/<slug>/: facts with their rule and what to do, history, and the button."""

import datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import DjangoAssertNumQueries
from tests.people import agency, client_of, member

from jendela.common.models import AuditEntry
from jendela.people.access.roles import AgencyOperator, InformationTeam, Planner
from jendela.registry.applications.models import Application
from jendela.registry.probes import actions, reads
from jendela.registry.probes.choices import Why
from jendela.registry.probes.strip import HEIGHT, strip
from jendela.registry.probes.tests.world import application, failed_days, probed

pytestmark = pytest.mark.django_db


def url(one: Application, more: str = "") -> str:
    return f"/kelola/pemeriksaan/{one.slug}/{more}"


def jobs() -> int:
    return ProcrastinateJob.objects.filter(task_name="registry_probes.probe").count()


def test_each_fact_has_its_rule_and_what_to_do() -> None:
    one = application("e-Contoh")
    probed(one, days=5, total_ms=9000)
    page = client_of(member(AgencyOperator.code)).get(url(one)).content.decode()
    for words in (
        "Segera habis, pada",
        "diperbarui 21 hari sebelum habis",
        "Perbarui sertifikat di server.",
        "seluruh halaman 9,0 detik",
        "Lambat bila lebih dari 3,0 detik",
        "Tujuh hal dasar sesuai.",
        "Kepada warga hanya tertulis:",
    ):
        assert words in page, words
    assert page.count("Hasil ini tidak tepat") == 2, "only what asks for something can be disputed"


@pytest.mark.parametrize(
    ("why", "words"),
    [
        (Why.INTERNAL, "Tidak diperiksa karena alamatnya ada di jaringan dalam"),
        (Why.LEADS_INSIDE, "Tidak diperiksa karena alamatnya dialihkan ke jaringan dalam"),
        (Why.ROBOTS, "robots.txt"),
        (Why.SILENT, "server tidak menjawab sampai batas waktu"),
    ],
)
def test_states_in_words(why: Why, words: str) -> None:
    one = application()
    probed(one, why)
    assert words in client_of(member(Planner.code)).get(url(one)).content.decode()


def test_an_application_never_probed_and_one_without_address(settings: Any) -> None:
    settings.PROBES = True
    client = client_of(member(AgencyOperator.code))
    assert "Belum pernah diperiksa." in client.get(url(application())).content.decode()
    page = client.get(url(application(url=""))).content.decode()
    assert "alamatnya belum dicatat" in page
    assert "Catat alamat" in page
    assert "Periksa sekarang" not in page


def test_strangers_and_other_agencies() -> None:
    one = application()
    assert Client().get(url(one)).status_code == 302
    assert client_of(member(AgencyOperator.code, agency("Dinas Lain"))).get(url(one)).status_code == 404
    assert client_of(member(Planner.code)).get("/kelola/pemeriksaan/tidak-ada/").status_code == 404


def test_the_number_of_queries_does_not_grow(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    one, viewer = application(), member(Planner.code)
    failed_days(one, 2)

    def ask() -> None:
        found = reads.application(viewer, one.slug)
        assert found is not None
        reads.summaries([found], reads.watch())
        reads.history(found)
        reads.disputes_of(found)

    assert reads.application(viewer, one.slug) is not None  # roles of the viewer are read once
    with django_assert_num_queries(4):
        ask()
    for _number in range(30):
        probed(one)
    with django_assert_num_queries(4):
        ask()


def test_history_is_a_strip_and_a_table() -> None:
    one = application()
    failed_days(one, 2)
    probed(one)
    drawn = strip(reads.history(one))
    assert drawn is not None
    assert [bar.height for bar in drawn.bars] == [HEIGHT // 2, HEIGHT // 2, HEIGHT]
    page = client_of(member(Planner.code)).get(url(one)).content.decode()
    assert page.count("<rect") == 3
    assert "Terjangkau 1 dari 3 pemeriksaan terakhir" in page
    assert strip(reads.history(application())) is None


def test_now_is_asked_for_by_those_who_edit(settings: Any) -> None:
    settings.PROBES = True
    one = application()
    answer = client_of(member(AgencyOperator.code)).post(url(one, "periksa/"))
    assert answer["Location"].endswith("selesai=diminta")
    assert jobs() == 1
    assert client_of(member(InformationTeam.code)).post(url(one, "periksa/")).status_code == 302
    assert AuditEntry.objects.filter(action="probes.ask_probe").count() == 2
    assert client_of(member(Planner.code)).post(url(one, "periksa/")).status_code == 404
    stranger = client_of(member(AgencyOperator.code, agency("Dinas Lain")))
    assert stranger.post(url(one, "periksa/")).status_code == 404
    assert client_of(member(AgencyOperator.code)).get(url(one, "periksa/")).status_code == 405


def test_not_too_often_not_without_address_and_not_while_off(settings: Any) -> None:
    one, client = application(), client_of(member(AgencyOperator.code))
    assert client.post(url(one, "periksa/"))["Location"].endswith("tolak=mati")
    settings.PROBES = True
    bare = application(url="")
    assert client.post(url(bare, "periksa/"))["Location"].endswith("tolak=alamat")
    said = [client.post(url(one, "periksa/"))["Location"] for _number in range(actions.ASKED_AN_HOUR + 1)]
    assert said[-1].endswith("tolak=sering")
    assert said[-2].endswith("selesai=diminta")
    assert "Coba lagi satu jam lagi" in client.get(said[-1]).content.decode()
    assert jobs() == actions.ASKED_AN_HOUR


def test_old_facts_carry_their_day() -> None:
    one = application()
    probed(one, at=timezone.make_aware(datetime.datetime(2026, 3, 1, 10, 0)))
    page = client_of(member(Planner.code)).get(url(one)).content.decode()
    assert "Diperiksa 1 Maret 2026, 10.00 WIB" in page
