"""Pairs, decisions that are remembered, merges that keep everything and can be taken back."""

import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from tests.people import agency, client_of, member

from jendela.common.audit import SYSTEM
from jendela.common.dates import today
from jendela.common.tables import Report, TableError
from jendela.people.access.roles import AgencyOperator, InformationTeam, StaffMember
from jendela.registry.applications.actions import Provenance, create_application, put_part, set_values
from jendela.registry.applications.models import (
    Application,
    ApplicationFunction,
    ApplicationPerson,
    ApplicationUse,
    Change,
    Cost,
    FunctionNode,
    Version,
)
from jendela.registry.datasets.models import Dataset
from jendela.registry.links.actions.declaring import count_again
from jendela.registry.links.models import Link
from jendela.registry.overlap import actions, reads
from jendela.registry.overlap.choices import PairKind, Verdict
from jendela.registry.overlap.imports import load_declared_pairs
from jendela.registry.overlap.merging import MOVES
from jendela.registry.overlap.models import Merge, Pair

pytestmark = pytest.mark.django_db


def application(name: str, owner: str = "Dinas Uji", **values: Any) -> Application:
    given = {"name": name, "owner": agency(owner), "operator_level": "daerah", "audience": "publik",
             "state": "dipakai"} | values  # fmt: skip
    return create_application(values=given, by=SYSTEM, provenance=Provenance(owner))


def twins() -> tuple[Application, Application]:
    one = application(
        "SIMPEG Sampit", purpose="Mengelola data kepegawaian daerah", url="https://simpeg.example.org/"
    )
    two = application("SIMPEG Sampit 2", purpose="Data kepegawaian", url="https://simpeg.example.org/")
    return one, two


def pair() -> Pair:
    twins()
    application("Antrean RSUD")
    actions.refresh_pairs(by=SYSTEM)
    return Pair.objects.get(kind=PairKind.DUPLICATE)


def kominfo() -> Client:
    return client_of(member(InformationTeam.code))


def test_found_once_and_marked_when_gone() -> None:
    row = pair()
    assert row.reasons
    actions.refresh_pairs(by=SYSTEM)
    assert Pair.objects.filter(kind=PairKind.DUPLICATE).count() == 1
    other = {"name": "Buku tamu kantor", "url": "", "purpose": "Mencatat tamu"}
    set_values(application=row.b, values=other, by=SYSTEM, provenance=Provenance("Uji"))
    actions.refresh_pairs(by=SYSTEM)
    row.refresh_from_db()
    assert row.gone_at is not None
    assert reads.count_waiting(member(InformationTeam.code)) == 0


def test_what_is_declared_stands_though_the_words_are_not_alike(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    one, two = application("Jendela Uji", purpose="Satu pintu"), application("PPID Uji", owner="Dinas Lain")
    operator = client_of(member(AgencyOperator.code, agency("Dinas Uji"), name="Oki"))
    sent = {"first": "Jendela Uji", "second": "PPID Uji", "reason": "Keduanya menerima permohonan informasi."}
    answer = operator.post("/kelola/kemiripan/baru/", sent)
    row = Pair.objects.get()
    assert answer["Location"] == f"/kelola/kemiripan/{row.pk}/?tersimpan=ya"
    assert (row.kind, row.declared_reason) == (PairKind.FUNCTION, sent["reason"])
    assert row.declared_by.endswith("Oki, Dinas Uji")
    actions.refresh_pairs(by=SYSTEM)
    row.refresh_from_db()
    assert row.gone_at is None
    for page in (f"/kelola/kemiripan/{row.pk}/", "/kelola/kemiripan/?jenis=function"):
        assert sent["reason"] in operator.get(page).content.decode()
    assert sent["reason"] in kominfo().get(f"/kelola/aplikasi/{one.slug}/").content.decode()
    with django_assert_num_queries(1):
        assert reads.of_application(two.pk) == [row]
    assert operator.post(f"/kelola/kemiripan/{row.pk}/tarik/").status_code == 302
    row.refresh_from_db()
    assert (row.declared_by, row.gone_at is None) == ("", False)


def test_a_declaration_needs_an_own_application_and_two_of_them() -> None:
    application("Jendela Uji")
    application("PPID Uji", owner="Dinas Lain")
    stranger = client_of(member(AgencyOperator.code, agency("Dinas Ketiga")))
    sent = {"first": "Jendela Uji", "second": "PPID Uji", "reason": "Sama."}
    answer = stranger.post("/kelola/kemiripan/baru/", sent)
    assert answer.status_code == 400
    assert "Salah satu aplikasi harus milik instansi Anda." in answer.content.decode()
    answer = kominfo().post("/kelola/kemiripan/baru/", sent | {"second": "Jendela Uji"})
    assert "Sebut yang lain." in answer.content.decode()
    assert not Pair.objects.exists()
    row = actions.declare(
        applications=(Application.objects.get(name="Jendela Uji"), Application.objects.get(name="PPID Uji")),
        reason="Sama.", said_by="Uji", by=SYSTEM,
    )  # fmt: skip
    assert stranger.post(f"/kelola/kemiripan/{row.pk}/tarik/").status_code == 404
    both = client_of(member(StaffMember.code, agency("Dinas Uji")))
    assert both.post(f"/kelola/kemiripan/{row.pk}/tarik/").status_code in {403, 404}


def test_the_declared_table_is_loaded_once_and_names_its_faults(tmp_path: Path) -> None:
    application("Jendela Uji")
    application("PPID Uji", owner="Dinas Lain")
    table = tmp_path / "kemiripan.csv"
    table.write_text("aplikasi,dengan,alasan,menurut\nJendela Uji,PPID Uji,Sama sebagian.,Uji\n")
    for _again in range(2):
        load_declared_pairs(tmp_path, by=SYSTEM, report=Report())
    row = Pair.objects.get()
    actions.take_back_declaration(pair=row, by=SYSTEM)
    load_declared_pairs(tmp_path, by=SYSTEM, report=Report())
    row.refresh_from_db()
    assert row.declared_by == ""  # what a person took back is not said again
    table.write_text("aplikasi,dengan,alasan,menurut\nJendela Uji,Tidak Ada,,Uji\n")
    with pytest.raises(TableError) as caught:
        load_declared_pairs(tmp_path, by=SYSTEM, report=Report())
    assert [one.column for one in caught.value.errors] == ["alasan", "dengan"]


def test_a_decision_is_remembered_until_its_review() -> None:
    row = pair()
    viewer = member(InformationTeam.code)
    actions.decide(
        pair=row, verdict=Verdict.DIFFERENT, reason="Satu untuk guru", review_on=today() + datetime.timedelta(90),
        by=SYSTEM,
    )  # fmt: skip
    actions.refresh_pairs(by=SYSTEM)
    assert reads.count_waiting(viewer) == 0
    with time_machine.travel(timezone.now() + datetime.timedelta(days=91)):
        assert reads.count_waiting(viewer) == 1


def everything(row: Application, other: Application) -> None:
    """One of each part, some of which both have."""
    node = FunctionNode.objects.get_or_create(
        code="RAB.09.06", defaults={"tree": "RAB", "name": "Aparatur", "citation": "Perpres 132/2022"}
    )[0]
    now = timezone.now()
    ApplicationFunction.objects.create(
        application=row, node=node, main=True, confirmed_at=now, confirmed_by="Uji"
    )
    ApplicationPerson.objects.create(application=row, role="operator", name="Uji", since=today())
    ApplicationUse.objects.create(application=row, agency=agency("Dinas Pemakai"), state="dipakai", said_by="Uji",
                                  said_at=now)  # fmt: skip
    Version.objects.create(application=row, number="1.0", current=True)
    for year in (2025, 2026):
        Cost.objects.create(application=row, kind="hosting", year=year, amount=Decimal(row.pk), grade="C",
                            stated_by="Uji", stated_at=now)  # fmt: skip
    Dataset.objects.create(slug=f"data-{row.pk}", name="Pegawai", application=row, producer=row.owner)
    third = application(f"Lain {row.pk}")
    common = {"method": "api", "state": "berjalan", "grade": "C", "declared_words": "Uji", "declared_at": now}
    Link.objects.create(source=row, target=third, data="NIP", **common)
    Link.objects.create(source=row, target=other, data="Nama", **common)


def snapshot() -> dict[str, Any]:
    """Who holds what, in every table that a merge may touch, and the records themselves."""
    found: dict[str, Any] = {
        spec.key: sorted(spec.model._default_manager.values_list("pk", spec.field)) for spec in MOVES
    }
    found["flags"] = sorted(ApplicationFunction.objects.values_list("pk", "main"))
    found["versions"] = sorted(Version.objects.values_list("pk", "current"))
    found["links"] = sorted(Link.objects.values_list("pk", "source", "target", "ended_at"), key=str)
    found["records"] = sorted(
        Application.objects.values_list(
            "pk", "name", "purpose", "record_state", "merged_into", "links_count"
        ),
        key=str,
    )
    return found


def test_a_merge_keeps_everything_and_is_taken_back_exactly() -> None:
    row = pair()
    everything(row.a, row.b)
    everything(row.b, row.a)
    count_again(Application.objects.values_list("pk", flat=True))
    before = snapshot()
    merge = actions.merge(
        standing=row.a, merged=row.b, take=["purpose"], reason="Sama", stated_by="Uji", by=SYSTEM, pair=row
    )
    after = snapshot()
    for spec in MOVES:
        assert [key for key, _holder in after[spec.key]] == [key for key, _holder in before[spec.key]]
    one = Application.objects.get(pk=row.a_id)
    assert one.purpose == row.b.purpose
    assert Cost.objects.filter(application=one).count() == 2  # the other's of the same years stay with it
    assert sum(len(keys) for keys in merge.ended.values()) >= 4
    assert ApplicationPerson.objects.filter(application=one).count() == 2
    assert ApplicationFunction.objects.filter(application=one, main=True).count() == 1
    assert not Link.objects.filter(ended_at=None, source=one, target=one).exists()
    assert Link.objects.filter(ended_at=None, source=one).count() == 2
    assert Change.objects.filter(application=row.b_id).exists()  # its history stays
    row.refresh_from_db()
    assert row.verdict == Verdict.MERGED
    actions.undo_merge(merge=merge, stated_by="Uji", by=SYSTEM)
    assert snapshot() == before
    row.refresh_from_db()
    assert row.verdict == ""


def test_contracts_that_come_along_move_the_end_of_the_contract() -> None:
    row = pair()
    near, far = today() + datetime.timedelta(days=30), today() + datetime.timedelta(days=300)
    for one, until in ((row.a, far), (row.b, near)):
        values = {"number": f"{one.pk}.0", "contract_until": until}
        put_part(application=one, part="versions", values=values, by=SYSTEM, provenance=Provenance("Uji"))
    merge = actions.merge(standing=row.a, merged=row.b, take=[], reason="Sama", stated_by="Uji", by=SYSTEM)
    row.a.refresh_from_db()
    assert row.a.contract_until == near
    actions.undo_merge(merge=merge, stated_by="Uji", by=SYSTEM)
    row.a.refresh_from_db()
    assert row.a.contract_until == far


def test_no_merge_of_merged_records_and_no_chains() -> None:
    row = pair()
    third = application("SIMPEG Lama")
    actions.merge(standing=row.a, merged=third, take=[], reason="Sama", stated_by="Uji", by=SYSTEM)
    actions.merge(standing=row.b, merged=row.a, take=[], reason="Sama", stated_by="Uji", by=SYSTEM)
    third.refresh_from_db()
    assert third.merged_into_id == row.b_id
    with pytest.raises(actions.CannotMergeError):
        actions.merge(standing=row.b, merged=row.a, take=[], reason="Lagi", stated_by="Uji", by=SYSTEM)


def test_a_merge_is_not_undone_over_later_changes() -> None:
    row = pair()
    merge = actions.merge(
        standing=row.a, merged=row.b, take=["purpose"], reason="Sama", stated_by="Uji", by=SYSTEM, pair=row
    )
    set_values(application=row.a, values={"purpose": "Lain lagi"}, by=SYSTEM, provenance=Provenance("Uji"))
    client = kominfo()
    answer = client.post(f"/kelola/kemiripan/gabungan/{merge.pk}/batal/")
    assert answer.status_code == 409
    assert "Belum dapat dibatalkan" in answer.content.decode()
    assert Merge.objects.get(pk=merge.pk).undone_at is None


def test_the_list_and_the_pages(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    row = pair()
    client = kominfo()
    page = client.get("/kelola/kemiripan/").content.decode()
    assert "mohon dipastikan" in page
    assert "SIMPEG Sampit" in page
    shown = client.get(f"/kelola/kemiripan/{row.pk}/").content.decode()
    assert "Mengelola data kepegawaian daerah" in shown
    assert "Gabungkan dua catatan ini" in shown
    with django_assert_num_queries(6) as asked:
        client.get("/kelola/kemiripan/")
    for number in range(8):
        application(f"e-Surat {number}", url="https://surat.example.org/")
    actions.refresh_pairs(by=SYSTEM)
    with django_assert_num_queries(len(asked)):
        client.get("/kelola/kemiripan/")
    for kind in ("function", "data", "aneh"):
        assert client.get(f"/kelola/kemiripan/?jenis={kind}").status_code == 200


def test_deciding_on_the_page() -> None:
    row = pair()
    client = kominfo()
    wrong = client.post(
        f"/kelola/kemiripan/{row.pk}/", {"verdict": "bukan", "reason": "", "review_on": "2020-01-01"}
    )
    assert wrong.status_code == 400
    text = wrong.content.decode()
    assert "Tulis alasannya" in text
    assert "Pilih hari sesudah hari ini." in text
    good = {"verdict": "bukan", "reason": "Berbeda pemakai", "review_on": today() + datetime.timedelta(30)}
    page = client.post(f"/kelola/kemiripan/{row.pk}/", good, follow=True).content.decode()
    assert "Sudah tersimpan." in page
    assert "Berbeda pemakai" in page
    assert "1 dugaan" in client.get("/kelola/kemiripan/").content.decode()
    client.post(f"/kelola/kemiripan/{row.pk}/", {"batal": "1"})
    row.refresh_from_db()
    assert row.verdict == ""


def test_merging_on_the_page_and_undo() -> None:
    row = pair()
    client = kominfo()
    assert client.post(f"/kelola/kemiripan/{row.pk}/gabung/", {"stands": "a"}).status_code == 400
    filled = {"stands": "b", "reason": "Satu aplikasi", "field-name": "b", "field-purpose": "a"}
    page = client.post(f"/kelola/kemiripan/{row.pk}/gabung/", filled, follow=True).content.decode()
    assert "sudah digabung ke SIMPEG Sampit 2" in page
    assert Application.objects.get(pk=row.b_id).purpose == row.a.purpose
    merge = Merge.objects.get()
    client.post(f"/kelola/kemiripan/gabungan/{merge.pk}/batal/")
    assert Application.objects.get(pk=row.a_id).record_state == "terdaftar"
    with time_machine.travel(timezone.now() + datetime.timedelta(days=2)):
        assert kominfo().post(f"/kelola/kemiripan/gabungan/{merge.pk}/batal/").status_code == 404


def test_people_of_agencies_see_their_own_and_do_not_decide() -> None:
    row = pair()
    own = client_of(member(AgencyOperator.code, agency("Dinas Uji")))
    assert "Diskominfo yang memutuskan." in own.get(f"/kelola/kemiripan/{row.pk}/").content.decode()
    assert own.post(f"/kelola/kemiripan/{row.pk}/", {"verdict": "bukan", "reason": "x"}).status_code == 404
    assert own.get(f"/kelola/kemiripan/{row.pk}/gabung/").status_code == 404
    stranger = client_of(member(AgencyOperator.code, agency("Dinas Lain")))
    assert stranger.get(f"/kelola/kemiripan/{row.pk}/").status_code == 404
    assert client_of(member(StaffMember.code, agency())).get("/kelola/kemiripan/").status_code == 404
    assert Client().get("/kelola/kemiripan/").status_code == 302


def test_values_of_the_owner_are_not_compared_before_others() -> None:
    row = actions.declare(
        applications=(
            application("Antrean Uji", hosting_note="Rak rahasia satu"),
            application("Antrean Lain", owner="Dinas Lain", hosting_note="Rak rahasia dua"),
        ),
        reason="Sama.", said_by="Uji", by=SYSTEM,
    )  # fmt: skip
    own = client_of(member(AgencyOperator.code, agency("Dinas Uji")))
    for client, seen in ((own, False), (kominfo(), True)):
        page = client.get(f"/kelola/kemiripan/{row.pk}/").content.decode()
        assert "Antrean Lain" in page
        assert ("Rak rahasia satu" in page, "Rak rahasia dua" in page) == (seen, seen)
    Application.objects.filter(pk=row.b_id).update(hosting_note="Rak rahasia satu")
    assert "Rak rahasia" not in own.get(f"/kelola/kemiripan/{row.pk}/").content.decode()


def test_a_merge_takes_values_of_the_owner_along() -> None:
    row = pair()
    Application.objects.filter(pk=row.b_id).update(hosting_note="Rak rahasia")
    filled = {"stands": "a", "reason": "Satu aplikasi", "field-name": "a", "field-purpose": "a"}
    assert kominfo().post(f"/kelola/kemiripan/{row.pk}/gabung/", filled).status_code == 302
    assert Application.objects.get(pk=row.a_id).hosting_note == "Rak rahasia"


def test_the_end_of_a_contract_follows_the_versions_and_is_not_chosen() -> None:
    """Chosen and followed in one act, it could not be taken back."""
    row = pair()
    near, far = today() + datetime.timedelta(days=30), today() + datetime.timedelta(days=300)
    for one, until in ((row.a, near), (row.b, far)):
        values = {"number": f"{one.pk}.0", "contract_until": until}
        put_part(application=one, part="versions", values=values, by=SYSTEM, provenance=Provenance("Uji"))
    chosen = ["contract_until", "purpose"]
    merge = actions.merge(
        standing=row.a, merged=row.b, take=chosen, reason="Sama", stated_by="Uji", by=SYSTEM
    )
    row.a.refresh_from_db()
    assert (row.a.contract_until, row.a.purpose) == (near, row.b.purpose)
    actions.undo_merge(merge=merge, stated_by="Uji", by=SYSTEM)
    row.a.refresh_from_db()
    assert row.a.contract_until == near


def test_a_code_that_no_database_takes_is_no_code() -> None:
    row = application("SIMPEG")
    client = client_of(member(AgencyOperator.code, agency("Dinas Uji")))
    assert client.post(f"/kelola/kemiripan/fungsi/{row.slug}/", {"kode": "\x00"}).status_code == 302
