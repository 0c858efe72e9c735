"""A table comes in: two bad rows are named and left out, the rest is written, seen by the public, and taken back."""

import io
import json
import re
import uuid
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.running import Site

PEOPLE = """
from jendela.common.audit import SYSTEM
from jendela.people.accounts.models import User
from jendela.people.access.actions import grant_role
user = User.objects.create_user({email!r}, name="Rina Contoh")
grant_role(user=user, agency=None, role="information_team", by=SYSTEM)
"""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEAD: list[object] = ["Kode", "Nama kantor", "OPD", "Alamat", "No. Telp", "Jam layanan"]


def go(page: Page, path: str) -> None:
    page.goto(path, wait_until="networkidle")


def sign_in(page: Page, site: Site) -> None:
    """As someone who imports for all agencies, by a one-time link."""
    email = f"impor-{uuid.uuid4().hex[:6]}@contoh.id"
    site.manage("shell", "-c", PEOPLE.format(email=email))
    link = site.manage("sign_in_link", email).split()[-1]
    go(page, link)
    page.get_by_role("main").get_by_role("button", name="Masuk").click()
    page.wait_for_load_state("networkidle")


def workbook(rows: list[list[object]], name: str = "kantor.xlsx") -> FilePayload:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    target = io.BytesIO()
    book.save(target)
    return {"name": name, "mimeType": XLSX, "buffer": target.getvalue()}


def fetch(page: Page, address: str | None) -> bytes:
    """A file with the cookies of the page: a click would end in a download, which Chromium reports as aborted."""
    answer = page.request.get(address or "")
    assert answer.ok
    assert "attachment" in answer.headers["content-disposition"]
    return answer.body()


def wait_for_heading(page: Page, name: str, *, scripted: bool) -> None:
    """The page opens itself anew when the worker is done; without JavaScript by its link."""
    heading = page.get_by_role("heading", level=1, name=name)
    if scripted:
        heading.wait_for(timeout=60_000)
        page.wait_for_load_state("networkidle")
        return
    for _turn in range(100):
        if heading.count():
            break
        page.wait_for_timeout(400)
        refresh = page.get_by_role("link", name="Lihat kemajuan")
        if refresh.count():
            refresh.click()
            page.wait_for_load_state("networkidle")
        else:
            page.reload(wait_until="networkidle")
    expect(heading).to_be_visible()


def test_two_bad_rows_are_named_left_out_and_the_import_is_taken_back(
    any_page: Page,
    site: Site,
    accessible: Callable[[Page], None],
    request: pytest.FixtureRequest,
) -> None:
    scripted = "with_javascript" in request.node.name
    page = any_page
    code = f"loket-{uuid.uuid4().hex[:6]}"
    rows: list[list[object]] = [
        HEAD,
        [
            f"{code}-a",
            "Loket Uji A",
            "Disdukcapil",
            "Jalan Uji 1, Sampit",
            "0531 21234",
            "Senin–Jumat 08.00–14.00",
        ],
        [f"{code}-b", "Loket Uji B", "Dinas Khayal", "Jalan Uji 2, Sampit", "0531 21235", ""],
        [f"{code}-c", "Loket Uji C", "Disdukcapil", "=HYPERLINK(A1)", 53121236, ""],
        [f"{code}-d", "Loket Uji D", "Disdukcapil", "Jalan Uji 4, Sampit", "", ""],
    ]
    sign_in(page, site)
    go(page, "/kelola/")
    page.get_by_role("link", name=re.compile("Impor tabel")).click()
    page.wait_for_url(re.compile("/kelola/impor/$"))
    if scripted:
        accessible(page)
    page.get_by_role("link", name=re.compile("Kantor dan loket")).click()
    page.wait_for_url(re.compile("/jenis/kantor/$"))
    if scripted:
        accessible(page)
    page.get_by_label("Berkas tabel").set_input_files(
        {"name": "kantor.xlsx", "mimeType": XLSX, "buffer": b"MZ\x90\x00 program"}
    )
    page.get_by_role("button", name="Unggah dan periksa kolom").click()
    expect(page.get_by_role("alert")).to_contain_text("bukan tabel")
    page.get_by_label("Berkas tabel").set_input_files(workbook(rows))
    page.get_by_role("button", name="Unggah dan periksa kolom").click()
    page.wait_for_url(re.compile(r"/kelola/impor/\d+/kolom/"))
    expect(page.get_by_label("Telepon")).to_have_value("4")  # guessed from 'No. Telp'
    expect(page.get_by_label("Instansi")).to_have_value("2")
    if scripted:
        accessible(page)
    page.get_by_role("button", name="Periksa isi tabel").click()
    wait_for_heading(page, "Ini yang akan berubah", scripted=scripted)
    expect(page.get_by_role("heading", name="2 baris perlu diperbaiki")).to_be_visible()
    main = page.get_by_role("main")
    expect(main).to_contain_text("tidak ada di daftar instansi kami")
    expect(main).to_contain_text("Sel D4 berisi rumus")
    expect(main).to_contain_text("053121236")
    if scripted:
        accessible(page)
    link = page.get_by_role("link", name="Berkas kesalahan XLSX")
    sheet = openpyxl.load_workbook(io.BytesIO(fetch(page, link.get_attribute("href")))).active
    assert sheet is not None
    found = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert found[0][-1] == "Kesalahan"
    assert [bool(row[-1]) for row in found[1:]] == [False, True, True, False]
    assert site.manage("shell", "-c", _count(code)).strip().endswith("=0")
    page.get_by_role("button", name="Lewati 2 baris yang salah dan impor").click()
    wait_for_heading(page, "Impor selesai", scripted=scripted)
    expect(page.get_by_role("heading", name="2 baris ditulis")).to_be_visible()
    expect(main).to_contain_text("2 baris salah dilewati")
    if scripted:
        accessible(page)
    result = page.url
    go(page, "/instansi/disdukcapil/")
    expect(page.get_by_role("main")).to_contain_text("Loket Uji A")  # the public sees it at once
    go(page, result)
    page.get_by_text("Batalkan seluruh impor").click()
    page.get_by_role("button", name="Ya, batalkan impor ini").click()
    wait_for_heading(page, "Impor dibatalkan", scripted=scripted)
    expect(page.get_by_role("heading", name="2 baris dikembalikan")).to_be_visible()
    assert site.manage("shell", "-c", _count(code)).strip().endswith("=0")
    go(page, "/instansi/disdukcapil/")
    expect(page.get_by_role("main")).not_to_contain_text("Loket Uji A")


def _count(code: str) -> str:
    where = json.dumps(code)
    return (
        "from jendela.people.agencies.models import Office; "
        f"print('=' + str(Office.objects.filter(slug__startswith={where}).count()))"
    )


def test_a_table_is_downloaded_and_comes_back_unchanged(
    page: Page, site: Site, accessible: Callable[[Page], None], tmp_path: Path
) -> None:
    sign_in(page, site)
    go(page, "/kelola/ekspor/")
    accessible(page)
    expect(page.get_by_role("button", name="XLSX Layanan dan standarnya")).to_be_visible()
    target = tmp_path / "layanan.xlsx"
    target.write_bytes(fetch(page, "/kelola/ekspor/layanan/?bentuk=xlsx"))
    go(page, "/kelola/impor/jenis/layanan/")
    page.get_by_label("Berkas tabel").set_input_files(target)
    page.get_by_role("button", name="Unggah dan periksa kolom").click()
    page.wait_for_url(re.compile(r"/kelola/impor/\d+/kolom/"))
    page.get_by_role("button", name="Periksa isi tabel").click()
    wait_for_heading(page, "Ini yang akan berubah", scripted=True)
    expect(page.get_by_role("heading", name="Tidak ada yang berubah")).to_be_visible()
    go(page, "/kelola/impor/riwayat/")
    expect(page.get_by_role("main")).to_contain_text("layanan.xlsx")
    accessible(page)
