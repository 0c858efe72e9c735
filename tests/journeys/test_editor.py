"""The editor of standards in the browser: a gap filled and seen at once, a standard brought in force, two writers on
one part, a session that ends while somebody types."""

import datetime
import json
import re
import urllib.request
import uuid
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import watched
from tests.running import Site

MAKE = """
import json
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from jendela.common.audit import SYSTEM, Actor
from jendela.people.access.actions import grant_role
from jendela.people.accounts.actions import make_sign_in_link
from jendela.people.accounts.models import User
from jendela.people.agencies.models import Agency
from jendela.services.catalogue.choices import RuleScope, StandardState
from jendela.services.catalogue.models import Service, Standard, StandardComponent
from jendela.services.editor.actions import save_part
mark, filled = {mark!r}, {filled!r}
agency = Agency.objects.get(slug="disdukcapil")
number = Service.objects.order_by("-number").values_list("number", flat=True)[0] + 1
service = Service.objects.create(
    number=number, slug=f"kartu-uji-{{mark}}", name=f"Kartu uji {{mark}}", owner=agency, rule_scope=RuleScope.REGENCY
)
standard = Standard.objects.create(service=service, version=1, state=StandardState.INTERIM)
for code, text in (("A1", "KTP-el asli"), ("A2", "Datang ke loket"), ("A4", "Gratis")):
    StandardComponent.objects.create(standard=standard, type_id=code, text=text)
sessions, links = {{}}, {{}}
for name, role in (("Rina", "service_admin"), ("Budi", "service_admin"), ("Kepala", "agency_head")):
    user = User.objects.create_user(f"{{name.lower()}}-{{mark}}@contoh.id", name=f"{{name}} Contoh")
    grant_role(user=user, agency=agency, role=role, by=SYSTEM)
    session = SessionStore()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session.create()
    sessions[name], links[name] = session.session_key, make_sign_in_link(user=user, by=SYSTEM)
    by = Actor(user.name, user=user)
for part, value in filled.items():
    save_part(service=service, part=part, value=value, revision=0, by=by)
print(json.dumps([sessions, links]))
"""
END_ROLE = """
from jendela.common.audit import SYSTEM
from jendela.people.access.actions import end_role
from jendela.people.access.models import Membership
end_role(membership=Membership.objects.get(user__email={email!r}), by=SYSTEM)
"""
REFUSED = r"status of 4(01|04|09|22)|net::ERR_FAILED"  # what the server refuses here on purpose
COMPLETE = {
    "A3": "3 hari kerja setelah berkas lengkap",
    "A5": "Kartu uji",
    "A6": "Kotak pengaduan di loket",
    "complaint": {"officer": "Sari, kepala seksi", "channel": "Loket 3"},
}


@dataclass
class World:
    site: Site
    mark: str
    sessions: dict[str, str]
    links: dict[str, str]

    @property
    def public(self) -> str:
        return f"/layanan/kartu-uji-{self.mark}/"

    def path(self, tail: str = "") -> str:
        return f"/kelola/standar/kartu-uji-{self.mark}/{tail}"

    def seen_by_residents(self, query: str = "") -> str:
        """The page as anyone gets it, from the page cache where it is cached."""
        with urllib.request.urlopen(self.site.url + self.public + query, timeout=15) as answer:
            return str(answer.read().decode())

    def sign_in(self, page: Page, name: str = "Rina") -> None:
        """With a session from behind the scenes: sign-ins from one address are limited, and not what is tried here."""
        cookie = {"name": "jendela_sesi", "value": self.sessions[name], "url": self.site.url}
        page.context.add_cookies([cookie])  # type: ignore[list-item]

    def sign_in_again(self, page: Page, name: str = "Rina") -> None:
        """As people do it, which renews the secret of forms."""
        page.goto(f"/akun/masuk/{self.links[name]}/")
        page.get_by_role("main").get_by_role("button", name="Masuk").click()
        page.wait_for_url(re.compile("/kelola/"))


@pytest.fixture
def make(site: Site) -> Callable[..., World]:
    def made(filled: dict[str, object] | None = None) -> World:
        mark = uuid.uuid4().hex[:6]
        told = site.manage("shell", "-c", MAKE.format(mark=mark, filled=filled or {}))
        return World(site, mark, *json.loads(told.strip().splitlines()[-1]))

    return made


@pytest.fixture(params=[True, False], ids=["with_javascript", "without_javascript"])
def scripted(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


def test_a_gap_is_filled_and_seen_at_once(
    any_page: Page,
    make: Callable[..., World],
    accessible: Callable[[Page], None],
    request: pytest.FixtureRequest,
) -> None:
    page, world = any_page, make()
    check = accessible if "with_javascript" in request.node.name else lambda _page: None
    assert "3 hari kerja" not in world.seen_by_residents()
    world.sign_in(page)
    page.goto(f"/kelola/standar/?nama={world.mark}")
    expect(page.get_by_text("3 dari 14 komponen terisi")).to_be_visible()
    check(page)
    page.get_by_role("main").get_by_role("link", name=re.compile(f"Kartu uji {world.mark}")).click()
    page.wait_for_url(re.compile(world.path() + "$"))
    check(page)
    page.goto(world.path("A3/?langsung=1"))
    check(page)
    page.get_by_role("radio", name="Dengan angka", exact=True).check()
    page.get_by_label("Paling lama").fill("3")
    page.get_by_label("Dihitung sejak").fill("berkas lengkap")
    page.get_by_role("button", name="Simpan dan terbitkan").click()
    page.wait_for_url(re.compile(r"/terbit/\d+/$"))
    expect(page.get_by_role("heading", name="Sudah terbit")).to_be_visible()
    check(page)
    assert "3 hari kerja" in world.seen_by_residents()
    page.get_by_role("link", name="Lihat halaman warga").click()
    page.wait_for_url(re.compile(world.public))
    expect(page.get_by_text("3 hari kerja").first).to_be_visible()
    page.go_back()
    page.get_by_role("button", name="Tarik kembali").click()
    expect(page.get_by_role("heading", name="Penerbitan ini sudah ditarik")).to_be_visible()
    assert "3 hari kerja" not in world.seen_by_residents()


def test_a_draft_is_written_compared_and_published(
    any_page: Page,
    make: Callable[..., World],
    accessible: Callable[[Page], None],
    request: pytest.FixtureRequest,
) -> None:
    page, world = any_page, make()
    check = accessible if "with_javascript" in request.node.name else lambda _page: None
    world.sign_in(page)
    page.goto(world.path("A4/"))
    page.get_by_label("Ada biaya, saya tulis rinciannya").check()
    page.get_by_label("Untuk apa").first.fill("Cetak ulang")
    page.get_by_label("Jumlah (rupiah)").first.fill("25.000")
    page.get_by_role("button", name="Simpan biaya ini").click()
    page.wait_for_url(re.compile("#biaya-baru"))
    expect(page.get_by_label("Untuk apa")).to_have_count(2)
    expect(page.get_by_text("Cetak ulang: Rp25.000")).to_be_visible()
    check(page)
    page.goto(world.path("cara/"))
    page.get_by_label("Nama cara ini").fill("Loket Disdukcapil")
    page.get_by_label("Kantor", exact=True).select_option(index=1)
    page.get_by_role("button", name="Simpan cara ini").click()
    page.wait_for_url(re.compile("#cara-baru"))
    expect(page.get_by_label("Nama cara ini")).to_have_count(2)
    check(page)
    page.goto(world.path("beda/"))
    expect(page.get_by_text("Cetak ulang Rp25.000")).to_be_visible()
    check(page)
    page.goto(world.path())
    page.get_by_role("link", name="Pratinjau").click()
    expect(page.get_by_text("25.000").first).to_be_visible()
    assert "25.000" not in world.seen_by_residents()
    page.goto(world.path("terbit/"))
    check(page)
    page.get_by_role("checkbox", name="Terbitkan Cara mengurus").uncheck()
    page.get_by_role("button", name="Terbitkan sekarang").click()
    page.wait_for_url(re.compile(r"/terbit/\d+/$"))
    told = world.seen_by_residents()
    assert "25.000" in told
    page.goto(world.path())
    expect(page.get_by_text("1 bagian diubah, belum terbit.")).to_be_visible()
    page.get_by_role("button", name="Buang rancangan").click()
    expect(page.get_by_text("Ada rancangan yang dibuang.")).to_be_visible()
    page.get_by_role("button", name="Kembalikan rancangan").click()
    expect(page.get_by_text("1 bagian diubah, belum terbit.")).to_be_visible()


def test_a_standard_comes_in_force_and_yesterday_stays_readable(
    browser: Browser,
    site: Site,
    make: Callable[..., World],
    accessible: Callable[[Page], None],
    scripted: bool,
) -> None:
    world = make(COMPLETE)
    check = accessible if scripted else lambda _page: None
    today = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=7))).date()
    yesterday = today - datetime.timedelta(days=1)
    with watched(browser, site, javascript=scripted, refused=REFUSED) as page:
        world.sign_in(page, "Kepala")
        page.goto(world.path("tetapkan/"))
        check(page)
        page.get_by_label("Nomor SK").fill("188/7/2026")
        page.get_by_label("Tanggal SK").fill(today.isoformat())
        page.get_by_role("button", name="Tetapkan standar").click()
        expect(page.get_by_text("Belum bisa ditetapkan.")).to_be_visible()
        check(page)
        page.get_by_role("link", name="Catat pembahasan rancangan").first.click()
        page.get_by_label("Tanggal pembahasan").fill(yesterday.isoformat())
        page.get_by_label("Siapa yang ikut").fill("12 warga dan 2 perangkat desa")
        page.get_by_label("Isi berita acara").fill("Warga minta waktunya disebut.")
        check(page)
        page.get_by_role("button", name="Simpan catatan").click()
        page.wait_for_url(re.compile(world.path() + "$"))
        page.get_by_role("link", name="Catat SK").first.click()
        page.get_by_label("Nomor SK").fill("188/7/2026")
        page.get_by_label("Tanggal SK").fill(today.isoformat())
        page.get_by_role("button", name="Tetapkan standar").click()
        expect(page.get_by_role("heading", name="Standar sudah berlaku")).to_be_visible()
        check(page)
        now, before = world.seen_by_residents(), world.seen_by_residents(f"?pada={yesterday}")
        assert "Standar berlaku" in now
        assert "3 hari kerja" in now
        assert "3 hari kerja" not in before
        page.goto(world.path())
        expect(page.get_by_text("SK 188/7/2026").first).to_be_visible()
        check(page)
        page.goto("/kelola/instansi/disdukcapil/maklumat/")
        check(page)
        page.get_by_role("button", name="Terbitkan maklumat").click()
        expect(page.get_by_text("Maklumat sudah terbit.")).to_be_visible()


def test_a_head_signs_an_interim_target(
    any_page: Page,
    make: Callable[..., World],
    accessible: Callable[[Page], None],
    request: pytest.FixtureRequest,
) -> None:
    page, world = any_page, make()
    world.sign_in(page, "Kepala")
    page.goto(world.path("target/"))
    if "with_javascript" in request.node.name:
        accessible(page)
    page.get_by_label("Paling lama").fill("5")
    page.get_by_label("Dihitung sejak").fill("berkas lengkap")
    page.get_by_role("button", name="Tandatangani dan terbitkan").click()
    page.wait_for_url(re.compile(world.path() + "$"))
    assert "Target sementara" in world.seen_by_residents()


def test_two_writers_on_one_part(
    browser: Browser,
    site: Site,
    make: Callable[..., World],
    accessible: Callable[[Page], None],
    scripted: bool,
) -> None:
    world = make()
    with (
        watched(browser, site, javascript=scripted, refused=REFUSED) as rina,
        watched(browser, site, javascript=scripted, refused=REFUSED) as budi,
    ):
        world.sign_in(rina, "Rina")
        world.sign_in(budi, "Budi")
        for page in (rina, budi):
            page.goto(world.path("A5/"))
        rina.get_by_label("Tulisan Anda").fill("Kartu dari Rina")
        if scripted:
            expect(rina.locator("[data-autosave-said]")).to_have_text(
                re.compile(r"^Tersimpan \d\d\.\d\d WIB$")
            )
        else:
            rina.get_by_role("button", name="Simpan", exact=True).click()
            expect(rina.get_by_text("Tersimpan sebagai rancangan.")).to_be_visible()
        budi.get_by_label("Tulisan Anda").fill("Kartu dari Budi")
        if scripted:
            expect(budi.locator("[data-autosave-said]")).to_contain_text(
                "Rina Contoh menyimpan tulisan lain."
            )
        budi.get_by_role("button", name="Simpan", exact=True).click()
        expect(budi.get_by_text("Rina Contoh menulis di bagian ini lebih dulu.")).to_be_visible()
        expect(budi.get_by_role("heading", name="Tulisan Anda")).to_be_visible()
        if scripted:
            accessible(budi)
        budi.get_by_label("Tulisan Anda").fill("Kartu dari Rina dan Budi")
        budi.get_by_role("button", name="Simpan tulisan di atas").click()
        expect(budi.get_by_text("Tersimpan sebagai rancangan.")).to_be_visible()
        rina.reload()
        expect(rina.get_by_label("Tulisan Anda")).to_have_value("Kartu dari Rina dan Budi")


def test_a_session_that_ends_while_typing_keeps_the_text(
    browser: Browser, site: Site, make: Callable[..., World], scripted: bool
) -> None:
    world = make()
    text = "Kartu uji yang ditulis panjang supaya tidak hilang ketika sesi berakhir di tengah jalan."
    with watched(browser, site, javascript=scripted, refused=REFUSED) as page:
        world.sign_in(page)
        page.goto(world.path("A5/"))
        page.context.clear_cookies(name="jendela_sesi")
        page.get_by_label("Tulisan Anda").fill(text)
        said = page.locator("[data-autosave-said]")
        if scripted:
            expect(said).to_contain_text("Belum tersimpan. Anda perlu masuk lagi.")
        else:
            page.get_by_role("button", name="Simpan", exact=True).click()
            expect(page.get_by_text("Tulisan Anda masih ada di sini.")).to_be_visible()
        expect(page.get_by_label("Tulisan Anda")).to_have_value(text)
        tab = page.context.new_page()
        world.sign_in_again(tab)
        tab.close()
        if scripted:
            page.get_by_role("button", name="Simpan lagi").click()
            expect(said).to_have_text(re.compile(r"^Tersimpan "))
        else:
            page.get_by_role("button", name="Kirim lagi").click()
            if page.get_by_role(
                "button", name="Kirim lagi"
            ).is_visible():  # the secret was renewed by the sign-in
                page.get_by_role("button", name="Kirim lagi").click()
            expect(page.get_by_text("Tersimpan sebagai rancangan.")).to_be_visible()
        page.goto(world.path("A5/"))
        expect(page.get_by_label("Tulisan Anda")).to_have_value(text)


def test_a_role_that_ends_while_typing_leaves_the_text_on_the_screen(
    browser: Browser, site: Site, make: Callable[..., World], scripted: bool
) -> None:
    world = make()
    text = "Kartu uji yang ditulis saat peran berakhir, cukup panjang untuk disalin kepada rekan."
    with watched(browser, site, javascript=scripted, refused=REFUSED) as page:
        world.sign_in(page)
        page.goto(world.path("A5/"))
        site.manage("shell", "-c", END_ROLE.format(email=f"rina-{world.mark}@contoh.id"))
        page.get_by_label("Tulisan Anda").fill(text)
        if scripted:
            expect(page.locator("[data-autosave-said]")).to_contain_text(
                "Anda tidak lagi bisa menulis di sini."
            )
            expect(page.get_by_label("Tulisan Anda")).to_have_value(text)
        else:
            page.get_by_role("button", name="Simpan", exact=True).click()
            expect(page.get_by_text(text)).to_be_visible()


def test_without_signal_nothing_is_said_to_be_saved(
    browser: Browser, site: Site, make: Callable[..., World]
) -> None:
    world = make()
    with watched(browser, site, refused=REFUSED) as page:
        world.sign_in(page)
        page.goto(world.path("A5/"))
        said = page.locator("[data-autosave-said]")
        page.route("**/simpan/", lambda route: route.abort())
        page.get_by_label("Tulisan Anda").fill("Ditulis tanpa sinyal")
        expect(said).to_have_text("Belum tersimpan. Tulisan masih di ponsel ini.")
        expect(said).to_contain_text("Tidak ada sinyal")
        page.unroute("**/simpan/")
        page.reload()
        expect(page.get_by_label("Tulisan Anda")).to_have_value("Ditulis tanpa sinyal")
        expect(said).to_have_text(re.compile(r"^Tersimpan "))
        page.get_by_label("Tulisan Anda").press_sequentially(" lagi")
        expect(said).to_have_text("Belum tersimpan. Tulisan masih di ponsel ini.")
        expect(said).to_have_text(re.compile(r"^Tersimpan "))
        # the field changed since it was entered, not since it was kept
        page.get_by_label("Tulisan Anda").press("Tab")
        assert (said.text_content() or "").startswith("Tersimpan ")
