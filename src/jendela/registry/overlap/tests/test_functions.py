"""Functions: what words and confirmed codes suggest, and what a person confirms."""

from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from tests.people import agency, client_of, member

from jendela.common.audit import SYSTEM
from jendela.people.access.roles import AgencyOperator, InformationTeam
from jendela.registry.applications.actions import Provenance, create_application
from jendela.registry.applications.models import (
    Application,
    ApplicationFunction,
    FunctionNode,
)
from jendela.registry.overlap import jobs, suggesting
from jendela.registry.overlap.models import FunctionSuggestion

pytestmark = pytest.mark.django_db


def application(name: str, owner: str = "Dinas Uji", **values: Any) -> Application:
    given = {"name": name, "owner": agency(owner), "operator_level": "daerah", "audience": "publik",
             "state": "dipakai"} | values  # fmt: skip
    return create_application(values=given, by=SYSTEM, provenance=Provenance(owner))


def test_functions_are_suggested_and_confirmed_by_a_person() -> None:
    FunctionNode.objects.create(code="RAB.09.06", tree="RAB", name="Aparatur", keywords="kepegawaian, absensi",
                                citation="Perpres 132/2022")  # fmt: skip
    row = application("SIMPEG", purpose="Mengelola kepegawaian")
    client = client_of(member(AgencyOperator.code, agency("Dinas Uji")))
    page = client.get("/kelola/kemiripan/fungsi/").content.decode()
    assert "1 aplikasi belum punya kode fungsi" in page
    assert 'value="RAB.09.06"' in page
    client.post(f"/kelola/kemiripan/fungsi/{row.slug}/", {"kode": "RAB.99.99"})
    assert not ApplicationFunction.objects.exists()
    done = client.post(
        f"/kelola/kemiripan/fungsi/{row.slug}/", {"kode": "RAB.09.06"}, follow=True
    ).content.decode()
    assert "sudah dipastikan" in done
    assert ApplicationFunction.objects.get().confirmed_at is not None
    other = client_of(member(AgencyOperator.code, agency("Dinas Lain")))
    assert other.post(f"/kelola/kemiripan/fungsi/{row.slug}/", {"kode": "RAB.09.06"}).status_code == 404


def test_a_code_of_another_tree_is_no_function() -> None:
    node = FunctionNode.objects.create(code="RAA.03", tree="RAA", name="Aplikasi umum", citation="Uji")
    row = application("SIMPEG")
    ApplicationFunction.objects.create(application=row, node=node, confirmed_at=timezone.now())
    client = client_of(member(AgencyOperator.code, agency("Dinas Uji")))
    assert "1 aplikasi belum punya kode fungsi" in client.get("/kelola/kemiripan/fungsi/").content.decode()
    client.post(f"/kelola/kemiripan/fungsi/{row.slug}/", {"kode": "RAA.03"})
    assert not ApplicationFunction.objects.filter(main=True).exists()


def test_suggestions_go_as_deep_as_the_text(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for code, name, words in (
        ("RAB.09.06", "Aparatur", "kepegawaian"), ("RAB.09.06.01", "Kehadiran", "absensi"),
        ("RAB.09.06.02", "Cuti", ""), ("RAB.04.01", "Kesehatan", "pasien"),
    ):  # fmt: skip
        FunctionNode.objects.create(code=code, tree="RAB", name=name, keywords=words, citation="Uji")
    application("A", purpose="Absensi pegawai")
    application("B", purpose="Kepegawaian daerah")
    application("C", purpose="Cuti dan absensi, keduanya")
    reader = member(InformationTeam.code)
    with django_assert_num_queries(4):  # roles, page, tree, what the worker keeps
        rows = suggesting.unnamed(reader).rows
    found = {one.application.name: one.suggestions[0].code for one in rows}
    assert found == {"A": "RAB.09.06.01", "B": "RAB.09.06", "C": "RAB.09.06"}


def test_what_people_confirmed_teaches_by_night() -> None:
    """No page learns: the worker does, and keeps what it suggests until a function is confirmed."""
    for code, name in (("RAB.01.01", "Opal"), ("RAB.02.01", "Giok")):
        FunctionNode.objects.create(code=code, tree="RAB", name=name, citation="Uji")
    said = {"confirmed_at": timezone.now(), "confirmed_by": "Uji", "main": True}
    rows = [
        application(f"SIM {number}", purpose=f"Mencatat {kind} batu")
        for number, kind in enumerate(["zamrud hijau", "safir biru"] * 30)
    ]
    for number, row in enumerate(rows[:-2]):
        ApplicationFunction.objects.create(
            application=row, node_id=("RAB.01.01", "RAB.02.01")[number % 2], **said
        )
    reader = member(InformationTeam.code)
    assert [one.suggestions for one in suggesting.unnamed(reader).rows] == [[], []]
    jobs.keep_suggestions()
    found = {one.application.name: one.suggestions[0].code for one in suggesting.unnamed(reader).rows}
    assert found == {"SIM 58": "RAB.01.01", "SIM 59": "RAB.02.01"}
    ApplicationFunction.objects.create(application=rows[58], node_id="RAB.01.01", **said)
    jobs.keep_suggestions()
    assert [one.application_id for one in FunctionSuggestion.objects.all()] == [rows[59].pk]
    ApplicationFunction.objects.exclude(application=rows[0]).delete()
    jobs.keep_suggestions()  # too few to learn from
    assert not FunctionSuggestion.objects.exists()
