"""/kelola/nilai/: list, scorecard, cost per function, due dates."""

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from tests.people import agency, client_of, member

from jendela.common.audit import SYSTEM
from jendela.common.dates import months_after, today
from jendela.people.access.roles import AgencyOperator, InformationTeam, Leader, StaffMember
from jendela.registry.applications.actions import Provenance, create_application, put_part, set_values
from jendela.registry.applications.choices import UseState
from jendela.registry.applications.models import (
    Application,
    ApplicationFunction,
    ApplicationPerson,
    Change,
    Cost,
    FunctionNode,
)
from jendela.registry.datasets.models import Dataset
from jendela.registry.links.models import Link, StandAlone
from jendela.registry.scores.actions import judge_all, judge_batch
from jendela.registry.scores.checks import CHECKS
from jendela.registry.scores.choices import Due
from jendela.registry.scores.completeness import part_path
from jendela.registry.scores.facts import gather
from jendela.registry.scores.jobs import judge_changed
from jendela.registry.scores.models import Score
from jendela.registry.scores.reads.dues import count_dues, dues
from jendela.registry.scores.tables import weights

pytestmark = pytest.mark.django_db


def application(name: str = "SIUJI", owner: str = "Dinas Uji", **values: Any) -> Application:
    given = {"name": name, "owner": agency(owner), "operator_level": "daerah", "audience": "publik",
             "state": "dipakai"} | values  # fmt: skip
    return create_application(values=given, by=SYSTEM, provenance=Provenance(owner))


def kominfo() -> Client:
    return client_of(member(InformationTeam.code))


def test_a_score_follows_what_is_known() -> None:
    row = application()
    judge_all()
    before = Score.objects.get(application=row)
    [change] = set_values(
        application=row, values={"hosting": "komputasi_awan"}, by=SYSTEM, provenance=Provenance("Dinas Uji")
    )
    judge_changed(batch=str(change.batch))
    judge_changed(batch=str(change.batch))  # handlers may run twice
    after = Score.objects.get(application=row)
    assert after.completeness > before.completeness
    assert after.unknown == before.unknown - 1
    row.refresh_from_db()
    assert row.completeness == after.completeness
    assert Change.objects.filter(field="completeness").count() == 0  # a derived number is no statement


def test_judging_asks_the_same_for_one_and_many(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    keys = [application(f"SIUJI {number}").pk for number in range(12)]
    with django_assert_num_queries(16) as asked:
        judge_batch(keys=keys[:1])
    with django_assert_num_queries(len(asked)):
        judge_batch(keys=keys)


def test_the_list_begins_with_what_is_least_known(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    application("Kosong")
    application(
        "Penuh", purpose="Menguji", function="Uji", hosting="penyedia", life_cycle="aktif", app_class="umum"
    )
    judge_all()
    client = kominfo()
    page = client.get("/kelola/nilai/").content.decode()
    assert page.index("Kosong") < page.index("Penuh")
    assert "Rata-rata" in page
    assert "Penuh" not in client.get("/kelola/nilai/?q=kosong").content.decode()
    assert (
        "Tidak ada aplikasi dengan saringan ini."
        in client.get("/kelola/nilai/?tingkat=sangat_baik").content.decode()
    )
    with django_assert_num_queries(6) as asked:  # session, account, roles, numbers, agencies, page
        client.get("/kelola/nilai/")
    for number in range(60):
        application(f"SIUJI {number}")
    judge_all()
    with django_assert_num_queries(len(asked)):
        page = client.get("/kelola/nilai/").content.decode()
    assert "setelah=" in page


def test_paging_shows_each_once() -> None:
    for number in range(57):
        application(f"SIUJI {number:02}")
    judge_all()
    client, seen, url = kominfo(), [], "/kelola/nilai/"
    while url:
        context = client.get(url).context
        seen += [one["row"].application.name for one in context["rows"]]
        url = context["next_url"]
    assert sorted(seen) == [f"SIUJI {number:02}" for number in range(57)]
    assert client.get("/kelola/nilai/?setelah=salah").status_code == 200


def test_a_scorecard_shows_fact_rule_and_where_to_mend() -> None:
    owner = agency("Dinas Uji")
    row = application(state="mati", audit_date=months_after(today(), -30))
    page = (
        client_of(member(AgencyOperator.code, owner))
        .get(f"/kelola/nilai/aplikasi/{row.slug}/")
        .content.decode()
    )
    assert "Tidak berfungsi." in page
    assert "aplikasi mati sudah dihentikan" in page
    assert f"/kelola/aplikasi/{row.slug}/ubah/" in page
    assert "Belum ada data biaya." in page
    assert "Belum cukup bukti" in page
    assert "Rp0" not in page
    other = client_of(member(AgencyOperator.code, agency("Dinas Lain")))
    text = other.get(f"/kelola/nilai/aplikasi/{row.slug}/").content.decode()
    assert "Tidak berfungsi." in text
    assert "/ubah/" not in text  # the button is for who may fill it in


def test_what_others_run_is_not_asked_for_contracts_and_costs() -> None:
    row = application(operator_level="pusat")
    page = kominfo().get(f"/kelola/nilai/aplikasi/{row.slug}/").content.decode()
    assert page.count("Dijalankan pihak lain.") >= 5


def test_retired_applications_are_done() -> None:
    row = application(life_cycle="dihentikan", state="mati")
    judge_all()
    score = Score.objects.get(application=row)
    assert (score.failed, score.unknown, score.passed) == (0, 0, 1)


def test_cost_per_function_never_says_zero(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    one, two, three = application("Satu"), application("Dua"), application("Tiga")
    school = FunctionNode.objects.create(
        code="RAB.06.01", tree="RAB", name="Pendidikan", citation="Perpres 132/2022"
    )
    health = FunctionNode.objects.create(
        code="RAB.04.01", tree="RAB", name="Kesehatan", citation="Perpres 132/2022"
    )
    for row, node in ((one, school), (two, school), (three, health)):
        ApplicationFunction.objects.create(
            application=row, node=node, confirmed_at=timezone.now(), confirmed_by="Uji"
        )
    shared = FunctionNode.objects.create(code="RAA.03", tree="RAA", name="Aplikasi umum", citation="Uji")
    ApplicationFunction.objects.create(
        application=one, node=shared, confirmed_at=timezone.now(), confirmed_by="Uji"
    )  # how it is built is no function
    Cost.objects.create(
        application=one, kind="pemeliharaan", year=2026, amount=Decimal("1250000"), grade="C", stated_by="Uji",
        stated_at=timezone.now(),
    )  # fmt: skip
    client = kominfo()
    page = client.get("/kelola/nilai/biaya/").content.decode()
    assert "Rp1.250.000" in page
    assert "dari 1 dari 2 aplikasi" in page
    assert "belum ada data biaya" in page
    assert "Rp0" not in page
    shown = client.get("/kelola/nilai/biaya/RAB.06.01/").content.decode()
    assert "Satu fungsi, 2 aplikasi." in shown
    assert "Aplikasi umum" not in page
    for code in ("RAB.99", "RAA.03"):
        assert client.get(f"/kelola/nilai/biaya/{code}/").status_code == 404
    with django_assert_num_queries(9):
        client.get("/kelola/nilai/biaya/")


def test_due_dates_are_those_of_ones_agencies() -> None:
    soon, late = today() + datetime.timedelta(days=20), today() - datetime.timedelta(days=3)
    application("Kontrak", contract_until=soon)
    application("Daftar", registration_due=late)
    application("Lain", owner="Dinas Lain", contract_until=soon)
    application("Jauh", contract_until=today() + datetime.timedelta(days=400))
    application("Pusat", operator_level="pusat", contract_until=soon)
    application("Sudah", life_cycle="dihentikan", contract_until=soon)
    application("Audit", audit_date=months_after(today(), -24), app_class="khusus_daerah")
    application("Audit umum", audit_date=months_after(today(), -11), app_class="umum")
    application("Audit baru", audit_date=months_after(today(), -11), app_class="khusus_daerah")
    own = member(AgencyOperator.code, agency("Dinas Uji"))
    found = [(one.name, one.kind) for one in dues(own)]
    assert found == [
        ("Daftar", Due.REGISTRATION), ("Audit", Due.AUDIT), ("Kontrak", Due.CONTRACT), ("Audit umum", Due.AUDIT),
    ]  # fmt: skip
    assert count_dues(member(Leader.code)) == 5
    page = client_of(own).get("/kelola/nilai/tenggat/").content.decode()
    assert "lewat 3 hari" in page
    assert "20 hari lagi" in page
    assert "Lain" not in page
    only = client_of(own).get("/kelola/nilai/tenggat/?jenis=tdpse").content.decode()
    assert "20 hari lagi" not in only


def test_empty_screens_say_what_to_do() -> None:
    client = kominfo()
    assert "Belum ada yang dinilai." in client.get("/kelola/nilai/").content.decode()
    assert "Belum ada kode fungsi" in client.get("/kelola/nilai/biaya/").content.decode()
    assert "Tidak ada tenggat yang tercatat." in client.get("/kelola/nilai/tenggat/").content.decode()


@pytest.mark.parametrize("address", ["", "biaya/", "tenggat/", "aplikasi/siuji/"])
def test_strangers_and_people_without_the_permission(address: str) -> None:
    application()
    assert Client().get(f"/kelola/nilai/{address}").status_code == 302
    assert client_of(member(StaffMember.code, agency())).get(f"/kelola/nilai/{address}").status_code == 404


def test_concepts_have_no_scorecard() -> None:
    row = application(record_state="konsep")
    assert kominfo().get(f"/kelola/nilai/aplikasi/{row.slug}/").status_code == 404


@pytest.mark.parametrize(
    ("state", "confirmation", "counted"),
    [("berjalan", "menunggu", 1), ("berjalan", "dibantah", 0), ("rencana", "dibenarkan", 0)],
)
def test_links_count_that_are_there_and_not_denied(state: str, confirmation: str, counted: int) -> None:
    one, two = application("Satu"), application("Dua")
    Link.objects.create(source=one, target=two, data="NIK", method="api", state=state, grade="C",
                        confirmation=confirmation, declared_words="Uji", declared_at=timezone.now())  # fmt: skip
    assert [facts.links for facts in gather([one, two])] == [counted, counted]
    assert all(("@links" in facts.known) is bool(counted) for facts in gather([one, two]))


def test_each_button_leads_to_where_it_is_put_right() -> None:
    row = application("Simpul Uji")
    client = kominfo()
    for check in CHECKS:
        target = check.fix_path(row.slug)
        answer = client.get(target.partition("#")[0])
        assert answer.status_code == 200, (check.key, target)
        assert "Simpul Uji" in answer.content.decode(), (check.key, target)


def test_each_missing_part_leads_to_where_it_is_filled_in() -> None:
    row = application("Simpul Uji")
    client = kominfo()
    groups = client.get(f"/kelola/nilai/aplikasi/{row.slug}/").context["groups"]
    urls = [one["url"] for group in groups[-1:] for one in group["missing"]]
    parts = [name for name in weights(today()).fields if name.startswith("@")]
    assert urls == [part_path(row.slug, name) for name in parts]
    for url in urls:
        answer = client.get(url)
        assert answer.status_code == 200, url
        assert "Simpul Uji" in answer.content.decode(), url
        assert "<form" in answer.content.decode(), url


def known_parts(row: Application) -> set[str]:
    [facts] = gather([Application.objects.get(pk=row.pk)])
    return {name for name in facts.known if name.startswith("@")}


def test_legal_basis_use_and_interface_count() -> None:
    row, said = application(), Provenance("Dinas Uji")
    assert known_parts(row) == set()
    judge_all()
    before = Score.objects.get(application=row).completeness
    put_part(application=row, part="legal_bases", values={"kind": "perbup", "words": "Perbup 1"}, by=SYSTEM,
             provenance=said)  # fmt: skip
    put_part(application=row, part="interfaces", values={"name": "API data"}, by=SYSTEM, provenance=said)
    put_part(application=row, part="uses", values={"agency": agency("Dinas Lain"), "state": UseState.CLAIMED},
             by=SYSTEM, provenance=said)  # fmt: skip
    assert known_parts(row) == {"@legal_bases", "@interfaces"}  # a claim is not an answer
    put_part(application=row, part="uses", values={"agency": row.owner, "state": UseState.CONFIRMED}, by=SYSTEM,
             provenance=said)  # fmt: skip
    assert known_parts(row) == {"@legal_bases", "@interfaces", "@uses"}
    judge_all()
    assert Score.objects.get(application=row).completeness > before


def test_other_users_in_words_are_users() -> None:
    row = application()
    assert "@uses" not in known_parts(row)
    set_values(application=row, values={"other_users": "semua desa"}, by=SYSTEM, provenance=Provenance("Uji"))
    assert "@uses" in known_parts(row)


def test_what_cannot_be_is_not_asked() -> None:
    row = application(state="mati")
    StandAlone.objects.create(application=row, reason="x", by="Uji", at=timezone.now(), review_on=today())
    assert known_parts(row) == {"@links", "@interfaces", "@uses"}


def test_parts_count(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    row = application()
    judge_all()
    before = Score.objects.get(application=row).completeness
    ApplicationPerson.objects.create(application=row, role="operator", name="Uji", since=today())
    Dataset.objects.create(
        slug="data-uji", name="Data uji", application=row, producer=row.owner, description="Uji"
    )
    judge_all()
    assert Score.objects.get(application=row).completeness > before
