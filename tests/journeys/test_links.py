"""Links between applications: one agency declares, the other confirms, the map shows it; columns of data are pasted and
confirmed."""

import re
import uuid
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import watched
from tests.running import Site

PEOPLE = """
from jendela.common.audit import SYSTEM
from jendela.people.accounts.models import User
from jendela.people.access.actions import grant_role
from jendela.people.agencies.models import Agency
user = User.objects.create_user({email!r}, name={name!r})
agency = Agency.objects.get(short_name={agency!r}) if {agency!r} else None
grant_role(user=user, agency=agency, role={role!r}, by=SYSTEM)
"""
WORLD = """
from jendela.common.audit import SYSTEM
from jendela.people.agencies.models import Agency
from jendela.registry.applications.actions import Provenance, create_application
for name, owner in (({one!r}, "Diskominfo"), ({other!r}, "BKPSDM")):
    create_application(
        values=dict(name=name, owner=Agency.objects.get(short_name=owner), operator_level="daerah",
                    audience="internal", state="dipakai"),
        by=SYSTEM, provenance=Provenance("uji"))
"""


def go(page: Page, path: str) -> None:
    page.goto(path, wait_until="networkidle")


def sign_in(
    page: Page, site: Site, agency: str, *, role: str = "agency_operator", name: str = "Budi Contoh"
) -> None:
    email = f"integrasi-{uuid.uuid4().hex[:6]}@contoh.id"
    site.manage("shell", "-c", PEOPLE.format(email=email, name=name, agency=agency, role=role))
    go(page, site.manage("sign_in_link", email).split()[-1])
    page.get_by_role("main").get_by_role("button", name="Masuk").click()
    page.wait_for_load_state("networkidle")


@pytest.mark.parametrize("javascript", [True, False], ids=["with_javascript", "without_javascript"])
def test_declared_by_one_confirmed_by_the_other_drawn_on_the_map(
    browser: Browser, site: Site, accessible: Callable[[Page], None], javascript: bool
) -> None:
    one, other = f"Simulasi Gaji {uuid.uuid4().hex[:4]}", f"Simulasi Cuti {uuid.uuid4().hex[:4]}"
    site.manage("shell", "-c", WORLD.format(one=one, other=other))
    with watched(browser, site, javascript=javascript, refused=r"status of 400") as page:
        sign_in(page, site, "Diskominfo")
        go(page, "/kelola/integrasi/baru/")
        page.get_by_label("Dari aplikasi").fill(other)
        page.get_by_label("Ke aplikasi").fill("bukan aplikasi apa pun")
        page.get_by_label("Data apa yang mengalir?").fill("NIP dan nama pegawai")
        page.get_by_label("diketik ulang", exact=True).check()
        page.get_by_label("berapa jam sebulan").fill("7,5")
        page.get_by_role("button", name="Simpan pernyataan").click()
        expect(page.get_by_role("alert")).to_contain_text("Belum ada di daftar aplikasi")
        expect(page.get_by_label("Data apa yang mengalir?")).to_have_value("NIP dan nama pegawai")
        if javascript:
            accessible(page)
        page.get_by_label("Ke aplikasi").fill(one)
        page.get_by_role("button", name="Simpan pernyataan").click()
        expect(page.get_by_role("status")).to_contain_text("Pihak lain diminta menjawab")
        expect(page.locator("main")).to_contain_text("Menunggu jawaban BKPSDM")
        expect(page.locator("main")).to_contain_text("7,5 jam")
        if javascript:
            accessible(page)
        address = page.url.split("?")[0]

    with watched(browser, site, javascript=javascript, refused=r"status of 400") as page:
        sign_in(page, site, "BKPSDM", name="Citra Contoh")
        go(page, "/kelola/integrasi/")
        page.get_by_role("link", name=re.compile("Menunggu jawaban Anda")).click()
        page.get_by_role("link", name=re.compile(other)).click()
        assert page.url.startswith(address)
        page.get_by_role("link", name="Jawab pernyataan ini").click()
        page.get_by_label("Tidak benar").check()
        page.get_by_role("button", name="Kirim jawaban").click()
        expect(page.get_by_role("alert")).to_contain_text("Tulis mengapa tidak benar")
        page.get_by_label("Ya, benar").check()
        page.get_by_role("button", name="Kirim jawaban").click()
        expect(page.get_by_role("status")).to_contain_text("dibenarkan kedua pihak")
        page.get_by_role("link", name="Lihat di peta").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(other)
        drawing = page.get_by_role("region", name=re.compile("Gambar peta"))
        expect(drawing.locator("svg")).to_contain_text(one)
        expect(page.get_by_role("table", name="Dari mana ke mana")).to_contain_text("NIP dan nama pegawai")
        drawing.get_by_role("link", name=one).focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_contain_text(one)
        page.get_by_role("link", name="Menurut fungsi").click()
        page.wait_for_load_state("networkidle")
        if javascript:
            accessible(page)
        for path in ("", "peta/", "sendiri/", "ketik-ulang/", "matriks/", "aturan/"):
            go(page, f"/kelola/integrasi/{path}")
            if javascript:
                accessible(page)
        answer = page.request.get("/kelola/integrasi/matriks.xlsx")
        assert answer.ok
        assert "attachment" in answer.headers["content-disposition"]


def test_columns_are_pasted_and_confirmed(
    any_page: Page, site: Site, accessible: Callable[[Page], None], request: pytest.FixtureRequest
) -> None:
    name = f"Simulasi Data {uuid.uuid4().hex[:4]}"
    site.manage("shell", "-c", WORLD.format(one=name, other=f"{name} lain"))
    page, scripted = any_page, "with_javascript" in request.node.name
    sign_in(page, site, "Diskominfo")
    go(page, "/kelola/data/baru/")
    page.get_by_label("Di aplikasi mana?").select_option(label=f"{name} (Diskominfo)")
    page.get_by_label("Nama data").fill(f"Daftar Pegawai {name}")
    page.get_by_role("button", name="Catat", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("Data ini sudah tercatat")
    if scripted:
        accessible(page)
    page.get_by_role("link", name="Catat kolom").click()
    page.get_by_label("Nama kolom").fill("No KTP\tNama Lengkap\twarna favorit")
    page.get_by_role("button", name="Tambahkan").click()
    expect(page.get_by_label("No KTP", exact=True)).to_have_value("nik")
    expect(page.get_by_label("warna favorit", exact=True)).to_have_value("")
    if scripted:
        accessible(page)
    page.get_by_role("button", name="Simpan padanan").click()
    expect(page.get_by_role("table", name="Kolom")).to_contain_text("NIK")
    page.get_by_role("link", name=re.compile("Ubah Data pribadi")).click()
    page.get_by_label("nomor identitas").check()
    page.get_by_role("button", name="Simpan").click()
    expect(page.get_by_role("status")).to_contain_text("Tersimpan")
    expect(page.locator("main")).to_contain_text("nomor identitas")
    page.get_by_role("button", name="Batalkan perubahan terakhir").click()
    expect(page.get_by_role("status")).to_contain_text("dibatalkan")
    for path in ("", "serupa/"):
        go(page, f"/kelola/data/{path}")
        if scripted:
            accessible(page)
