"""The resident's core journeys: found by everyday words, taken along, asked about, corrected; with and without
JavaScript, in both languages, at 320 pixels, under the policy."""

import re
from collections.abc import Callable
from urllib.parse import unquote

import pytest
from playwright.sync_api import Page, expect

LOST_CARD = "/layanan/penggantian-ktp-elektronik-hilang/"
THIN = "/layanan/rekomendasi-penjualan-minuman-beralkohol/"
FAR = "62.02.09"  # Pulau Hanaut


def go(page: Page, path: str) -> None:
    page.goto(path, wait_until="networkidle")


def settled(page: Page, end: str) -> None:
    page.wait_for_url(lambda url: end in url, wait_until="networkidle")


def test_everyday_words_lead_to_a_list_to_take_along(any_page: Page) -> None:
    go(any_page, "/")
    any_page.get_by_label("Mau urus apa?").fill("ktp ilang")
    any_page.get_by_role("main").get_by_role("button", name="Cari").first.click()
    settled(any_page, "/cari/?q=ktp+ilang")
    any_page.get_by_role("link", name="Penggantian KTP elektronik hilang").first.click()
    settled(any_page, LOST_CARD)
    expect(any_page.get_by_role("heading", level=1)).to_have_text("Penggantian KTP elektronik hilang")
    for question in ("Bawa apa", "Ke mana", "Berapa lama", "Bayar berapa"):
        expect(any_page.get_by_role("heading", name=question, exact=True)).to_be_visible()
    papers = any_page.get_by_role("group", name="Bawa ini")
    papers.get_by_role("checkbox").first.check()
    address = papers.get_by_role("link", name="Kirim lewat WhatsApp").get_attribute("href") or ""
    message = unquote(address)
    assert message.startswith("https://wa.me/?text=Penggantian KTP elektronik hilang. Bawa:")
    assert "- Foto/pindai kartu keluarga" in message
    short = re.search(r"/l/\d+/$", message)
    assert short is not None
    go(any_page, short.group())
    settled(any_page, LOST_CARD)


def test_ticks_stay_on_this_phone_and_can_be_forgotten(page: Page) -> None:
    go(page, LOST_CARD)
    page.get_by_role("checkbox").first.check()
    expect(page.get_by_text("1 dari 2 sudah siap.")).to_be_visible()
    page.reload(wait_until="networkidle")
    expect(page.get_by_role("checkbox").first).to_be_checked()
    page.get_by_role("button", name="Lupakan").first.click()
    expect(page.get_by_text("0 dari 2 sudah siap.")).to_be_visible()


def test_print_opens_the_printer(page: Page) -> None:
    page.add_init_script("window.print = () => { window.__printed = true; }")
    go(page, LOST_CARD)
    page.get_by_role("button", name="Cetak").first.click()
    assert page.evaluate("window.__printed") is True


def test_the_way_follows_where_one_lives(any_page: Page) -> None:
    go(any_page, LOST_CARD)
    any_page.get_by_label("Anda tinggal di kecamatan mana?").select_option(FAR)
    any_page.get_by_role("button", name="Pakai").click()
    settled(any_page, f"?wilayah={FAR}")
    expect(any_page.get_by_text("Cara yang kami sarankan untuk Pulau Hanaut")).to_be_visible()
    expect(any_page.get_by_text("apakah berkas bisa dititipkan")).to_be_visible()
    any_page.get_by_text("Cara lain", exact=True).click()
    expect(any_page.get_by_role("heading", name="MPP Habaring Hurung")).to_be_visible()


def test_a_thin_page_leads_somewhere(any_page: Page) -> None:
    go(any_page, THIN)
    expect(any_page.get_by_text("Belum kami ketahui.").first).to_be_visible()
    ask = any_page.get_by_role("link", name="Kirim pertanyaan lewat WhatsApp").get_attribute("href") or ""
    assert "Apa saja yang harus saya bawa?" in unquote(ask)
    any_page.get_by_role("link", name="Tentang kantor ini").click()
    settled(any_page, "/instansi/")
    expect(any_page.get_by_role("heading", level=1)).to_be_visible()


def test_a_question_nobody_can_answer_names_people(any_page: Page) -> None:
    go(any_page, "/cari/?q=qqxw+zzkk")
    expect(any_page.get_by_text("Belum ada yang cocok dengan kata itu.")).to_be_visible()
    expect(any_page.get_by_role("heading", name="MPP Habaring Hurung")).to_be_visible()
    any_page.get_by_role("link", name="Pilih desa Anda").click()
    settled(any_page, "/desa/")


def test_the_village_by_its_name_from_home(any_page: Page) -> None:
    go(any_page, "/")
    any_page.get_by_label("Tulis nama desa atau kelurahan").fill("rawa sari")
    any_page.get_by_role("main").get_by_role("button", name="Cari").nth(1).click()
    settled(any_page, "/desa/?q=rawa+sari")
    expect(any_page.get_by_role("link", name="Rawa Sari").first).to_be_visible()


def test_doors_that_are_not_open_say_where_to_go(any_page: Page) -> None:
    go(any_page, "/")
    any_page.get_by_text("Lihat sampai mana").click()
    expect(any_page.get_by_text("Melacak permohonan belum dibuka di sini.")).to_be_visible()
    any_page.get_by_text("Laporkan", exact=True).click()
    any_page.get_by_role("link", name="Laporan jalan rusak").click()
    settled(any_page, "/layanan/laporan-jalan-rusak/")


def test_english_stays_english(any_page: Page) -> None:
    go(any_page, LOST_CARD)
    any_page.get_by_role("link", name="English").click()
    settled(any_page, f"/en{LOST_CARD}")
    assert any_page.locator("html").get_attribute("lang") == "en"
    inner = any_page.locator("main a[href^='/']").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    assert [address for address in inner if not address.startswith("/en/")] == []
    assert any_page.locator("main [lang=id]").count() > 0


def test_a_mistake_is_reported(any_page: Page) -> None:
    go(any_page, "/layanan/akta-kematian/")
    any_page.get_by_role("link", name="Beri tahu kami").click()
    settled(any_page, "/salah/?halaman=/layanan/akta-kematian/")
    expect(any_page.get_by_text("Tentang halaman: Akta kematian")).to_be_visible()
    any_page.get_by_label("Nomor WhatsApp atau e-mail Anda").fill("0812 0000 0000")
    any_page.get_by_role("button", name="Kirim").click()
    settled(any_page, "/salah/")
    expect(any_page.get_by_role("heading", name="Ada yang perlu diperbaiki")).to_be_visible()
    expect(any_page.get_by_label("Nomor WhatsApp atau e-mail Anda")).to_have_value("0812 0000 0000")
    any_page.get_by_label("Ada yang salah").check()
    any_page.get_by_label("Ceritakan kepada kami").fill("Sekarang harus membawa kartu keluarga asli.")
    any_page.get_by_role("button", name="Kirim").click()
    settled(any_page, "/salah/terima-kasih/")
    expect(any_page.get_by_role("heading", level=1)).to_have_text("Kabar Anda sudah kami terima")


def test_errors_take_the_focus(page: Page) -> None:
    go(page, "/salah/")
    page.get_by_role("button", name="Kirim").click()
    settled(page, "/salah/")
    expect(page.locator("[data-error-summary]")).to_be_focused()


def test_poster_and_its_code(any_page: Page) -> None:
    go(any_page, LOST_CARD)
    any_page.get_by_role("link", name="Poster dengan kode QR").click()
    settled(any_page, f"{LOST_CARD}poster/")
    box = any_page.locator(".poster-qr svg").bounding_box()
    assert box is not None
    assert box["width"] >= 200
    picture = any_page.request.get(f"{LOST_CARD}qr.svg")
    assert picture.headers["content-type"] == "image/svg+xml"


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/en/",
        "/cari/",
        "/cari/?q=ktp+ilang",
        "/cari/?q=qqxw+zzkk",
        LOST_CARD,
        f"{LOST_CARD}?wilayah=62.02.09.2006",
        f"/en{LOST_CARD}",
        THIN,
        "/layanan/evakuasi-ular-biawak-monyet-dan-satwa-liar/",
        "/layanan/persetujuan-bangunan-gedung/",
        f"{LOST_CARD}poster/",
        "/salah/",
    ],
)
def test_accessible(page: Page, accessible: Callable[[Page], None], path: str) -> None:
    go(page, path)
    accessible(page)
