"""Journeys of accounts: codes, passkeys, authenticator apps, recovery codes, devices, and people one looks after.

A demo sends nothing: what would be sent stands in a file of the instance. Each journey has an account of its own.
"""

import json
import re
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import watched
from tests.running import Site

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
Check = Callable[[Page], None]


def received(site: Site, to: str, number: int = 1) -> str:
    """The code of the `number`th message to an address, once the worker has written it."""
    file = Path(site.home) / "run" / "outbox.jsonl"
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        lines = file.read_text("utf-8").splitlines() if file.exists() else []
        codes = [
            found.group(0)
            for one in map(json.loads, lines)
            if one["to"] == to and (found := re.match(r"\d{6}", one["text"]))
        ]
        if len(codes) >= number:
            return codes[number - 1]
        time.sleep(0.1)
    pytest.fail(f"no message {number} for {to}")


def staff(site: Site) -> tuple[str, str]:
    """A new member of staff: address, and a link that signs in once."""
    email = f"staf-{uuid.uuid4().hex[:8]}@contoh.id"
    printed = site.manage("create_admin", "--email", email, "--name", "Ani Rahmawati")
    found = re.search(r"http\S+/akun/masuk/\S+", printed)
    assert found
    return email, found.group(0)


def go(page: Page, path: str) -> None:
    """Open a page and wait for its pictures: one that is left too soon reports them as failed."""
    page.goto(path, wait_until="networkidle")


def enter(page: Page, link: str) -> None:
    go(page, link)
    page.get_by_role("button", name="Masuk", exact=True).click()
    page.wait_for_url("**/kelola/")


def sign_out(page: Page) -> None:
    go(page, "/akun/")
    page.get_by_role("button", name="Keluar dari perangkat ini").click()
    page.wait_for_load_state("networkidle")


def type_code(page: Page, site: Site, contact: str, to: str = "", number: int = 1) -> None:
    """From the sign-in page over the message to the sent form."""
    go(page, "/akun/masuk/")
    page.locator("#id_contact").fill(contact)
    page.get_by_role("button", name="Kirim kode").click()
    page.locator("#id_code").fill(received(site, to or contact, number))
    page.get_by_role("button", name="Masuk", exact=True).click()


@contextmanager
def device(page: Page) -> Iterator[None]:
    """A phone that keeps passkeys, behind this page."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    yield
    session.send("WebAuthn.disable")


def add_app(page: Page) -> str:
    """Set an authenticator app up; returns its secret."""
    go(page, "/akun/pengaman/aplikasi/")
    secret = page.locator(".secret").inner_text().replace(" ", "")
    page.locator("#id_code").fill(shown_by_app(secret, -1))
    page.get_by_role("button", name="Pasang").click()
    page.wait_for_url("**/akun/pengaman/cadangan/")
    return secret


def shown_by_app(secret: str, steps: int = 0) -> str:
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps)))


def test_code_and_passkey(page: Page, site: Site, accessible: Check) -> None:
    email, link = staff(site)
    enter(page, link)
    with device(page):
        go(page, "/akun/pengaman/kunci/")
        accessible(page)
        page.get_by_label("Nama kunci ini").fill("Ponsel saya")
        page.get_by_role("button", name="Buat kunci sandi").click()
        page.wait_for_url("**/akun/pengaman/cadangan/")
        accessible(page)
        go(page, "/akun/pengaman/")
        expect(page.get_by_role("link", name="Hapus Ponsel saya")).to_be_visible()
        accessible(page)
        go(page, "/akun/pengaman/kunci/")
        page.get_by_label("Nama kunci ini").fill("Lagi")
        page.get_by_role("button", name="Buat kunci sandi").click()
        expect(page.locator("[data-passkey-said]")).to_have_text("Perangkat ini sudah terdaftar.")
        sign_out(page)

        type_code(page, site, email)
        page.wait_for_url("**/akun/masuk/pengaman/")
        accessible(page)
        go(page, "/kelola/")  # the first step alone opens nothing
        page.wait_for_url(lambda url: "/akun/masuk/?next=" in url)
        go(page, "/akun/masuk/pengaman/")
        page.get_by_role("button", name="Pakai kunci sandi").click()
        page.wait_for_url("**/kelola/")
        sign_out(page)

        go(page, "/akun/masuk/kunci/")  # the passkey alone
        accessible(page)
        page.get_by_role("button", name="Masuk", exact=True).click()
        page.wait_for_url("**/kelola/")


def test_a_device_without_passkeys_is_told_the_other_way(plain_page: Page) -> None:
    go(plain_page, "/akun/masuk/kunci/")
    expect(plain_page.get_by_text("belum bisa memakai kunci sandi")).to_be_visible()
    expect(plain_page.get_by_role("button", name="Masuk", exact=True)).to_be_hidden()
    plain_page.get_by_role("link", name="Masuk dengan kode saja").click()
    expect(plain_page.locator("#id_contact")).to_be_visible()


def test_code_and_authenticator_app(any_page: Page, site: Site) -> None:
    email, link = staff(site)
    enter(any_page, link)
    secret = add_app(any_page)
    sign_out(any_page)
    type_code(any_page, site, email)
    any_page.wait_for_url("**/akun/masuk/pengaman/")
    any_page.locator("#id_code").fill("000000")
    any_page.get_by_role("button", name="Lanjut").click()
    expect(any_page.get_by_text("Kode ini tidak cocok, atau sudah dipakai.").first).to_be_visible()
    any_page.locator("#id_code").fill(shown_by_app(secret))
    any_page.get_by_role("button", name="Lanjut").click()
    any_page.wait_for_url("**/kelola/")


def test_recovery_code_when_the_phone_is_lost(any_page: Page, site: Site) -> None:
    email, link = staff(site)
    enter(any_page, link)
    add_app(any_page)
    spare = any_page.locator(".code-list code").first.inner_text()
    sign_out(any_page)
    type_code(any_page, site, email)
    any_page.wait_for_url("**/akun/masuk/pengaman/")
    any_page.locator("#id_code").fill(spare)
    any_page.get_by_role("button", name="Lanjut").click()
    any_page.wait_for_url("**/kelola/")
    go(any_page, "/akun/pengaman/")
    expect(any_page.get_by_text("Sisa 9 kode.")).to_be_visible()


def test_out_of_all_devices(browser: Browser, page: Page, site: Site, accessible: Check) -> None:
    email, link = staff(site)
    enter(page, link)
    with watched(browser, site, javascript=True) as other:
        type_code(other, site, email)
        other.wait_for_url("**/kelola/")
        go(page, "/akun/perangkat/")
        expect(page.locator(".rows > li")).to_have_count(2)
        accessible(page)
        page.get_by_role("button", name="Keluar dari semua perangkat").click()
        page.wait_for_url("**/akun/masuk/")
        go(other, "/kelola/")
        other.wait_for_url(lambda url: "/akun/masuk/?next=" in url)


def test_a_resident_with_a_phone(any_page: Page, site: Site, accessible: Check) -> None:
    digits = f"{uuid.uuid4().int % 10**8:08}"
    page, written = any_page, f"0812 {digits[:4]} {digits[4:]}"
    go(page, "/akun/masuk/?next=/akun/orang/")
    accessible_with_script(page, accessible)
    page.get_by_role("button", name="Kirim kode").click()
    expect(page.get_by_text("Isi alamat e-mail atau nomor HP Anda.").first).to_be_visible()
    page.locator("#id_contact").fill(written)
    page.get_by_role("button", name="Kirim kode").click()
    accessible_with_script(page, accessible)
    page.locator("#id_code").fill(received(site, f"+62812{digits}"))
    page.get_by_role("button", name="Masuk", exact=True).click()
    page.wait_for_url("**/akun/orang/")
    page.get_by_role("link", name="Tambah orang").click()
    page.get_by_label("Nama lengkap").fill("Siti Maulida")
    page.get_by_label("orang tua").check()
    page.locator("#id_nik").fill("620206" + "570890" + "0001")
    accessible_with_script(page, accessible)
    page.get_by_role("button", name="Simpan").click()
    expect(page.get_by_text("620206******0001")).to_be_visible()
    accessible_with_script(page, accessible)
    page.get_by_role("button", name="Lihat NIK").click()
    expect(page.locator(".secret")).to_have_text("6202 0657 0890 0001")
    page.get_by_role("link", name="Tutup").click()
    page.get_by_role("button", name="Hapus").click()
    expect(page.get_by_text("Siti Maulida sudah dihapus.")).to_be_visible()
    page.get_by_role("button", name="Kembalikan").click()
    expect(page.get_by_text("620206******0001")).to_be_visible()
    go(page, "/akun/")
    expect(page.get_by_text(f"0812-{digits[:4]}-{digits[4:]}")).to_be_visible()
    accessible_with_script(page, accessible)


def accessible_with_script(page: Page, accessible: Check) -> None:
    """Axe is a script: it runs where scripts run."""
    if page.evaluate("window.__violations !== undefined"):
        accessible(page)


def test_a_used_link_says_so(any_page: Page, site: Site) -> None:
    _email, link = staff(site)
    go(any_page, link)
    go(any_page, link)  # looking twice uses nothing up
    any_page.get_by_role("button", name="Masuk", exact=True).click()
    any_page.wait_for_url("**/kelola/")
    sign_out(any_page)
    assert any_page.request.post(link).status == 403


def test_demo_says_that_it_is_one(page: Page, site: Site) -> None:
    _email, link = staff(site)
    enter(page, link)
    expect(page.get_by_text("Contoh: orang dan pekerjaan di sini rekaan")).to_be_visible()
