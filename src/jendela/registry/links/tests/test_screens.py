"""Every screen of links once: facts, bad input, strangers, numbers of queries."""

import itertools
from typing import Any

import pytest
from django.test import Client
from tests.people import agency, client_of, member

from jendela.common.audit import SYSTEM
from jendela.people.access.roles import AgencyOperator, InformationTeam, Leader, StaffMember
from jendela.registry.applications.models import Application
from jendela.registry.datasets.tests.world import application
from jendela.registry.links import actions
from jendela.registry.links.models import Link, SourceRule, StandAlone

pytestmark = pytest.mark.django_db
HERE = "/kelola/integrasi/"
FORM = {
    "data": "NIK balita",
    "method": "api",
    "state": "berjalan",
    "direction": "satu_arah",
    "frequency": "harian",
}


@pytest.fixture
def ends() -> tuple[Application, Application]:
    return application("Gizi Kotim", agency("dinkes")), application("SIAK", agency("disdukcapil"))


@pytest.fixture
def giver(ends: tuple[Application, Application]) -> Client:
    return client_of(member(AgencyOperator.code, ends[0].owner))


@pytest.fixture
def getter(ends: tuple[Application, Application]) -> Client:
    return client_of(member(AgencyOperator.code, ends[1].owner, name="Citra Lestari"))


@pytest.fixture
def kominfo() -> Client:
    return client_of(member(InformationTeam.code))


def link(ends: tuple[Application, Application], **values: Any) -> Link:
    given: dict[str, Any] = {
        "data": "NIK",
        "method": "api",
        "declared_by": ends[0].owner,
        "declared_words": "Budi, dinkes",
    } | values
    return actions.declare_link(source=ends[0], target=ends[1], by=SYSTEM, **given)


def test_empty_says_how_many_stand_alone(ends: object, giver: Client) -> None:
    text = giver.get(HERE).content.decode()
    assert "Belum ada integrasi yang dinyatakan." in text
    assert "2 aplikasi berdiri sendiri" in text


def test_declared_then_confirmed(
    ends: tuple[Application, Application], giver: Client, getter: Client
) -> None:
    answer = giver.post(f"{HERE}baru/", {**FORM, "source": "gizi kotim", "target": "SIAK"}, follow=True)
    text = answer.content.decode()
    row = Link.objects.get()
    assert (row.declared_by, row.confirmation) == (ends[0].owner, "menunggu")
    assert "Menunggu jawaban disdukcapil" in text
    assert giver.get(f"{HERE}{row.pk}/jawab/").status_code == 404
    assert "Menunggu jawaban Anda" in getter.get(HERE).content.decode()
    answer = getter.post(f"{HERE}{row.pk}/jawab/", {"answer": "benar", "reason": ""}, follow=True)
    assert "dibenarkan kedua pihak" in answer.content.decode()
    assert Link.objects.get().answered_by == "Citra Lestari, disdukcapil"


def test_a_denial_without_reason_comes_back(ends: tuple[Application, Application], getter: Client) -> None:
    row = link(ends)
    answer = getter.post(f"{HERE}{row.pk}/jawab/", {"answer": "tidak", "reason": " "})
    assert answer.status_code == 400
    assert "Tulis mengapa tidak benar" in answer.content.decode()
    getter.post(f"{HERE}{row.pk}/jawab/", {"answer": "tidak", "reason": "Belum pernah ada"})
    assert Link.objects.get().confirmation == "dibantah"


def test_a_name_that_means_several_is_asked(ends: tuple[Application, Application], giver: Client) -> None:
    application("SIAK Terpusat", agency("pusat"))
    Application.objects.filter(slug="siak").update(name="SIAK Lama")
    sent = {**FORM, "source": "Gizi Kotim", "target": "siak"}
    answer = giver.post(f"{HERE}baru/", sent)
    assert answer.status_code == 400
    text = answer.content.decode()
    assert "Yang mana: siak?" in text
    assert 'value="siak-terpusat"' in text
    giver.post(f"{HERE}baru/", {**sent, "target_pick": "siak-terpusat"})
    assert Link.objects.get().target.slug == "siak-terpusat"


def test_bad_declarations_come_back_with_what_was_typed(ends: object, giver: Client) -> None:
    answer = giver.post(
        f"{HERE}baru/", {**FORM, "source": "Tidak Ada", "target": "SIAK", "data": "Kata saya"}
    )
    text = answer.content.decode()
    assert answer.status_code == 400
    assert "Belum ada di daftar aplikasi" in text
    assert "Kata saya" in text
    answer = giver.post(f"{HERE}baru/", {**FORM, "source": "SIAK", "target": "SIAK"})
    assert "tidak boleh sama" in answer.content.decode()
    answer = giver.post(
        f"{HERE}baru/", {**FORM, "source": "Gizi Kotim", "target": "SIAK", "hours_a_month": "3"}
    )
    assert "Jam hanya diisi" in answer.content.decode()
    answer = giver.post(f"{HERE}baru/", {"source": "\x00", "target": "", "method": "sihir"})
    assert answer.status_code == 400
    assert not Link.objects.exists()


def test_others_applications_are_not_declared(ends: object) -> None:
    other = client_of(member(AgencyOperator.code, agency("dinas-lain")))
    answer = other.post(f"{HERE}baru/", {**FORM, "source": "Gizi Kotim", "target": "SIAK"})
    assert "Salah satu aplikasi harus milik instansi Anda" in answer.content.decode()


def test_kominfo_says_according_to_whom(ends: tuple[Application, Application], kominfo: Client) -> None:
    sent = {**FORM, "source": "Gizi Kotim", "target": "SIAK"}
    assert kominfo.post(f"{HERE}baru/", sent).status_code == 400
    kominfo.post(f"{HERE}baru/", {**sent, "said_by": "tujuan"})
    assert Link.objects.get().declared_by == ends[1].owner


def test_corrected_ended_returned(ends: tuple[Application, Application], giver: Client) -> None:
    row = link(ends)
    giver.post(f"{HERE}{row.pk}/ubah/", {**FORM, "data": "NIK", "hours_a_month": "", "method": "ketik_ulang"})
    row.refresh_from_db()
    assert row.method == "ketik_ulang"
    assert giver.post(f"{HERE}{row.pk}/akhiri/", {"reason": ""}).status_code == 400
    text = giver.post(f"{HERE}{row.pk}/akhiri/", {"reason": "Perjanjian habis"}, follow=True).content.decode()
    assert "Kembalikan ke daftar" in text
    giver.post(f"{HERE}{row.pk}/kembalikan/")
    row.refresh_from_db()
    assert row.ended_at is None


def test_readers_read_and_change_nothing(ends: tuple[Application, Application]) -> None:
    row = link(ends)
    leader = client_of(member(Leader.code))
    assert leader.get(f"{HERE}{row.pk}/").status_code == 200
    for path in ("jawab/", "ubah/", "akhiri/"):
        assert leader.get(f"{HERE}{row.pk}/{path}").status_code == 404
    other = client_of(member(AgencyOperator.code, agency("dinas-lain")))
    assert other.post(f"{HERE}{row.pk}/ubah/", FORM).status_code == 404
    assert client_of(member(StaffMember.code)).get(HERE).status_code == 404
    assert Client().get(HERE).status_code == 302


def test_filters_and_bad_filters(ends: tuple[Application, Application], kominfo: Client) -> None:
    link(ends)
    for query, there in (
        ("", True), ("?cara=api", True), ("?cara=berkas", False), ("?cara=sihir", True), ("?nama=gizi+nik", True),
        ("?nama=%00", True), ("?nama=lain", False), ("?instansi=dinkes", True), ("?instansi=bukan", False),
        ("?jawab=saya", True), ("?sesudah=x", True), ("?sesudah=1" + "0" * 30, True), ("?jawaban=dibenarkan", False),
    ):  # fmt: skip
        text = kominfo.get(f"{HERE}{query}").content.decode()
        assert ("Gizi Kotim" in text) is there, query
    assert kominfo.get(f"{HERE}{10**30}/").status_code == 404


def many(number: int) -> None:
    owners = [agency(f"dinas-{one}") for one in range(3)]
    rows = [application(f"Aplikasi {number}-{one}", owners[one % 3]) for one in range(number)]
    for one, other in itertools.pairwise(rows):
        link((one, other), method="ketik_ulang" if one.pk % 2 else "api")


@pytest.mark.parametrize(
    "path",
    ["", "?nama=aplikasi&instansi=dinas-1&jawab=saya", "sendiri/", "ketik-ulang/", "matriks/", "peta/",
     "peta/?menurut=fungsi", "peta/?instansi=dinas-1", "peta/?aplikasi=aplikasi-3-1&jarak=2", "aturan/"],
)  # fmt: skip
def test_queries_do_not_grow_with_the_rows(path: str, django_assert_max_num_queries: Any) -> None:
    kominfo = client_of(member(InformationTeam.code))
    many(3)
    kominfo.get(HERE + path)
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(
        connection,
    ) as few:
        assert kominfo.get(HERE + path).status_code == 200
    many(12)
    with django_assert_max_num_queries(len(few)):
        kominfo.get(HERE + path)


def test_stands_alone_until_its_review(ends: tuple[Application, Application], giver: Client) -> None:
    assert "2 dari 2" in giver.get(f"{HERE}sendiri/").content.decode()
    bad = giver.post(f"{HERE}sendiri/gizi-kotim/", {"reason": "Alat hitung", "review_on": "2020-01-01"})
    assert bad.status_code == 400
    giver.post(f"{HERE}sendiri/gizi-kotim/", {"reason": "Alat hitung", "review_on": "2027-06-01"})
    text = giver.get(f"{HERE}sendiri/").content.decode()
    assert "1 dari 2" in text
    assert "Alat hitung" in text
    assert giver.get(f"{HERE}sendiri/siak/").status_code == 404
    giver.post(f"{HERE}sendiri/gizi-kotim/akhiri/")
    assert not StandAlone.objects.exists()


def test_hours_of_typing_add_only_what_is_known(
    ends: tuple[Application, Application], kominfo: Client
) -> None:
    link(ends, method="ketik_ulang", hours_a_month="7.5")
    link(ends, method="ketik_ulang", data="Alamat")
    text = kominfo.get(f"{HERE}ketik-ulang/").content.decode()
    assert "2 aliran data diketik ulang. Yang jamnya diketahui berjumlah 7,5 jam sebulan." in text
    assert "1 aliran belum diketahui jamnya" in text
    assert "Diketik oleh disdukcapil." in text


def test_matrix_as_table_and_file(ends: tuple[Application, Application], kominfo: Client) -> None:
    from io import BytesIO

    from openpyxl import load_workbook

    link(ends, data="=1+1")
    assert "=1+1" in kominfo.get(f"{HERE}matriks/").content.decode()
    answer = kominfo.get(f"{HERE}matriks.xlsx")
    book = load_workbook(BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    rows = list(book.active.iter_rows(values_only=True))
    assert rows[1][1:5] == ("Gizi Kotim", "dinkes", "SIAK", "disdukcapil")
    assert rows[1][5] == "'=1+1"  # text, no formula
    assert rows[0][6] == "Metode"


def test_rules_are_written_by_kominfo_alone(ends: object, kominfo: Client, giver: Client) -> None:
    assert giver.get(f"{HERE}aturan/").status_code == 200
    assert giver.get(f"{HERE}aturan/baru/").status_code == 404
    sent = {"words": "Data penduduk", "application": "SIAK", "element": "", "topic": "", "valid_from": "2026-01-01",
            "citation": "UU 24/2013 pasal 58"}  # fmt: skip
    assert kominfo.post(f"{HERE}aturan/baru/", sent).status_code == 400
    text = kominfo.post(f"{HERE}aturan/baru/", {**sent, "topic": "RAD.01"}, follow=True).content.decode()
    assert "Data penduduk" in text
    row = SourceRule.objects.get()
    kominfo.post(f"{HERE}aturan/{row.pk}/", {**sent, "topic": "RAD.02"})
    assert SourceRule.objects.get().topic == "RAD.02"
    kominfo.post(f"{HERE}aturan/{row.pk}/akhiri/")
    assert "Data penduduk" not in kominfo.get(f"{HERE}aturan/").content.decode()


def test_map_of_one_and_of_nothing(ends: tuple[Application, Application], kominfo: Client) -> None:
    text = kominfo.get(f"{HERE}peta/").content.decode()
    assert "Peta ini masih kosong" in text
    assert "2 aplikasi berdiri sendiri dalam catatan kami" in text
    assert kominfo.get(f"{HERE}peta/?aplikasi=bukan").status_code == 404
    assert kominfo.get(f"{HERE}peta/?instansi=bukan").status_code == 404
    assert "belum punya integrasi" in kominfo.get(f"{HERE}peta/?aplikasi=siak").content.decode()
    link(ends)
    text = kominfo.get(f"{HERE}peta/?aplikasi=siak").content.decode()
    assert "<svg" in text
    assert "link-api link-unsure" in text
    assert "style=" not in text
