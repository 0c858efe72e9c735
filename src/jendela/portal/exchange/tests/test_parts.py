"""Uses, costs and versions of applications as tables: in, out, and taken back with their sources."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.people import agency, member

from jendela.common.audit import Actor
from jendela.common.exchange import actions, jobs
from jendela.common.exchange.actions import Decision
from jendela.common.exchange.choices import ImportState, RowState
from jendela.common.exchange.kinds import kinds
from jendela.common.exchange.models import ImportRun
from jendela.people.accounts.models import User
from jendela.people.agencies.models import Agency
from jendela.portal.exchange.tests.conftest import apply, csv_bytes, undo
from jendela.registry.applications.actions import Provenance, create_application, put_part
from jendela.registry.applications.models import Application, ApplicationUse, Cost, Version
from jendela.registry.applications.parts import BY_KEY, state_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def kominfo() -> User:
    return member("information_team")


@pytest.fixture
def dinkes() -> Agency:
    return agency("Dinkes", name="Dinas Kesehatan")


def known(name: str, owner: Agency) -> Application:
    first = {"operator_level": "pusat", "audience": "internal", "state": "dipakai"}
    return create_application(
        values={"name": name, "owner": owner, **first}, by=Actor("x"), provenance=Provenance("x")
    )


def taken(key: str, data: list[list[str]], by: User, **options: str) -> ImportRun:
    kind, actor = kinds()[key].ready(), Actor(by.name, user=by)
    run = actions.take_in(kind=kind, name="daftar.csv", chunks=[csv_bytes(data)], by=actor)
    given = {one.name: one.initial for one in kind.options(None)} | options
    actions.match_columns(run=run, mapping=run.mapping, options=given, by=actor)
    return again(run, by)


def again(run: ImportRun, by: User) -> ImportRun:
    jobs.check(run_id=run.pk, user_id=by.pk, actor=by.name, address=None)
    run.refresh_from_db()
    assert run.state == ImportState.CHECKED, run.message
    return run


def faults(run: ImportRun) -> str:
    return "; ".join(
        e[1] for row in run.rows.filter(state=RowState.WRONG).order_by("position") for e in row.errors
    )


def test_the_central_list_asks_each_agency(kominfo: User, dinkes: Agency) -> None:
    other, centre = agency("Dukcapil"), agency("Kemenkes", level="pusat")
    aspak = known("ASPAK", centre)
    head = ["Nama aplikasi", "OPD pengguna", "Keterangan"]
    rows = [
        ["aspak", "1. DINAS KESEHATAN 2. Dukcapil", "Surat 10"],
        ["Tak Ada", "Dinkes", ""],
        ["ASPAK", "Entah", ""],
    ]
    run = taken("pemakaian-aplikasi", [head, *rows], kominfo, menurut="Kemenkes")
    assert "belum tercatat" in faults(run)
    assert "tidak ada di daftar instansi" in faults(run)
    assert run.counts["menunggu"] == 1
    split = [Decision(2, 0, "pecah", "ya")]
    actions.decide(run=run, decisions=split, check=True, by=Actor("x", user=kominfo))
    run = again(run, kominfo)
    assert run.counts["baru"] == 2
    apply(run, kominfo, skip_wrong=True)
    uses = list(ApplicationUse.objects.order_by("agency__short_name"))
    assert [(one.application, one.agency, one.state) for one in uses] == [
        (aspak, dinkes, "disebut"),
        (aspak, other, "disebut"),
    ]
    assert {(one.said_by, one.source, one.note) for one in uses} == {("Kemenkes", "daftar.csv", "Surat 10")}
    undo(run, kominfo)
    assert not ApplicationUse.objects.exists()


def test_an_answer_is_not_asked_again(kominfo: User, dinkes: Agency) -> None:
    row = known("ASPAK", agency("Kemenkes", level="pusat"))
    use = {"agency": dinkes, "state": "tidak_dipakai", "reason": "Tidak ada"}
    put_part(application=row, part="uses", values=use, by=Actor("x"), provenance=Provenance("Dinkes"))
    run = taken("pemakaian-aplikasi", [["Aplikasi", "Instansi"], ["ASPAK", "Dinkes"]], kominfo)
    assert run.counts["sama"] == 1


def test_costs_in_words_of_a_budget_and_back_with_their_source(kominfo: User, dinkes: Agency) -> None:
    row = known("e-Klinik", dinkes)
    old = {"year": 2025, "kind": "hosting", "amount": 5_000_000}
    put_part(application=row, part="costs", values=old, by=Actor("x"), provenance=Provenance("Dinkes", "DPA"))
    before = state_of(BY_KEY["costs"], Cost.objects.get())
    head = ["Aplikasi", "Tahun anggaran", "Jenis biaya", "Nilai", "Sumber dana"]
    rows = [
        ["e-klinik", "2026", "pemeliharaan", "Rp 1,2 M", "APBD"],
        ["e-Klinik", "2025", "server dan hosting", "Rp 6.500.000,-", ""],
        ["e-Klinik", "2024", "lisensi", "1,200", ""],
        ["e-Klinik", "26", "lisensi", "1.200.000", ""],
    ]
    run = taken("biaya-aplikasi", [head, *rows], kominfo, tingkat="B", sumber="DPA 2026")
    assert "bisa berarti dua jumlah" in faults(run)
    assert "di luar batas 2000" in faults(run)
    apply(run, kominfo, skip_wrong=True)
    found = {(one.year, one.kind): one for one in Cost.objects.all()}
    assert found[2026, "pemeliharaan"].amount == 1_200_000_000
    assert found[2025, "hosting"].amount == 6_500_000
    assert found[2025, "hosting"].grade == "B"
    assert set(row.changes.filter(field="part.costs").values_list("source", flat=True)) == {"DPA", "DPA 2026"}
    undo(run, kominfo)
    assert run.state == ImportState.UNDONE, run.message
    assert state_of(BY_KEY["costs"], Cost.objects.get()) == before


def test_versions_move_the_end_of_the_contract_and_undo_moves_it_back(kominfo: User, dinkes: Agency) -> None:
    row = known("e-Klinik", dinkes)
    head = ["Aplikasi", "Versi", "Kontrak mulai", "Akhir kontrak", "Nilai", "RAM", "OS", "Kontak vendor"]
    rows = [
        ["e-Klinik", "2.1", "5 Januari 2026", "31/12/2026", "150 jt", "8 GB", "Ubuntu", "0531 21000"],
        ["e-Klinik", "3.0", "2026-12-31", "2026-01-01", "", "", "", ""],
    ]
    run = taken("versi-aplikasi", [head, *rows], kominfo)
    assert "lebih awal dari mulainya" in faults(run)
    apply(run, kominfo, skip_wrong=True)
    row.refresh_from_db()
    assert str(row.contract_until) == "2026-12-31"
    version = Version.objects.get()
    assert version.contract_value == 150_000_000
    assert (version.memory, version.operating_system, version.vendor_contact) == (
        "8 GB",
        "Ubuntu",
        "0531 21000",
    )
    undo(run, kominfo)
    row.refresh_from_db()
    assert (row.contract_until, Version.objects.count()) == (None, 0)


def test_a_name_that_two_have_needs_the_code(kominfo: User, dinkes: Agency) -> None:
    known("SIMPEG", dinkes)
    known("SIMPEG", agency("Dukcapil"))
    run = taken(
        "biaya-aplikasi",
        [["Aplikasi", "Tahun", "Jenis", "Jumlah"], ["SIMPEG", "2026", "lisensi", "1"]],
        kominfo,
    )
    assert "bisa berarti simpeg, simpeg-2" in faults(run)


def test_number_of_statements_does_not_grow_with_rows(kominfo: User, dinkes: Agency) -> None:
    for i in range(40):
        known(f"Aplikasi {i}", dinkes)

    def statements(number: int, year: str) -> tuple[int, int]:
        rows = [[f"aplikasi-{i}", year, "lisensi", "1.000"] for i in range(number)]
        head: list[Any] = ["Aplikasi", "Tahun", "Jenis", "Jumlah"]
        with CaptureQueriesContext(connection) as check:
            run = taken("biaya-aplikasi", [head, *rows], kominfo)
        with CaptureQueriesContext(connection) as write:
            apply(run, kominfo)
        assert run.state == ImportState.APPLIED
        return len(check), len(write)

    statements(1, "2020")
    assert statements(4, "2021") == statements(40, "2022")
