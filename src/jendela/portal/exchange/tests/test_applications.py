"""Lists of applications as real offices send them: read, matched, decided, written with their source, taken back."""

import io
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import Workbook
from tests.people import agency, member

from jendela.common.audit import Actor
from jendela.common.exchange import actions, jobs
from jendela.common.exchange.actions import Decision
from jendela.common.exchange.choices import ImportState, RowState
from jendela.common.exchange.guess import guess
from jendela.common.exchange.kinds import kinds
from jendela.common.exchange.models import ImportRow, ImportRun
from jendela.people.accounts.models import User
from jendela.people.agencies.models import Agency
from jendela.portal.exchange.tests.conftest import apply, csv_bytes, undo, xlsx_bytes
from jendela.registry.applications.actions import Provenance, create_application
from jendela.registry.applications.models import Application, Change, ValueSource
from jendela.registry.overlap import register
from jendela.registry.overlap.models import Pair
from jendela.registry.scores.models import Score

pytestmark = pytest.mark.django_db
HEAD = ["Nama aplikasi", "Perangkat daerah", "Uraian", "Alamat web", "Status", "Tahun"]


@pytest.fixture(autouse=True)
def fresh_index() -> Iterator[None]:
    register.forget()
    yield
    register.forget()


@pytest.fixture
def kominfo() -> User:
    return member("information_team", name="Rina Contoh")


@pytest.fixture
def dinkes() -> Agency:
    return agency("Dinkes", name="Dinas Kesehatan")


def taken(data: bytes, by: User, name: str = "daftar.xlsx", **options: str) -> ImportRun:
    """Taken in, columns as proposed, dry run done."""
    kind = kinds()["aplikasi"].ready()
    actor = Actor(by.name, user=by)
    run = actions.take_in(kind=kind, name=name, chunks=[data], by=actor)
    given = {one.name: one.initial for one in kind.options(None)} | options
    actions.match_columns(run=run, mapping=run.mapping, options=given, by=actor)
    return again(run, by)


def again(run: ImportRun, by: User) -> ImportRun:
    jobs.check(run_id=run.pk, user_id=by.pk, actor=by.name, address=None)
    run.refresh_from_db()
    assert run.state == ImportState.CHECKED, run.message
    return run


def decide(run: ImportRun, by: User, *decisions: tuple[int, int, str, str]) -> ImportRun:
    rows = [Decision(*one) for one in decisions]
    actions.decide(run=run, decisions=rows, check=True, by=Actor(by.name, user=by))
    return again(run, by)


def rows(run: ImportRun, state: str) -> list[ImportRow]:
    return list(run.rows.filter(state=state).order_by("position"))


def known(name: str, owner: Agency, **values: Any) -> Application:
    first = {"operator_level": "daerah", "audience": "internal", "state": "dipakai"}
    return create_application(
        values={"name": name, "owner": owner, **first, **values},
        by=Actor("uji"),
        provenance=Provenance("Dinkes"),
    )


def sources(one: Application) -> list[dict[str, Any]]:
    found = ValueSource.objects.filter(application=one).order_by("field").values()
    return [{name: value for name, value in row.items() if name != "id"} for row in found]


def faults(run: ImportRun) -> str:
    return "; ".join(error[1] for row in rows(run, RowState.WRONG) for error in row.errors)


def test_a_plain_list_becomes_records_with_their_source(kominfo: User, dinkes: Agency) -> None:
    data = csv_bytes(
        [HEAD, ["e-Klinik", "DINAS KESEHATAN", "Data pasien", "klinik.contoh.go.id", "Aktif", "2021"]]
    )
    run = taken(data, kominfo, sumber="Surat Dinkes 10/2026", tingkat="C")
    assert faults(run) == ""
    apply(run, kominfo)
    one = Application.objects.get()
    assert (one.slug, one.owner, one.state, one.since) == ("e-klinik", dinkes, "dipakai", "2021")
    assert (one.url, one.operator_level, one.audience) == (
        "https://klinik.contoh.go.id",
        "daerah",
        "internal",
    )
    source = ValueSource.objects.get(application=one, field="purpose")
    assert (source.stated_by, source.source, source.grade) == ("Dinkes", "Surat Dinkes 10/2026", "C")
    assert set(run.rows.values_list("outcome", flat=True)) == {"ditulis"}
    undo(run, kominfo)
    assert run.state == ImportState.UNDONE, run.message
    assert not Application.objects.exists()


def messy(change: Callable[[Any], None] | None = None) -> bytes:
    """Titles, two header rows with joined cells, a row of numbers, sections, idem, joined data, several in a cell."""
    book = Workbook()
    sheet = book.active
    for row in (
        ["DAFTAR APLIKASI KABUPATEN", None, None, None, None, None],
        [None],
        ["No", "Nama Aplikasi", "Perangkat Daerah", "Kontrak", None, "Keterangan"],
        [None, None, None, "Penyedia", "Sampai", None],
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"],
        [1, "SISTEM INFORMASI ABSENSI PEGAWAI", "Dinkes", "PT Contoh", "31 Desember 2026", "-"],
        [2, "e-Klinik", "idem", '"', "2027-01-31", "lama"],
        [3, "1. e-Resep 2. e-Rujukan", "sda", "s.d.a.", "28/02/2027", None],
        [4, "Gizi Kita", "Dinas Kesehatan", "PT Gabung", "24-Nov-2026", None],
        [5, "Posyandu Kita", None, None, "1 Mei 2027", None],
        ["KECAMATAN CONTOH", None, None, None, None, None],
        [6, "Surat Camat", None, None, None, None],
    ):
        sheet.append(row)
    for place in ("A1:F1", "A3:A4", "B3:B4", "C3:C4", "D3:E3", "F3:F4", "C9:C10", "D9:D10", "A11:F11"):
        sheet.merge_cells(place)
    if change:
        change(sheet)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def test_a_messy_list_is_understood_and_nothing_is_lost(kominfo: User, dinkes: Agency) -> None:
    camat = agency("Kecamatan Contoh")
    run = taken(messy(), kominfo)
    assert run.headings == [
        "No",
        "Nama Aplikasi",
        "Perangkat Daerah",
        "Penyedia",
        "Kontrak Sampai",
        "Keterangan",
    ]
    assert "baris 3 dan 5" in " ".join(run.notices)
    assert set(run.mapping) == {"nama", "pemilik", "penyedia", "kontrak_sampai", "catatan"}
    assert faults(run) == ""
    split = rows(run, RowState.WAITING)
    assert [(row.number, row.asks["pecah"]["names"]) for row in split] == [(8, ["e-Resep", "e-Rujukan"])]
    new = {row.number: row for row in rows(run, RowState.NEW)}
    assert new[6].values["nama"] == "SISTEM INFORMASI ABSENSI PEGAWAI"
    assert new[6].asks["huruf"]["text"] == "Sistem Informasi Absensi Pegawai"
    assert "catatan" not in new[6].values
    assert new[7].values["pemilik"] == "Dinkes"
    assert new[7].values["penyedia"] == "PT Contoh"
    assert "Diisi dari baris di atasnya: Instansi pemilik, Penyedia." in new[7].notes
    assert (new[10].values["pemilik"], new[10].values["penyedia"]) == ("Dinkes", "PT Gabung")
    assert [new[n].values["kontrak_sampai"] for n in (6, 7, 9, 10)] == [
        "2026-12-31", "2027-01-31", "2026-11-24", "2027-05-01",
    ]  # fmt: skip
    assert new[12].values["pemilik"] == "Kecamatan Contoh"
    run = decide(run, kominfo, (8, 0, "pecah", "ya"), (6, 0, "huruf", "ya"))
    assert run.counts == {"salah": 0, "berubah": 0, "baru": 7, "sama": 0, "tidak_ada": 0}
    apply(run, kominfo)
    assert run.state == ImportState.APPLIED, run.message
    assert set(Application.objects.values_list("name", "owner", "vendor")) == {
        ("Sistem Informasi Absensi Pegawai", dinkes.pk, "PT Contoh"),
        ("e-Klinik", dinkes.pk, "PT Contoh"),
        ("e-Resep", dinkes.pk, "PT Contoh"),
        ("e-Rujukan", dinkes.pk, "PT Contoh"),
        ("Gizi Kita", dinkes.pk, "PT Gabung"),
        ("Posyandu Kita", dinkes.pk, "PT Gabung"),
        ("Surat Camat", camat.pk, ""),
    }
    undo(run, kominfo)
    assert not Application.objects.exists()
    assert not Change.objects.exists()


def test_a_row_that_points_above_where_nothing_is_says_so(kominfo: User, dinkes: Agency) -> None:
    run = taken(csv_bytes([HEAD[:2], ["idem", "Dinkes"], ["e-Klinik", "idem"]]), kominfo)
    assert "menunjuk baris di atasnya" in faults(run)
    assert [row.values["pemilik"] for row in rows(run, RowState.NEW)] == ["Dinkes"]


def test_an_unknown_owner_is_named_with_the_one_that_may_be_meant(kominfo: User, dinkes: Agency) -> None:
    run = taken(
        csv_bytes([HEAD[:2], ["e-Klinik", "Dinas Kesehatn"], ["e-Resep", "Bukan Siapa-siapa"]]), kominfo
    )
    assert "Maksudnya Dinkes?" in faults(run)
    assert run.counts["salah"] == 2


def test_rows_are_known_by_name_address_and_store(kominfo: User, dinkes: Agency) -> None:
    klinik = known("E-Klinik", dinkes, url="https://klinik.contoh.go.id/login")
    resep = known("e-Resep", dinkes, android_url="https://play.google.com/store/apps/details?id=id.go.resep")
    other = agency("Dukcapil")
    head = ["Nama", "Pemilik", "URL", "Play Store", "Uraian"]
    data = csv_bytes(
        [
            head,
            ["e Klinik", "Dinkes", "", "", "Pasien"],
            [
                "Resep Daring",
                "Dinkes",
                "",
                "https://play.google.com/store/apps/details?id=id.go.resep&hl=id",
                "Obat",
            ],
            ["Klinik Dukcapil", "Dukcapil", "http://www.klinik.contoh.go.id/", "", "KTP"],
        ]
    )
    run = taken(data, kominfo)
    assert [row.key for row in rows(run, RowState.CHANGED)] == [[klinik.slug], [resep.slug]]
    waiting = rows(run, RowState.WAITING)
    assert [row.number for row in waiting] == [4]
    assert waiting[0].asks["sama"][0]["key"] == klinik.slug
    assert waiting[0].asks["sama"][0]["reasons"] == ["alamat webnya sama"]
    apply(run, kominfo)
    assert Application.objects.count() == 2, "without a decision a row is not written"
    rest = actions.carry_on(run=run, by=Actor(kominfo.name, user=kominfo))
    rest = again(rest, kominfo)
    assert (rest.counts["sama"], rest.counts["menunggu"]) == (2, 1)
    rest = decide(rest, kominfo, (4, 0, "sama", "=baru"))
    apply(rest, kominfo)
    assert Application.objects.get(name="Klinik Dukcapil").owner == other


def test_the_same_one_is_updated_and_undo_puts_value_and_source_back(kominfo: User, dinkes: Agency) -> None:
    klinik = known("e-Klinik", dinkes, url="https://klinik.contoh.go.id", purpose="Lama")
    before = sources(klinik)
    data = csv_bytes([HEAD, ["Rekam Medis", "Dinkes", "Baru", "https://klinik.contoh.go.id", "", "2020"]])
    run = taken(data, kominfo, tingkat="D", sumber="Berita")
    assert run.counts["menunggu"] == 1
    run = decide(run, kominfo, (2, 0, "sama", klinik.slug))
    assert run.counts["berubah"] == 1
    apply(run, kominfo)
    klinik.refresh_from_db()
    assert (klinik.name, klinik.purpose, klinik.since, klinik.state) == (
        "Rekam Medis",
        "Baru",
        "2020",
        "dipakai",
    )
    assert ValueSource.objects.get(application=klinik, field="purpose").grade == "D"
    undo(run, kominfo)
    klinik.refresh_from_db()
    assert (klinik.name, klinik.purpose, klinik.since) == ("e-Klinik", "Lama", "")
    assert sources(klinik) == before


def test_a_likely_one_waits_for_the_person_with_its_reasons(kominfo: User, dinkes: Agency) -> None:
    one = known("SIMPUS", dinkes, purpose="Sistem informasi manajemen puskesmas: data pasien puskesmas")
    row = ["Sistem Informasi Manajemen Puskesmas", "Dinkes", "Data pasien puskesmas", "", "", ""]
    run = taken(csv_bytes([HEAD, row]), kominfo)
    waiting = rows(run, RowState.WAITING)
    assert [each["key"] for each in waiting[0].asks["sama"]] == [one.slug]
    assert waiting[0].asks["sama"][0]["reasons"]
    assert waiting[0].asks["sama"][0]["values"]["nama"] == "SIMPUS"
    assert "simpus" not in [row.key[0] for row in rows(run, RowState.ABSENT)], (
        "what may be meant is not missing"
    )
    run = decide(run, kominfo, (2, 0, "sama", "=lewati"))
    assert run.counts["dilewati"] == 1
    run = decide(run, kominfo, (0, 0, "sama", "=baru"), (2, 0, "sama", one.slug))
    assert [row.key for row in rows(run, RowState.CHANGED)] == [[one.slug]]


def test_undo_takes_what_followed_by_itself_and_leaves_what_people_added(
    kominfo: User, dinkes: Agency
) -> None:
    other = known("SIMPUS", dinkes)
    run = taken(csv_bytes([HEAD[:2], ["e-Klinik", "Dinkes"], ["e-Resep", "Dinkes"]]), kominfo)
    apply(run, kominfo)
    klinik, resep = Application.objects.get(name="e-Klinik"), Application.objects.get(name="e-Resep")
    for one in (klinik, resep):
        judged: dict[str, Any] = {"completeness": 10, "rank": "dasar", "passed": 1, "failed": 1, "unknown": 8}
        Score.objects.create(application=one, time="tolerate", judged_at=timezone.now(), **judged)
    found: dict[str, Any] = {"kind": "duplicate", "score": 0.9, "found_at": timezone.now()}
    Pair.objects.create(a=other, b=klinik, **found)
    Pair.objects.create(a=other, b=resep, **found, decided_at=timezone.now(), verdict="bukan")
    undo(run, kominfo)
    assert not Application.objects.filter(pk=klinik.pk).exists()
    assert Application.objects.filter(pk=resep.pk).exists()
    assert list(run.rows.filter(outcome="dipakai").values_list("label", flat=True)) == ["e-Resep"]


def test_an_empty_cell_clears_only_when_the_person_says_so(kominfo: User, dinkes: Agency) -> None:
    known("e-Klinik", dinkes, purpose="Lama", since="2019")
    data = csv_bytes([HEAD, ["e-Klinik", "Dinkes", "", "", "aktif", "-"]])
    assert taken(data, kominfo).counts["sama"] == 1
    run = taken(data, kominfo, kosong="kosongkan")
    assert rows(run, RowState.CHANGED)[0].before == {"uraian": "Lama", "tahun": "2019"}


def test_an_operator_imports_the_own_agency_only(dinkes: Agency) -> None:
    operator = member("agency_operator", dinkes)
    agency("Dukcapil")
    data = csv_bytes([HEAD[:2], ["e-Klinik", ""], ["KTP", "Dukcapil"]])
    run = taken(data, operator, pemilik="Dinkes")
    assert "milik instansi lain" in faults(run)
    assert [row.values["pemilik"] for row in rows(run, RowState.NEW)] == ["Dinkes"]


def test_the_same_name_twice_in_a_file_is_named(kominfo: User, dinkes: Agency) -> None:
    run = taken(csv_bytes([HEAD[:2], ["e-Klinik", "Dinkes"], ["E KLINIK", "Dinkes"]]), kominfo)
    assert "sama dengan baris 2" in faults(run)


def test_columns_are_recognised_by_content(kominfo: User, dinkes: Agency) -> None:
    agency("Dukcapil")
    rows_ = [
        ["Nama", "X", "Y"],
        ["a1", "Dinkes", "https://a.contoh.go.id"],
        ["b2", "Dukcapil", "https://b.contoh.go.id"],
    ]
    kind = kinds()["aplikasi"].ready()
    run = actions.take_in(kind=kind, name="x.csv", chunks=[csv_bytes(rows_)], by=Actor("x", user=kominfo))
    assert run.mapping == {"nama": 0, "pemilik": 1, "url": 2}
    assert run.recognised == {"nama": "judul", "pemilik": "isi", "url": "isi"}


def test_columns_are_remembered_for_the_agency(dinkes: Agency) -> None:
    operator, other = member("agency_operator", dinkes), member("agency_operator", agency("Dukcapil"))
    kind = kinds()["aplikasi"].ready()

    def take(person: User, at: Agency, head: list[str]) -> ImportRun:
        data = csv_bytes([head, ["e-Klinik", "Sudarto", "x"]])
        actor = Actor(person.name, user=person)
        return actions.take_in(kind=kind, name="x.csv", chunks=[data], by=actor, scope=frozenset({at.pk}))

    first = take(operator, dinkes, ["Nama", "Pjwb", "Lain"])
    mapping = {"nama": 0, "unit_pengelola": 1}
    actions.match_columns(
        run=first, mapping=mapping, scope=frozenset({dinkes.pk}), by=Actor(operator.name, user=operator)
    )
    assert take(operator, dinkes, ["Nama", "Pjwb", "Lain"]).mapping == mapping
    more = take(operator, dinkes, ["No", "Pjwb", "Nama"])
    assert more.mapping == {"unit_pengelola": 1, "nama": 2}
    assert more.recognised["unit_pengelola"] == "ingat"
    assert "unit_pengelola" not in take(other, agency("Dukcapil"), ["No", "Pjwb", "Nama"]).mapping


def test_a_pdf_that_is_called_xlsx_is_refused_by_its_content(kominfo: User) -> None:
    from jendela.common.exchange.reading import FileRefusedError

    with pytest.raises(FileRefusedError, match="PDF, bukan tabel"):
        taken(b"%PDF-1.7\n%\xe2\xe3", kominfo)


def test_number_of_statements_does_not_grow_with_rows(kominfo: User, dinkes: Agency) -> None:
    def statements(number: int) -> tuple[int, int]:
        data = csv_bytes([HEAD[:2], *([f"Aplikasi {number} {i}", "Dinkes"] for i in range(number))])
        with CaptureQueriesContext(connection) as check:
            run = taken(data, kominfo)
        with CaptureQueriesContext(connection) as write:
            apply(run, kominfo)
        assert run.state == ImportState.APPLIED
        return len(check), len(write)

    statements(2)
    first = statements(5)
    assert statements(60) == first


def test_unused_name_guess() -> None:
    assert guess(kinds()["aplikasi"], ["Nama Aplikasi", "OPD"]) == {"nama": 0, "pemilik": 1}


def test_merged_codes_are_refused(kominfo: User, dinkes: Agency) -> None:
    one, other = known("e-Klinik", dinkes), known("e-Resep", dinkes)
    Application.objects.filter(pk=other.pk).update(record_state="digabung", merged_into=one)
    run = taken(csv_bytes([["Kode", *HEAD[:2]], [other.slug, "e-Resep", "Dinkes"]]), kominfo)
    assert "sudah digabung" in faults(run)


def test_xlsx_keeps_numbers_and_dates(kominfo: User, dinkes: Agency) -> None:
    import datetime

    head = ["Nama", "Pemilik", "Kontrak sampai", "Jumlah pengguna"]
    run = taken(xlsx_bytes([head, ["e-Klinik", "Dinkes", datetime.date(2026, 12, 31), 1200]]), kominfo)
    assert rows(run, RowState.NEW)[0].values["kontrak_sampai"] == "2026-12-31"
    assert rows(run, RowState.NEW)[0].values["jumlah_pengguna"] == "1200"
