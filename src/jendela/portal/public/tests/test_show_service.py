"""/layanan/<slug>/: four answers, one way for the reader's village, papers, sources, and never a dead end."""

import datetime
import gzip
import json
import re

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from jendela.common import spool
from jendela.common.content import changed
from jendela.people.agencies.models import Agency
from jendela.registry.applications.models import Application
from jendela.services.catalogue import actions
from jendela.services.catalogue.choices import StandardState
from jendela.services.catalogue.models import Service, Standard, Way
from jendela.services.catalogue.reads.content import content_of
from jendela.services.catalogue.tests.standards import OFFICER, decree, publish

pytestmark = pytest.mark.usefixtures("region")

LOST_CARD = "penggantian-ktp-elektronik-hilang"
DEATH = "akta-kematian"  # rules of other regions, thirty minutes in Purbalingga
THIN = "rekomendasi-penjualan-minuman-beralkohol"
FAR = "62.02.09.2006"  # Rawa Sari, Pulau Hanaut
IN_TOWN = "62.02.05.1002"  # Baamang Tengah
UNKNOWN = "Belum kami ketahui."


def read(client: Client, slug: str, tail: str = "", language: str = "") -> str:
    answer = client.get(f"{language}/layanan/{slug}/{tail}")
    assert answer.status_code == 200, slug
    assert not answer.cookies
    return answer.content.decode()


def main(page: str) -> str:
    return page.split("<main")[1].split("</main>", maxsplit=1)[0]


def test_every_service_has_a_page_in_both_languages(client: Client) -> None:
    heaviest = 0
    for slug in Service.objects.values_list("slug", flat=True):
        for language in ("", "/en"):
            with CaptureQueriesContext(connection) as queries:
                page = read(client, slug, language=language)
            assert len(queries) == 2, slug
            assert page.count("<h1") == 1
            assert ("Interim information" if language else "Informasi sementara") in page
            assert 'rel="external noopener"' in page  # at least the sources and WhatsApp
            assert "/instansi/" in main(page)
            assert " - </p>" not in page
            heaviest = max(heaviest, len(gzip.compress(page.encode())))
    assert heaviest <= 12 * 1024


def test_the_four_answers(client: Client) -> None:
    page = main(read(client, LOST_CARD))
    places = [page.index(label) for label in ("Bawa apa", "Ke mana", "Berapa lama", "Bayar berapa")]
    assert places == sorted(places)
    assert "Foto/pindai kartu keluarga" in page
    assert '<p class="pane-value">Gratis</p>' in page
    assert UNKNOWN + " Tanyakan ke" in re.sub(r"\s+", " ", page)


def test_times_of_other_regions_are_never_ours(client: Client) -> None:
    page = main(read(client, DEATH))
    assert "Di Purbalingga 30 menit. Untuk Kotim belum kami ketahui." in page
    assert '<p class="pane-value">30 menit' not in page
    assert "Syaratnya dari daerah lain, untuk rujukan." in page
    building = main(read(client, "persetujuan-bangunan-gedung"))
    assert "Pematangsiantar" in building
    assert "pane-value" in building
    assert not re.search(r'pane-value">[^<]*Pematangsiantar', building)


def test_a_thin_page_leads_somewhere(client: Client) -> None:
    page = main(read(client, THIN))
    assert "panes-thin" in page
    assert page.count(UNKNOWN) >= 4
    assert "Tanyakan dulu ke sini" in page
    assert "Apa saja yang harus saya bawa?" in page
    assert "https://wa.me/?text=Permisi" in page
    assert "Kantor desa atau kelurahan Anda" in page
    assert f"/salah/?halaman=/layanan/{THIN}/" in page


def test_the_way_follows_the_village(client: Client) -> None:
    far = main(read(client, LOST_CARD, f"?wilayah={FAR}"))
    assert "Cara yang kami sarankan untuk Rawa Sari" in far
    recommended = far.split('class="way"')[1].split("</section>")[0]
    assert "Perangkat desa" in recommended
    assert "Kantor Desa Rawa Sari" in recommended
    assert "apakah berkas bisa dititipkan" in recommended
    town = main(read(client, LOST_CARD, f"?wilayah={IN_TOWN}"))
    assert "Kantor Disdukcapil" in town.split('class="way"')[1].split("</section>")[0]
    assert "/layanan/surat-keterangan-kehilangan-dari-polisi/?wilayah=62.02.09.2006" in far


@pytest.mark.parametrize("code", ["99.99", "62.02", "x", "62.02.99.1111", "'--", "62.02.05.1002%00"])
def test_an_unknown_village_is_ignored(client: Client, code: str) -> None:
    page = main(read(client, LOST_CARD, f"?wilayah={code}"))
    assert "Cara yang kami sarankan</p>" in page.replace("\n", "")
    assert "Anda tinggal di kecamatan mana?" in page


def test_applications_are_offered_only_when_they_work(client: Client) -> None:
    for way in Way.objects.exclude(application=None).select_related("application", "service"):
        assert way.application is not None
        page = main(read(client, way.service.slug))
        offered = bool(way.application.url) and f'href="{way.application.url}"' in page
        if not way.application.works or way.application.audience == "internal":
            assert not offered, way
    Application.objects.filter(name="SIMBG").update(state="mati")
    page = main(read(client, "persetujuan-bangunan-gedung"))
    assert "Aplikasi ini tidak berfungsi lagi." in page
    assert "https://simbg.pu.go.id" not in page


def test_a_working_application_without_address_says_so(client: Client) -> None:
    page = main(read(client, "paspor-baru"))
    assert "M-Paspor" in page
    assert "Alamatnya belum kami ketahui." in page
    assert "Kantor Imigrasi Sampit" in page.split('class="way"')[1].split("</section>")[0]


def test_papers_to_tick_and_send(client: Client) -> None:
    page = main(read(client, LOST_CARD))
    assert f'data-checklist="{LOST_CARD}"' in page
    assert page.count('type="checkbox"') == 2
    number = Service.objects.get(slug=LOST_CARD).number
    assert f"%2Fl%2F{number}%2F" in page
    assert "Urus ini dulu" in page
    assert 'href="/layanan/surat-keterangan-kehilangan-dari-polisi/"' in page


def test_what_lies_behind_is_folded(client: Client) -> None:
    page = main(read(client, LOST_CARD))
    assert "dari 14 komponen standar diketahui" in page
    assert "Perpres 96/2018" in page
    assert "satuhabar.com</a>, 11 November 2025" in page
    assert "Petugas pengaduannya belum kami ketahui." in page
    assert "Ombudsman" in page
    assert "Catatan penghimpun:" in page
    assert page.count("<details") >= 6


def test_dangers_come_with_a_number_that_works(client: Client) -> None:
    page = main(read(client, Service.objects.get(name__contains="SAPA 129").slug))
    assert 'href="tel:129"' in page
    assert "https://wa.me/628111129129" in page
    snake = main(read(client, "evakuasi-ular-biawak-monyet-dan-satwa-liar"))
    assert 'href="tel:110"' in snake
    assert 'href="tel:112"' not in snake
    assert "sebelum berangkat" not in snake.split("panes-ask")[1].split("</p>")[0]
    assert 'class="call"' not in main(read(client, LOST_CARD))


def test_a_standard_in_force_is_shown_as_one(client: Client) -> None:
    Standard.objects.filter(service__slug=LOST_CARD).update(
        state=StandardState.IN_FORCE,
        decree_number="188.45/12/2026",
        decree_date="2026-02-03",
        valid_from="2026-03-01",
        complaint_officer="Kepala Bidang",
        complaint_channel="loket 3",
        signed_by="Kepala Dinas",
        consulted_on="2026-01-20",
        consultation_note="Dibahas bersama warga.",
    )
    page = main(read(client, LOST_CARD))
    assert "Standar berlaku" in page
    assert "188.45/12/2026" in page
    assert "Informasi sementara" not in page
    assert "Kepala Bidang: loket 3" in page


def test_views_and_gaps_are_counted(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    rows: list[tuple[str, ...]] = []
    monkeypatch.setattr(spool, "count", lambda *row: rows.append(row))
    read(client, THIN)
    assert rows[0] == ("view", THIN)
    met = {row[2] for row in rows if row[0] == "gap"}
    assert {"bawa_apa", "ke_mana", "berapa_lama", "bayar_berapa", "langkah", "telepon"} <= met
    rows.clear()
    read(client, LOST_CARD)
    met = {row[2] for row in rows if row[0] == "gap"}
    assert "berapa_lama" in met
    assert "bawa_apa" not in met
    assert len(rows) == len(set(rows))


def test_machines_can_read_it(client: Client) -> None:
    Agency.objects.filter(short_name="Disdukcapil").update(name="Dinas </script><b> & Catatan")
    page = read(client, LOST_CARD)
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert len(found) == 1
    data = json.loads(found[0])
    assert data["@type"] == "GovernmentService"
    assert data["provider"]["name"] == "Dinas </script><b> & Catatan"
    assert f'<link rel="canonical" href="http://localhost:8000/layanan/{LOST_CARD}/">' in page
    assert f'hreflang="en" href="/en/layanan/{LOST_CARD}/"' in page


def test_english_shows_english_and_marks_what_is_not(client: Client) -> None:
    page = read(client, DEATH, language="/en")
    service = Service.objects.get(slug=DEATH)
    assert f"<h1 data-read>{service.name_en}</h1>" in page
    assert '<span lang="id">Fotokopi KK/KTP yang meninggal</span>' in page
    assert f'action="/en/layanan/{DEATH}/#cara"' in page
    assert 'href="/layanan/' not in main(page)


def test_queries_do_not_grow(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for slug in (THIN, LOST_CARD, "persetujuan-bangunan-gedung"):
        for tail in ("", f"?wilayah={FAR}"):
            with django_assert_num_queries(2):
                read(client, slug, tail)


@pytest.mark.parametrize("slug", ["tidak-ada", "x" * 140])
def test_unknown_slug(client: Client, slug: str) -> None:
    answer = client.get(f"/layanan/{slug}/")
    assert answer.status_code == 404
    assert "Halaman ini tidak ada" in answer.content.decode()


def test_what_the_agency_wrote_is_not_from_elsewhere(client: Client) -> None:
    """Part by part: a list the agency wrote counts for here, the rest stays what it was."""
    service = Service.objects.select_related("owner").get(slug=DEATH)
    before = main(read(client, DEATH))
    assert "Daftar dari daerah lain." in before
    publish(service, A1="Surat keterangan kematian")
    page = main(read(client, DEATH))
    assert "Daftar dari daerah lain." not in page
    assert "Menurut aturan daerah lain. Pastikan dulu." in page
    assert "Sebagian ditulis Dinas Contoh, sisanya dari sumber publik." in page
    assert "Yang ditulis instansi berlaku di Kotim." in page
    publish(service, A4="Gratis untuk semua", A3="3 hari kerja")
    page = main(read(client, DEATH))
    assert "Menurut aturan daerah lain" not in page
    assert "3 hari kerja" in page
    decree(service)
    page = main(read(client, DEATH))
    assert "Keterangan ini tentang Kotawaringin Timur." in page
    assert "daerah lain" not in page.split('class="split')[0]


def test_a_target_is_said_as_one(client: Client) -> None:
    service = Service.objects.get(slug=LOST_CARD)
    actions.sign_target(
        service=service, longest=5, unit="hari_kerja", counts_from="", signed_by="Kepala Dinas", by=OFFICER
    )
    page = main(read(client, LOST_CARD))
    assert "Paling lama 5 hari kerja" in page
    assert "Target sementara dari Kepala Dinas" in page
    assert "Bukan standar." in page


def test_a_note_of_who_gathered_it_ends_with_a_decree_that_of_the_agency_stays(client: Client) -> None:
    service = Service.objects.select_related("owner").get(slug=LOST_CARD)
    Service.objects.filter(pk=service.pk).update(note="Perlu dicek.")
    changed()
    assert "Catatan penghimpun:</b> Perlu dicek." in read(client, LOST_CARD)
    decree(service)
    assert "Perlu dicek." not in read(client, LOST_CARD)
    texts = content_of(Service.objects.get(pk=service.pk))["texts"]
    publish(service, texts=texts | {"note": "Bawa materai."})
    page = main(read(client, LOST_CARD))
    assert "Catatan penghimpun" not in page
    assert page.index("Bawa materai.") < page.index("Lebih rinci")


def test_a_number_of_copies_is_said_once(client: Client) -> None:
    service = Service.objects.select_related("owner").get(slug=LOST_CARD)
    publish(service, A1="Fotokopi KK 2 lembar\nPas foto")
    page = main(read(client, LOST_CARD))
    assert "Fotokopi KK 2 lembar" in page
    assert "2 lembar." not in page


def test_a_target_stands_on_the_page_of_its_days(client: Client) -> None:
    service = Service.objects.get(slug=LOST_CARD)
    with time_machine.travel(datetime.datetime(2026, 11, 10, 5, tzinfo=datetime.UTC)):
        actions.sign_target(
            service=service, longest=5, unit="hari_kerja", counts_from="", signed_by="Kepala", by=OFFICER
        )
    with time_machine.travel(datetime.datetime(2026, 11, 20, 5, tzinfo=datetime.UTC)):
        actions.withdraw_target(service=service, why="", by=OFFICER)
    assert "Paling lama 5 hari kerja" not in main(read(client, LOST_CARD, "?pada=2026-11-09"))
    assert "Paling lama 5 hari kerja" in main(read(client, LOST_CARD, "?pada=2026-11-15"))
    assert "Paling lama 5 hari kerja" not in main(read(client, LOST_CARD, "?pada=2026-11-21"))


def test_a_way_by_an_unknown_address_is_a_gap(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    rows: list[tuple[str, ...]] = []
    monkeypatch.setattr(spool, "count", lambda *row: rows.append(row))
    Way.objects.filter(service__slug=LOST_CARD).delete()
    way = Way.objects.create(
        service=Service.objects.get(slug=LOST_CARD), position=1, kind="aplikasi", text="Aplikasi KTP"
    )
    read(client, LOST_CARD)
    assert ("gap", LOST_CARD, "alamat_aplikasi") in rows
    for change in (
        {"url": "https://contoh.id"},
        {"url": "", "application": Application.objects.filter(state="mati").first()},
    ):
        rows.clear()
        for name, value in change.items():
            setattr(way, name, value)
        way.save()
        read(client, LOST_CARD)
        assert ("gap", LOST_CARD, "alamat_aplikasi") not in rows
