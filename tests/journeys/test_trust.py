"""Journeys to the pages about Jendela: is it real, how it works, its data; with and without JavaScript."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

PATHS = ["/asli/", "/cara-kerja/", "/data/", "/privasi/", "/aksesibilitas/", "/bantuan/"]


@pytest.mark.parametrize("path", [*PATHS, "/en/asli/", "/en/data/"])
def test_each_page_is_accessible(page: Page, accessible: Callable[[Page], None], path: str) -> None:
    page.goto(path, wait_until="networkidle")
    expect(page.locator("h1")).to_have_count(1)
    accessible(page)


def test_from_the_strip_to_is_it_real(any_page: Page) -> None:
    any_page.goto("/", wait_until="networkidle")
    any_page.get_by_role("link", name="Cara memastikan").first.click()
    any_page.wait_for_url(lambda url: url.endswith("/asli/"), wait_until="networkidle")
    expect(any_page.get_by_role("heading", level=1)).to_have_text("Apakah ini asli?")
    expect(any_page.locator("main")).to_contain_text("Situs ini purwarupa.")
    expect(any_page.locator("main")).to_contain_text("Kode OTP, PIN, atau kata sandi")
    any_page.get_by_role("link", name="Tulis kepada kami").click()
    expect(any_page.locator("form textarea")).to_be_visible()


def test_the_short_links_of_the_posters_lead_where_the_page_says(any_page: Page) -> None:
    any_page.goto("/asli/", wait_until="networkidle")
    for address in any_page.locator(".facts .address").all_inner_texts():
        answer = any_page.request.get(f"http://{address}")
        assert answer.ok, address


def test_every_link_of_the_story_answers(any_page: Page) -> None:
    any_page.goto("/cara-kerja/", wait_until="networkidle")
    links = {link.get_attribute("href") or "" for link in any_page.locator("main a").all()}
    inside = [link for link in links if link.startswith("/")]
    assert len(inside) >= 6
    for link in inside:
        assert any_page.request.get(link).status == 200, link
    any_page.get_by_role("link", name="Lihat catatan aplikasi ini").click()
    expect(any_page.get_by_role("heading", level=1)).to_contain_text("e-Parking PPM Sampit")


def test_the_data_page_shows_its_table_and_the_api(any_page: Page) -> None:
    any_page.goto("/data/", wait_until="networkidle")
    expect(any_page.get_by_role("table").first).to_contain_text("Disdukcapil")
    expect(any_page.locator("#koreksi")).to_be_visible()
    address = any_page.get_by_role("link", name="Layanan", exact=True).last.get_attribute("href")
    answer = any_page.request.get(address or "")
    assert answer.json()["items"]


def test_a_helper_finds_the_way_from_the_foot(any_page: Page) -> None:
    any_page.goto("/", wait_until="networkidle")
    any_page.get_by_role("link", name="Saya membantu warga").last.click()
    expect(any_page.locator("#membantu")).to_be_in_viewport()
    any_page.get_by_text("Bisakah saya mengajukan permohonan di sini?").click()
    expect(
        any_page.get_by_text("Belum. Jendela menunjukkan tempat, aplikasi, dan berkasnya.")
    ).to_be_visible()
