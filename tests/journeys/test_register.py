"""A record of the register on a phone: found, filled with its source, confirmed, two editors meet, taken back; seen by
residents; an application that exists is recorded. With and without JavaScript, under the policy, with axe."""

import json
import re
import urllib.request
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import watched
from tests.running import Site

MAKE = """
import json
from jendela.common.audit import SYSTEM, Actor
from jendela.people.access.actions import grant_role, set_module
from jendela.people.access.choices import Module, ModuleState
from jendela.people.accounts.actions import make_sign_in_link
from jendela.people.accounts.models import User
from jendela.people.agencies.models import Agency
from jendela.registry.applications.actions import Provenance, create_application
mark = {mark!r}
set_module(module=Module.REGISTRY, state=ModuleState.OPEN, agencies=[], by=SYSTEM)
agency = Agency.objects.create(
    slug=f"dinas-catat-{{mark}}", short_name=f"Dinas Catat {{mark}}", name=f"Dinas Catat {{mark}}", level="kabupaten",
    kind="dinas",
)
create_application(
    values={{"name": f"Sistem Catat {{mark}}", "owner": agency, "operator_level": "daerah", "audience": "publik",
            "state": "dipakai"}},
    by=Actor("x"), provenance=Provenance("Dinas Catat"),
)
links = []
for name in ("Rina", "Tono"):
    user = User.objects.create_user(f"{{name.lower()}}-{{mark}}@contoh.id", name=f"{{name}} Contoh")
    grant_role(user=user, agency=agency, role="agency_operator", by=SYSTEM)
    links.append(make_sign_in_link(user=user, by=SYSTEM))
print(json.dumps(links))
"""


@dataclass
class World:
    site: Site
    mark: str
    links: list[str]

    @property
    def record(self) -> str:
        return f"/kelola/aplikasi/sistem-catat-{self.mark}/"

    def seen_by_residents(self) -> str:
        with urllib.request.urlopen(
            f"{self.site.url}/aplikasi/sistem-catat-{self.mark}/", timeout=15
        ) as answer:
            return str(answer.read().decode())

    def sign_in(self, page: Page, number: int) -> None:
        page.goto(f"/akun/masuk/{self.links[number]}/")
        page.get_by_role("main").get_by_role("button", name="Masuk").click()
        page.wait_for_url(re.compile("/kelola/"), wait_until="networkidle")


@pytest.fixture
def world(site: Site) -> World:
    mark = uuid.uuid4().hex[:6]
    told = site.manage("shell", "-c", MAKE.format(mark=mark))
    return World(site, mark, json.loads(told.strip().splitlines()[-1]))


@pytest.fixture(params=[True, False], ids=["with_javascript", "without_javascript"])
def form_page(request: pytest.FixtureRequest, browser: Browser, site: Site) -> Iterator[Page]:
    """A form that came back says so with a 400, which the browser reports."""
    with watched(browser, site, javascript=request.param, refused=r"400 \(Bad Request\)") as found:
        yield found


def settled(page: Page, pattern: str) -> None:
    page.wait_for_url(re.compile(pattern), wait_until="networkidle")


def test_a_record_is_found_filled_confirmed_and_taken_back(
    form_page: Page, world: World, accessible: Callable[[Page], None], request: pytest.FixtureRequest
) -> None:
    page = form_page
    scripted = "with_javascript" in request.node.name
    world.sign_in(page, 0)
    page.goto("/kelola/aplikasi/?q=catat", wait_until="networkidle")
    if scripted:
        accessible(page)
    page.get_by_role("link", name=f"Sistem Catat {world.mark}").click()
    settled(page, world.record)
    expect(page.get_by_text("Belum kami ketahui: gunanya.")).to_be_visible()
    if scripted:
        accessible(page)

    page.get_by_role("link", name="Isi sekarang").click()
    settled(page, "/ubah/tentang/")
    page.get_by_label("Gunanya").fill("Mencatat surat masuk.")
    page.get_by_label("Ada dokumennya").check()
    page.get_by_role("button", name="Simpan").click()
    expect(page.get_by_role("alert")).to_contain_text("Tulis nomor dokumennya.")
    expect(page.get_by_label("Gunanya")).to_have_value("Mencatat surat masuk.")
    if scripted:
        accessible(page)
    page.get_by_label("Nomor dokumen").fill("SK 12/2026")
    page.get_by_role("button", name="Simpan").click()
    settled(page, "selesai=tersimpan")
    expect(page.get_by_text("Tersimpan. Sumber dan riwayatnya ikut tercatat.")).to_be_visible()
    assert "Mencatat surat masuk." in world.seen_by_residents()
    assert "SK 12/2026" in world.seen_by_residents()

    page.get_by_role("button", name=re.compile("Semua masih benar.*Tentang aplikasi")).click()
    settled(page, "selesai=benar")
    page.get_by_role("button", name=re.compile("^Batalkan")).first.click()
    settled(page, "selesai=batal")
    assert "Mencatat surat masuk." not in world.seen_by_residents()


def test_a_cost_is_written_as_people_do(any_page: Page, world: World) -> None:
    page = any_page
    world.sign_in(page, 0)
    page.goto(world.record, wait_until="networkidle")
    expect(page.locator("#biaya").locator("xpath=../..")).to_contain_text("Belum ada data biaya.")
    page.get_by_role("link", name="Tambah biaya").click()
    settled(page, "/bagian/biaya/")
    page.get_by_label("Jumlah").fill("1.234")
    page.get_by_label("Tahun").fill("2026")
    page.get_by_label("Jumlah").fill("Rp 1,2 M")
    page.get_by_role("button", name="Simpan").click()
    settled(page, "selesai=tersimpan")
    expect(page.get_by_role("cell", name="Rp1.200.000.000")).to_be_visible()


def test_two_editors_meet(page: Page, plain_page: Page, world: World) -> None:
    world.sign_in(page, 0)
    world.sign_in(plain_page, 1)
    form = f"{world.record}ubah/keadaan/"
    page.goto(form, wait_until="networkidle")
    plain_page.goto(form, wait_until="networkidle")
    page.get_by_label("Jumlah pemakai", exact=True).fill("20")
    page.get_by_role("button", name="Simpan").click()
    settled(page, "selesai=tersimpan")
    plain_page.get_by_label("Jumlah pemakai", exact=True).fill("35")
    plain_page.get_by_role("button", name="Simpan").click()
    expect(plain_page.get_by_role("alert")).to_contain_text("sekarang tertulis: 20")
    expect(plain_page.get_by_label("Jumlah pemakai", exact=True)).to_have_value("35")
    plain_page.get_by_role("button", name="Simpan").click()
    settled(plain_page, "selesai=tersimpan")
    expect(plain_page.get_by_text("35", exact=True).first).to_be_visible()


def test_an_application_that_exists_is_recorded(any_page: Page, world: World) -> None:
    page = any_page
    world.sign_in(page, 0)
    page.goto("/kelola/aplikasi/baru/", wait_until="networkidle")
    page.get_by_label("Nama", exact=True).fill(f"Sistem Catat {world.mark}")
    page.get_by_role("button", name="Catat", exact=True).click()
    expect(page.get_by_role("heading", name="Mungkin sudah tercatat")).to_be_visible()
    page.get_by_label("Bukan salah satu dari itu.").check()
    page.get_by_role("button", name="Catat", exact=True).click()
    settled(page, "selesai=baru")
    expect(page.get_by_text("Aplikasi sudah tercatat.")).to_be_visible()
