"""/kelola/orang.csv: the list as a table."""

import csv
import io

import pytest
from tests.people import agency, client_of, member

from jendela.people.access.roles import AgencyHead, ServiceAdmin

pytestmark = pytest.mark.django_db


def test_rows_of_the_own_agency_without_formulas() -> None:
    here = agency("Dinas Sini")
    member(ServiceAdmin.code, here, name="=cmd|' /C calc'!A0")
    member(ServiceAdmin.code, agency("Dinas Sana"), name="Sari Sana")
    answer = client_of(member(AgencyHead.code, here)).get("/kelola/orang.csv?peran=service_admin")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row["nama"] for row in rows] == ["'=cmd|' /C calc'!A0"]
    assert rows[0]["instansi"] == "Dinas Sini"
    assert client_of(member(ServiceAdmin.code, here)).get("/kelola/orang.csv").status_code == 404
