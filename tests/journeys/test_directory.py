"""Applications, the tools of staff, and signing in by a link: with and without JavaScript, at 320 pixels, under the
policy."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.running import Site

ADMINISTRATOR = "perjalanan@contoh.id"


@pytest.fixture(scope="module")
def account(site: Site) -> str:
    site.manage("create_admin", "--email", ADMINISTRATOR, "--name", "Ani Rahmawati")
    return ADMINISTRATOR


def go(page: Page, path: str) -> None:
    """Open a page and let everything arrive: what is still on its way when the next page opens counts as failed."""
    page.goto(path, wait_until="networkidle")


def settled(page: Page, end: str) -> None:
    page.wait_for_url(lambda url: url.endswith(end), wait_until="networkidle")


def new_link(site: Site, account: str) -> str:
    found = re.search(r"http\S+/akun/masuk/\S+", site.manage("sign_in_link", account))
    assert found
    return found.group(0)


def sign_in(page: Page, site: Site, account: str) -> None:
    go(page, new_link(site, account))
    page.get_by_role("button", name="Masuk").click()
    settled(page, "/kelola/")


def test_from_the_directory_past_a_dead_application(any_page: Page) -> None:
    go(any_page, "/aplikasi/")
    any_page.get_by_role("link", name="Tidak berfungsi").click()
    settled(any_page, "?keadaan=mati")
    expect(any_page.get_by_role("heading", name=re.compile(r"^1 dari \d+ aplikasi$"))).to_be_visible()
    any_page.get_by_role("link", name="e-Parking PPM Sampit").click()
    settled(any_page, "/aplikasi/e-parking-ppm-sampit/")
    expect(any_page.get_by_text("Aplikasi ini tidak berfungsi.")).to_be_visible()
    expect(any_page.get_by_role("link", name="Buka aplikasi")).to_have_count(0)
    any_page.get_by_role("link", name="Tarif dan aduan parkir pasar (PPM Sampit)").click()
    any_page.wait_for_url("**/layanan/**", wait_until="networkidle")
    expect(any_page.get_by_role("heading", level=1)).to_have_text("Tarif dan aduan parkir pasar (PPM Sampit)")


def test_search_keeps_the_filter(any_page: Page) -> None:
    go(any_page, "/aplikasi/?pengelola=pusat")
    any_page.get_by_label("Cari nama, guna, atau pemilik").fill("desa")
    any_page.locator("main").get_by_role("button", name="Cari").click()
    any_page.wait_for_url("**q=desa**", wait_until="networkidle")
    assert "pengelola=pusat" in any_page.url
    expect(any_page.get_by_role("link", name="Jaga Desa")).to_be_visible()
    any_page.get_by_role("link", name="Tampilkan semua").click()
    settled(any_page, "/aplikasi/")


def test_staff_find_their_tools(any_page: Page) -> None:
    go(any_page, "/")
    any_page.get_by_role("link", name="Saya pegawai").click()
    settled(any_page, "/pegawai/")
    any_page.get_by_text("Pilih pekerjaan atau pengelola").click()
    any_page.get_by_role("link", name="Absen dan kinerja").click()
    settled(any_page, "?tugas=absen-dan-kinerja")
    expect(any_page.get_by_role("link", name="i-Personal")).to_be_visible()
    any_page.get_by_role("link", name="BKPSDM").first.click()
    settled(any_page, "/instansi/bkpsdm/")


def test_a_link_signs_in_once(any_page: Page, site: Site, account: str) -> None:
    go(any_page, "/kelola/")
    expect(any_page.get_by_role("heading", level=1)).to_have_text("Masuk")
    link = new_link(site, account)
    go(any_page, link)
    any_page.get_by_role("button", name="Masuk").click()
    settled(any_page, "/kelola/")
    expect(any_page.get_by_role("link", name="Ani Rahmawati")).to_be_visible()
    any_page.get_by_role("link", name="Pencarian tanpa jawaban").click()
    settled(any_page, "/kelola/pencarian/")
    any_page.get_by_role("button", name="Keluar").click()
    settled(any_page, f"{site.port}/")
    go(any_page, "/kelola/")
    assert "/akun/masuk/" in any_page.url


def test_a_word_from_the_public_is_answered(plain_page: Page, site: Site, account: str) -> None:
    go(plain_page, "/salah/?halaman=/aplikasi/siapkerja/")
    plain_page.locator("textarea").fill("Alamatnya sudah pindah.")
    choice = plain_page.get_by_role("radio").first
    if choice.count():
        choice.check()
    plain_page.locator("main form button[type=submit]").last.click()
    plain_page.wait_for_load_state("networkidle")
    sign_in(plain_page, site, account)
    plain_page.get_by_role("link", name="Kabar dari warga").click()
    settled(plain_page, "/kelola/kabar/")
    expect(plain_page.get_by_text("Alamatnya sudah pindah.")).to_be_visible()
    plain_page.get_by_label("Apa yang sudah dilakukan?").first.fill("Alamat diperbaiki.")
    plain_page.get_by_role("button", name="Tandai selesai").first.click()
    plain_page.wait_for_url("**dijawab=**", wait_until="networkidle")
    expect(plain_page.get_by_text("ditandai selesai.")).to_be_visible()
    plain_page.get_by_role("button", name="Batalkan").click()
    settled(plain_page, "?keadaan=baru")
    expect(plain_page.get_by_text("Alamatnya sudah pindah.")).to_be_visible()


@pytest.mark.parametrize(
    "path",
    [
        "/aplikasi/",
        "/aplikasi/?q=zzzz&keadaan=mati",
        "/aplikasi/siapkerja/",
        "/aplikasi/e-parking-ppm-sampit/",
        "/en/aplikasi/call-center-112/",
        "/pegawai/",
        "/en/pegawai/?tugas=sekolah",
        "/akun/masuk/",
        "/akun/masuk/tidak-ada/",
    ],
)
def test_everybody_can_read_it(page: Page, accessible: Callable[[Page], None], path: str) -> None:
    go(page, path)
    accessible(page)


def test_administrators_can_read_theirs(
    page: Page, site: Site, account: str, accessible: Callable[[Page], None]
) -> None:
    sign_in(page, site, account)
    accessible(page)
    for path in ("/kelola/kabar/?keadaan=semua", "/kelola/pencarian/", "/kelola/kekurangan/"):
        go(page, path)
        accessible(page)
