"""A set of questions is copied and changed, and a program is told of changes; with and without JavaScript."""

import json
import uuid
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import watched
from tests.journeys.test_overlap import enter
from tests.running import Site

MAKE = """
import json
from jendela.common.audit import SYSTEM
from jendela.people.access.actions import grant_role
from jendela.people.accounts.actions import create_account, make_sign_in_link
user = create_account(email="tia-{mark}@contoh.id", name="Tia {mark}", by=SYSTEM)
grant_role(user=user, agency=None, role="information_team", by=SYSTEM)
print(json.dumps(make_sign_in_link(user=user, by=SYSTEM)))
"""
REFUSED = r"status of 400"
MODES = pytest.mark.parametrize("javascript", [True, False], ids=["with_javascript", "without_javascript"])


def sign_in(page: Page, site: Site, mark: str) -> None:
    printed = site.manage("shell", "--no-imports", "-c", MAKE.format(mark=mark))
    enter(page, json.loads(printed.strip().splitlines()[-1]))


@MODES
def test_a_set_is_copied_and_changed(
    browser: Browser, site: Site, accessible: Callable[[Page], None], javascript: bool
) -> None:
    mark = uuid.uuid4().hex[:6]
    with watched(browser, site, javascript=javascript, refused=REFUSED) as page:
        sign_in(page, site, mark)
        page.goto("/kelola/pemutakhiran/pertanyaan/")
        accessible(page)
        page.goto("/kelola/pemutakhiran/pertanyaan/pendek/")
        accessible(page)
        page.get_by_role("link", name="Salin dan ubah").first.click()
        accessible(page)
        page.get_by_label("Nama kumpulan yang baru").fill(f"Pertanyaan {mark}")
        page.get_by_role("button", name="Salin").click()
        expect(page.get_by_text("Tersalin. Salinan ini dapat Anda ubah.")).to_be_visible()
        accessible(page)
        page.get_by_role("link", name="Tambah pertanyaan sendiri").click()
        accessible(page)
        page.get_by_role("button", name="Simpan").click()
        expect(page.get_by_text("Tulis pertanyaannya.").first).to_be_visible()
        page.get_by_label("Bunyi pertanyaannya").fill("Apakah warga memakainya dari ponsel?")
        page.get_by_label("ya atau tidak").check()
        page.get_by_role("button", name="Simpan").click()
        expect(page.get_by_text("Pertanyaan tersimpan.")).to_be_visible()
        expect(page.get_by_role("heading", name="Apakah warga memakainya dari ponsel?")).to_be_visible()
        page.goto("/kelola/pemutakhiran/baru/")
        expect(page.get_by_text(f"Pertanyaan {mark}").first).to_be_visible()


@MODES
def test_a_program_is_told(
    browser: Browser, site: Site, accessible: Callable[[Page], None], javascript: bool
) -> None:
    mark = uuid.uuid4().hex[:6]
    with watched(browser, site, javascript=javascript, refused=REFUSED) as page:
        sign_in(page, site, mark)
        page.goto("/kelola/pemberitahuan/")
        accessible(page)
        page.get_by_role("link", name="Tambah alamat").click()
        page.get_by_label("Program apa, untuk apa").fill(f"Dasbor {mark}")
        page.get_by_label("Milik instansi").select_option(label="Diskominfo")
        page.get_by_label("Alamat yang diberi tahu").fill("http://dasbor.contoh.go.id/")
        page.get_by_role("button", name="Simpan dan tampilkan kuncinya").click()
        expect(page.get_by_text("Alamatnya harus HTTPS.").first).to_be_visible()
        expect(page.get_by_label("Program apa, untuk apa")).to_have_value(f"Dasbor {mark}")
        accessible(page)
        page.get_by_label("Alamat yang diberi tahu").fill("https://dasbor.contoh.go.id/")
        page.get_by_role("button", name="Simpan dan tampilkan kuncinya").click()
        expect(page.get_by_text("whsec_", exact=False)).to_be_visible()
        accessible(page)
        page.get_by_role("link", name="Sudah saya salin").click()
        page.get_by_role("button", name="Kirim percobaan").click()
        expect(page.get_by_text("Percobaan sedang dikirim.", exact=False)).to_be_visible()
        accessible(page)
        page.get_by_role("button", name="Hentikan").click()
        expect(page.get_by_text("Pemberitahuan ini sudah dihentikan.")).to_be_visible()
