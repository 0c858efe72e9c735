"""Every screen of imports: what a person sees, and 404 for strangers."""

import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook
from tests.people import agency, client_of, member

from jendela.common.exchange import actions, jobs
from jendela.common.exchange.models import ImportRun
from jendela.people.accounts.models import User
from jendela.people.agencies.models import Office
from jendela.people.areas.models import Area, AreaPoint
from jendela.portal.exchange.tests.conftest import SOURCE, checked, csv_bytes, take_in, xlsx_bytes

HEAD = ["Kode wilayah", "Jenis", "Nama", "Lintang", "Bujur", "Sumber"]
GOOD = ["62.02.06", "puskesmas", "Puskesmas Baamang I", "-2.534", "112.953", SOURCE]
BAD = ["62.02.99", "dermaga", "Dermaga Seranau", "-2,55", "112,97", SOURCE]


def upload(client: Client, kind: str, data: bytes, name: str = "titik.csv") -> Any:
    return client.post(f"/kelola/impor/jenis/{kind}/", {"file": SimpleUploadedFile(name, data)})


def test_the_whole_way(team: User) -> None:
    client = client_of(team)
    assert "Titik di peta" in client.get("/kelola/impor/").content.decode()
    assert "Kode Kemendagri" in client.get("/kelola/impor/jenis/titik/").content.decode()
    answer = upload(client, "titik", xlsx_bytes([HEAD, GOOD, BAD]), "titik.xlsx")
    assert answer.status_code == 302, answer.content.decode()
    run = ImportRun.objects.get()
    assert answer.url == f"/kelola/impor/{run.pk}/kolom/"
    page = client.get(f"/kelola/impor/{run.pk}/kolom/").content.decode()
    assert "A · Kode wilayah" in page
    assert "Puskesmas Baamang I" in page
    answer = client.post(f"/kelola/impor/{run.pk}/kolom/", {k: str(v) for k, v in run.mapping.items()})
    assert "Menunggu giliran" in client.get(f"/kelola/impor/{run.pk}/").content.decode()
    assert client.get(f"/kelola/impor/{run.pk}/kemajuan/").json()["working"] is True
    jobs.check(run_id=run.pk, user_id=team.pk, actor="Rina", address=None)
    page = client.get(f"/kelola/impor/{run.pk}/").content.decode()
    assert "1 baris perlu diperbaiki" in page
    assert "tidak ada di daftar wilayah kami" in page
    client.post(f"/kelola/impor/{run.pk}/tulis/")  # the choice was not made
    run.refresh_from_db()
    assert run.state == "siap"
    client.post(f"/kelola/impor/{run.pk}/tulis/", {"lewati": "ya"})
    jobs.apply(run_id=run.pk, user_id=team.pk, actor="Rina", address=None)
    assert AreaPoint.objects.count() == 1
    page = client.get(f"/kelola/impor/{run.pk}/").content.decode()
    assert "1 baris ditulis" in page
    assert "1 baris salah dilewati" in page
    client.post(f"/kelola/impor/{run.pk}/batalkan/")
    jobs.undo(run_id=run.pk, user_id=team.pk, actor="Rina", address=None, also_moved=False)
    assert AreaPoint.objects.count() == 0
    assert "1 baris dikembalikan" in client.get(f"/kelola/impor/{run.pk}/").content.decode()
    assert "titik.xlsx" in client.get("/kelola/impor/riwayat/").content.decode()
    assert client.get("/kelola/ekspor/").status_code == 200


def test_the_example_in_a_csv_template_is_no_row(team: User) -> None:
    client = client_of(team)
    for kind in ("kantor", "instansi", "layanan", "penduduk", "titik", "batas"):
        template = b"".join(client.get(f"/kelola/impor/jenis/{kind}/isian.csv"))
        lines = template.decode().splitlines()
        assert lines[0].lstrip("\ufeff").lstrip('"').startswith("# Contoh"), kind
        assert len(lines) == 2, kind
        assert upload(client, kind, template, "isian.csv").status_code == 200, kind
    assert not ImportRun.objects.exists()
    columns = lines[1].split(";")
    filled = template + ";".join(["62.02.06"] + [""] * (len(columns) - 1)).encode()
    assert upload(client, kind, filled, "isian.csv").status_code == 302


def test_a_row_with_a_wrong_key_is_called_by_what_it_says(team: User) -> None:
    rows = [["Kode kantor", "Nama kantor", "Instansi"], ["loket d besar", "Loket D", "Disdik"]]
    run = checked("kantor", csv_bytes(rows), team)
    page = client_of(team).get(f"/kelola/impor/{run.pk}/").content.decode()
    assert "Loket D" in page
    assert "Tanpa nama" not in page


ADDRESSES = [
    "/kelola/impor/",
    "/kelola/impor/riwayat/",
    "/kelola/impor/jenis/titik/",
    "/kelola/impor/jenis/titik/isian.xlsx",
    "/kelola/impor/jenis/titik/isian.csv",
    "/kelola/ekspor/",
    "/kelola/ekspor/titik/?bentuk=csv",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_strangers_and_closed_modules(team: User, address: str, settings: Any) -> None:
    assert client_of(team).get(address).status_code == 200
    assert Client().get(address).status_code == 302
    assert client_of(member("service_officer")).get(address).status_code == 404
    assert client_of(member()).get(address).status_code == 404
    settings.ALL_MODULES_OPEN = False
    assert client_of(User.objects.get(pk=team.pk)).get(address).status_code == 404


def test_an_import_is_seen_by_who_made_it_and_by_those_who_import_for_all(team: User) -> None:
    own = agency("Disdik")
    maker, colleague = member("agency_operator", own), member("agency_operator", own)
    rows = [["Kode kantor", "Nama kantor", "Instansi"], ["loket-a", "Loket A", "Disdik"]]
    run = checked("kantor", csv_bytes(rows), maker)
    steps = ["", "kolom/", "kemajuan/", "kesalahan.csv", "kesalahan.xlsx"]
    for step in steps:
        address = f"/kelola/impor/{run.pk}/{step}"
        assert client_of(maker).get(address).status_code == 200, step
        assert client_of(team).get(address).status_code == 200, step
        assert client_of(colleague).get(address).status_code == 404, step
    for step in ("tulis", "batalkan", "hentikan", "periksa", "lembar", "kolom"):
        assert client_of(colleague).post(f"/kelola/impor/{run.pk}/{step}/").status_code == 404, step
    assert "tabel.csv" not in client_of(colleague).get("/kelola/impor/riwayat/").content.decode()


def test_kinds_for_all_agencies_are_not_offered_to_one(areas: list[Area]) -> None:
    client = client_of(member("agency_operator", agency("Disdik")))
    page = client.get("/kelola/impor/").content.decode()
    assert "Kantor dan loket" in page
    assert "Titik di peta" not in page
    assert "Layanan dan standarnya" not in page  # an operator does not publish standards
    assert client.get("/kelola/impor/jenis/titik/").status_code == 404
    assert upload(client, "titik", csv_bytes([HEAD, GOOD])).status_code == 404
    admin = client_of(member("service_admin", agency("Disdik")))
    assert "Layanan dan standarnya" in admin.get("/kelola/impor/").content.decode()


def test_an_operator_downloads_the_own_agency_alone(areas: list[Area]) -> None:
    own, other = agency("Disdik"), agency("Dinkes")
    Office.objects.create(slug="satu", name="Satu", agency=own)
    Office.objects.create(slug="dua", name="Dua", agency=other)
    answer = client_of(member("agency_operator", own)).get("/kelola/ekspor/kantor/?bentuk=json")
    data = json.loads(b"".join(answer.streaming_content))  # type: ignore[attr-defined]
    assert [row["kode"] for row in data["data"]] == ["satu"]
    assert "Sumber: Jendela" in data["catatan"]
    assert "attachment" in answer["Content-Disposition"]


def test_a_refused_file_says_why_at_the_field(team: User) -> None:
    answer = upload(client_of(team), "titik", b"MZ\x90\0", "titik.xlsx")
    page = answer.content.decode()
    assert "Berkas ini program, bukan tabel." in page
    assert "data-error-summary" in page
    assert ImportRun.objects.count() == 0


def test_an_upload_beyond_the_limit_is_cut_off_and_refused(team: User, settings: Any) -> None:
    settings.UPLOAD_MOST_BYTES, settings.EXCHANGE_MOST_BYTES = 100_000, 90_000
    seen: list[int] = []
    take_in = actions.take_in

    def count(**values: Any) -> Any:
        values["chunks"] = list(values["chunks"])
        seen.append(sum(map(len, values["chunks"])))
        return take_in(**values)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(actions, "take_in", count)
        page = upload(client_of(team), "titik", b"Kode;Nama\n" + b"1;a\n" * 1_000_000).content.decode()
    assert "Bagi menjadi beberapa berkas." in page
    assert 90_000 < seen[0] < 300_000


def test_columns_chosen_twice_or_without_key_are_errors(team: User) -> None:
    run = take_in("titik", csv_bytes([HEAD, GOOD]), team)
    client = client_of(team)
    twice = {**{name: str(place) for name, place in run.mapping.items()}, "catatan": "2"}
    assert "Kolom ini sudah dipilih" in client.post(f"/kelola/impor/{run.pk}/kolom/", twice).content.decode()
    none = client.post(f"/kelola/impor/{run.pk}/kolom/", {"nama": "2"}).content.decode()
    assert "Tanpa ini baris tidak dikenali" in none
    run.refresh_from_db()
    assert run.state == "kolom"


def test_another_sheet_can_be_read(team: User) -> None:
    def second(book: Any) -> None:
        sheet = book.create_sheet("Titik")
        for row in [HEAD, GOOD]:
            sheet.append(row)

    run = take_in("titik", xlsx_bytes([["Kode", "Lain"], ["1", "x"]], change=second), team)
    client = client_of(team)
    assert "Baca lembar ini" in client.get(f"/kelola/impor/{run.pk}/kolom/").content.decode()
    client.post(f"/kelola/impor/{run.pk}/lembar/", {"lembar": "Titik"})
    run.refresh_from_db()
    assert (run.sheet, run.headings) == ("Titik", HEAD)
    client.post(f"/kelola/impor/{run.pk}/lembar/", {"lembar": "Tidak ada"})
    run.refresh_from_db()
    assert run.sheet == "Titik"


def test_error_file_is_the_own_table_with_one_column_more(team: User) -> None:
    run = checked("titik", xlsx_bytes([HEAD, GOOD, [*BAD[:5], "=x"]]), team)
    answer = client_of(team).get(f"/kelola/impor/{run.pk}/kesalahan.xlsx")
    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).worksheets[0]  # type: ignore[attr-defined]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0] == [*HEAD, "Kesalahan"]
    assert rows[1][-1] is None
    assert "tidak ada di daftar wilayah" in rows[2][-1]
    assert rows[2][5] == "'=x"  # what the person wrote starts no formula in our file
    text = client_of(team).get(f"/kelola/impor/{run.pk}/kesalahan.csv")
    assert b"Sel F3 berisi rumus" in b"".join(text.streaming_content)  # type: ignore[attr-defined]


def test_template_carries_notes_and_can_be_filled(team: User, tmp_path: Path) -> None:
    answer = client_of(team).get("/kelola/impor/jenis/kantor/isian.xlsx")
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    assert book.sheetnames == ["Isian", "Keterangan", "Contoh"]
    head = book["Isian"]["A1"]
    assert head.value == "Kode kantor"
    assert "Wajib diisi." in head.comment.text
    agency("Kecamatan Baamang")
    book["Isian"].append([cell.value for cell in book["Contoh"][2]])
    filled = io.BytesIO()
    book.save(filled)
    assert checked("kantor", filled.getvalue(), team).counts["baru"] == 1


def test_number_of_queries_of_each_screen(team: User, django_assert_num_queries: Any) -> None:
    rows = [[*GOOD[:2], f"Tempat {i}", *GOOD[3:]] for i in range(60)]
    run = checked("titik", csv_bytes([HEAD, *rows, BAD]), team)
    for _turn in range(30):
        take_in("titik", csv_bytes([HEAD, GOOD]), team)
    client = client_of(team)
    with django_assert_num_queries(4):  # session, person, roles, rows
        page = client.get("/kelola/impor/riwayat/").content.decode()
    assert page.count("exchange-runs") == 1
    assert "Berikutnya" in page
    with django_assert_num_queries(5):
        page = client.get(f"/kelola/impor/{run.pk}/?tampil=baru").content.decode()
    assert "Tempat 49" in page
    assert "Tempat 50" not in page
    following = re.search(r'href="([^"]*sesudah=\d+[^"]*)"', page)
    assert following is not None
    assert "Tempat 50" in client.get(following.group(1).replace("&amp;", "&")).content.decode()
