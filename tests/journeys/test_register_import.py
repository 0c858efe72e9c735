"""A list of applications as an office keeps it comes in with its errors and questions, and is taken back; what others
say an agency uses is answered; an application on no list is reported and taken over."""

import io
import re
import uuid
from collections.abc import Callable

import openpyxl
import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect

from tests.journeys.conftest import watched
from tests.journeys.test_exchange import XLSX, go, wait_for_heading
from tests.running import Site

PEOPLE = """
from jendela.common.audit import SYSTEM
from jendela.people.accounts.models import User
from jendela.people.access.actions import grant_role
from jendela.people.agencies.models import Agency
user = User.objects.create_user({email!r}, name="Rina Contoh")
at = Agency.objects.get(short_name={at!r}) if {at!r} else None
grant_role(user=user, agency=at, role={role!r}, by=SYSTEM)
"""
CLAIMS = """
from django.utils import timezone
from jendela.people.agencies.models import Agency
from jendela.registry.applications.models import Application, ApplicationUse
at = Agency.objects.get(short_name={at!r})
ApplicationUse.objects.filter(agency=at).delete()
for row in Application.objects.filter(operator_level="pusat").order_by("pk")[:2]:
    ApplicationUse.objects.create(application=row, agency=at, state="disebut", said_by="Kementerian Contoh",
        said_at=timezone.now())
"""
COUNT = """
from jendela.registry.applications.models import Application
print("=" + str(Application.objects.filter(name__endswith={mark!r}).count()))
"""


def sign_in(page: Page, site: Site, role: str = "information_team", at: str = "") -> None:
    email = f"daftar-{uuid.uuid4().hex[:6]}@contoh.id"
    site.manage("shell", "-c", PEOPLE.format(email=email, role=role, at=at))
    go(page, site.manage("sign_in_link", email).split()[-1])
    page.get_by_role("main").get_by_role("button", name="Masuk").click()
    page.wait_for_load_state("networkidle")


def messy(mark: str) -> FilePayload:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    rows: list[list[object]] = [
        ["DAFTAR APLIKASI PERANGKAT DAERAH"],
        [None],
        ["No", "Nama Aplikasi", "Perangkat Daerah", "Kontrak", None, "Ket"],
        [None, None, None, "Penyedia", "Sampai", None],
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"],
        [1, f"LAYANAN KEHADIRAN TAMU {mark}", "DISDUKCAPIL", "PT Contoh", "31 Desember 2026", "-"],
        [2, f"e-Tamu {mark}", "idem", '"', "2027-01-31", "lama"],
        [3, f"1. e-Buku {mark} 2. e-Rak {mark}", "sda", "s.d.a.", "28/02/2027", None],
        [4, f"e-Salah {mark}", "Dinas Khayal Sekali", None, "3/4/2026", None],
    ]
    for row in rows:
        sheet.append(row)
    for place in ("A1:F1", "A3:A4", "B3:B4", "C3:C4", "D3:E3", "F3:F4"):
        sheet.merge_cells(place)
    target = io.BytesIO()
    book.save(target)
    return {"name": "daftar aplikasi.xlsx", "mimeType": XLSX, "buffer": target.getvalue()}


def test_a_messy_list_comes_in_with_its_questions_and_is_taken_back(
    any_page: Page, site: Site, accessible: Callable[[Page], None], request: pytest.FixtureRequest
) -> None:
    scripted = "with_javascript" in request.node.name
    page, mark = any_page, f"UJI{uuid.uuid4().int % 100_000:05}"
    sign_in(page, site)
    go(page, "/kelola/impor/jenis/aplikasi/")
    page.get_by_label("Berkas tabel").set_input_files(
        {"name": "daftar.xlsx", "mimeType": XLSX, "buffer": b"%PDF-1.7 bukan tabel"}
    )
    page.get_by_role("button", name="Unggah dan periksa kolom").click()
    expect(page.get_by_role("alert")).to_contain_text("PDF, bukan tabel")
    page.get_by_label("Berkas tabel").set_input_files(messy(mark))
    page.get_by_role("button", name="Unggah dan periksa kolom").click()
    page.wait_for_url(re.compile(r"/kelola/impor/\d+/kolom/"))
    main = page.get_by_role("main")
    expect(main).to_contain_text("baris 3 dan 5")
    expect(page.get_by_label("Kontrak sampai")).to_have_value("4")
    if scripted:
        accessible(page)
    page.get_by_label("Nama sumber").fill("Surat edaran uji")
    page.get_by_role("button", name="Periksa isi tabel").click()
    wait_for_heading(page, "Ini yang akan berubah", scripted=scripted)
    expect(main).to_contain_text("tidak ada di daftar instansi kami")
    expect(main).to_contain_text("bisa berarti dua tanggal")
    expect(main).to_contain_text("1 baris menunggu keputusan Anda")
    page.get_by_role("link", name="Putuskan sekarang").click()
    page.wait_for_load_state("networkidle")
    page.get_by_label("Ya, jadikan 2 baris").check()
    if scripted:
        accessible(page)
    page.get_by_role("button", name="Simpan pilihan dan periksa lagi").click()
    wait_for_heading(page, "Ini yang akan berubah", scripted=scripted)
    page.get_by_role("button", name="Pakai bentuk biasa untuk semua").click()
    wait_for_heading(page, "Ini yang akan berubah", scripted=scripted)
    page.get_by_role("link", name=re.compile("^Baru")).click()
    page.wait_for_load_state("networkidle")
    expect(main).to_contain_text("Layanan Kehadiran Tamu")
    expect(main).to_contain_text("Diisi dari baris di atasnya: Instansi pemilik")
    page.get_by_role("button", name="Lewati 1 baris yang salah dan impor").click()
    wait_for_heading(page, "Impor selesai", scripted=scripted)
    expect(page.get_by_role("heading", name="4 baris ditulis")).to_be_visible()
    if scripted:
        accessible(page)
    page.get_by_text("Batalkan seluruh impor").click()
    page.get_by_role("button", name="Ya, batalkan impor ini").click()
    wait_for_heading(page, "Impor dibatalkan", scripted=scripted)
    expect(page.get_by_role("heading", name="4 baris dikembalikan")).to_be_visible()
    assert site.manage("shell", "-c", COUNT.format(mark=mark)).strip().endswith("=0")


@pytest.mark.parametrize("scripted", [True, False], ids=["with_javascript", "without_javascript"])
def test_an_agency_answers_what_others_say_it_uses(
    browser: Browser, site: Site, accessible: Callable[[Page], None], scripted: bool
) -> None:
    with watched(browser, site, javascript=scripted, refused="status of 400") as page:
        answer(page, site, accessible, scripted=scripted)


def answer(page: Page, site: Site, accessible: Callable[[Page], None], *, scripted: bool) -> None:
    site.manage("shell", "-c", CLAIMS.format(at="Disdukcapil"))
    sign_in(page, site, "agency_operator", "Disdukcapil")
    go(page, "/kelola/pemakaian/")
    expect(page.get_by_role("heading", name="2 menunggu jawaban Anda")).to_be_visible()
    if scripted:
        accessible(page)
    page.get_by_label("Benar, kami memakainya").first.check()
    page.get_by_label("Tidak, kami tidak memakainya").nth(1).check()
    page.get_by_role("button", name="Simpan jawaban").click()
    expect(page.get_by_role("alert")).to_contain_text("Tulis alasannya")
    page.get_by_label("Alasan, bila tidak").nth(1).fill("Dipakai dinas lain")
    page.get_by_role("button", name="Simpan jawaban").click()
    expect(page.get_by_role("status").first).to_contain_text("2 jawaban tersimpan")
    expect(page.get_by_role("main")).to_contain_text("Dipakai dinas lain")
    page.get_by_role("button", name="Batalkan").click()
    expect(page.get_by_role("heading", name="2 menunggu jawaban Anda")).to_be_visible()
    page.get_by_role("button", name="Semua benar").click()
    expect(page.get_by_role("status").first).to_contain_text("2 jawaban tersimpan")


def test_a_resident_reports_and_the_owner_takes_over(
    any_page: Page, site: Site, accessible: Callable[[Page], None], request: pytest.FixtureRequest
) -> None:
    page, scripted = any_page, "with_javascript" in request.node.name
    name = f"Lapor Uji {uuid.uuid4().hex[:5]}"
    go(page, "/aplikasi/lapor/")
    if scripted:
        accessible(page)
    page.get_by_label("Nama aplikasi").fill(name)
    page.get_by_role("button", name="Kirim").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Terima kasih")
    sign_in(page, site)
    go(page, "/kelola/aplikasi/usulan/")
    if scripted:
        accessible(page)
    page.get_by_role("link", name=f"Putuskan {name}").click()
    page.wait_for_load_state("networkidle")
    if scripted:
        accessible(page)
    page.get_by_label("Milik siapa?").select_option("disdukcapil")
    page.get_by_role("button", name="Teruskan kepada pemiliknya").click()
    expect(page.get_by_role("status").first).to_contain_text("Diteruskan kepada pemiliknya")
    page.get_by_role("button", name=f"Daftarkan {name}").click()
    expect(page.get_by_role("status").first).to_contain_text("Tercatat")
    go(page, "/aplikasi/")
    expect(page.get_by_role("main")).to_contain_text(name)
