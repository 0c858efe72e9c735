"""The morning of an officer: the home of the agency, a phone number filled and seen by residents at once, a word from
the public given on and answered; and agencies merged and parted again. With and without JavaScript."""

import json
import re
import urllib.request
import uuid
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from tests.running import Site

MAKE = """
import json
from jendela.common.audit import SYSTEM, Actor
from jendela.common.dates import today
from jendela.people.access.actions import grant_role
from jendela.people.accounts.actions import make_sign_in_link
from jendela.people.accounts.models import User
from jendela.people.agencies.models import Agency
from jendela.services.catalogue.actions import record_feedback
from jendela.services.catalogue.choices import Gap, RuleScope, StandardState
from jendela.services.catalogue.models import GapCount, Service, Standard
mark = {mark!r}
agency = Agency.objects.create(
    slug=f"dinas-uji-{{mark}}", short_name=f"Dinas Uji {{mark}}", name=f"Dinas Uji {{mark}}", level="kabupaten",
    kind="dinas",
)
number = Service.objects.order_by("-number").values_list("number", flat=True)[0] + 1
service = Service.objects.create(
    number=number, slug=f"surat-uji-{{mark}}", name=f"Surat uji {{mark}}", owner=agency, rule_scope=RuleScope.REGENCY
)
Standard.objects.create(service=service, version=1, state=StandardState.INTERIM)
GapCount.objects.create(service=service, gap=Gap.PHONE, day=today(), count=41)
record_feedback(page=f"/layanan/surat-uji-{{mark}}/", topic="salah", text="Loketnya pindah", by=Actor("warga"))
links = []
for name, role, place in (("Rina", "service_admin", agency), ("Citra", "information_team", None)):
    user = User.objects.create_user(f"{{name.lower()}}-{{mark}}@contoh.id", name=f"{{name}} Contoh")
    grant_role(user=user, agency=place, role=role, by=SYSTEM)
    links.append(make_sign_in_link(user=user, by=SYSTEM))
print(json.dumps(links))
"""


@dataclass
class World:
    site: Site
    mark: str
    links: list[str]

    @property
    def home(self) -> str:
        return f"/kelola/instansi/dinas-uji-{self.mark}/"

    def seen_by_residents(self, path: str) -> str:
        """The page as anyone gets it, from the page cache where it is cached."""
        with urllib.request.urlopen(self.site.url + path, timeout=15) as answer:
            return str(answer.read().decode())

    def sign_in(self, page: Page, link: str) -> None:
        page.goto(f"/akun/masuk/{link}/")
        page.get_by_role("main").get_by_role("button", name="Masuk").click()
        page.wait_for_url(re.compile("/kelola/"), wait_until="networkidle")


@pytest.fixture
def world(site: Site) -> World:
    mark = uuid.uuid4().hex[:6]
    told = site.manage("shell", "-c", MAKE.format(mark=mark))
    return World(site, mark, json.loads(told.strip().splitlines()[-1]))


def settled(page: Page, pattern: str) -> None:
    page.wait_for_url(re.compile(pattern), wait_until="networkidle")


def test_a_gap_is_filled_and_residents_see_it_at_once(
    any_page: Page, world: World, accessible: Callable[[Page], None], request: pytest.FixtureRequest
) -> None:
    page, scripted = any_page, "with_javascript" in request.node.name
    public = f"/layanan/surat-uji-{world.mark}/"
    assert "0531 21234" not in world.seen_by_residents(public)
    world.sign_in(page, world.links[0])
    if scripted:
        accessible(page)
    page.get_by_role("link", name=f"Dinas Uji {world.mark}").click()
    settled(page, f"{world.home}$")
    first = page.get_by_role("region", name="Mulai dari sini")
    expect(first).to_contain_text("Pembaca bertemu kekurangan ini 41 kali dalam 30 hari.")
    expect(page.get_by_role("region", name="Pekan ini")).to_contain_text("pekan lalu tidak ada")
    if scripted:
        accessible(page)
    first.get_by_role("link", name="Isi kantor dan telepon").click()
    settled(page, "kantor/baru/$")
    page.get_by_label("Nama kantor atau loket").fill(f"Kantor Uji {world.mark}")
    page.get_by_label("Telepon").fill("dua satu")
    page.get_by_label("Alamat").fill("Jl HM Arsyad, Sampit")
    row = page.get_by_role("group", name="Baris pertama")
    row.get_by_label("Dari hari").select_option("Senin")
    row.get_by_label("Sampai hari").select_option("Kamis")
    row.get_by_label("Buka pukul").fill("7.30")
    row.get_by_label("Tutup pukul").fill("15.00")
    page.get_by_role("button", name="Simpan dan tampilkan").click()
    page.wait_for_load_state("networkidle")
    expect(page.get_by_role("alert")).to_contain_text("Tulis angka saja.")
    if scripted:
        expect(page.get_by_role("alert")).to_be_focused()
        accessible(page)
    page.get_by_label("Telepon").fill("(0531) 21234")
    page.get_by_role("button", name="Lihat dulu").click()
    page.wait_for_load_state("networkidle")
    expect(page.get_by_role("region", name="Warga akan membaca")).to_contain_text(
        "Senin sampai Kamis 07.30-15.00 WIB"
    )
    assert "0531 21234" not in world.seen_by_residents(public)
    page.get_by_role("button", name="Simpan dan tampilkan").click()
    settled(page, r"\?kantor=kantor-uji")
    expect(page.get_by_text("tersimpan. Warga melihatnya sekarang.")).to_be_visible()
    expect(page.get_by_text("Pembaca bertemu kekurangan ini 41 kali")).to_have_count(0)
    assert "0531 21234" in world.seen_by_residents(public)
    agency = world.seen_by_residents(f"/instansi/dinas-uji-{world.mark}/")
    assert "Senin sampai Kamis 07.30-15.00 WIB" in agency
    assert f"Disampaikan Dinas Uji {world.mark}," in agency
    page.get_by_role("link", name="Perbarui", exact=False).first.click()
    settled(page, "/kantor/kantor-uji")
    page.get_by_label("Telepon").fill("0531 29999")
    page.get_by_role("button", name="Simpan dan tampilkan").click()
    settled(page, r"\?kantor=kantor-uji")
    assert "0531 29999" in world.seen_by_residents(public)
    page.get_by_role("button", name="Batalkan").click()
    settled(page, "batal=1")
    expect(page.get_by_text("kembali seperti semula")).to_be_visible()
    assert "0531 21234" in world.seen_by_residents(public)


def test_a_word_from_the_public_is_taken_and_answered(
    any_page: Page, world: World, accessible: Callable[[Page], None], request: pytest.FixtureRequest
) -> None:
    page = any_page
    world.sign_in(page, world.links[0])
    page.goto(world.home, wait_until="networkidle")
    page.get_by_role("link", name="Baca dan jawab 1 kabar").click()
    settled(page, "/kelola/kabar/")
    letter = page.get_by_role("listitem").filter(has_text="Loketnya pindah")
    letter.get_by_label("Ditangani").select_option("Rina Contoh")
    letter.get_by_role("button", name=re.compile("^Simpan")).click()
    settled(page, "ditugaskan=")
    expect(page.get_by_text("Tersimpan.")).to_be_visible()
    if "with_javascript" in request.node.name:
        accessible(page)
    letter = page.get_by_role("listitem").filter(has_text="Loketnya pindah")
    letter.get_by_label("Apa yang sudah dilakukan?").fill("Alamat loket diperbaiki.")
    letter.get_by_role("button", name=re.compile("^Tandai selesai")).click()
    settled(page, "dijawab=")
    expect(page.get_by_text("ditandai selesai")).to_be_visible()


def test_agencies_are_merged_and_parted(
    any_page: Page, world: World, accessible: Callable[[Page], None], request: pytest.FixtureRequest
) -> None:
    page, scripted = any_page, "with_javascript" in request.node.name
    public = f"/layanan/surat-uji-{world.mark}/"
    world.sign_in(page, world.links[1])
    page.goto("/kelola/instansi/", wait_until="networkidle")
    if scripted:
        accessible(page)
    page.get_by_role("link", name="Gabung atau ganti nama instansi").click()
    settled(page, "/gabung/$")
    if scripted:
        accessible(page)
    page.get_by_label("Instansi lama").select_option(f"Dinas Uji {world.mark}")
    page.get_by_label("Penggantinya").select_option("Diskominfo")
    page.get_by_label("Sejak tanggal").fill("2026-11-02")
    page.get_by_label("Dasarnya").fill("Perda Nomor 4 Tahun 2026")
    page.get_by_role("button", name="Periksa dulu").click()
    page.wait_for_load_state("networkidle")
    dry_run = page.get_by_role("region", name="Periksa dulu")
    expect(dry_run).to_contain_text("1 layanan")
    expect(dry_run).to_contain_text("1 orang dengan perannya")
    if scripted:
        accessible(page)
    assert f"Dinas Uji {world.mark}" in world.seen_by_residents(public)
    page.get_by_role("button", name="Ya, gabungkan").click()
    settled(page, "selesai=")
    expect(page.get_by_role("status")).to_contain_text("menjadi Dinas Komunikasi dan Informatika.")
    wait_until(lambda: "Dinas Komunikasi dan Informatika" in world.seen_by_residents(public), page)
    old = world.seen_by_residents(f"/instansi/dinas-uji-{world.mark}/")
    assert "Instansi ini sudah tidak ada sejak 2 November 2026." in old
    page.goto(world.home, wait_until="networkidle")
    expect(page.get_by_text("Instansi ini sudah dilebur.")).to_be_visible()
    page.goto("/kelola/instansi/gabung/", wait_until="networkidle")
    page.get_by_role("button", name=f"Batalkan Dinas Uji {world.mark}").click()
    settled(page, "selesai=")
    expect(page.get_by_role("status")).to_contain_text("kembali seperti semula")
    wait_until(lambda: f"Dinas Uji {world.mark}" in world.seen_by_residents(public), page)


def wait_until(seen: Callable[[], bool], page: Page) -> None:
    """The worker moves what a merger moves: give it a few seconds."""
    for _attempt in range(40):
        if seen():
            return
        page.wait_for_timeout(250)
    pytest.fail("the worker did not come in ten seconds")
