"""A reader leaves a number; an officer opens it with a reason, the head of Jendela sees who did. With and without
JavaScript."""

import json
import re
import uuid
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.running import Site

MAKE = """
import json
from jendela.common.audit import SYSTEM
from jendela.people.access.actions import grant_role
from jendela.people.accounts.actions import make_sign_in_link
from jendela.people.accounts.models import User
from jendela.services.catalogue.models import Service
links = []
for name, role in (("Rina", "service_officer"), ("Citra", "administrator")):
    user = User.objects.create_user(f"{{name.lower()}}-{mark}@contoh.id", name=f"{{name}} {mark}")
    place = Service.objects.get(slug="akta-kelahiran").owner if role == "service_officer" else None
    grant_role(user=user, agency=place, role=role, by=SYSTEM)
    links.append(make_sign_in_link(user=user, by=SYSTEM))
print(json.dumps(links))
"""
CONTACT = "0812 0000 0099"


def sign_in(page: Page, link: str) -> None:
    page.goto(f"/akun/masuk/{link}/")
    page.get_by_role("main").get_by_role("button", name="Masuk").click()
    page.wait_for_url(re.compile("/kelola/"), wait_until="networkidle")


def test_a_contact_is_opened_with_a_reason(
    any_page: Page, site: Site, accessible: Callable[[Page], None], request: pytest.FixtureRequest
) -> None:
    page, scripted = any_page, "with_javascript" in request.node.name
    mark = uuid.uuid4().hex[:6]
    officer, administrator = json.loads(
        site.manage("shell", "-c", MAKE.format(mark=mark)).strip().splitlines()[-1]
    )
    page.goto("/salah/?halaman=/layanan/akta-kelahiran/")
    page.get_by_label("Ada yang salah").check()
    page.get_by_label("Ceritakan kepada kami").fill(f"Loketnya pindah {mark}")
    page.get_by_label("Nomor WhatsApp atau e-mail Anda").fill(CONTACT)
    page.get_by_role("main").get_by_role("button", name="Kirim").click()
    page.wait_for_url(re.compile("/salah/terima-kasih/"), wait_until="networkidle")

    sign_in(page, officer)
    page.goto("/kelola/kabar/")
    letter = page.get_by_role("listitem").filter(has_text=f"Loketnya pindah {mark}")
    expect(letter).to_contain_text("0812 …")
    expect(page.get_by_text(CONTACT)).to_have_count(0)
    letter.get_by_role("link", name="Tampilkan kontak").click()
    page.wait_for_load_state("networkidle")
    page.get_by_label("Alasan lain").check()
    page.get_by_role("button", name="Tampilkan kontak").click()
    page.wait_for_load_state("networkidle")
    expect(page.get_by_role("alert")).to_contain_text("Tulis alasannya dengan singkat.")
    if scripted:
        expect(page.get_by_role("alert")).to_be_focused()
        accessible(page)
    page.get_by_label("Tulis alasannya").fill(f"Menanyakan nama loket {mark}")
    page.get_by_role("button", name="Tampilkan kontak").click()
    page.wait_for_load_state("networkidle")
    expect(page.get_by_role("link", name=CONTACT)).to_have_attribute("href", "tel:081200000099")
    if scripted:
        accessible(page)
    page.get_by_role("link", name="Tutup").click()
    page.wait_for_load_state("networkidle")
    expect(letter).to_contain_text("0812 …")
    page.get_by_role("button", name="Keluar").click()
    page.wait_for_load_state("networkidle")

    sign_in(page, administrator)
    page.goto("/kelola/catatan/?pribadi=1")
    entry = page.get_by_role("listitem").filter(has_text=f"Rina {mark}")
    expect(entry).to_contain_text("membuka data pribadi")
    entry.locator("summary").click()
    expect(entry).to_contain_text(f"Menanyakan nama loket {mark}")
    expect(page.get_by_text(CONTACT)).to_have_count(0)
