"""A head invites a service admin by a link; she accepts, goes on leave and is stood in for, leaves and hands her work
over. Then the screens of Diskominfo: who may do what, modules, the audit trail."""

import datetime
import json
import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import watched
from tests.running import Site

MAKE = """
import json
from jendela.common.audit import SYSTEM
from jendela.people.access.actions import grant_role
from jendela.people.accounts.actions import create_account, make_sign_in_link
from jendela.people.agencies.models import Agency
agency = Agency.objects.get(slug="disdukcapil")
links = {{}}
roles = {{"Rina Kepala": "agency_head", "Citra Rekan": "service_officer", "Tono Pengelola": "administrator"}}
for name, role in roles.items():
    key = name.split()[0].lower()
    user = create_account(email=f"{{key}}-{mark}@contoh.id", name=f"{{name}} {mark}", by=SYSTEM)
    grant_role(user=user, agency=None if role == "administrator" else agency, role=role, by=SYSTEM)
    links[key] = make_sign_in_link(user=user, by=SYSTEM)
print(json.dumps(links))
"""
DRAFT = """
from jendela.common.audit import Actor
from jendela.people.accounts.models import User
from jendela.services.catalogue.models import Service
from jendela.services.editor.actions import save_part
user = User.objects.get(email="{email}")
service = Service.objects.exclude(draft__isnull=False).filter(owner__slug="disdukcapil").order_by("number").first()
save_part(service=service, part="B9", value="Petugas terlatih", revision=0, by=Actor(user.name, user=user))
print(service.slug)
"""
Check = Callable[[Page], None]


@dataclass
class People:
    mark: str
    links: dict[str, str]


@pytest.fixture
def people(site: Site) -> People:
    mark = uuid.uuid4().hex[:6]
    printed = site.manage("shell", "--no-imports", "-c", MAKE.format(mark=mark))
    return People(mark, json.loads(printed.strip().splitlines()[-1]))


def go(page: Page, path: str) -> None:
    page.goto(path, wait_until="networkidle")


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()
    page.wait_for_load_state("networkidle")


def enter(page: Page, people: People, who: str) -> None:
    go(page, f"/akun/masuk/{people.links[who]}/")
    press(page, "Masuk")
    page.wait_for_url("**/kelola/")


def invite(head: Page, people: People, accessible: Check) -> str:
    """From the list of people to the link that is handed over; returns the link."""
    go(head, "/kelola/orang/")
    accessible(head)
    head.get_by_role("link", name="Undang orang").click()
    accessible(head)
    head.get_by_label("Alamat e-mail").fill(f"dewi-{people.mark}@contoh.id")
    head.get_by_label("Nama", exact=True).fill("Dewi Undangan")
    head.get_by_label("Admin layanan:").check()
    press(head, "Kirim undangan")
    expect(head.get_by_role("heading", level=1)).to_have_text("Undangan untuk Dewi Undangan")
    accessible(head)
    link = head.locator(".handover-link").inner_text().strip()
    head.reload(wait_until="networkidle")
    expect(head.locator("main")).to_contain_text("Tautannya sudah pernah ditampilkan")
    go(head, "/kelola/undangan/")
    expect(head.locator("main")).to_contain_text(f"dewi-{people.mark}@contoh.id")
    accessible(head)
    return link


def accept(newcomer: Page, link: str, people: People, accessible: Check) -> None:
    go(newcomer, link)
    expect(newcomer.locator("main")).to_contain_text(f"Rina Kepala {people.mark} mengundang Anda.")
    accessible(newcomer)
    newcomer.get_by_label("Nama Anda").fill(f"Dewi Lestari {people.mark}")
    press(newcomer, "Terima undangan")
    newcomer.wait_for_url("**/kelola/")
    go(newcomer, "/kelola/izin/")
    expect(newcomer.locator(".own-roles")).to_contain_text("Admin layanan")


def find(head: Page, people: People, name: str) -> None:
    go(head, f"/kelola/orang/?q={people.mark}")
    head.get_by_role("link", name=f"{name} {people.mark}").click()
    head.wait_for_load_state("networkidle")


def search_colleague(head: Page, text: str) -> None:
    field = head.get_by_label("Cari rekan")
    field.fill(text)
    field.press("Enter")
    head.wait_for_url("**cari=*")
    head.wait_for_load_state("networkidle")


def stand_in(head: Page, people: People, accessible: Check) -> None:
    find(head, people, "Dewi Lestari")
    accessible(head)
    head.get_by_role("link", name=re.compile("Cuti: pilih pengganti")).click()
    search_colleague(head, f"citra {people.mark}")
    head.get_by_label(f"Citra Rekan {people.mark}").check()
    today = datetime.date.today()
    head.get_by_label("Hari pertama").fill(today.isoformat())
    head.get_by_label("Hari terakhir").fill((today + datetime.timedelta(days=3)).isoformat())
    accessible(head)
    press(head, "Catat pengganti")
    expect(head.get_by_role("status").first).to_contain_text("Pengganti sudah dicatat.")
    expect(head.locator("main")).to_contain_text(f"digantikan Citra Rekan {people.mark}")


def leave(head: Page, people: People, accessible: Check) -> None:
    find(head, people, "Dewi Lestari")
    head.get_by_role("link", name="Akhiri semua peran").click()
    head.wait_for_load_state("networkidle")
    expect(head.locator(".work")).to_contain_text("1 rancangan standar")
    search_colleague(head, f"citra {people.mark}")
    head.get_by_label(f"Citra Rekan {people.mark}").check()
    accessible(head)
    press(head, "Akhiri semua peran")
    expect(head.get_by_role("status").first).to_contain_text("Semua peran sudah berakhir.")


@pytest.mark.parametrize("javascript", [True, False], ids=["with_javascript", "without_javascript"])
def test_invited_on_leave_and_gone(
    browser: Browser, site: Site, people: People, accessible: Check, javascript: bool
) -> None:
    check = accessible if javascript else (lambda page: None)  # axe needs scripts
    with (
        watched(browser, site, javascript=javascript) as head,
        watched(browser, site, javascript=javascript) as newcomer,
        watched(browser, site, javascript=javascript) as colleague,
    ):
        enter(head, people, "rina")
        accept(newcomer, invite(head, people, check), people, check)
        slug = site.manage(
            "shell", "--no-imports", "-c", DRAFT.format(email=f"dewi-{people.mark}@contoh.id")
        ).split()[-1]
        enter(colleague, people, "citra")
        assert colleague.request.get(f"/kelola/standar/{slug}/").status == 404
        stand_in(head, people, check)
        assert colleague.request.get(f"/kelola/standar/{slug}/").status == 200
        leave(head, people, check)
        assert newcomer.request.get("/kelola/izin/").status == 404
        go(head, f"/kelola/standar/{slug}/")
        expect(head.locator("main")).to_contain_text(f"Citra Rekan {people.mark}")


def test_an_invitation_works_once_and_a_second_look_says_so(
    browser: Browser, site: Site, people: People, accessible: Check
) -> None:
    with (
        watched(browser, site, javascript=True) as head,
        watched(browser, site, javascript=True) as first,
        watched(browser, site, javascript=True) as second,
    ):
        enter(head, people, "rina")
        link = invite(head, people, lambda page: None)
        go(second, link)  # looked at first, not accepted
        accept(first, link, people, lambda page: None)
        go(second, link)
        expect(second.get_by_role("heading", level=1)).to_have_text("Undangan ini sudah diterima")
        accessible(second)


def test_the_rooms_of_diskominfo(page: Page, people: People, accessible: Check) -> None:
    enter(page, people, "tono")
    for path, heading in (
        ("/kelola/izin/", "Siapa boleh apa"),
        ("/kelola/izin/halaman/", "Setiap halaman dan izinnya"),
        ("/kelola/modul/", "Modul"),
        ("/kelola/modul/feedback/", "Kabar dan kekurangan"),
        ("/kelola/catatan/", "Catatan perubahan"),
        ("/en/kelola/izin/", None),
    ):
        go(page, path)
        if heading:
            expect(page.get_by_role("heading", level=1)).to_have_text(heading)
        accessible(page)
    for link in ("Beri peran", re.compile("Akhiri peran")):
        find(page, people, "Citra Rekan")
        page.get_by_role("link", name=link).click()
        page.wait_for_load_state("networkidle")
        accessible(page)


def test_a_module_on_trial_and_the_trail_of_it(any_page: Page, people: People) -> None:
    enter(any_page, people, "tono")
    go(any_page, "/kelola/modul/words/")
    any_page.get_by_label("Uji coba").check()
    any_page.get_by_label("Cari instansi").fill("disduk")
    press(any_page, "Saring")
    any_page.get_by_label("Disdukcapil").check()
    any_page.get_by_label("Cari instansi").fill("zzz")
    press(any_page, "Saring")
    expect(any_page.get_by_label("Disdukcapil")).to_be_checked()
    press(any_page, "Simpan keadaan")
    expect(any_page.locator("main")).to_contain_text("Disdukcapil")
    go(any_page, f"/kelola/catatan/?siapa={people.mark}&tindakan=access.set_module")
    expect(any_page.locator(".trail")).to_contain_text("mengubah keadaan modul")
    any_page.get_by_text(re.compile("isian berubah")).first.click()
    expect(any_page.locator(".difference").first).to_contain_text("uji coba")
    any_page.get_by_text("Saring catatan").click()
    go(any_page, "/kelola/modul/words/")  # as it was, for the other journeys
    any_page.get_by_label("Belum dibuka").check()
    press(any_page, "Simpan keadaan")
