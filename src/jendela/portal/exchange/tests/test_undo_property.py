"""Whatever a table changes, its undo brings every row back; and two workers on one import write it once."""

import threading
from typing import Any

import pytest
from django.db import connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.people import agency, member

from jendela.common.audit import Actor
from jendela.common.exchange import actions, files, jobs
from jendela.common.exchange.choices import ImportState
from jendela.common.exchange.models import ImportProgress, ImportRun
from jendela.common.models import AuditEntry
from jendela.people.accounts.models import User
from jendela.people.agencies.models import Office
from jendela.people.areas.kinds import Points
from jendela.people.areas.models import Area, AreaPoint
from jendela.portal.exchange.tests.conftest import SOURCE, apply, checked, csv_bytes, take_in, undo

HEAD = ["Kode kantor", "Nama kantor", "Instansi", "Alamat", "Jam buka", "Telepon", "Catatan"]
ROW = st.tuples(
    st.sampled_from(["satu", "dua", "tiga", "baru-a", "baru-b"]),
    st.sampled_from(["Loket", "Loket Utama"]),
    st.sampled_from(["Disdik", "Dinkes"]),
    st.sampled_from(["", "Jalan A 1", "=Jalan B"]),
    st.sampled_from(["", "Senin–Jumat", "Selasa"]),
    st.sampled_from(["", "0531 21057", "112"]),
    st.sampled_from(["", "x"]),
)


def everything() -> list[tuple[Any, ...]]:
    """All that a table can change; when a form of an office was last used is not taken back."""
    fields = [one.attname for one in Office._meta.concrete_fields if one.name != "edited_by_agency_at"]
    return list(Office.objects.order_by("slug").values_list(*[name for name in fields if name != "id"]))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(ROW, min_size=1, max_size=5, unique_by=lambda row: row[0]), columns=st.integers(3, 7))
def test_undo_brings_every_row_back(team: User, rows: list[tuple[str, ...]], columns: int) -> None:
    for name, at in (("satu", "Disdik"), ("dua", "Disdik"), ("tiga", "Dinkes")):
        values = {"name": name.title(), "hours": "Senin", "hours_source": SOURCE, "phone": "0531 21234"}
        Office.objects.get_or_create(slug=name, defaults={"agency": agency(at), **values})
    before = everything()
    run = checked("kantor", csv_bytes([HEAD[:columns], *(row[:columns] for row in rows)]), team)
    assert run.counts["salah"] == 0
    if run.counts["baru"] + run.counts["berubah"] == 0:
        return
    apply(run, team)
    assert run.state == ImportState.APPLIED, run.message
    assert checked("kantor", csv_bytes([HEAD[:columns], *(r[:columns] for r in rows)]), team).counts[
        "sama"
    ] == len(rows)
    undo(run, team)
    assert run.state == ImportState.UNDONE, run.message
    assert everything() == before


POINTS = ["Kode wilayah", "Jenis", "Nama", "Lintang", "Bujur", "Sumber"]


def ready(number: int) -> tuple[ImportRun, User]:
    """An import of new points, checked and asked to be written; committed."""
    regency = Area.objects.create(code="62.02", name="Kotawaringin Timur", kind="kabupaten")
    Area.objects.create(code="62.02.06", name="Baamang", kind="kecamatan", parent=regency)
    person = member("information_team")
    rows = [["62.02.06", "tiang", f"Tiang {place}", "-2.5", "112.9", SOURCE] for place in range(number)]
    run = checked("titik", csv_bytes([POINTS, *rows]), person)
    actions.apply_import(run=run, skip_wrong=False, by=Actor(person.name, user=person))
    return run, person


def in_threads(*calls: Any) -> None:
    def run(call: Any) -> None:
        try:
            call()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)


@pytest.mark.django_db(transaction=True)
def test_two_workers_on_one_import_write_it_once() -> None:
    run, person = ready(20)

    def work() -> None:
        jobs.apply(run_id=run.pk, user_id=person.pk, actor=person.name, address=None)

    in_threads(work, work)
    run.refresh_from_db()
    assert run.state == ImportState.APPLIED, run.message
    assert AreaPoint.objects.count() == 20
    assert AuditEntry.objects.filter(action="exchange.apply").count() == 1
    assert AuditEntry.objects.filter(action="areas.put_areapoint").count() == 20


@pytest.mark.django_db(transaction=True)
def test_progress_is_seen_while_the_worker_writes_and_a_stop_leaves_nothing(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.EXCHANGE_BATCH = 5
    monkeypatch.setattr("jendela.common.exchange.progress.EVERY_SECONDS", 0)
    run, person = ready(40)
    seen: list[tuple[int, int]] = []
    written, asked = threading.Event(), threading.Event()
    write = Points.apply

    def slow(self: Points, rows: Any, *, by: Actor) -> None:
        write(self, rows, by=by)
        written.set()
        asked.wait(30)

    monkeypatch.setattr(Points, "apply", slow)

    def work() -> None:
        jobs.apply(run_id=run.pk, user_id=person.pk, actor=person.name, address=None)

    def watch() -> None:
        written.wait(30)
        seen.append(ImportProgress.objects.values_list("done", "total").get(run=run))
        actions.stop_import(run=run, by=Actor(person.name, user=person))
        asked.set()

    in_threads(work, watch)
    run.refresh_from_db()
    done, total = seen[0]
    assert total == 80  # each row is compared, then written
    assert done >= 40
    assert run.state == ImportState.CHECKED
    assert AreaPoint.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_a_file_goes_when_its_import_is_dropped() -> None:
    Area.objects.create(code="62.02", name="Kotawaringin Timur", kind="kabupaten")
    person = member("information_team")
    run = take_in("titik", csv_bytes([POINTS, ["62.02", "a", "b", "-2", "112", SOURCE]]), person)
    path = files.path_of(run)
    assert path.exists()
    actions.stop_import(run=run, by=Actor(person.name, user=person))
    assert not path.exists()
