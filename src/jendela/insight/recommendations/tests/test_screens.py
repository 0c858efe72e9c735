"""/kelola/rekomendasi/: found, given, answered, followed up, kept, printed; who sees what."""

import csv
import datetime
import io
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from tests.pdf import needs_pdf, pages
from tests.people import agency, client_of, member

from jendela.common.audit import SYSTEM
from jendela.common.dates import months_after, today
from jendela.insight.recommendations import actions, jobs, reads, thresholds
from jendela.insight.recommendations.choices import NoteKind, State
from jendela.insight.recommendations.models import Recommendation
from jendela.people.access.roles import AgencyHead, AgencyOperator, InformationTeam, Leader, StaffMember
from jendela.registry.applications.actions import Provenance, create_application, set_values
from jendela.registry.applications.models import Application, Approval

pytestmark = pytest.mark.django_db
HOME = "/kelola/rekomendasi/"
RULE = "mati_belum_dihentikan"


def application(name: str = "SIUJI", owner: str = "Dinas Uji", **values: Any) -> Application:
    given = {"name": name, "owner": agency(owner), "operator_level": "daerah", "audience": "publik",
             "state": "mati", "since": "2019"} | values  # fmt: skip
    return create_application(values=given, by=SYSTEM, provenance=Provenance(owner))


def kominfo() -> Client:
    return client_of(member(InformationTeam.code))


def head() -> Client:
    return client_of(member(AgencyHead.code, agency("Dinas Uji"), name="Kepala Uji"))


def found() -> Recommendation:
    return Recommendation.objects.get(rule=RULE)


def given() -> Recommendation:
    application()
    actions.find_all(by=SYSTEM)
    actions.give(recommendations=[found().pk], by=SYSTEM)
    return found()


def page_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_found_seen_first_then_given(django_capture_on_commit_callbacks: Any) -> None:
    application()
    application("Lain", owner="Dinas Lain")
    actions.find_all(by=SYSTEM)
    client = kominfo()
    page = page_of(client, HOME)
    assert "Tidak berfungsi, belum dihentikan" in page
    own = agency("Dinas Uji")
    group = f"{own.pk}:{RULE}"
    assert group in page
    member(AgencyHead.code, own, name="Kepala Uji")
    preview = page_of(client, f"{HOME}beri/?g={group}")
    assert "SIUJI tidak berfungsi" in preview
    assert "Kepala Uji" in preview
    assert "Lain tidak berfungsi" not in preview
    assert Recommendation.objects.filter(state=State.GIVEN).count() == 0
    one = Recommendation.objects.get(rule=RULE, agency=own)
    answer = client.post(f"{HOME}beri/?g={group}", {"pilih": str(one.pk)}, follow=True)
    assert "Sudah diberikan." in answer.content.decode()
    assert "Nota dinas untuk Dinas Uji" in answer.content.decode()
    again = client.post(f"{HOME}beri/?g={group}", {"pilih": str(one.pk)})
    assert again.status_code == 400
    assert "berubah" in again.content.decode()
    assert client.post(f"{HOME}beri/", {}).status_code == 400


def test_nobody_to_read_it_is_said_before() -> None:
    row = application()
    actions.find_all(by=SYSTEM)
    assert "Belum ada kepala" in page_of(kominfo(), f"{HOME}beri/?g={row.owner_id}:{RULE}")


def test_a_flood_is_asked_about(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [application(f"SIUJI {number}") for number in range(3)]
    actions.find_all(by=SYSTEM)
    few = {**thresholds.thresholds(today()), "banjir": thresholds.Threshold(2, "rekomendasi", "uji")}
    for module in ("actions.answering", "views.giving"):
        monkeypatch.setattr(f"jendela.insight.recommendations.{module}.thresholds", lambda on: few)
    keys = [str(one) for one in Recommendation.objects.filter(rule=RULE).values_list("pk", flat=True)]
    address = f"{HOME}beri/?g={rows[0].owner_id}:{RULE}"
    client = kominfo()
    refused = client.post(address, {"pilih": keys})
    assert refused.status_code == 400
    assert 'name="yakin"' in refused.content.decode()
    assert client.post(address, {"pilih": keys, "yakin": "ya"}).status_code == 302


def test_one_shows_facts_rule_limit_and_basis() -> None:
    row = given()
    page = page_of(head(), f"{HOME}{row.pk}/")
    for words in (
        "Keadaan: tidak berfungsi",
        "Pemdi I13",
        "Warga tidak lagi diarahkan",
        "Dijawab paling lambat",
    ):
        assert words in page
    assert f"{HOME}{row.pk}/jawab/" in page
    assert f"{HOME}{row.pk}/tutup/" not in page
    team = page_of(kominfo(), f"{HOME}{row.pk}/")
    assert "masih berlaku" in team
    assert f"{HOME}{row.pk}/jawab/" not in team


def test_an_answer_keeps_what_was_typed() -> None:
    row = given()
    client, address = head(), f"{HOME}{row.pk}/jawab/"
    page_of(client, address)
    wrong = client.post(address, {"jawaban": "terima", "penjelasan": "Kami hidupkan lagi"})
    assert wrong.status_code == 400
    assert "Kami hidupkan lagi" in wrong.content.decode()
    assert "Isi kapan paling lambat selesai." in wrong.content.decode()
    past = client.post(address, {"jawaban": "terima", "penjelasan": "x", "selesai": "2020-01-01"})
    assert "sudah lewat" in past.content.decode()
    day = today() + datetime.timedelta(days=60)
    good = client.post(
        address,
        {"jawaban": "terima", "penjelasan": "Kami hidupkan lagi", "selesai": day.isoformat()},
        follow=True,
    )
    assert "Jawaban tersimpan" in good.content.decode()
    assert (found().state, found().planned_on) == (State.ACCEPTED, day)


def test_the_decision_to_retire_comes_with_the_answer() -> None:
    row = given()
    client, address = head(), f"{HOME}{row.pk}/jawab/"
    values = {"jawaban": "putuskan", "penjelasan": "Perangkatnya rusak", "tanggal": today().isoformat()}
    wrong = client.post(address, values)
    assert wrong.status_code == 400
    assert "Tulis penggantinya." in wrong.content.decode()
    nobody = client.post(address, {**values, "pengganti": "Tidak Ada Itu"})
    assert "Belum ada aplikasi bernama Tidak Ada Itu" in nobody.content.decode()
    late = client.post(
        address, {**values, "tanpa_pengganti": "x", "tanggal": str(today() + datetime.timedelta(1))}
    )
    assert "belum tiba" in late.content.decode()
    assert not Approval.objects.exists()
    good = client.post(address, {**values, "tanpa_pengganti": "Karcis kertas"}, follow=True)
    assert "tercatat dihentikan" in good.content.decode()
    application_ = Application.objects.get(pk=row.application_id)
    assert (application_.life_cycle, application_.replacement_note) == ("dihentikan", "Karcis kertas")
    approval = Approval.objects.get(application=application_)
    assert (approval.decided_by, approval.reason) == ("Kepala Dinas Uji", "Perangkatnya rusak")
    done = found()
    assert done.state == State.DONE
    assert done.measure_on == months_after(today(), 6)
    closed = client.post(address, {**values, "tanpa_pengganti": "x"})
    assert closed.status_code == 400
    assert "Perangkatnya rusak" in closed.content.decode()  # what was typed is not lost


def test_a_replacement_is_named() -> None:
    row = given()
    other = application("Parkir Baru", state="dipakai")
    values = {
        "jawaban": "putuskan",
        "penjelasan": "x",
        "tanggal": today().isoformat(),
        "pengganti": "parkir baru",
    }
    assert head().post(f"{HOME}{row.pk}/jawab/", values).status_code == 302
    assert Application.objects.get(pk=row.application_id).replacement_id == other.pk


def test_only_advice_to_retire_offers_the_decision() -> None:
    application(state="dipakai")
    actions.find_all(by=SYSTEM)
    row = Recommendation.objects.get(rule="belum_diukur")
    actions.give(recommendations=[row.pk], by=SYSTEM)
    client = head()
    assert "putuskan" not in page_of(client, f"{HOME}{row.pk}/jawab/")
    values = {
        "jawaban": "putuskan",
        "penjelasan": "x",
        "tanggal": today().isoformat(),
        "tanpa_pengganti": "x",
    }
    assert client.post(f"{HOME}{row.pk}/jawab/", values).status_code == 400


def test_followed_up_and_looked_at_again() -> None:
    row = given()
    client, address = kominfo(), f"{HOME}{row.pk}/tindak-lanjut/"
    assert "Faktanya masih sama" in page_of(client, address)
    assert client.post(address, {}).status_code == 400
    assert client.post(address, {"catatan": "Ditelepon"}).status_code == 302
    assert found().state == State.GIVEN
    client.post(address, {"catatan": "Sudah diperiksa", "selesai": "on"})
    done = found()
    assert (done.state, done.measure_on) == (State.DONE, months_after(today(), 6))
    assert done.measure_on is not None
    with time_machine.travel(datetime.datetime.combine(done.measure_on, datetime.time(5), datetime.UTC)):
        fresh = kominfo()
        assert "akibatnya perlu dilihat lagi" in page_of(fresh, HOME)
        assert "SIUJI" in page_of(fresh, f"{HOME}?lihat=akibat")
        fresh.post(address, {"catatan": "Biaya berhenti"})
        assert found().measure_on == months_after(timezone.localdate(done.closed_at), 12)


def test_kept_and_withdrawn_with_a_reason() -> None:
    row = given()
    client, address = kominfo(), f"{HOME}{row.pk}/tutup/"
    assert client.post(address, {"pilihan": "tarik"}).status_code == 400
    old = client.post(address, {"pilihan": "biarkan", "alasan": "x", "sampai": "2020-01-01"})
    assert "sesudah hari ini" in old.content.decode()
    done = client.post(address, {"pilihan": "tarik", "alasan": "Salah catat"}, follow=True)
    assert "Salah catat" in done.content.decode()
    actions.find_all(by=SYSTEM)
    assert found().state == State.WITHDRAWN  # not found again at once
    assert (
        client.post(address, {"pilihan": "biarkan", "alasan": "x", "sampai": "2099-01-01"}).status_code == 400
    )


def test_the_letter_shows_facts_and_then_answers(settings: Any) -> None:
    row = given()
    number = row.letters.get().pk
    page = page_of(head(), f"{HOME}surat/{number}/")
    for words in ("NOTA DINAS", "Kepala Dinas Uji", "SIUJI tidak berfungsi", "Ya / Sebagian / Tidak"):
        assert words in page
    head().post(f"{HOME}{row.pk}/jawab/", {"jawaban": "tidak", "penjelasan": "Sedang diperbaiki vendor"})
    assert "Sedang diperbaiki vendor" in page_of(kominfo(), f"{HOME}surat/{number}/")
    settings.DEMO = True
    file = kominfo().get(f"{HOME}surat/{number}.docx")
    assert file.content[:2] == b"PK"
    assert "contoh-rekomendasi-dinas-uji" in file["Content-Disposition"]
    assert kominfo().get(f"{HOME}surat/{number}.exe").status_code == 404
    assert kominfo().get(f"{HOME}surat/999999/").status_code == 404


@needs_pdf
def test_the_letter_as_pdf() -> None:
    row = given()
    address = f"{HOME}surat/{row.letters.get().pk}.pdf"
    answer = head().get(address)
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert pages(answer.content) >= 2  # the letter, and its annex of facts
    other = client_of(member(AgencyHead.code, agency("Dinas Lain")))
    assert other.get(address).status_code == 404


def test_why_and_why_not() -> None:
    row = application()
    page = page_of(kominfo(), f"{HOME}alasan/{row.slug}/")
    assert "Tanggal kontrak belum diketahui." in page
    assert page.index("berlaku</span>") < page.index("faktanya belum cukup")


def test_a_table_of_what_is_shown() -> None:
    set_values(application=given().application, values={"name": "=A1"}, by=SYSTEM, provenance=Provenance("x"))
    rows = list(csv.reader(io.StringIO(kominfo().get(f"{HOME}unduh.csv").content.decode())))
    assert rows[0][0] == "nomor"
    assert rows[1][2] == "'=A1"


def test_late_answers_are_named_and_reminded(django_capture_on_commit_callbacks: Any) -> None:
    row = given()
    assert row.due_on is not None
    assert actions.remind(by=SYSTEM) == 0  # there is time
    later = datetime.datetime.combine(
        row.due_on + datetime.timedelta(days=14), datetime.time(3), datetime.UTC
    )
    with time_machine.travel(later):
        client = kominfo()
        assert "belum menjawab (" in page_of(client, f"{HOME}?lihat=terlambat")
        assert actions.remind(by=SYSTEM) == 1
        assert actions.remind(by=SYSTEM) == 0
        assert found().notes.filter(kind=NoteKind.REMINDED).count() == 1
    with time_machine.travel(later + datetime.timedelta(days=3)):
        assert actions.remind(by=SYSTEM) == 1


def test_mails_go_to_the_heads_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    row, sent = given(), []
    head()
    member(AgencyOperator.code, agency("Dinas Uji"))
    monkeypatch.setattr(jobs, "enqueue", lambda name, **values: sent.append((name, values["template"])))
    jobs.tell(letter_id=row.letters.get().pk)
    jobs.tell_late(agency_id=row.agency_id, number=2, due_on="2026-12-08")
    assert sent == [("notify.send", "advice"), ("notify.send", "advice_reminder")]


def test_an_owner_that_changes_takes_its_advice_along() -> None:
    row = given()
    set_values(
        application=row.application,
        values={"owner": agency("Dinas Baru")},
        by=SYSTEM,
        provenance=Provenance("x"),
    )
    actions.find_all(by=SYSTEM)
    assert found().agency == agency("Dinas Baru")


def test_records_that_are_no_more_close_theirs() -> None:
    row = given()
    Application.objects.filter(pk=row.application_id).update(record_state="ditolak")
    assert actions.find_all(by=SYSTEM)[1] >= 1
    assert found().state == State.GONE


def test_who_sees_what() -> None:
    row = given()
    waiting = Recommendation.objects.filter(state=State.FOUND).first()
    other = client_of(member(AgencyHead.code, agency("Dinas Lain")))
    for address in (f"{row.pk}/", f"{row.pk}/jawab/", f"surat/{row.letters.get().pk}/", "alasan/siuji/"):
        assert other.get(HOME + address).status_code == 404
    assert Client().get(HOME).status_code == 302
    assert client_of(member(StaffMember.code, agency("Dinas Uji"))).get(HOME).status_code == 404
    operator = client_of(member(AgencyOperator.code, agency("Dinas Uji")))
    assert "SIUJI" in page_of(operator, HOME)
    assert operator.get(f"{HOME}{row.pk}/jawab/").status_code == 404
    assert operator.get(f"{HOME}beri/").status_code == 404
    leader = client_of(member(Leader.code))
    assert "SIUJI" in page_of(leader, HOME)
    assert leader.get(f"{HOME}{row.pk}/tindak-lanjut/").status_code == 404
    if waiting is not None:
        assert leader.get(f"{HOME}{waiting.pk}/").status_code == 404  # not given yet
    assert reads.count_waiting(member(AgencyHead.code, agency("Dinas Uji"))) == 1
