"""/peristiwa/ and /peristiwa/<slug>/: the order, what is needed first, one list of papers."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jendela.services.catalogue.models import LifeEvent, LifeEventStep, Requirement
from jendela.services.catalogue.reads.life_event import papers_of

pytestmark = pytest.mark.usefixtures("region")


def read(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    assert not answer.cookies
    return answer.content.decode()


def test_every_event_is_listed(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(2):
        page = read(client, "/peristiwa/?wilayah=62.02.01.2006")
    for event in LifeEvent.objects.all():
        assert f'href="/peristiwa/{event.slug}/?wilayah=62.02.01.2006"' in page
    assert "Desa Pamalian" in page


def test_every_event_has_its_steps_in_order(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for event in LifeEvent.objects.all():
        with django_assert_num_queries(7):
            page = read(client, f"/peristiwa/{event.slug}/")
        places = [page.index(f'id="langkah-{n + 1}"') for n in range(event.steps.count())]
        assert places == sorted(places)
        assert "https://wa.me/?text=" in page


def test_birth(client: Client) -> None:
    page = read(client, "/peristiwa/anak-lahir/?wilayah=62.02.01.2006")
    steps = LifeEventStep.objects.filter(event__slug="anak-lahir").select_related("service")
    for step in steps:
        assert f'href="/layanan/{step.service.slug}/?wilayah=62.02.01.2006"' in page
        assert step.when in page
    assert "Bawa ini untuk semua langkah" in page
    assert "Gratis" in page
    assert "Belum kami ketahui: lama pengurusan." in page
    assert 'href="/desa/62.02.01.2006/">Desa Pamalian</a>' in page


def test_event_without_steps_is_no_dead_end(client: Client) -> None:
    LifeEventStep.objects.filter(event__slug="bertani").delete()
    page = read(client, "/peristiwa/bertani/")
    assert "Urutannya belum kami ketahui." in page
    assert 'href="/layanan/"' in page


def test_english(client: Client) -> None:
    event = LifeEvent.objects.get(slug="anak-lahir")
    page = read(client, "/en/peristiwa/anak-lahir/")
    assert event.name_en in page
    assert '<span lang="id">' in page  # papers are named in Indonesian only
    assert 'href="/en/layanan/akta-kelahiran/"' in page


def test_unknown_event(client: Client) -> None:
    assert client.get("/peristiwa/tidak-ada/").status_code == 404


def test_the_same_paper_stands_once() -> None:
    def paper(text: str, copy: str = "", only_if: str = "") -> Requirement:
        return Requirement(text=text, kind="dokumen", copy=copy, only_if=only_if)

    found = papers_of(
        [
            (1, [paper("Kartu keluarga"), paper("Fotokopi KK", "fotokopi")]),
            (2, [paper("KK"), paper("Surat kuasa", only_if="bila diwakilkan")]),
            (3, [Requirement(text="Datang sendiri", kind="syarat")]),
        ],
        {},
    )
    assert [(one.text, one.steps, one.only_if) for one in found] == [
        ("Kartu keluarga", [1, 2], ""),
        ("Fotokopi KK", [1], ""),
        ("Surat kuasa", [2], "bila diwakilkan"),
    ]
