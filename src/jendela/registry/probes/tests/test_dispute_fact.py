"""Disputes: an agency contests a fact, Kominfo answers, a changed result settles it."""

import datetime
import json

import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob
from tests.people import agency, client_of, member

from jendela.common.audit import Actor
from jendela.common.dates import today
from jendela.common.encryption import decrypt
from jendela.common.models import AuditEntry
from jendela.people.access.roles import AgencyOperator, InformationTeam, Planner, ServiceOfficer
from jendela.people.accounts.models import User
from jendela.registry.applications.models import Application
from jendela.registry.probes import actions, jobs, reads
from jendela.registry.probes.choices import DisputeState, Fact, Level, Narrow
from jendela.registry.probes.models import Dispute
from jendela.registry.probes.tests.world import application, failed_days, probed

pytestmark = pytest.mark.django_db
REASON = "Alamat ini memang hanya dari jaringan kantor."


@pytest.fixture
def operator() -> User:
    return member(AgencyOperator.code, name="Oki Operator")


@pytest.fixture
def team() -> User:
    return member(InformationTeam.code, name="Tia Tim")


@pytest.fixture
def down() -> Application:
    one = application("e-Contoh")
    failed_days(one, 3)
    return one


def disputed(one: Application, by: User) -> Dispute:
    return actions.dispute_fact(application=one, fact=Fact.REACH, reason=REASON, by=Actor(by.name, user=by))


def url(one: Application, fact: str = Fact.REACH) -> str:
    return f"/kelola/pemeriksaan/{one.slug}/bantah/{fact}/"


def test_an_operator_disputes_and_the_mark_is_everywhere(down: Application, operator: User) -> None:
    client = client_of(operator)
    assert "Tidak terjangkau, 3 hari berturut-turut" in client.get(url(down)).content.decode()
    answer = client.post(url(down), {"reason": REASON})
    assert answer.status_code == 302
    page = client.get(answer["Location"]).content.decode()
    assert "Bantahan terkirim" in page
    assert REASON in page
    assert "Menunggu jawaban Diskominfo" in page
    assert "membantah" in reads.latest_for([down.pk])[down.pk].public_words
    assert [one.pk for one in reads.page(operator, reads.Chosen(narrow=Narrow.DISPUTED)).rows] == [down.pk]
    assert AuditEntry.objects.filter(action="probes.dispute_fact").count() == 1


def test_what_was_typed_is_kept_when_it_is_too_short(down: Application, operator: User) -> None:
    answer = client_of(operator).post(url(down), {"reason": "salah"})
    assert answer.status_code == 400
    assert "Tulis sedikit lebih jelas" in answer.content.decode()
    assert ">\nsalah</textarea>" in answer.content.decode()
    assert not Dispute.objects.exists()


def test_a_second_dispute_of_the_same_fact_leads_to_the_first(down: Application, operator: User) -> None:
    disputed(down, operator)
    assert client_of(operator).post(url(down), {"reason": REASON}).status_code == 302
    with pytest.raises(actions.AlreadyDisputedError):
        disputed(down, operator)
    assert Dispute.objects.count() == 1


def test_who_may_not(down: Application) -> None:
    assert Client().get(url(down)).status_code == 302
    elsewhere = member(AgencyOperator.code, agency("Dinas Lain"))
    for who in (elsewhere, member(Planner.code), member(ServiceOfficer.code)):
        assert client_of(who).post(url(down), {"reason": REASON}).status_code == 404
        with pytest.raises(actions.NotAllowedError):
            disputed(down, who)


def test_what_is_fine_or_unknown_cannot_be_disputed(operator: User) -> None:
    one = application()
    probed(one)
    assert client_of(operator).get(url(one)).status_code == 302
    with pytest.raises(actions.NothingToDisputeError):
        disputed(one, operator)
    assert client_of(operator).get(url(one, "ngawur")).status_code == 404
    with pytest.raises(actions.NothingToDisputeError):
        disputed(application(), operator)


def test_kominfo_accepts_until_a_day(down: Application, operator: User, team: User) -> None:
    row = disputed(down, operator)
    client = client_of(team)
    path = f"/kelola/pemeriksaan/{down.slug}/bantahan/{row.pk}/"
    assert REASON in client.get(path).content.decode()
    until = today() + datetime.timedelta(days=90)
    sent = {"decision": "terima", "until": until.isoformat(), "answer": "Benar, hanya dari kantor."}
    assert client.post(path, sent).status_code == 302
    found = reads.latest_for([down.pk])[down.pk]
    assert found.aside == {Fact.REACH: until}
    assert found.open_findings == []
    assert found.public_words == "Belum dapat kami pastikan dari luar."
    assert not reads.page(team, reads.Chosen(narrow=Narrow.UNREACHABLE)).rows
    page = client_of(operator).get(f"/kelola/pemeriksaan/{down.slug}/").content.decode()
    assert "Benar, hanya dari kantor." in page
    assert "dikesampingkan sampai" in page
    assert client.post(path, sent).headers["Location"].endswith("tolak=tutup"), "answered once"


def test_what_was_set_aside_counts_again_after_its_day(down: Application, operator: User, team: User) -> None:
    row = disputed(down, operator)
    Dispute.objects.filter(pk=row.pk).update(
        state=DisputeState.ACCEPTED, until=today() - datetime.timedelta(days=1)
    )
    assert reads.latest_for([down.pk])[down.pk].aside == {}
    assert len(reads.page(team, reads.Chosen(narrow=Narrow.UNREACHABLE)).rows) == 1


def test_kominfo_keeps_the_fact_with_a_reason(down: Application, operator: User, team: User) -> None:
    row = disputed(down, operator)
    path = f"/kelola/pemeriksaan/{down.slug}/bantahan/{row.pk}/"
    sent = {"decision": "tolak", "answer": "Alamatnya publik, warga tidak dapat membukanya."}
    assert client_of(team).post(path, sent).status_code == 302
    found = reads.latest_for([down.pk])[down.pk]
    assert not found.disputed
    assert [one.fact for one in found.open_findings] == [Fact.REACH]
    again = disputed(down, operator)
    assert again.pk != row.pk, "with a new reason it may be asked again; the history keeps both"


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({}, "Pilih salah satu."),
        ({"decision": "terima", "answer": "Penjelasan panjang"}, "Isi sampai tanggal berapa"),
        ({"decision": "terima", "answer": "Penjelasan panjang", "until": "2020-01-01"}, "sesudah hari ini"),
        (
            {"decision": "terima", "answer": "Penjelasan panjang", "until": "2999-01-01"},
            "paling lama satu tahun",
        ),
        ({"decision": "terima", "answer": "Penjelasan panjang", "until": "kapan"}, "Tanggal ini tidak ada"),
        ({"decision": "tolak", "answer": ""}, "Tulis penjelasan"),
    ],
)
def test_answers_that_cannot_be(
    sent: dict[str, str], words: str, down: Application, operator: User, team: User
) -> None:
    row = disputed(down, operator)
    answer = client_of(team).post(f"/kelola/pemeriksaan/{down.slug}/bantahan/{row.pk}/", sent)
    assert answer.status_code == 400
    assert words in answer.content.decode()
    row.refresh_from_db()
    assert row.state == DisputeState.OPEN


def test_only_kominfo_answers(down: Application, operator: User) -> None:
    row = disputed(down, operator)
    path = f"/kelola/pemeriksaan/{down.slug}/bantahan/{row.pk}/"
    assert client_of(operator).get(path).status_code == 404
    with pytest.raises(actions.NotAllowedError):
        actions.answer_dispute(
            dispute=row, accepted=False, answer=REASON, until=None, by=Actor("x", user=operator)
        )


def test_a_changed_result_settles_it(down: Application, operator: User) -> None:
    row = disputed(down, operator)
    failed_days(down, 1)
    row.refresh_from_db()
    assert row.state == DisputeState.OPEN, "still down"
    probed(down)
    row.refresh_from_db()
    assert row.state == DisputeState.SETTLED
    assert not reads.latest_for([down.pk])[down.pk].disputed


def test_it_is_taken_back_by_its_agency(down: Application, operator: User) -> None:
    row = disputed(down, operator)
    path = f"/kelola/pemeriksaan/{down.slug}/bantahan/{row.pk}/tarik/"
    assert client_of(member(Planner.code)).post(path).status_code == 404
    assert client_of(operator).post(path).status_code == 302
    row.refresh_from_db()
    assert row.state == DisputeState.WITHDRAWN
    assert client_of(operator).post(path)["Location"].endswith("tolak=tutup")


def test_the_level_is_remembered(down: Application, operator: User) -> None:
    assert disputed(down, operator).level == Level.HELP


def letters() -> list[tuple[str, str, dict[str, str]]]:
    """(address, template, values) of the messages that the waiting jobs of probes ask for."""
    tell = {
        "registry_probes.tell_disputed": jobs.tell_disputed,
        "registry_probes.tell_answered": jobs.tell_answered,
    }
    for row in ProcrastinateJob.objects.filter(task_name__in=tell).order_by("pk"):
        tell[row.task_name](**row.args)
    sent = ProcrastinateJob.objects.filter(task_name="notify.send").order_by("pk")
    return [
        (decrypt(one.args["to"]), one.args["template"], json.loads(decrypt(one.args["values"])))
        for one in sent
    ]


def test_who_answers_hears_of_a_dispute(down: Application, operator: User, team: User) -> None:
    member(Planner.code)
    member(InformationTeam.code, name="Sudah Pergi").memberships.update(
        valid_to=today() - datetime.timedelta(1)
    )
    disputed(down, operator)
    values = {"agency": down.owner.short_name, "application": "e-Contoh", "fact": "Terjangkau"}
    assert letters() == [(team.email, "dispute", values)]


def test_a_dispute_that_was_taken_back_tells_nobody(down: Application, operator: User, team: User) -> None:
    row = disputed(down, operator)
    actions.withdraw_dispute(dispute=row, by=Actor(operator.name, user=operator))
    assert letters() == []


def test_who_disputed_hears_of_the_answer(down: Application, operator: User, team: User) -> None:
    row = disputed(down, operator)
    actions.answer_dispute(
        dispute=row,
        accepted=False,
        answer="Alamat itu untuk warga.",
        until=None,
        by=Actor(team.name, user=team),
    )
    values = {"application": "e-Contoh", "answer": "tidak diterima"}
    assert letters() == [(operator.email, "dispute_answered", values)]


def test_who_answers_his_own_dispute_is_not_told(down: Application, team: User) -> None:
    row = disputed(down, team)
    actions.answer_dispute(
        dispute=row,
        accepted=False,
        answer="Alamat itu untuk warga.",
        until=None,
        by=Actor(team.name, user=team),
    )
    assert letters() == []
