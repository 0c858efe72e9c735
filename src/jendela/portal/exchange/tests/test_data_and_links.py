"""Datasets, their columns and links as tables: bad rows in words, numbers of queries, undo, an export that comes back
unchanged."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.people import agency, member

from jendela.common.audit import SYSTEM, Actor
from jendela.common.exchange import actions, jobs
from jendela.common.exchange.choices import ImportState, RowState
from jendela.common.exchange.kinds import kinds
from jendela.common.exchange.models import ImportRun
from jendela.common.exchange.reads import wrong_rows
from jendela.common.exchange.writing import export_csv
from jendela.people.access.roles import AgencyOperator, InformationTeam
from jendela.people.accounts.models import User
from jendela.portal.exchange.tests.conftest import apply, csv_bytes, undo, xlsx_bytes
from jendela.registry.applications.models import Application, FunctionNode
from jendela.registry.datasets.models import Dataset, Element, Resource, StandardElement
from jendela.registry.datasets.tests.world import application, dataset
from jendela.registry.links.actions import declare_link
from jendela.registry.links.models import Link

pytestmark = pytest.mark.django_db
LINKS = ["Dari aplikasi", "Ke aplikasi", "Cara", "Data", "Status", "Jam sebulan"]
DATA = ["Nama data", "Aplikasi", "Produsen data", "Sifat data", "Alasannya", "Satuan", "Jenis data pribadi"]


@pytest.fixture
def kominfo() -> User:
    return member(InformationTeam.code, name="Rina Contoh")


@pytest.fixture
def ends() -> tuple[Application, Application]:
    return application("Gizi Kotim", agency("dinkes")), application("SIAK", agency("disdukcapil"))


def taken(key: str, data: bytes, by: User) -> ImportRun:
    actor = Actor(by.name, user=by)
    run = actions.take_in(kind=kinds()[key].ready(), name="daftar.csv", chunks=[data], by=actor)
    actions.match_columns(run=run, mapping=run.mapping, by=actor)
    jobs.check(run_id=run.pk, user_id=by.pk, actor=by.name, address=None)
    run.refresh_from_db()
    assert run.state == ImportState.CHECKED, run.message
    return run


def sentences(run: ImportRun) -> str:
    return "\n".join(
        f"{name}: {text}" for _number, errors in wrong_rows(run) for name, text, *_cell in errors
    )


def exported(key: str) -> bytes:
    kind = kinds()[key].ready()
    return "".join(export_csv(kind, kind.export(None, {}), "Jendela")).encode()


def test_links_come_in_and_are_taken_back(ends: tuple[Application, Application], kominfo: User) -> None:
    run = taken(
        "integrasi",
        csv_bytes([LINKS, ["gizi-kotim", "SIAK", "API", "NIK balita", "berjalan", ""],
                   ["SIAK", "Gizi Kotim", "diketik ulang", "Alamat", "", "7,5"]]),
        kominfo,
    )  # fmt: skip
    assert sentences(run) == ""
    apply(run, kominfo)
    api, typed = Link.objects.order_by("pk")
    assert (api.method, api.state, api.declared_by, api.grade) == ("api", "berjalan", None, "D")
    assert typed.hours_a_month == Decimal("7.5")
    assert typed.state == "tidak_diketahui"
    assert Application.objects.get(slug="siak").links_count == 2
    undo(run, kominfo)
    assert not Link.objects.exists()
    assert Application.objects.get(slug="siak").links_count == 0


def test_bad_links_are_named(ends: tuple[Application, Application], kominfo: User) -> None:
    application("Kembar", agency("dinas-a"))
    Application.objects.create(
        slug="kembar-2", name="Kembar", owner=agency("dinas-b"), operator_level="daerah", audience="internal",
        state="dipakai", evidence="belum",
    )  # fmt: skip
    run = taken(
        "integrasi",
        csv_bytes([LINKS, ["Tak Ada", "SIAK", "api", "x", "", ""], ["SIAK", "SIAK", "api", "x", "", ""],
                   ["Kembar", "SIAK", "api", "x", "", ""], ["SIAK", "Gizi Kotim", "sihir", "x", "", ""],
                   ["SIAK", "Gizi Kotim", "api", "x", "", "3"], ["SIAK", "Gizi Kotim", "berkas", "y", "", ""],
                   ["SIAK", "Gizi Kotim", "berkas", "y", "", ""]]),
        kominfo,
    )  # fmt: skip
    text = sentences(run)
    for part in (
        "belum ada di daftar aplikasi", "sama dengan aplikasi yang memberi", "Tulis kodenya: kembar, kembar-2",
        "tidak dikenal: sihir", "hanya diisi bila caranya diketik ulang", "kuncinya berulang",
    ):  # fmt: skip
        assert part in text, text


def test_an_operator_brings_in_links_of_the_own_side(ends: tuple[Application, Application]) -> None:
    operator = member(AgencyOperator.code, ends[1].owner, name="Budi")
    other = application("Lain", agency("dinas-lain"))
    run = taken(
        "integrasi",
        csv_bytes(
            [
                LINKS,
                ["Gizi Kotim", "SIAK", "api", "NIK", "", ""],
                ["Gizi Kotim", other.slug, "api", "NIK", "", ""],
            ]
        ),
        operator,
    )
    assert "Salah satu aplikasi harus milik instansi Anda" in sentences(run)
    apply(run, operator, skip_wrong=True)
    row = Link.objects.get()
    assert (row.declared_by, row.confirmation, row.grade) == (ends[1].owner, "menunggu", "C")


def test_data_come_in_known_by_name_and_are_taken_back(
    ends: tuple[Application, Application], kominfo: User
) -> None:
    old = dataset("Jumlah Balita", ends[0], unit="orang", measure="jumlah")
    run = taken(
        "data",
        xlsx_bytes([DATA, ["JUMLAH BALITA", "Gizi Kotim", "", "terbuka", "", "jiwa", ""],
                   ["Data Penduduk", "siak", "", "tertutup", "UU 24/2013 pasal 79", "", "nik; anak"],
                   ["Luas Sawah", "", "dinkes", "", "", "hektare", ""]]),
        kominfo,
    )  # fmt: skip
    assert sentences(run) == ""
    apply(run, kominfo)
    old.refresh_from_db()
    assert (old.openness, old.unit, Dataset.objects.count()) == ("terbuka", "jiwa", 3)
    assert [old.sources[name]["stated_by"] for name in ("measure", "unit")] == ["Budi Santoso", kominfo.name]
    new = Dataset.objects.get(slug="data-penduduk")
    assert (new.producer, new.has_personal, new.personal) == (ends[1].owner, True, ["nik", "anak"])
    assert "disdukcapil" in new.search_text
    undo(run, kominfo)
    old.refresh_from_db()
    assert (old.unit, Dataset.objects.count()) == ("orang", 1)
    assert old.sources["unit"]["stated_by"] == "Budi Santoso"
    assert "openness" not in old.sources


def test_bad_data_are_named(ends: tuple[Application, Application], kominfo: User) -> None:
    run = taken(
        "data",
        csv_bytes([DATA, ["A", "Tak Ada", "", "", "", "", ""], ["B", "", "", "", "", "", ""],
                   ["C", "SIAK", "", "tertutup", "", "", ""], ["D", "SIAK", "Bukan Dinas", "", "", "", ""],
                   ["E", "SIAK", "", "rahasia", "", "", ""], ["F", "SIAK", "", "", "", "", "sidik"],
                   ["", "SIAK", "", "", "", "", ""], ["G", "SIAK", "", "", "", "", ""],
                   ["g", "SIAK", "", "", "", "", ""]]),
        kominfo,
    )  # fmt: skip
    text = sentences(run)
    for part in (
        "belum ada di daftar aplikasi", "aplikasinya juga kosong", "perlu alasan", "tidak ada di daftar instansi",
        "tidak dikenal: rahasia", "tidak dikenal: sidik", "wajib diisi", "kuncinya berulang",
    ):  # fmt: skip
        assert part in text, text


FILES = ["Nama data", "Aplikasi", "jenis", "format", "tautan"]
PAGE = "https://data.contoh.go.id/"


def test_files_of_data_come_in_and_are_taken_back(
    ends: tuple[Application, Application], kominfo: User
) -> None:
    old = dataset("Jumlah Balita", ends[0])
    Resource.objects.create(
        dataset=old, name="Tabel lama", format="XLS", url=f"{PAGE}z.xls", licence="CC-BY-4.0"
    )
    run = taken(
        "data",
        xlsx_bytes([FILES, ["Jumlah Balita", "Gizi Kotim", "tabular", "CSV", f"{PAGE}a.csv"],
                   ["Penduduk", "SIAK", "", "CSV; XLSX", f"{PAGE}p.csv;{PAGE}p.xlsx"],
                   ["Luas", "SIAK", "geospasial", "", ""]]),
        kominfo,
    )  # fmt: skip
    assert sentences(run) == ""
    apply(run, kominfo)
    assert list(old.resources.order_by("pk").values_list("format", "url", "licence")) == [
        ("XLS", f"{PAGE}z.xls", "CC-BY-4.0"),  # not named, and still there
        ("CSV", f"{PAGE}a.csv", ""),
    ]
    old.refresh_from_db()
    assert old.kind == "tabular"
    people = Dataset.objects.get(name="Penduduk").resources.order_by("pk")
    assert list(people.values_list("format", "url")) == [("CSV", f"{PAGE}p.csv"), ("XLSX", f"{PAGE}p.xlsx")]
    again = taken("data", exported("data"), kominfo)
    assert set(again.rows.values_list("state", flat=True)) <= {RowState.SAME}, sentences(again)
    undo(run, kominfo)
    assert list(Resource.objects.values_list("name", "licence")) == [("Tabel lama", "CC-BY-4.0")]
    assert Dataset.objects.count() == 1


def test_an_empty_cell_takes_no_file_away(ends: tuple[Application, Application], kominfo: User) -> None:
    row = dataset("Balita", ends[0])
    Resource.objects.create(dataset=row, name="Tabel", format="CSV", url=f"{PAGE}a.csv")
    apply(taken("data", csv_bytes([FILES, ["Balita", "Gizi Kotim", "peta", "", ""]]), kominfo), kominfo)
    assert row.resources.get().format == "CSV"


def test_bad_files_and_topics_are_named(ends: tuple[Application, Application], kominfo: User) -> None:
    for code in ("RAD.01", "RAD.04", "RAD.04.02"):
        FunctionNode.objects.create(code=code, tree="RAD", name=code, citation="x")
    head = [*FILES, "tag_rad"]
    run = taken(
        "data",
        xlsx_bytes([head, ["A", "SIAK", "", "CSV", "", ""], ["B", "SIAK", "", "CSV;XLSX;PDF", f"{PAGE}a {PAGE}b", ""],
                   ["C", "SIAK", "", "CSV", "bukan alamat", ""], ["D", "SIAK", "", "", f"{PAGE}d", ""],
                   ["E", "SIAK", "", "", "", "RAD.04.09.01"], ["F", "SIAK", "", "", "", "RAD 1"],
                   ["G", "SIAK", "", "", "", "Gizi balita"], ["H", "SIAK", "", "", "", "RAD.04.02"]]),
        kominfo,
    )  # fmt: skip
    text = sentences(run)
    for part in (
        "padahal formatnya disebut", "satu format untuk setiap tautan", "bukan alamat web", "Yang terdekat: RAD.04.",
        "Yang terdekat: RAD.01.",
    ):  # fmt: skip
        assert part in text, text
    apply(run, kominfo, skip_wrong=True)
    assert dict(Dataset.objects.values_list("name", "topic")) == {"G": "Gizi balita", "H": "RAD.04.02"}


def test_columns_come_in_and_are_taken_back(ends: tuple[Application, Application], kominfo: User) -> None:
    StandardElement.objects.create(code="nik", name="NIK", definition="x", citation="x")
    row = dataset("Balita", ends[0])
    head = ["Kode data di Jendela", "Nama kolom", "Unsur baku"]
    run = taken(
        "unsur-data",
        csv_bytes(
            [
                head,
                ["balita", "no_ktp", "nik"],
                ["balita", "bb", ""],
                ["lain", "x", ""],
                ["balita", "y", "zzz"],
            ]
        ),
        kominfo,
    )
    assert "belum ada di daftar data" in sentences(run)
    assert "tidak ada di daftar unsur baku" in sentences(run)
    apply(run, kominfo, skip_wrong=True)
    assert dict(row.elements.values_list("name", "standard")) == {"no_ktp": "nik", "bb": None}
    undo(run, kominfo)
    assert not Element.objects.exists()


def test_exports_come_back_unchanged(ends: tuple[Application, Application], kominfo: User) -> None:
    StandardElement.objects.create(code="nik", name="NIK", definition="x", citation="x")
    row = dataset(
        "Balita", ends[0], unit="orang", openness="terbatas", openness_reason="UU 27/2022", personal=["nik"],
        has_personal=True, update_promise="bulanan", priority=True, description="=1+1",
    )  # fmt: skip
    Resource.objects.create(
        dataset=row, name="Peta", format="GeoJSON", url="https://data.contoh.go.id/z;1.json"
    )
    Resource.objects.create(dataset=row, name="Alamat sendiri", format="CSV", url="/data/a.csv")
    Element.objects.create(dataset=row, name="no ktp", standard_id="nik")
    declare_link(
        source=ends[0], target=ends[1], data="NIK; nama", method="ketik_ulang", by=SYSTEM, declared_by=None,
        declared_words="x", hours_a_month=Decimal("7.5"),
    )  # fmt: skip
    for key in ("data", "unsur-data", "integrasi"):
        run = taken(key, exported(key), kominfo)
        states = set(run.rows.values_list("state", flat=True))
        assert states <= {RowState.SAME}, (key, states, sentences(run))
        assert run.counts.get("same", 1), run.counts


def test_queries_of_a_batch_do_not_grow(ends: tuple[Application, Application], kominfo: User) -> None:
    def number(key: str, head: list[str], rows: list[list[str]]) -> int:
        run = taken(key, csv_bytes([head, *rows]), kominfo)
        with CaptureQueriesContext(connection) as queries:
            apply(run, kominfo)
        return len(queries)

    def links(first: int, last: int) -> list[list[str]]:
        return [["SIAK", "Gizi Kotim", "api", f"data {one}", "", ""] for one in range(first, last)]

    def data(first: int, last: int) -> list[list[Any]]:
        return [[f"Data {one}", "SIAK", "", "", "", "", ""] for one in range(first, last)]

    assert number("integrasi", LINKS, links(0, 3)) == number("integrasi", LINKS, links(3, 40))
    assert number("data", DATA, data(0, 3)) == number("data", DATA, data(3, 40))
