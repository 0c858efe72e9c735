"""/kelola/catatan.csv: the same entries as a table."""

import csv
import io

import pytest
from tests.people import client_of, member

from jendela.common.audit import Actor, record
from jendela.people.access.roles import Administrator, Planner

pytestmark = pytest.mark.django_db


def test_rows_follow_the_filters_and_start_no_formula() -> None:
    record(
        by=Actor('=HYPERLINK("http://x")'), action="test.one", target=("t.t", "@1"), after={"note": "baru"}
    )
    record(by=Actor("lain"), action="test.two", target=("t.t", "2"))
    client = client_of(member(Administrator.code))
    answer = client.get("/kelola/catatan.csv?tindakan=test.one")
    assert answer["Content-Type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == 1
    assert rows[0]["siapa"].startswith("'=")
    assert rows[0]["kunci"] == "'@1"
    assert rows[0]["perubahan"] == "catatan: (kosong) -> baru"


def test_it_needs_the_permission() -> None:
    assert client_of(member(Planner.code)).get("/kelola/catatan.csv").status_code == 404
