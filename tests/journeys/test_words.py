"""From what residents did not find to a better word: seen, tried, kept, found by the public, and taken back."""

import re
import uuid
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.running import Site

SLOW = 60_000  # a trial takes a second on an idle machine
LOST_CARD = "Penggantian KTP elektronik hilang"
PEOPLE = """
from jendela.common.audit import SYSTEM
from jendela.people.accounts.models import User
from jendela.people.access.actions import grant_role
user = User.objects.create_user({email!r}, name="Rina Contoh")
grant_role(user=user, agency=None, role="information_team", by=SYSTEM)
"""
ASKED = """
from jendela.services.search.actions import add_query_counts
add_query_counts([(({query!r}, "0", "service", "penggantian-ktp-elektronik-hilang"), 12)])
"""


def go(page: Page, path: str) -> None:
    page.goto(path, wait_until="networkidle")


def settled(page: Page, pattern: str) -> None:
    page.wait_for_url(re.compile(pattern), wait_until="networkidle")


def sign_in(page: Page, site: Site) -> None:
    """As someone who keeps the words of all agencies, by a one-time link."""
    email = f"kata-{uuid.uuid4().hex[:6]}@contoh.id"
    site.manage("shell", "-c", PEOPLE.format(email=email))
    link = site.manage("sign_in_link", email).split()[-1]
    go(page, link)
    page.get_by_role("main").get_by_role("button", name="Masuk").click()
    page.wait_for_load_state("networkidle")


@pytest.fixture
def words() -> str:
    """What no vocabulary knows, new for each test."""
    letters = "".join(chr(98 + int(sign, 16)) for sign in uuid.uuid4().hex[:8])
    return f"zz{letters} qq{letters[::-1]}"


def test_a_missed_query_becomes_a_word_that_is_found(
    any_page: Page, site: Site, accessible: Callable[[Page], None], words: str, request: pytest.FixtureRequest
) -> None:
    scripted = "with_javascript" in request.node.name
    page = any_page
    site.manage("shell", "-c", ASKED.format(query=words))
    sign_in(page, site)
    go(page, "/kelola/")
    page.get_by_role("link", name=re.compile("Kata warga")).click()
    settled(page, "/kelola/kata/$")
    row = page.get_by_role("row").filter(has_text=words)
    expect(row.get_by_role("link", name=LOST_CARD)).to_be_visible()
    if scripted:
        accessible(page)
    row.get_by_role("link", name=f"Urus “{words}”").click()
    settled(page, r"/kelola/kata/kueri/\?q=")
    page.get_by_label("Cari layanan lain").fill("ktp hilang")
    page.get_by_role("main").get_by_role("button", name="Cari").click()
    settled(page, "cari=ktp")
    page.get_by_role("radio", name=re.compile(LOST_CARD)).check()
    page.get_by_role("button", name="Jadikan kueri uji").click()
    settled(page, "kueri_uji=")
    expect(page.get_by_text("Tersimpan sebagai kueri uji.")).to_be_visible()
    if scripted:
        accessible(page)
    page.get_by_label("Cari layanan lain").fill("ktp hilang")
    page.get_by_role("main").get_by_role("button", name="Cari").click()
    settled(page, "cari=ktp")
    page.get_by_role("radio", name=re.compile(LOST_CARD)).check()
    page.get_by_role("button", name="Lihat pengaruhnya").click(timeout=SLOW)
    settled(page, r"/kelola/kata/uji/\d+/$")
    better = page.get_by_role("group").filter(has_text="Kueri uji yang menjadi lebih baik")
    expect(better.get_by_role("row").filter(has_text=words)).to_contain_text("tempat ke-1, yakin")
    expect(page.get_by_text(re.compile(r"Menjadi terjawab \(\d+\)"))).to_be_visible()
    if scripted:
        accessible(page)
    agree = page.get_by_role("checkbox", name=re.compile("menjadi lebih buruk"))
    if agree.count():
        agree.check()
    page.get_by_role("button", name="Simpan kata").click()
    expect(page.get_by_text("Kata ini berlaku.")).to_be_visible()
    address = page.url
    found_by_the_public(page, words)
    go(page, "/kelola/kata/")
    expect(page.get_by_role("row").filter(has_text=words)).to_have_count(0)
    go(page, address)
    page.get_by_role("button", name="Kembalikan kata sebelumnya").click()
    expect(page.get_by_text("Kata sebelumnya berlaku lagi.")).to_be_visible()
    go(page, "/kelola/kata/")
    expect(page.get_by_role("row").filter(has_text=words)).to_have_count(1)


def found_by_the_public(page: Page, words: str) -> None:
    """The worker makes the documents anew; a few seconds later everyone finds it."""
    for _turn in range(40):
        go(page, f"/cari/?q={words.replace(' ', '+')}")
        if page.get_by_role("link", name=LOST_CARD).count():
            break
        page.wait_for_timeout(500)
    expect(page.get_by_role("main").get_by_role("link", name=LOST_CARD).first).to_be_visible()
    expect(page.get_by_text(f"Warga menyebutnya “{words}”.")).to_be_visible()


def test_a_harmful_change_asks_first(
    any_page: Page, site: Site, accessible: Callable[[Page], None], request: pytest.FixtureRequest
) -> None:
    scripted = "with_javascript" in request.node.name
    page = any_page
    sign_in(page, site)
    go(page, "/kelola/kata/layanan/penggantian-ktp-elektronik-hilang/")
    if scripted:
        accessible(page)
    for label in ("Ungkapan warga", "Kata kunci", "Bahasa Inggris"):
        page.get_by_label(label).fill("")
    page.get_by_label("Ungkapan warga").fill("kartu")
    page.get_by_role("button", name="Lihat pengaruhnya").click(timeout=SLOW)
    settled(page, r"/kelola/kata/uji/\d+/$")
    page.get_by_role("button", name="Simpan kata").click()
    summary = page.get_by_role("alert")
    expect(summary).to_contain_text("kueri uji menjadi lebih buruk")
    if scripted:
        expect(summary).to_be_focused()
        accessible(page)
    page.get_by_role("button", name="Batal", exact=True).click()
    expect(page.get_by_text("Perubahan ini dibatalkan. Tidak ada yang berubah.")).to_be_visible()


@pytest.mark.parametrize(
    "path",
    [
        "/kelola/kata/arti/?q=oto",
        "/kelola/kata/urusan-lain/?q=oto",
        "/kelola/kata/kueri-uji/",
        "/kelola/kata/riwayat/",
        "/en/kelola/kata/",
    ],
)
def test_the_other_screens_are_accessible(
    page: Page, site: Site, accessible: Callable[[Page], None], path: str
) -> None:
    sign_in(page, site)
    go(page, path)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    accessible(page)
