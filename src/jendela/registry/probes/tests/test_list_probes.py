"""/kelola/pemeriksaan/: where applications stand, filters, and whether probing itself still runs."""

import datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from tests.people import agency, client_of, member

from jendela.people.access.roles import AgencyOperator, InformationTeam, Planner, VillageOfficial
from jendela.registry.probes import reads
from jendela.registry.probes.choices import Narrow, Why
from jendela.registry.probes.models import ProbeRun
from jendela.registry.probes.tests.world import application, failed_days, probed

pytestmark = pytest.mark.django_db
URL = "/kelola/pemeriksaan/"


def page(client: Client, query: str = "") -> str:
    return client.get(URL + query).content.decode()


def test_an_operator_sees_the_applications_of_the_own_agency() -> None:
    here, there = agency("Dinas Sini"), agency("Dinas Sana")
    application("Milik Sini", here)
    application("Milik Sana", there)
    found = page(client_of(member(AgencyOperator.code, here)))
    assert "Milik Sini" in found
    assert "Milik Sana" not in found
    assert all(name in page(client_of(member(Planner.code))) for name in ("Milik Sini", "Milik Sana"))


def test_strangers_and_other_roles_do_not_see_it() -> None:
    assert Client().get(URL).status_code == 302
    assert client_of(member(VillageOfficial.code)).get(URL).status_code == 404


def test_each_filter_finds_its_own() -> None:
    down, failing = application("Mati"), application("Baru Gagal")
    failed_days(down, 3)
    failed_days(failing, 1)
    ending, plain, slow = application("Sertifikat"), application("Tanpa Wajib"), application("Lambat")
    probed(ending, days=5)
    probed(plain, forced=False)
    probed(slow, total_ms=9000)
    probed(application("Baik"))
    probed(application("Robots"), Why.ROBOTS)
    application("Tanpa Alamat", url="")
    application("Belum")
    viewer = member(InformationTeam.code)
    expected = {
        Narrow.UNREACHABLE: {"Mati"},
        Narrow.FAILING: {"Baru Gagal"},
        Narrow.CERTIFICATE: {"Sertifikat"},
        Narrow.NO_HTTPS: {"Tanpa Wajib"},
        Narrow.SLOW: {"Lambat"},
        Narrow.ACCESS: set[str](),
        Narrow.DISPUTED: set[str](),
        Narrow.SKIPPED: {"Robots", "Tanpa Alamat"},
        Narrow.NEVER: {"Belum"},
    }
    numbers = reads.counts(viewer, reads.Chosen())
    assert numbers.pop("") == 9
    for narrow, names in expected.items():
        rows = reads.page(viewer, reads.Chosen(narrow=narrow)).rows
        assert {one.name for one in rows} == names, narrow
        assert numbers[narrow] == len(names), narrow
    text = page(client_of(viewer), "?saring=tidak_terjangkau")
    assert "Mati" in text
    assert "Baru Gagal" not in text


def test_filters_that_cannot_be_are_left_out_and_pages_go_on() -> None:
    for _number in range(reads.SIZE + 1):
        application()
    client = client_of(member(Planner.code))
    first = page(client, "?saring=ngawur&instansi=%00&sesudah=%00&nama=%00")
    assert first.count('class="probe-url"') == reads.SIZE
    last = reads.page(member(Planner.code), reads.Chosen()).next_key
    assert page(client, f"?sesudah={last}").count('class="probe-url"') == 1


def test_the_number_of_queries_does_not_grow(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    viewer = member(Planner.code)

    def ask() -> None:
        found = reads.page(viewer, reads.Chosen())
        reads.summaries(found.rows, reads.watch())
        reads.counts(viewer, reads.Chosen())

    for one in (application(), application()):
        probed(one)
    reads.page(viewer, reads.Chosen())  # roles of the viewer are read once
    with django_assert_num_queries(5):
        ask()
    for _number in range(20):
        failed_days(application(), 2)
    with django_assert_num_queries(5):
        ask()


def test_latest_for_a_hundred(django_assert_num_queries: DjangoAssertNumQueries, settings: Any) -> None:
    settings.PROBES = True
    keys = [application().pk for _number in range(100)]
    with django_assert_num_queries(3):
        found = reads.latest_for(keys)
    assert len(found) == 100


def test_a_page_says_that_probing_is_off() -> None:
    application("Belum")
    found = page(client_of(member(Planner.code)))
    assert "JENDELA_PROBES=1" in found
    assert "pemeriksaan dimatikan di sini" in found


def test_a_schedule_that_stopped_is_named_with_its_day(settings: Any) -> None:
    settings.PROBES = True
    client = client_of(member(Planner.code))
    assert "berhenti" not in page(client)
    ProbeRun.objects.create(at=timezone.now() - datetime.timedelta(hours=30), planned=1)
    assert "berhenti" not in page(client)
    ProbeRun.objects.all().update(at=timezone.now() - datetime.timedelta(days=2, hours=1))
    assert "Pemeriksaan berhenti sejak" in page(client)


def test_the_public_reads_one_dated_sentence() -> None:
    up, down = application(), application()
    at = datetime.datetime(2026, 11, 24, 2, tzinfo=datetime.UTC)
    probed(up, at=at)
    probed(down, Why.SILENT, at=at)
    found = reads.latest_for([up.pk, down.pk])
    assert found[up.pk].public_words == "Diperiksa 24 November 2026: terjangkau."
    assert found[down.pk].public_words == "Diperiksa 24 November 2026: belum pasti terjangkau."


def test_certificates_that_end(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    soon, later = application("Segera"), application("Nanti")
    probed(soon, days=3)
    probed(later, days=80)
    with django_assert_num_queries(1):
        assert [one.name for one in reads.expiring(30)] == ["Segera"]
