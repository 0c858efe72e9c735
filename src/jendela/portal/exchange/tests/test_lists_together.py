"""Lists of applications beside others: the same file again, two imports at once, and what a table shows to whom."""

from threading import Thread

import psycopg
import pytest
from django.db import connection, connections
from tests.people import agency, client_of, member

from jendela.common.audit import SYSTEM, Actor
from jendela.common.exchange import actions, jobs, reads
from jendela.common.exchange.choices import ImportState, RowState
from jendela.common.exchange.models import ImportRun
from jendela.people.accounts.models import User
from jendela.people.agencies.models import Agency
from jendela.portal.exchange.tests.conftest import apply, csv_bytes
from jendela.portal.exchange.tests.test_applications import HEAD, known, taken
from jendela.registry.applications.actions import Provenance, set_values
from jendela.registry.applications.models import Application, Change, Version

pytestmark = pytest.mark.django_db


@pytest.fixture
def kominfo() -> User:
    return member("information_team", name="Rina Contoh")


@pytest.fixture
def dinkes() -> Agency:
    return agency("Dinkes", name="Dinas Kesehatan")


def test_the_same_file_twice_says_so_and_changes_nothing(kominfo: User, dinkes: Agency) -> None:
    data = csv_bytes(
        [HEAD, ["e-Klinik", "Dinas Kesehatan", "Data pasien", "klinik.contoh.go.id", "Aktif", "2021"]]
    )
    first = taken(data, kominfo, sumber="Surat Dinkes 10/2026", tingkat="C")
    assert reads.imported_before(first) is None
    apply(first, kominfo)
    changes = Change.objects.count()
    second = taken(data, kominfo, "kiriman ulang.xlsx", sumber="Surat Dinkes 10/2026", tingkat="C")
    assert reads.imported_before(second) == first
    assert [row.state for row in second.rows.all()] == [RowState.SAME]
    assert Application.objects.filter(name="e-Klinik").count() == 1
    assert Change.objects.count() == changes


@pytest.mark.django_db(transaction=True)
def test_an_import_while_another_runs_waits_and_then_compares_again(kominfo: User, dinkes: Agency) -> None:
    """Both were checked before either wrote. The second waits for the lock, finds what the first wrote, and writes
    nothing until it is checked again."""
    first, second = (
        taken(
            csv_bytes([HEAD, ["e-Klinik", "Dinas Kesehatan", text, "klinik.contoh.go.id", "Aktif", "2021"]]),
            kominfo,
        )
        for text in ("Data pasien", "Rekam medis")
    )
    for run in (first, second):
        actions.apply_import(run=run, skip_wrong=False, by=Actor(kominfo.name, user=kominfo))

    def work(run: ImportRun) -> None:
        try:
            jobs.apply(run_id=run.pk, user_id=kominfo.pk, actor=kominfo.name, address=None)
        finally:
            connections.close_all()

    with psycopg.connect(**connection.get_connection_params() | {"cursor_factory": None}) as other:
        other.execute("SELECT pg_advisory_xact_lock(hashtext('exchange:aplikasi'))")  # the first is at work
        waiting = Thread(target=work, args=(second,))
        waiting.start()
        waiting.join(1)
        assert waiting.is_alive()
        assert not Application.objects.filter(name="e-Klinik").exists()
    waiting.join(30)
    work(first)
    for run in (first, second):
        run.refresh_from_db()
    assert second.state == ImportState.APPLIED
    assert first.state == ImportState.CHECKED
    assert "Tidak ada yang ditulis" in first.message
    assert Application.objects.get(name="e-Klinik").purpose == "Rekam medis"


@pytest.mark.parametrize(
    ("role", "own", "sees"),
    [("planner", False, False), ("agency_operator", True, True), ("information_team", False, True)],
)
def test_owners_columns_are_in_the_table_of_the_owner_alone(
    dinkes: Agency, role: str, own: bool, sees: bool
) -> None:
    row = known("e-Klinik", dinkes)
    set_values(application=row, values={"hosting_note": "rak 3"}, by=SYSTEM, provenance=Provenance("Dinkes"))
    Version.objects.create(
        application=row, number="1", contract_value=150_000_000, vendor_contact="0531 21000"
    )
    client = client_of(member(role, dinkes if own else None))
    for kind, secret, column in (
        ("aplikasi", "rak 3", "keterangan server"),
        ("versi-aplikasi", "150000000", "nilai kontrak"),
        ("versi-aplikasi", "0531 21000", "kontak penyedia"),
    ):
        answer = client.get(f"/kelola/ekspor/{kind}/?bentuk=csv")
        text = answer.getvalue().decode()
        assert "Klinik" in text or "klinik" in text
        assert (secret in text, column in text.lower()) == (sees, sees), kind
