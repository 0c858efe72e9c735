"""A fact of a probe contested and answered: Diskominfo allows an inner host by name, its application is probed, the
operator of the agency says that a result is not fair, Diskominfo sets it aside, and the operator reads why."""

import datetime
import json
import re
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

from jendela.registry.probes.tests.servers import Server, serving
from tests.journeys.conftest import watched
from tests.running import ROOT, Site

MAKE = """
import json
from jendela.common.audit import SYSTEM
from jendela.people.access.actions import grant_role
from jendela.people.accounts.actions import create_account, make_sign_in_link
from jendela.people.agencies.models import Agency
from jendela.registry.applications.models import Application
agency = Agency.objects.get(slug="disdukcapil")
links = {{}}
for name, role in (("Oki Operator", "agency_operator"), ("Tia Tim", "information_team")):
    key = name.split()[0].lower()
    user = create_account(email=f"{{key}}-{mark}@contoh.id", name=f"{{name}} {mark}", by=SYSTEM)
    grant_role(user=user, agency=None if key == "tia" else agency, role=role, by=SYSTEM)
    links[key] = make_sign_in_link(user=user, by=SYSTEM)
one = Application.objects.create(
    slug="uji-periksa-{mark}", name="Aplikasi Uji {mark}", owner=agency, operator_level="daerah",
    audience="internal", state="dipakai", evidence="ya", url="{url}",
)
print(json.dumps([one.pk, links]))
"""
PROBE = "from jendela.registry.probes.jobs import probe; probe({key})"
REASON = "Aplikasi ini hanya dibuka di jaringan kantor, tidak lewat internet."
REFUSED = r"status of 400"  # a form that came back, on purpose


@dataclass
class World:
    site: Site
    mark: str
    key: int
    links: dict[str, str]

    @property
    def path(self) -> str:
        return f"/kelola/pemeriksaan/uji-periksa-{self.mark}/"

    def probe(self) -> None:
        """The job, in a process where probing is switched on: the demo itself does not call out."""
        command = [sys.executable, "-m", "jendela", "manage", "shell", "--no-imports", "-c"]
        environment = self.site.environment | {"JENDELA_PROBES": "1"}
        subprocess.run(
            [*command, PROBE.format(key=self.key)], env=environment, cwd=ROOT, timeout=120, check=True
        )


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as found:
        yield found


@pytest.fixture
def world(site: Site, server: Server) -> World:
    mark = uuid.uuid4().hex[:6]
    printed = site.manage("shell", "--no-imports", "-c", MAKE.format(mark=mark, url=server.url))
    key, links = json.loads(printed.strip().splitlines()[-1])
    return World(site, mark, key, links)


def enter(page: Page, link: str) -> None:
    page.goto(f"/akun/masuk/{link}/")
    page.locator("main form button").first.click()
    page.wait_for_url(re.compile(r"/kelola/|/akun/"))


@pytest.mark.parametrize("javascript", [True, False], ids=["with_javascript", "without_javascript"])
def test_a_result_is_contested_and_answered(
    javascript: bool, world: World, browser: Browser, server: Server, accessible: Callable[[Page], None]
) -> None:
    with (
        watched(browser, world.site, javascript=javascript, refused=REFUSED) as operator,
        watched(browser, world.site, javascript=javascript, refused=REFUSED) as team,
    ):
        look = accessible if javascript else lambda page: None
        enter(team, world.links["tia"])
        allow_host(team, server)
        look(team)
        world.probe()
        assert server.asked == ["/robots.txt", "/"]

        enter(operator, world.links["oki"])
        operator.goto("/kelola/pemeriksaan/?saring=tanpa_https")
        look(operator)
        operator.get_by_role("link", name=f"Aplikasi Uji {world.mark}").click()
        expect(operator.locator("main")).to_contain_text("Halaman dibuka tanpa sambungan aman (http).")
        look(operator)
        contest(operator, look)

        team.goto(f"/kelola/pemeriksaan/?saring=dibantah&nama={world.mark}")
        look(team)
        team.get_by_role("link", name=f"Aplikasi Uji {world.mark}").click()
        expect(team.locator("main")).to_contain_text(REASON)
        answer(team, look)

        operator.goto(world.path)
        facts = operator.locator("#https")
        expect(facts).to_contain_text("dikesampingkan sampai")
        expect(facts).not_to_contain_text("Hasil ini tidak tepat")
        expect(operator.locator("main")).to_contain_text("Benar, ini aplikasi kantor.")
        operator.goto(f"/kelola/pemeriksaan/?saring=tanpa_https&nama={world.mark}")
        expect(operator.locator("main")).to_contain_text("Tidak ada aplikasi dengan saringan ini.")


def allow_host(team: Page, server: Server) -> None:
    team.goto("/kelola/pemeriksaan-jaringan/")
    team.get_by_label("Nama host").fill(server.url.split("/")[2])
    team.get_by_label("Mengapa boleh diperiksa?").fill("Server uji coba di mesin ini.")
    team.get_by_role("button", name="Tambah").click()
    expect(team.get_by_role("status")).to_contain_text("Host ini boleh diperiksa")


def contest(operator: Page, look: Callable[[Page], None]) -> None:
    """An empty reason comes back; a reason is sent, and the mark stands."""
    operator.get_by_role("link", name="Hasil ini tidak tepat Sambungan aman").click()
    operator.get_by_role("button", name="Kirim bantahan").click()
    expect(operator.get_by_role("alert")).to_contain_text("Tulis alasannya")
    look(operator)
    operator.get_by_label("Mengapa hasil ini tidak tepat?").fill(REASON)
    operator.get_by_role("button", name="Kirim bantahan").click()
    expect(operator.get_by_role("status")).to_contain_text("Bantahan terkirim")
    expect(operator.locator("#https")).to_contain_text("dibantah")
    look(operator)


def answer(team: Page, look: Callable[[Page], None]) -> None:
    """Accepting needs a day; what was typed is kept."""
    team.get_by_role("link", name="Jawab bantahan").click()
    team.get_by_label("Terima: kesampingkan").check()
    team.get_by_label("Penjelasan untuk instansi").fill("Benar, ini aplikasi kantor.")
    team.get_by_role("button", name="Kirim jawaban").click()
    expect(team.get_by_role("alert")).to_contain_text("Isi sampai tanggal berapa")
    look(team)
    until = datetime.datetime.now(datetime.UTC).date() + datetime.timedelta(days=90)
    team.get_by_label("Dikesampingkan sampai").fill(until.isoformat())
    team.get_by_role("button", name="Kirim jawaban").click()
    expect(team.get_by_role("status")).to_contain_text("Jawaban tersimpan")
