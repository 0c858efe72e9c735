"""Files to import, and the worker's steps run at once."""

import io
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from openpyxl import Workbook
from tests.people import member

from jendela.common.audit import Actor
from jendela.common.exchange import actions, jobs
from jendela.common.exchange.guess import guess
from jendela.common.exchange.kinds import kinds
from jendela.common.exchange.models import ImportRun
from jendela.people.accounts.models import User
from jendela.people.areas.models import Area

SOURCE = "https://contoh.go.id/titik"


def csv_bytes(rows: Sequence[Sequence[Any]], separator: str = ";") -> bytes:
    return "\n".join(separator.join(str(cell) for cell in row) for row in rows).encode()


def xlsx_bytes(rows: Sequence[Sequence[Any]], *, change: Callable[[Any], None] | None = None) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    if change:
        change(book)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def take_in(kind: str, data: bytes, by: User, name: str = "tabel.csv") -> ImportRun:
    actor = Actor(by.name, user=by)
    return actions.take_in(kind=kinds()[kind], name=name, chunks=[data], by=actor)


def checked(kind: str, data: bytes, by: User) -> ImportRun:
    """Taken in, columns as guessed, dry run done."""
    run = take_in(kind, data, by)
    actor = Actor(by.name, user=by)
    actions.match_columns(run=run, mapping=guess(kinds()[kind], run.headings), by=actor)
    jobs.check(run_id=run.pk, user_id=by.pk, actor=by.name, address=None)
    run.refresh_from_db()
    return run


def apply(run: ImportRun, by: User, *, skip_wrong: bool = False) -> None:
    actions.apply_import(run=run, skip_wrong=skip_wrong, by=Actor(by.name, user=by))
    jobs.apply(run_id=run.pk, user_id=by.pk, actor=by.name, address=None)
    run.refresh_from_db()


def undo(run: ImportRun, by: User, *, also_moved: bool = False) -> None:
    actions.undo_import(run=run, also_moved=also_moved, by=Actor(by.name, user=by))
    jobs.undo(run_id=run.pk, user_id=by.pk, actor=by.name, address=None, also_moved=also_moved)
    run.refresh_from_db()


@pytest.fixture
def areas(db: None) -> list[Area]:
    regency = Area.objects.create(code="62.02", name="Kotawaringin Timur", kind="kabupaten")
    one = Area.objects.create(code="62.02.06", name="Baamang", kind="kecamatan", parent=regency)
    two = Area.objects.create(code="62.02.10", name="Seranau", kind="kecamatan", parent=regency)
    return [regency, one, two]


@pytest.fixture
def team(areas: list[Area]) -> User:
    """Somebody who may import for all agencies."""
    return member("information_team", name="Rina Contoh")
