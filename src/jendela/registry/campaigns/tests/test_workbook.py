"""Offline: the bundle as XLSX, filled in, taken back; bad rows named, nothing lost, the same file twice."""

from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook
from tests.people import client_of

from jendela.registry.campaigns import workbook
from jendela.registry.campaigns.actions import answering
from jendela.registry.campaigns.actions.offline import take_workbook
from jendela.registry.campaigns.answers import Answer
from jendela.registry.campaigns.choices import Say
from jendela.registry.campaigns.models import Bundle
from jendela.registry.campaigns.reads.sheet import sheet
from jendela.registry.campaigns.tests.test_answering import item_of
from jendela.registry.campaigns.tests.world import World, actor
from jendela.registry.campaigns.workbook import NotAWorkbookError, file_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


class File:
    """The workbook of a bundle, to write in as a person would."""

    def __init__(self, bundle: Bundle) -> None:
        self.book = load_workbook(BytesIO(file_of(sheet(bundle))))
        self.page: Any = self.book.active

    def row(self, app: str, key: str, name: str = "") -> int:
        for cells in self.page.iter_rows(min_row=4):
            code = str(cells[0].value).split("@", maxsplit=1)[0].split(".", 1)[1]
            if cells[1].value == app and code == (f"{key}.{name}" if name else key):
                return int(cells[0].row)
        raise AssertionError(key)

    def write(self, app: str, key: str, text: Any, name: str = "", column: str = "F") -> None:
        self.page[f"{column}{self.row(app, key, name)}"] = text

    def data(self) -> bytes:
        stream = BytesIO()
        self.book.save(stream)
        return stream.getvalue()


def test_what_was_filled_in_offline_is_saved(world: World, bundle: Bundle) -> None:
    file, app = File(bundle), "Aplikasi Satu"
    file.write(app, "dipakai", "masih benar", "state", column="E")
    file.write(app, "kontrak", "belum tahu", "contract_until", column="E")
    file.write(app, "alamat", "https://satu.contoh.go.id", "url")
    file.write(app, "jumlah-pemakai", 1250, "users")
    file.write(app, "jumlah-pemakai", "Laporan Oktober", "user_note")
    file.write(app, "rencana", "Lanjutkan", "wish")
    file.write(app, "pemakai", "dinas contoh; Dinas Lain\nPuskesmas")
    file.write(app, "biaya", "hosting: Rp 12.000.000\npemeliharaan: 3000000")
    file.write(app, "data", "Data pegawai\nData absen")
    file.write(app, "data-dari", "Aplikasi Tiga, Nama pegawai, ketik ulang, 12,5 jam")
    file.write(app, "data-ke", "tidak ada")
    file.write("Aplikasi Dua", "alamat", "belum tahu", "url", column="E")
    done = take_workbook(bundle=bundle, data=file.data(), by=actor(world.operator))
    assert [(one.row, one.why) for one in done.problems] == []
    one = item_of(bundle, app)
    found = {key: (one.answers[key]["say"], one.answers[key]["value"]) for key in one.answers}
    assert found == {
        "dipakai": ("benar", {}),
        "kontrak": ("belum_tahu", {}),
        "alamat": ("isi", {"url": "https://satu.contoh.go.id"}),
        "jumlah-pemakai": ("isi", {"users": 1250, "users_as_of": "", "user_note": "Laporan Oktober"}),
        "rencana": ("isi", {"life_cycle": "tidak_diketahui", "wish": "lanjut", "wish_reason": ""}),
        "pemakai": ("isi", {"agencies": sorted([world.owner.pk, world.other.pk]), "others": "Puskesmas"}),
        "biaya": (
            "isi",
            {
                "year": 2026,
                "none": False,
                "rows": [
                    {"kind": "hosting", "amount": 12_000_000, "fund": ""},
                    {"kind": "pemeliharaan", "amount": 3_000_000, "fund": ""},
                ],
            },
        ),
        "data": (
            "isi",
            {
                "none": False,
                "rows": [{"name": "Data pegawai", "personal": ""}, {"name": "Data absen", "personal": ""}],
            },
        ),
        "data-dari": (
            "isi",
            {
                "none": False,
                "rows": [
                    {
                        "application": world.third.pk,
                        "words": "",
                        "data": "Nama pegawai",
                        "method": "ketik_ulang",
                        "hours": 12.5,
                    }
                ],
            },
        ),
        "data-ke": ("isi", {"none": True, "rows": []}),
    }
    assert done.saved == 11
    again = take_workbook(bundle=bundle, data=file.data(), by=actor(world.operator))  # the same file twice
    one.refresh_from_db()
    assert again.problems == []
    assert one.revision == 10


def test_what_comes_out_goes_in_again_without_a_change(world: World, bundle: Bundle) -> None:
    file = File(bundle)
    file.write("Aplikasi Satu", "data-dari", "Aplikasi Tiga, Nama pegawai, ketik ulang, 12,5 jam")
    file.write("Aplikasi Satu", "biaya", "server dan hosting: 500000")
    file.write("Aplikasi Satu", "dipakai", "masih benar", "state", column="E")
    take_workbook(bundle=bundle, data=file.data(), by=actor(world.operator))
    before = item_of(bundle, "Aplikasi Satu")
    done = take_workbook(bundle=bundle, data=File(bundle).data(), by=actor(world.operator))
    after = item_of(bundle, "Aplikasi Satu")
    assert done.problems == []
    assert (after.answers, after.revision) == (before.answers, before.revision)


def test_bad_rows_are_named_and_the_good_ones_saved(world: World, bundle: Bundle) -> None:
    file = File(bundle)
    file.write("Aplikasi Satu", "dipakai", "entahlah", "state")
    file.write("Aplikasi Satu", "biaya", "dua juta")
    file.write("Aplikasi Satu", "kontrak", "32-13-2026", "contract_until")
    file.write("Aplikasi Satu", "kontrak", "masih benar", "contract_until", column="E")
    file.write("Aplikasi Dua", "kontrak", "masih benar", "contract_until", column="E")
    file.write("Aplikasi Dua", "alamat", "https://baru.contoh.go.id", "url")
    file.page["A60"] = "999.alamat.url@0"
    file.page["F60"] = "https://orang-lain.go.id"
    done = take_workbook(bundle=bundle, data=file.data(), by=actor(world.operator))
    assert done.saved == 1
    assert item_of(bundle, "Aplikasi Dua").answers["alamat"]["value"] == {"url": "https://baru.contoh.go.id"}
    assert item_of(bundle, "Aplikasi Satu").answers == {}
    why = " ".join(one.why for one in done.problems)
    assert len(done.problems) == 5
    for words in ("entahlah", "jenis dan jumlahnya", "Belum ada isinya", "bukan dari isian ini"):
        assert words in why


def test_an_answer_given_elsewhere_since_stays(world: World, bundle: Bundle) -> None:
    file = File(bundle)
    one = item_of(bundle, "Aplikasi Satu")
    value = {"url": "https://dari-ponsel.go.id"}
    answering.save_answers(
        item=one, given={"alamat": Answer(Say.VALUE, value)}, revision=0, by=actor(world.operator)
    )
    file.write("Aplikasi Satu", "alamat", "https://dari-berkas.go.id", "url")
    done = take_workbook(bundle=bundle, data=file.data(), by=actor(world.operator))
    assert "dari tempat lain" in done.problems[0].why
    assert item_of(bundle, "Aplikasi Satu").answers["alamat"]["value"] == value


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7 bukan lembar", b"PK\x03\x04rusak"])
def test_a_file_that_is_no_workbook_is_refused(world: World, bundle: Bundle, data: bytes) -> None:
    with pytest.raises(NotAWorkbookError):
        take_workbook(bundle=bundle, data=data, by=actor(world.operator))


def part(data: bytes, name: str, content: bytes) -> bytes:
    """The workbook with one part of it replaced."""
    stream = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(stream, "w", ZIP_DEFLATED) as new:
        for one in old.namelist():
            new.writestr(one, content if one == name else old.read(one))
    return stream.getvalue()


SHEET_PART = "xl/worksheets/sheet1.xml"


def test_a_file_that_unpacks_to_too_much_is_refused_before_it_is_opened(
    world: World, bundle: Bundle, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def opened(*_given: Any, **_named: Any) -> None:
        raise AssertionError("it was opened")

    monkeypatch.setattr(workbook, "load_workbook", opened)
    data = File(bundle).data()
    with pytest.raises(NotAWorkbookError, match="terlalu besar"):
        take_workbook(
            bundle=bundle, data=part(data, SHEET_PART, b"<x>" + b"0" * 3_000_000), by=actor(world.operator)
        )
    settings.EXCHANGE_MOST_UNPACKED = 1000
    with pytest.raises(NotAWorkbookError, match="terlalu besar"):
        take_workbook(bundle=bundle, data=data, by=actor(world.operator))


@pytest.mark.parametrize("name", [SHEET_PART, "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml"])
@pytest.mark.parametrize("content", [b"<a><b></a>", b"", b"<!DOCTYPE a><a/>"])
def test_a_broken_part_is_refused_in_words(world: World, bundle: Bundle, name: str, content: bytes) -> None:
    with pytest.raises(NotAWorkbookError):
        take_workbook(bundle=bundle, data=part(File(bundle).data(), name, content), by=actor(world.operator))


def test_staff_may_not_upload_without_end(
    world: World, bundle: Bundle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jendela.registry.campaigns.views.offline.UPLOADS", (1, 3600))
    url = f"/kelola/pemutakhiran/{bundle.round.slug}/isian/{bundle.pk}/unggah/"
    client = client_of(world.operator)
    first, second = (
        client.post(url, {"file": SimpleUploadedFile("isian.xlsx", File(bundle).data())}) for _one in range(2)
    )
    assert first.status_code == 200
    assert second.status_code == 400
    assert "Terlalu banyak unggahan" in second.content.decode()


def test_names_start_no_formula(world: World, bundle: Bundle) -> None:
    world.first.name = "=1+1"
    world.first.save()
    page = load_workbook(BytesIO(file_of(sheet(bundle)))).active
    assert page is not None
    cells = [cell for row in page.iter_rows() for cell in row]
    assert [cell for cell in cells if cell.data_type == "f"] == []


def test_staff_of_the_agency_download_and_upload(world: World, bundle: Bundle) -> None:
    url = f"/kelola/pemutakhiran/{bundle.round.slug}/isian/{bundle.pk}/"
    client = client_of(world.operator)
    answer = client.get(f"{url}isian.xlsx")
    assert answer.status_code == 200
    file = File(bundle)
    file.write("Aplikasi Satu", "alamat", "https://satu.contoh.go.id", "url")
    file.write("Aplikasi Satu", "biaya", "dua juta")
    sent = SimpleUploadedFile("isian.xlsx", file.data())
    page = client.post(f"{url}unggah/", {"file": sent}).content.decode()
    assert "1 jawaban tersimpan" in page
    assert "jenis dan jumlahnya" in page
    wrong = client.post(f"{url}unggah/", {"file": SimpleUploadedFile("a.xlsx", b"%PDF")})
    assert wrong.status_code == 400
    assert "bukan XLSX" in wrong.content.decode()
    assert client_of(world.other_operator).get(f"{url}isian.xlsx").status_code == 404
    assert client_of(world.other_operator).get(f"{url}unggah/").status_code == 404
