"""An operator answers a round on a phone of 360 pixels by a personal link, and downloads the answer to a letter."""

import io
import re
import uuid
from collections.abc import Callable

import openpyxl
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import watched
from tests.running import Site

ROUND = """
import datetime
from django.utils import timezone
from jendela.common.audit import Actor
from jendela.common.dates import today
from jendela.people.access.models import Membership
from jendela.people.accounts.models import User
from jendela.people.agencies.models import Agency
from jendela.registry.applications.actions import Provenance, create_application
from jendela.registry.applications.models import Cost
from jendela.registry.campaigns.actions import rounds, sending
from jendela.registry.campaigns.models import PersonalLink, QuestionSet
from jendela.registry.campaigns.targets import Filters

by = Actor("uji")
agency = Agency.objects.create(slug="dinas-{key}", short_name="Dinas {key}", name="Dinas {key}", level="kabupaten",
                               kind="dinas")
user = User.objects.create_user("isi-{key}@contoh.id", name="Oki Contoh")
Membership.objects.create(user=user, agency=agency, role="agency_operator", valid_from="2026-01-01")
origin = Provenance(stated_by="Diskominfo", source="Uji", grade="D")
for name in ("Absen {key}", "Surat {key}"):
    values = {{"name": name, "owner": agency, "operator_level": "daerah", "audience": "internal", "state": "dipakai"}}
    if name.startswith("Absen"):
        values["operating_unit"] = "Bidang Contoh"
    made = create_application(values=values, by=by, provenance=origin)
    if name.startswith("Absen"):
        Cost.objects.create(application=made, kind="hosting", year=today().year, amount=1200000, stated_by="x",
                            stated_at=timezone.now(), grade="C")
due = today() + datetime.timedelta(days=20)
row = rounds.make_round(question_set=QuestionSet.objects.get(key="pendek"), title="Pemutakhiran {key}",
                        filters=Filters(agencies=(agency.pk,)), role="agency_operator", due_on=due,
                        approval_due_on=due + datetime.timedelta(days=7), attest_months=6, statement="Benar.", by=by)
sending.send_round(round_=row, by=by, many=True)
print("TOKEN", PersonalLink.objects.get(bundle__round=row).token)
"""


def new_link(site: Site) -> tuple[str, str]:
    """(key of a new agency, path of its operator's link)."""
    key = uuid.uuid4().hex[:6]
    said = site.manage("shell", "-c", ROUND.format(key=key))
    found = re.search(r"TOKEN (\S+)", said)
    assert found, said
    return key, f"/isi/{found[1]}/"


def press(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("button", name=name, exact=True).first.click()
    page.wait_for_load_state("networkidle")


def follow(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("link", name=name).first.click()
    page.wait_for_load_state("networkidle")


@pytest.mark.parametrize("scripted", [True, False], ids=["with_javascript", "without_javascript"])
def test_operator_answers_on_the_phone_and_downloads_the_letter(
    browser: Browser, site: Site, accessible: Callable[[Page], None], scripted: bool
) -> None:
    key, path = new_link(site)
    look = accessible if scripted else lambda _page: None
    with watched(browser, site, javascript=scripted, refused="status of 400") as page:
        answer(page, path, key, look)


def answer(page: Page, path: str, key: str, look: Callable[[Page], None]) -> None:
    page.goto(path, wait_until="networkidle")
    expect(page.get_by_role("heading", level=1)).to_have_text("Anda Oki Contoh?")
    look(page)
    press(page, "Ini saya, mulai")
    expect(page.get_by_role("main")).to_contain_text("2 aplikasi.")
    look(page)
    follow(page, "Mulai")

    expect(page.get_by_role("heading", level=1)).to_have_text(f"Absen {key}")
    look(page)
    press(page, "Semua masih benar")  # one tap for an application that is filled

    expect(page.get_by_role("heading", level=1)).to_have_text(f"Surat {key}")
    press(page, "Masih benar")
    look(page)
    page.get_by_label("Bidang atau seksi").fill("Seksi Contoh")
    press(page, "Simpan, lanjut")
    page.get_by_label("Jenis biaya").select_option(label="lisensi")
    page.get_by_label("Jumlah dalam rupiah").fill("mahal sekali")
    look(page)
    press(page, "Simpan, lanjut")
    expect(page.get_by_role("alert")).to_contain_text("Jumlah dalam rupiah")
    expect(page.get_by_label("Jumlah dalam rupiah")).to_have_value("mahal sekali")
    page.get_by_label("Jumlah dalam rupiah").fill("Rp 2,5 jt")
    press(page, "Simpan, lanjut")

    press(page, "Tidak ada aplikasi lain")
    expect(page.get_by_role("heading", level=1)).to_have_text("Periksa lagi, lalu kirim")
    look(page)
    press(page, "Kirim")
    expect(page.get_by_role("main")).to_contain_text(re.compile(r"Terkirim \d+ \w+ 20\d\d \d\d\.\d\d WIB\."))
    look(page)

    follow(page, "Bukti untuk ditempel")
    code = page.locator(".poster b").inner_text()
    page.goto(f"/bukti/{code}/", wait_until="networkidle")
    expect(page.get_by_role("heading", level=1)).to_have_text("Bukti ini benar")
    page.goto(f"{path}surat/", wait_until="networkidle")
    look(page)
    press(page, "Buat Provinsi")
    expect(page.get_by_role("heading", level=1)).to_have_text("Suratnya sudah jadi")
    assert fetch(page, "Surat (DOCX)").startswith(b"PK")
    sheet = openpyxl.load_workbook(io.BytesIO(fetch(page, "Lampiran (XLSX)"))).worksheets[0]
    rows = [row for row in sheet.iter_rows(values_only=True) if any(row)]
    names = [row[1] for row in rows]
    assert f"Absen {key}" in names
    assert f"Surat {key}" in names
    assert "Nama Aplikasi" in names


def fetch(page: Page, name: str) -> bytes:
    """A file with the cookies of the page."""
    answer = page.request.get(page.get_by_role("link", name=name).get_attribute("href") or "")
    assert answer.ok
    assert "attachment" in answer.headers["content-disposition"]
    return answer.body()


def test_forwarded_link_shows_nothing(browser: Browser, page: Page, site: Site) -> None:
    key, path = new_link(site)
    page.goto(path, wait_until="networkidle")
    press(page, "Ini saya, mulai")
    with watched(browser, site) as other:
        other.goto(path, wait_until="networkidle")
        expect(other.get_by_role("heading", level=1)).to_have_text("Perangkat ini belum kami kenal")
        press(other, "Kirim kode kepada pemegang tautan")
        expect(other.get_by_role("heading", level=1)).to_have_text("Kode dikirim ke pemegang tautan")
        for secret in (key, "Oki", "Absen"):
            assert secret not in other.locator("main").inner_text()


def test_what_is_typed_without_a_signal_stays_on_the_phone(browser: Browser, site: Site) -> None:
    _key, path = new_link(site)
    # what came back from the phone is half a row; it may be sent, and be told so, before the rest is typed
    with watched(browser, site, refused="ERR_INTERNET_DISCONNECTED|status of 422") as page:
        page.goto(path, wait_until="networkidle")
        press(page, "Ini saya, mulai")
        follow(page, "Surat")
        page.locator("#t-biaya").get_by_role("link").click()
        page.wait_for_load_state("networkidle")
        page.context.set_offline(True)
        page.get_by_label("Sumber dana").fill("APBD")
        expect(page.get_by_role("status")).to_contain_text("Belum terkirim. Tersimpan di ponsel ini sampai")
        press(page, "Simpan, lanjut")
        expect(page.get_by_label("Sumber dana")).to_have_value("APBD")
        page.context.set_offline(False)
        page.reload(wait_until="networkidle")
        expect(page.get_by_label("Sumber dana")).to_have_value("APBD")
        page.get_by_label("Jenis biaya").select_option(label="lisensi")
        page.get_by_label("Jumlah dalam rupiah").fill("75.000")
        expect(page.get_by_role("status")).to_contain_text("Tersimpan", timeout=15_000)
        press(page, "Simpan, lanjut")
        assert (
            page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('jendela.isi.')).length")
            == 0
        )
