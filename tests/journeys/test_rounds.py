"""A round whole: simulated, sent, answered, returned, answered again, approved, sworn by the head, and its letter."""

import json
import time
import uuid
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import watched
from tests.journeys.test_members import Check, go, press
from tests.running import Site

MAKE = """
import json
from jendela.common.audit import SYSTEM
from jendela.people.access.actions import grant_role
from jendela.people.accounts.actions import create_account, make_sign_in_link
from jendela.people.agencies.models import Agency
from jendela.registry.applications.actions import Provenance, create_application
agency = Agency.objects.create(
    slug="uji-{mark}", short_name="Uji {mark}", name="Dinas Uji {mark}", level="kabupaten", kind="satuan")
values = dict(name="Aplikasi {mark}", owner=agency, operator_level="daerah", audience="internal", state="dipakai",
    purpose="Mencatat kehadiran.", function="Kepegawaian: kehadiran", app_class="khusus_daerah",
    life_cycle="aktif", hosting="pusat_data_daerah")
create_application(values=values, by=SYSTEM, provenance=Provenance(stated_by="uji"))
links = {{"agency": agency.pk}}
for name, role in {{"Oki": "agency_operator", "Kepala": "agency_head", "Tia": "information_team"}}.items():
    user = create_account(email=f"{{name.lower()}}-{mark}@contoh.id", name=f"{{name}} {mark}", by=SYSTEM)
    grant_role(user=user, agency=None if role == "information_team" else agency, role=role, by=SYSTEM)
    links[name] = make_sign_in_link(user=user, by=SYSTEM)
print(json.dumps(links))
"""
ANSWER = """
from jendela.common.audit import Actor
from jendela.people.agencies.models import Agency
from jendela.registry.campaigns.actions.answering import save_answers, submit
from jendela.registry.campaigns.answers import Answer
from jendela.registry.campaigns.models import Bundle
bundle = Bundle.objects.get(agency__slug="uji-{mark}")
item = bundle.items.get()
own = Agency.objects.get(slug="uji-{mark}").pk
given = {{
    "dipakai": Answer("benar"),
    "pengelola": Answer("isi", {{"operating_unit": "Bidang Aptika", "name": "Oki"}}),
    "biaya": Answer("isi", {{"year": 2026, "rows": [{{"kind": "hosting", "amount": "{amount}"}}]}}),
}}
by = Actor(bundle.name)
item = save_answers(item=item, given=given, revision=item.revision, by=by)
submit(bundle=bundle, by=by)
if not item.application.uses.exists():
    item.application.uses.create(agency_id=own, state="dipakai", said_by="Uji", said_at="2026-11-24T00:00Z")
print(bundle.pk)
"""


@dataclass
class Cast:
    mark: str
    links: dict[str, str]

    @property
    def agency(self) -> str:
        return f"Uji {self.mark}"


@pytest.fixture
def cast(site: Site) -> Cast:
    mark = uuid.uuid4().hex[:6]
    printed = site.manage("shell", "--no-imports", "-c", MAKE.format(mark=mark))
    return Cast(mark, json.loads(printed.strip().splitlines()[-1]))


def enter(page: Page, cast: Cast, who: str) -> None:
    go(page, f"/akun/masuk/{cast.links[who]}/")
    press(page, "Masuk")
    page.wait_for_url("**/kelola/")


def wait_for_letter(site: Site, to: str, words: str) -> None:
    """The worker puts letters of a demo into a file."""
    file = Path(site.home) / "run" / "outbox.jsonl"
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        lines = file.read_text("utf-8").splitlines() if file.exists() else []
        if any(one["to"] == to and words in one["text"] for one in map(json.loads, lines)):
            return
        time.sleep(0.3)
    pytest.fail(f"no letter to {to} with {words!r}")


def answer(site: Site, cast: Cast, amount: int) -> None:
    site.manage("shell", "--no-imports", "-c", ANSWER.format(mark=cast.mark, amount=amount))


def compose(team: Page, cast: Cast, accessible: Check) -> None:
    """From the menu to the simulation: one agency alone, nothing sent yet."""
    go(team, "/kelola/pemutakhiran/")
    accessible(team)
    team.get_by_role("link", name="Susun putaran baru").click()
    accessible(team)
    press(team, "Simpan, lalu lihat siapa menerima apa")  # without a title
    expect(team.locator("[data-error-summary]")).to_be_focused()
    team.get_by_label("Nama putaran").fill(f"Putaran {cast.mark}")
    team.get_by_label("Masih benar?").check()
    team.get_by_text("Hanya sebagian instansi atau aplikasi").click()
    team.get_by_label(cast.agency, exact=True).check()
    accessible(team)
    press(team, "Simpan, lalu lihat siapa menerima apa")
    expect(team.get_by_text("1 orang akan menerima 1 permintaan, tentang 1 aplikasi")).to_be_visible()
    expect(team.get_by_text("Belum ada yang terkirim", exact=True)).to_be_visible()
    accessible(team)


def swear(browser: Browser, site: Site, cast: Cast) -> None:
    """The head, without JavaScript."""
    with watched(browser, site, javascript=False, refused="status of 400") as head:
        enter(head, cast, "Kepala")
        go(head, "/kelola/pemutakhiran/")
        head.get_by_role("link", name="Nyatakan daftar ini benar").click()
        press(head, "Nyatakan")  # the tick is missing
        expect(head.locator("[data-error-summary]")).to_be_visible()
        head.get_by_label("Saya kepala instansi ini").check()
        press(head, "Nyatakan")
        expect(head.get_by_role("heading", name="Pernyataan atas daftar aplikasi")).to_be_visible()
        expect(head.get_by_text("Kode bukti")).to_be_visible()


def test_a_round_from_simulation_to_attestation_return_and_letter(
    browser: Browser, site: Site, cast: Cast, accessible: Check
) -> None:
    with watched(browser, site, refused="status of 400") as team:
        enter(team, cast, "Tia")
        compose(team, cast, accessible)
        press(team, "Kirim sekarang")
        expect(team.get_by_text("Putaran sudah dikirim")).to_be_visible()
        accessible(team)
        board = team.url.split("?")[0]
        wait_for_letter(site, f"oki-{cast.mark}@contoh.id", "/isi/")

        answer(site, cast, 5_000_000)
        go(team, board)
        team.get_by_role("link", name=f"Oki {cast.mark}").click()
        accessible(team)
        team.get_by_label("Kembalikan untuk dilengkapi").check()
        press(team, "Simpan keputusan")
        expect(team.locator("[data-error-summary]")).to_be_focused()
        team.get_by_label("Yang perlu dilengkapi").fill("Biaya pemeliharaan belum ada.")
        press(team, "Simpan keputusan")
        expect(team.get_by_text("Jawaban dikembalikan.")).to_be_visible()
        wait_for_letter(site, f"oki-{cast.mark}@contoh.id", "Biaya pemeliharaan belum ada.")

        answer(site, cast, 7_000_000)
        go(team, team.url.split("?")[0])
        press(team, "Simpan keputusan")
        expect(team.get_by_text("Jawaban sudah diterima.")).to_be_visible()

        swear(browser, site, cast)
        go(team, f"/kelola/pemutakhiran/instansi/uji-{cast.mark}/")
        expect(team.get_by_text("Daftarnya dinyatakan benar oleh")).to_be_visible()
        accessible(team)
        team.get_by_role("link", name="Cetak buktinya").click()
        accessible(team)

        go(team, board)
        expect(team.get_by_text("1 sudah menyatakan daftarnya benar")).to_be_visible()
        team.get_by_role("link", name="Nota dinas permintaan").click()
        accessible(team)
        with team.expect_download() as waiting:
            team.get_by_role("link", name="Unduh DOCX").click()
        assert waiting.value.suggested_filename.startswith("nota-dinas-putaran-")
