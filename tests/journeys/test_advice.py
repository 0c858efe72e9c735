"""Advice goes round: Diskominfo gives what was found about the market's dead e-parking to the transport office and
takes the letter along; its head answers with the decision to retire it; the record says so and the advice is done."""

import json
import re
import uuid
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import watched
from tests.running import Site

REFUSED = r"status of 400"  # a form that came back, on purpose
MAKE = """
import json
from jendela.common.audit import SYSTEM
from jendela.insight.recommendations.actions import find_all
from jendela.insight.recommendations.models import Recommendation
from jendela.people.access.actions import grant_role
from jendela.people.accounts.actions import create_account, make_sign_in_link
from jendela.registry.applications.actions import set_values, Provenance
from jendela.registry.applications.models import Application
row = Application.objects.select_related("owner").get(name="e-Parking PPM Sampit")
if row.life_cycle == "dihentikan":  # the same journey was here before
    set_values(application=row, values={{"life_cycle": "tidak_diketahui"}}, by=SYSTEM, provenance=Provenance("uji"))
Recommendation.objects.filter(application=row).delete()
find_all(by=SYSTEM)
links = {{}}
for name, role in (("Kiki Kepala", "agency_head"), ("Tia Tim", "information_team")):
    key = name.split()[0].lower()
    user = create_account(email=f"{{key}}-{mark}@contoh.id", name=f"{{name}} {mark}", by=SYSTEM)
    grant_role(user=user, agency=None if key == "tia" else row.owner, role=role, by=SYSTEM)
    links[key] = make_sign_in_link(user=user, by=SYSTEM)
print(json.dumps([row.slug, row.owner.slug, links]))
"""
SENTENCE = "e-Parking PPM Sampit tidak berfungsi"
PLAN = "Gerbangnya rusak dan tidak diperbaiki. Parkir memakai karcis."


def enter(page: Page, link: str) -> None:
    page.goto(f"/akun/masuk/{link}/")
    page.locator("main form button").first.click()
    page.wait_for_url(re.compile(r"/kelola/|/akun/"))


@pytest.mark.parametrize("javascript", [True, False], ids=["with_javascript", "without_javascript"])
def test_from_finding_to_decision(
    javascript: bool, site: Site, browser: Browser, accessible: Callable[[Page], None]
) -> None:
    printed = site.manage("shell", "--no-imports", "-c", MAKE.format(mark=uuid.uuid4().hex[:6]))
    slug, owner, links = json.loads(printed.strip().splitlines()[-1])
    look = accessible if javascript else lambda page: None
    with (
        watched(browser, site, javascript=javascript, refused=REFUSED) as team,
        watched(browser, site, javascript=javascript, refused=REFUSED) as head,
    ):
        enter(team, links["tia"])
        give(team, owner, look)
        download(team, look)

        enter(head, links["kiki"])
        head.goto(f"/kelola/instansi/{owner}/")
        expect(head.locator("main")).to_contain_text("1 rekomendasi menunggu jawaban Anda.")
        look(head)
        head.get_by_role("link", name="Baca dan jawab").click()
        decide(head, look)

        head.goto(f"/kelola/aplikasi/{slug}/")
        expect(head.locator("main")).to_contain_text("dihentikan")
        expect(head.locator("#rekomendasi").locator("xpath=../..")).to_contain_text("selesai")
        look(head)
        team.goto("/kelola/rekomendasi/?keadaan=selesai")
        team.get_by_role("link", name=SENTENCE).click()
        expect(team.locator("main")).to_contain_text("Akibatnya dilihat lagi")
        expect(team.locator("main")).to_contain_text(PLAN)
        look(team)
        team.goto("/cara-kerja/")
        expect(team.locator("main")).to_contain_text("Aplikasi ini sudah dihentikan dengan keputusan.")
        look(team)


def give(team: Page, owner: str, look: Callable[[Page], None]) -> None:
    team.goto("/kelola/rekomendasi/")
    look(team)
    team.goto(f"/kelola/rekomendasi/?instansi={owner}")
    team.get_by_label("Tidak berfungsi, belum dihentikan").check()
    team.get_by_role("button", name="Lihat dulu sebelum diberikan").click()
    expect(team.locator("main")).to_contain_text("Belum ada yang terkirim.")
    expect(team.locator("main")).to_contain_text("Kiki Kepala")
    look(team)
    team.get_by_role("button", name="Berikan").click()
    expect(team.get_by_role("status")).to_contain_text("Sudah diberikan.")


def download(team: Page, look: Callable[[Page], None]) -> None:
    team.get_by_role("link", name="Nota dinas untuk").first.click()
    expect(team.locator(".letter")).to_contain_text(SENTENCE)
    look(team)
    with team.expect_download() as waiting:
        team.get_by_role("link", name="Unduh DOCX").click()
    assert waiting.value.suggested_filename.endswith(".docx")
    assert waiting.value.suggested_filename.startswith("contoh-")


def decide(head: Page, look: Callable[[Page], None]) -> None:
    """The decision without what follows it comes back with what was typed; then it stands."""
    head.get_by_role("link", name=SENTENCE).click()
    look(head)
    head.get_by_role("link", name="Jawab", exact=True).click()
    look(head)
    head.get_by_label("Ya, dan keputusan menghentikannya sudah ada").check()
    head.get_by_label("Rencana, atau alasannya").fill(PLAN)
    head.get_by_label("Nomor SK atau surat").fill("188/12/2026")
    head.get_by_role("button", name="Kirim jawaban").click()
    expect(head.get_by_role("alert")).to_contain_text("Tulis penggantinya.")
    expect(head.get_by_label("Rencana, atau alasannya")).to_have_value(PLAN)
    look(head)
    head.get_by_label("Tanpa pengganti, karena").fill("Karcis dan petugas sudah cukup")
    head.get_by_role("button", name="Kirim jawaban").click()
    expect(head.get_by_role("status")).to_contain_text("tercatat dihentikan")
    look(head)
