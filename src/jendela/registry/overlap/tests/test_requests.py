"""A request for a new application: the register answers first, a decision names its reasons, papers can be taken."""

import datetime
import io
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from docx import Document
from pytest_django import DjangoAssertNumQueries
from tests.people import agency, client_of, member

from jendela.common import content
from jendela.common.audit import SYSTEM
from jendela.common.dates import today
from jendela.common.documents import pdf_available
from jendela.people.access.roles import AgencyOperator, InformationTeam, Planner
from jendela.registry.applications.actions import Provenance, create_application
from jendela.registry.applications.models import ApplicationFunction, Approval, FunctionNode
from jendela.registry.overlap import papers, register, request_actions
from jendela.registry.overlap.choices import RequestState
from jendela.registry.overlap.models import Request

pytestmark = pytest.mark.django_db
URL = "/kelola/usulan-aplikasi/"
FILLED = {
    "name": "SIMPEG Baru", "purpose": "Mengelola data kepegawaian", "problem": "Data pegawai tercecer di 47 instansi",
    "without_app": "Rapat bulanan", "users": "4.000 pegawai", "why_not_existing": "Tidak memuat honorer",
    "data_needed": "NIP", "integration": "SIASN", "legal_basis": "UU 20/2023", "function": "", "hosting": "",
    "year-0": "2027", "kind-0": "pembangunan", "amount-0": "150 juta",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _register(db: None) -> Any:
    given = {"name": "SIMPEG", "owner": agency("BKPSDM Uji"), "operator_level": "daerah", "audience": "internal",
             "state": "dipakai", "purpose": "Mengelola data kepegawaian daerah"}  # fmt: skip
    create_application(values=given, by=SYSTEM, provenance=Provenance("Uji"))
    register.forget()
    yield
    register.forget()


def operator(name: str = "Dinas Uji") -> Client:
    return client_of(member(AgencyOperator.code, agency(name)))


def kominfo() -> Client:
    return client_of(member(InformationTeam.code))


def sent() -> Request:
    client = operator()
    client.post(f"{URL}baru/", FILLED)
    row = Request.objects.get()
    client.post(f"{URL}{row.pk}/", {**FILLED, "kirim": "1"})
    row.refresh_from_db()
    assert row.state == RequestState.SENT
    return row


def test_the_register_answers_first() -> None:
    page = operator().post(f"{URL}baru/", {"name": "SIMPEG Baru"}, follow=True).content.decode()
    assert "yang mirip" in page
    assert "BKPSDM Uji" in page
    assert "Sebelum dikirim, lengkapi:" in page
    assert Request.objects.get().found[0]["name"] == "SIMPEG"


def test_what_was_registered_a_moment_ago_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """When the patience of a large register is over, the index is built anew; before, the old one answers."""
    asked: dict[str, Any] = {"name": "Bunga Melati", "purpose": "", "agency": agency("Dinas Uji")}
    monkeypatch.setattr(register, "PATIENCE", 1_000_000)
    assert request_actions.check(**asked) == []
    given = {"name": "Bunga Melati", "owner": agency("Dinas Lain"), "operator_level": "daerah",
             "audience": "internal", "state": "dipakai"}  # fmt: skip
    create_application(values=given, by=SYSTEM, provenance=Provenance("Uji"))
    content.bump()  # what a commit does
    assert request_actions.check(**asked) == []
    monkeypatch.setattr(register, "PATIENCE", 0)
    register.forget()
    assert [one["name"] for one in request_actions.check(**asked)] == ["Bunga Melati"]
    create_application(values=given | {"name": "Bunga Melati Dua"}, by=SYSTEM, provenance=Provenance("Uji"))
    content.bump()
    found = {one["name"] for one in request_actions.check(**asked)}
    assert found == {"Bunga Melati", "Bunga Melati Dua"}


def test_an_application_of_the_same_function_is_shown_whatever_it_is_called() -> None:
    tree = {"tree": "RAB", "citation": "uji"}
    node = FunctionNode.objects.create(code="RAB.99.01", name="Kepegawaian", **tree)
    deeper = FunctionNode.objects.create(code="RAB.99.01.01", name="Cuti pegawai", parent=node, **tree)
    common = {
        "operator_level": "daerah",
        "audience": "internal",
        "state": "dipakai",
        "owner": agency("Dinas Lain"),
    }
    for name, at, values in (
        ("Melati", node, {}), ("Anggrek", deeper, {"app_class": "umum"}), ("Mati Suri", node, {"state": "mati"}),
    ):  # fmt: skip
        one = create_application(
            values=common | {"name": name} | values, by=SYSTEM, provenance=Provenance("Uji")
        )
        ApplicationFunction.objects.create(application=one, node=at, confirmed_at=timezone.now())
    only_suggested = create_application(
        values=common | {"name": "Kenanga"}, by=SYSTEM, provenance=Provenance("Uji")
    )
    ApplicationFunction.objects.create(application=only_suggested, node=node)
    found = request_actions.check(name="Bunga", purpose="", agency=agency("Dinas Uji"), function=node)
    assert [(one["name"], one["kind"]) for one in found] == [("Anggrek", "function"), ("Melati", "function")]
    assert found[0]["reasons"][0] == "aplikasi umum, wajib dipakai bersama"
    client = operator()
    client.post(f"{URL}baru/", {"name": "Bunga"})
    row = Request.objects.get()
    assert row.found == []
    client.post(f"{URL}{row.pk}/", {"name": "Bunga", "function": node.code})
    row.refresh_from_db()
    assert [one["name"] for one in row.found] == ["Anggrek", "Melati"]


def test_a_draft_is_kept_and_incomplete_ones_are_not_sent() -> None:
    client = operator()
    client.post(f"{URL}baru/", {"name": "SIMPEG Baru"})
    row = Request.objects.get()
    page = client.post(
        f"{URL}{row.pk}/", {"name": "SIMPEG Baru", "problem": "Tercecer", "kirim": "1"}, follow=True
    )
    assert "Belum terkirim, tetapi tersimpan." in page.content.decode()
    row.refresh_from_db()
    assert (row.problem, row.state) == ("Tercecer", RequestState.DRAFT)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [({"name": ""}, "Tulis nama sementaranya."), ({"amount-0": "banyak"}, "bukan jumlah uang"),
     ({"kind-0": ""}, "Isi tahun, jenis dan jumlahnya")],
)  # fmt: skip
def test_bad_input_comes_back_whole(wrong: dict[str, str], words: str) -> None:
    answer = operator().post(f"{URL}baru/", {**FILLED, **wrong})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert words in page
    assert "Data pegawai tercecer di 47 instansi" in page
    assert not Request.objects.exists()


def test_refused_with_reasons() -> None:
    row = sent()
    client = kominfo()
    assert (
        client.post(
            f"{URL}{row.pk}/putusan/", {"state": "ditolak", "answer": "Sudah ada", "date": today()}
        ).status_code
        == 400
    )
    client.post(
        f"{URL}{row.pk}/putusan/",
        {
            "state": "ditolak",
            "reasons": ["sudah_ada"],
            "cited": ["simpeg"],
            "answer": "Pakai SIMPEG.",
            "date": today(),
        },
    )
    page = operator().get(f"{URL}{row.pk}/").content.decode()
    assert "Aplikasi yang sama sudah ada." in page
    assert "Pakai SIMPEG." in page
    assert 'href="/aplikasi/simpeg/"' in page
    assert client.post(f"{URL}{row.pk}/putusan/", {}).status_code == 404  # decided once
    paper = Document(io.BytesIO(operator().get(f"{URL}{row.pk}/keputusan.docx").content))
    text = "\n".join(one.text for one in paper.paragraphs)
    assert "Pakai SIMPEG." in text


def test_approved_becomes_a_planned_application() -> None:
    row = sent()
    values = {"state": "disetujui", "answer": "Silakan", "number": "555/12", "date": today()}
    kominfo().post(f"{URL}{row.pk}/putusan/", values)
    row.refresh_from_db()
    assert row.application is not None
    assert (row.application.life_cycle, row.application.owner) == ("rencana", row.agency)
    assert Approval.objects.get().number == "555/12"


def test_asked_back_can_be_written_again() -> None:
    row = sent()
    kominfo().post(
        f"{URL}{row.pk}/putusan/", {"state": "ditanya", "answer": "Berapa honorer?", "date": today()}
    )
    client = operator()
    assert "Berapa honorer?" in client.get(f"{URL}{row.pk}/").content.decode()
    client.post(f"{URL}{row.pk}/", {**FILLED, "users": "4.100", "kirim": "1"})
    row.refresh_from_db()
    assert (row.state, row.users) == (RequestState.SENT, "4.100")


def test_the_needs_document() -> None:
    row = sent()
    paper = Document(io.BytesIO(operator().get(f"{URL}{row.pk}/kebutuhan.docx").content))
    text = "\n".join(
        [one.text for one in paper.paragraphs]
        + [c.text for t in paper.tables for r in t.rows for c in r.cells]
    )
    for words in ("Data pegawai tercecer di 47 instansi", "SIMPEG", "Rp150.000.000", "Rapat bulanan"):
        assert words in text
    if pdf_available():
        assert operator().get(f"{URL}{row.pk}/kebutuhan.pdf").content.startswith(b"%PDF")
    assert operator().get(f"{URL}{row.pk}/keputusan.docx").status_code == 404


def test_papers_bear_the_day_of_here() -> None:
    """01.00 WIB is still the day before in UTC."""
    with time_machine.travel("2026-11-24T01:00:00+07:00", tick=False):
        row = sent()
    paper = papers.needs_document(row)
    assert paper.date == datetime.date(2026, 11, 24)
    assert "24-11-2026" in paper.draft_note
    row.state, row.decided_at = RequestState.REFUSED, row.sent_at
    assert papers.decision_letter(row).date == datetime.date(2026, 11, 24)


def test_whose_it_is() -> None:
    row = sent()
    other = operator("Dinas Lain")
    assert other.get(f"{URL}{row.pk}/").status_code == 404
    assert other.post(f"{URL}{row.pk}/tarik/").status_code == 404
    assert operator().get(f"{URL}{row.pk}/putusan/").status_code == 404
    assert client_of(member(Planner.code)).get(URL).status_code == 404
    assert Client().get(URL).status_code == 302
    operator().post(f"{URL}{row.pk}/tarik/")
    row.refresh_from_db()
    assert row.state == RequestState.WITHDRAWN


def test_drafts_are_not_seen_by_kominfo() -> None:
    operator().post(f"{URL}baru/", {"name": "SIMPEG Baru"})
    row = Request.objects.get()
    assert kominfo().get(f"{URL}{row.pk}/").status_code == 404


def test_the_list_asks_the_same_number_of_questions(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    sent()
    client = kominfo()
    with django_assert_num_queries(4) as asked:
        client.get(URL)
    first = Request.objects.get()
    for number in range(20):
        Request.objects.create(agency=first.agency, made_by=first.made_by, name=f"Usulan {number}", state="dikirim",
                               changed_at=datetime.datetime.now(datetime.UTC))  # fmt: skip
    with django_assert_num_queries(len(asked)):
        client.get(URL)
