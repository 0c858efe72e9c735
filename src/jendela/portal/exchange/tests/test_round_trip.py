"""What is exported and imported again changes nothing: for the region's data, and for any text."""

import json
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.people import member

from jendela.common.audit import Actor
from jendela.common.exchange import writing
from jendela.common.exchange.cells import CellType, Degree, Number, PartialDay, Whole, clean
from jendela.common.exchange.checking import read_line
from jendela.common.exchange.formula import protect, release
from jendela.common.exchange.kinds import Column, Current, Key, Kind, Row, kinds
from jendela.common.exchange.reading import open_table
from jendela.people.accounts.models import User
from jendela.people.areas.models import AreaBoundary, AreaPoint
from jendela.portal.exchange.tests.conftest import SOURCE, apply, checked, undo
from jendela.registry.applications.actions import Provenance, put_part, set_values
from jendela.registry.applications.models import Application
from jendela.registry.datasets.actions import declare_dataset
from jendela.registry.datasets.models import Element
from jendela.registry.links.actions import declare_link
from jendela.services.catalogue.models import Standard
from jendela.services.catalogue.tests.region import region, region_rows

__all__ = ["region", "region_rows"]

SQUARE = [[112.9, -2.5], [113.0, -2.5], [113.0, -2.6], [112.9, -2.6], [112.9, -2.5]]


def exported(kind: Kind, form: str, target: Path, rows: Any = None) -> bytes:
    rows = kind.export(None, {}) if rows is None else rows
    if form == "xlsx":
        writing.export_xlsx(kind, rows, "Catatan. Sumber: uji.", target)
    else:
        with target.open("w", encoding="utf-8", newline="") as file:
            file.writelines(writing.TEXT_WRITERS[form](kind, rows, "Catatan. Sumber: uji."))
    return target.read_bytes()


@pytest.fixture
def team(region: None) -> User:
    AreaPoint.objects.create(
        area_id="62.02.06", kind="puskesmas", name="=Puskesmas Baamang I", lat=Decimal("-2.534"),
        lon=Decimal("112.953"), source_url=SOURCE,
    )  # fmt: skip
    shape = {"type": "MultiPolygon", "coordinates": [[SQUARE]]}
    AreaBoundary.objects.create(area_id="62.02.06", geometry=shape, source_url=SOURCE, source_date="2026")
    fill_register()
    return member("information_team")


def fill_register() -> None:
    """One of each part of an application, with texts that a spreadsheet would take for something else."""
    one, other = Application.objects.order_by("pk")[:2]
    by, provenance = Actor("uji"), Provenance("Diskominfo", "DPA")
    parts: dict[str, dict[str, Any]] = {
        "uses": {"agency": other.owner, "state": "disebut", "note": "=1+1"},
        "costs": {
            "year": 2026,
            "kind": "hosting",
            "amount": Decimal("1200000.50"),
            "note": "idem dengan 2025",
        },
        "versions": {
            "number": "2.10",
            "contract_until": date(2026, 12, 31),
            "outputs": "a\nb",
            "server": "-8 GB",
            "memory": "=8 GB",
            "vendor_contact": "+62 531 21000",
        },
    }
    for part, values in parts.items():
        put_part(application=one, part=part, values=values, by=by, provenance=provenance)
    values = {
        "users": 1200,
        "users_as_of": "2026-10",
        "bases": ["web", "mobile"],
        "contract_until": "2026-12-31",
    }
    more = {"note": "+62 belum\n=SUM(A1)", "registration_number": "000123", "app_class": "khusus_daerah"}
    set_values(application=one, values=values | more, by=by, provenance=provenance)
    data = declare_dataset(application=one, name="Data uji", by=by, provenance=provenance)
    Element.objects.create(dataset=data, name="nama")
    declare_link(
        source=one,
        target=other,
        data="Data uji",
        method="ketik_ulang",
        by=by,
        declared_by=one.owner,
        declared_words="x",
    )


@pytest.mark.parametrize("form", ["xlsx", "csv", "json", "geojson"])
def test_region_exported_and_imported_changes_nothing(team: User, tmp_path: Path, form: str) -> None:
    for each in kinds().values():
        kind = each.ready()
        if form not in kind.formats:
            continue
        run = checked(kind.key, exported(kind, form, tmp_path / f"{kind.key}.{form}"), team)
        faults = list(run.rows.filter(state="salah").values_list("number", "errors")[:3])
        assert faults == [], kind.key
        changed = list(run.rows.exclude(state="sama").values_list("label", "values", "before")[:3])
        assert changed == [], kind.key
        assert run.counts["sama"] > 0


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed here")
def test_applications_saved_by_libreoffice_change_nothing(team: User, tmp_path: Path) -> None:
    kind = kinds()["aplikasi"].ready()
    exported(kind, "xlsx", tmp_path / "aplikasi.xlsx")
    profile, target = tmp_path / "profil", tmp_path / "disimpan"
    command = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", "xlsx"]
    saved = [*command, "--outdir", str(target), str(tmp_path / "aplikasi.xlsx")]
    subprocess.run(saved, check=True, capture_output=True, timeout=120)
    data = (target / "aplikasi.xlsx").read_bytes()
    assert data != (tmp_path / "aplikasi.xlsx").read_bytes()
    run = checked("aplikasi", data, team)
    assert list(run.rows.exclude(state="sama").values_list("label", "values", "before", "errors")[:3]) == []
    assert run.counts["sama"] == Application.objects.count()


def test_import_of_services_publishes_and_undo_brings_the_text_back(team: User, tmp_path: Path) -> None:
    kind = kinds()["layanan"]
    rows = [dict(row) for row in kind.export(None, {})][:3]
    before = Standard.objects.count()
    for row in rows:
        row["a3"] = "4 hari kerja"
    run = checked("layanan", exported(kind, "xlsx", tmp_path / "l.xlsx", rows), team)
    assert run.counts["berubah"] == 3
    apply(run, team)
    assert run.state == "selesai", run.message
    assert Standard.objects.count() == before + 3
    now = {row["kode"]: row["a3"] for row in kind.export(None, {})}
    assert {now[row["kode"]] for row in rows} == {"4 hari kerja"}
    undo(run, team)
    assert run.state == "dibatalkan", run.message
    assert checked("layanan", exported(kind, "csv", tmp_path / "l.csv", rows), team).counts["berubah"] == 3


class Anything(Kind):
    """A kind of nothing but cells, to see whether they come back."""

    key = "apa_saja"
    title = "Apa saja"
    sentence = ""
    key_columns = ("teks",)
    columns = (
        Column("teks", "Teks", "", "a", CellType(lines=True)),
        Column("baris", "Satu baris", "", "a", CellType()),
        Column("bulat", "Bulat", "", "1", Whole(-(10**9), 10**9)),
        Column("pecahan", "Pecahan", "", "1", Number(2, -(10**6), 10**6)),
        Column("derajat", "Derajat", "", "1", Degree(-90, 142)),
        Column("tanggal", "Tanggal", "", "2026", PartialDay()),
    )

    def current(self, keys: Sequence[Key], *, lock: bool = False) -> dict[Key, Current]:
        return {}

    def all_keys(self, scope: frozenset[int] | None) -> Iterator[tuple[Key, str]]:
        return iter(())

    def apply(self, rows: Sequence[Row], *, by: Actor) -> None:
        pytest.fail("nothing is written here")

    def remove(self, keys: Sequence[Key], *, by: Actor) -> dict[Key, str]:
        return {}

    def export(self, scope: frozenset[int] | None, filters: Mapping[str, str]) -> Iterator[Mapping[str, str]]:
        return iter(())


NASTY = st.text(alphabet=st.sampled_from("=+-@'\"\t\r\n;,#|ab1 \u2028\x0b_x0041é＝"), max_size=12)
TEXT = st.one_of(NASTY, st.text(max_size=30))


@given(TEXT)
def test_apostrophe_goes_on_and_off_again(text: str) -> None:
    guarded = protect(text)
    assert release(guarded) == text
    assert not guarded.startswith(("=", "+", "-", "@", "\t", "\r"))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(
        st.fixed_dictionaries(
            {
                "teks": TEXT,
                "baris": TEXT,
                "bulat": st.one_of(st.just(""), st.integers(-(10**9), 10**9).map(str)),
                "pecahan": st.one_of(
                    st.just(""), st.decimals(-(10**6), 10**6, places=2, allow_nan=False).map(str)
                ),
                "derajat": st.one_of(st.just(""), st.decimals(-90, 142, places=6, allow_nan=False).map(str)),
                "tanggal": st.sampled_from(["", "2026", "2026-11", "2026-11-24", "2024 ; 2026-01"]),
            }
        ),
        min_size=1,
        max_size=5,
    ),
    form=st.sampled_from(["xlsx", "csv", "json"]),
)
def test_any_cell_comes_back_as_it_was(rows: list[dict[str, str]], form: str, tmp_path: Path) -> None:
    kind = Anything()
    settled = [kind.settle(row) for row in rows]
    settled = [row for row in settled if any(row.values())]  # a row without anything is no row
    if not settled:
        return
    target = tmp_path / f"t.{form}"
    exported(kind, form, target, settled)
    mapping = {column.key: place for place, column in enumerate(kind.columns)}
    with open_table(target, known=frozenset({"teks", "satubaris"})) as table:
        found = [read_line(line, table, mapping, kind) for line in table.lines()]
    assert [row.errors for row in found] == [[] for _row in settled]
    assert [row.values for row in found] == settled


def test_settled_texts_are_clean() -> None:
    assert clean("\ufeff a\r\nb\x00 ") == "a\nb"
    assert json.loads(json.dumps(clean("\ud800x"))) == "x"
