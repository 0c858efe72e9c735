"""Looking through: a village, a life event, an agency; with and without JavaScript, at 320 pixels, under the policy."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

VILLAGE = "62.02.01.2006"  # Pamalian: two records without signal, then satellite


def go(page: Page, path: str) -> None:
    """Open a page and let everything arrive: what is still on its way when the next page opens counts as failed."""
    page.goto(path, wait_until="networkidle")


def settled(page: Page, end: str) -> None:
    page.wait_for_url(lambda url: url.endswith(end), wait_until="networkidle")


def test_from_a_name_to_the_village(any_page: Page) -> None:
    go(any_page, "/desa/")
    any_page.get_by_label("Desa atau kelurahan Anda").fill("pamalean")
    any_page.get_by_role("button", name="Cari desa").click()
    settled(any_page, "?q=pamalean")
    any_page.get_by_role("link", name="Desa Pamalian").click()
    settled(any_page, f"/desa/{VILLAGE}/")
    expect(any_page.get_by_role("heading", level=1)).to_have_text("Desa Pamalian")
    expect(any_page.get_by_text("Oktober 2025: internet satelit (Starlink).")).to_be_visible()
    any_page.get_by_role("link", name="Anak lahir").click()
    settled(any_page, f"/peristiwa/anak-lahir/?wilayah={VILLAGE}")
    expect(any_page.get_by_text("Dibuka untuk")).to_be_visible()
    any_page.get_by_role("link", name="Akta kelahiran", exact=True).first.click()
    settled(any_page, f"/layanan/akta-kelahiran/?wilayah={VILLAGE}")


def test_this_phone_remembers_the_village(page: Page) -> None:
    go(page, f"/desa/{VILLAGE}/")
    page.get_by_role("button", name="Ingat desa ini di ponsel ini").click()
    expect(page.get_by_text("Disimpan di ponsel ini.")).to_be_visible()
    go(page, "/peristiwa/anak-lahir/")
    page.get_by_role("link", name="Untuk Pamalian").click()
    settled(page, f"?wilayah={VILLAGE}")
    go(page, f"/desa/{VILLAGE}/")
    page.get_by_role("button", name="Lupakan").click()
    go(page, "/peristiwa/anak-lahir/")
    expect(page.get_by_role("link", name="Untuk Pamalian")).to_have_count(0)


def test_all_papers_of_a_life_event(any_page: Page) -> None:
    go(any_page, "/peristiwa/")
    any_page.get_by_role("link", name="Anak lahir").click()
    settled(any_page, "/peristiwa/anak-lahir/")
    steps = any_page.locator("ol.steps > li")
    assert steps.count() >= 3
    papers = any_page.get_by_role("group", name="Bawa ini untuk semua langkah")
    papers.get_by_role("checkbox").first.check()
    expect(papers.get_by_role("checkbox").first).to_be_checked()
    whatsapp = papers.get_by_role("link", name="Kirim lewat WhatsApp").get_attribute("href")
    assert whatsapp is not None
    assert whatsapp.startswith("https://wa.me/?text=Anak%20lahir")


def test_services_by_category_and_counter(any_page: Page) -> None:
    go(any_page, "/layanan/")
    any_page.get_by_text("Saring daftar ini").click()
    any_page.get_by_label("Instansi").select_option("disdukcapil")
    any_page.get_by_role("button", name="Saring").click()
    settled(any_page, "instansi=disdukcapil&keadaan=")
    expect(any_page.get_by_role("status")).to_contain_text("layanan Disdukcapil")
    expect(any_page.get_by_role("link", name="Akta kelahiran", exact=True)).to_be_visible()


def test_agency_that_ended_says_who_took_over(any_page: Page) -> None:
    go(any_page, "/instansi/dpuprprkp/")
    expect(any_page.get_by_text("Instansi ini sudah tidak ada sejak 2024.")).to_be_visible()
    any_page.get_by_role("link", name="Dinas Cipta Karya, Tata Ruang dan Pertanahan").click()
    settled(any_page, "/instansi/dcktrp/")
    expect(any_page.get_by_role("heading", level=1)).to_have_text(
        "Dinas Cipta Karya, Tata Ruang dan Pertanahan"
    )
    expect(any_page.get_by_text("Sejak 2024 melanjutkan:")).to_be_visible()


def test_poster_is_one_sheet(page: Page) -> None:
    go(page, f"/desa/{VILLAGE}/poster/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Mau urus apa?")
    sheet = page.pdf(prefer_css_page_size=True)
    assert sheet.count(b"/Type /Page\n") == 1
    go(page, f"/d/{VILLAGE}/")
    settled(page, f"/desa/{VILLAGE}/")


@pytest.mark.parametrize(
    "path",
    [
        "/desa/",
        "/desa/?q=sumber+makmr",
        f"/desa/{VILLAGE}/",
        "/desa/62.02.06/",
        "/desa/62.02/",
        f"/desa/{VILLAGE}/poster/",
        "/layanan/",
        "/layanan/?instansi=disdukcapil",
        "/layanan/?untuk=zzzz",
        "/kategori/kependudukan/",
        "/peristiwa/",
        "/peristiwa/anak-lahir/",
        "/instansi/",
        "/instansi/disdukcapil/",
        "/instansi/dpuprprkp/",
        f"/en/desa/{VILLAGE}/",
        "/en/peristiwa/anak-lahir/",
        "/en/instansi/disdukcapil/",
    ],
)
def test_accessible_and_narrow(page: Page, accessible: Callable[[Page], None], path: str) -> None:
    answer = page.goto(path, wait_until="networkidle")
    assert answer is not None
    assert answer.status == 200
    accessible(page)
