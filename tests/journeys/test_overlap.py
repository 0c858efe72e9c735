"""Two records that may be one application: side by side, merged, the old address leads on, taken back. And a request
for a new application that the register answers first and Diskominfo refuses with reasons."""

import json
import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import watched
from tests.running import Site

MAKE = """
import json
from jendela.common.audit import SYSTEM
from jendela.people.access.actions import grant_role
from jendela.people.accounts.actions import create_account, make_sign_in_link
from jendela.people.agencies.models import Agency
from jendela.registry.applications.actions import Provenance, create_application
from jendela.registry.overlap.actions import refresh_pairs
from jendela.registry.overlap.models import Pair
agency = Agency.objects.get(slug="disdukcapil")
links = {{}}
for name, role in (("Oki Operator", "agency_operator"), ("Tia Tim", "information_team")):
    key = name.split()[0].lower()
    user = create_account(email=f"{{key}}-{mark}@contoh.id", name=f"{{name}} {mark}", by=SYSTEM)
    grant_role(user=user, agency=None if key == "tia" else agency, role=role, by=SYSTEM)
    links[key] = make_sign_in_link(user=user, by=SYSTEM)
common = {{"owner": agency, "operator_level": "daerah", "audience": "internal", "state": "dipakai"}}
first = ("Siwarga {mark}", "Mencatat kunjungan warga di loket")
for name, purpose in (first, ("SIWARGA {mark} Sampit", "Kunjungan loket")):
    create_application(
        values={{**common, "name": name, "purpose": purpose, "url": "https://siwarga-{mark}.example.org/"}},
        by=SYSTEM, provenance=Provenance("Disdukcapil"),
    )
refresh_pairs(by=SYSTEM)
pair = Pair.objects.get(kind="duplicate", a__name="Siwarga {mark}")
print(json.dumps([pair.pk, pair.a.slug, pair.b.slug, links]))
"""
REFUSED = r"status of 400"


@dataclass
class World:
    mark: str
    pair: int
    first: str
    second: str
    links: dict[str, str]


@pytest.fixture
def world(site: Site) -> World:
    mark = uuid.uuid4().hex[:6]
    printed = site.manage("shell", "--no-imports", "-c", MAKE.format(mark=mark))
    return World(mark, *json.loads(printed.strip().splitlines()[-1]))


def enter(page: Page, link: str) -> None:
    page.goto(f"/akun/masuk/{link}/")
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(re.compile(r"/kelola/"))


def test_a_likely_duplicate_is_resolved(
    any_page: Page, world: World, accessible: Callable[[Page], None]
) -> None:
    page = any_page
    enter(page, world.links["tia"])
    page.goto("/kelola/kemiripan/")
    accessible(page)
    expect(page.get_by_text("Diduga sama, mohon dipastikan.", exact=False)).to_be_visible()
    page.goto(f"/kelola/kemiripan/{world.pair}/")
    accessible(page)
    expect(page.get_by_role("cell", name="Mencatat kunjungan warga di loket")).to_be_visible()
    page.get_by_role("link", name="Gabungkan dua catatan ini").click()
    accessible(page)
    page.get_by_label(f"Siwarga {world.mark} (Disdukcapil)").check()
    page.get_by_label("Mencatat kunjungan warga di loket").check()
    page.get_by_label("Alasan").fill("Satu aplikasi, dicatat dua kali.")
    page.get_by_role("button", name="Gabungkan").click()
    expect(page.get_by_text("sudah digabung ke", exact=False)).to_be_visible()
    accessible(page)
    page.goto(f"/aplikasi/{world.second}/")
    expect(page).to_have_url(re.compile(f"/aplikasi/{world.first}/$"))
    page.goto(f"/kelola/kemiripan/{world.pair}/")
    page.get_by_role("button", name="Batalkan penggabungan").click()
    expect(page.get_by_role("link", name="Gabungkan dua catatan ini")).to_be_visible()
    page.goto(f"/aplikasi/{world.second}/")
    expect(page).to_have_url(re.compile(f"/aplikasi/{world.second}/$"))


@pytest.mark.parametrize("javascript", [True, False], ids=["with_javascript", "without_javascript"])
def test_a_request_is_refused_with_reasons(
    browser: Browser, site: Site, world: World, accessible: Callable[[Page], None], javascript: bool
) -> None:
    with watched(browser, site, javascript=javascript, refused=REFUSED) as page:
        enter(page, world.links["oki"])
        page.goto("/kelola/usulan-aplikasi/")
        accessible(page)
        page.get_by_role("link", name="Usulkan aplikasi").click()
        accessible(page)
        page.get_by_label("Gunanya").fill("Mencatat kunjungan warga di loket")
        page.get_by_role("button", name="Simpan dan tanya daftar").click()
        expect(page.get_by_text("Tulis nama sementaranya.").first).to_be_visible()
        expect(page.get_by_label("Gunanya")).to_have_value("Mencatat kunjungan warga di loket")
        page.get_by_label("Nama aplikasi yang diusulkan").fill(f"Siwarga {world.mark} Baru")
        page.get_by_role("button", name="Simpan dan tanya daftar").click()
        answers = page.locator("section", has=page.get_by_role("heading", name="Jawaban daftar aplikasi"))
        expect(answers.get_by_role("link", name=f"Siwarga {world.mark}", exact=True)).to_be_visible()
        accessible(page)
        for label, text in (
            ("Masalah siapa yang diselesaikan?", "Antrean loket panjang, 70 orang sehari."),
            ("Apa yang sudah dicoba tanpa aplikasi baru?", "Nomor antrean kertas."),
            ("Siapa pemakainya, berapa orang", "Petugas loket, 6 orang"),
            ("Mengapa yang sudah ada tidak cukup?", "Belum ada laporan harian."),
            ("Data yang dibutuhkan dan sumbernya", "Nomor antrean"),
            ("Akan terhubung dengan apa", "Belum ada"),
            ("Dasar hukum", "Perda 9/2016"),
        ):
            page.get_by_label(label).fill(text)
        page.get_by_label("Tahun").first.fill("2027")
        page.get_by_label("Jenis biaya").first.select_option("pembangunan")
        page.get_by_label("Jumlah").first.fill("150 juta")
        page.get_by_role("button", name="Simpan dan kirim ke Diskominfo").click()
        expect(page.get_by_text("Usulan sudah terkirim ke Diskominfo.", exact=False)).to_be_visible()
        with page.expect_download() as caught:
            page.get_by_role("link", name="Dokumen kebutuhan (DOCX)").click()
        assert caught.value.suggested_filename.endswith(".docx")
        address = page.url.split("?")[0]
    with watched(browser, site, javascript=javascript, refused=REFUSED) as page:
        enter(page, world.links["tia"])
        page.goto(address)
        page.get_by_role("link", name="Putuskan usulan ini").click()
        accessible(page)
        page.get_by_label("Tidak disetujui, dengan alasan").check()
        page.get_by_label("Penjelasan untuk pengusul").fill("Kembangkan yang sudah ada.")
        page.get_by_role("button", name="Simpan keputusan").click()
        expect(page.get_by_text("Pilih paling sedikit satu alasan.").first).to_be_visible()
        page.get_by_label("Aplikasi yang sama sudah ada.").check()
        page.get_by_label(f"Siwarga {world.mark} (Disdukcapil)").check()
        page.get_by_role("button", name="Simpan keputusan").click()
        expect(page.get_by_role("heading", name="Keputusan Diskominfo")).to_be_visible()
        accessible(page)
        with page.expect_download() as caught:
            page.get_by_role("link", name="Surat keputusan (DOCX)").click()
        assert caught.value.suggested_filename.startswith("keputusan")
