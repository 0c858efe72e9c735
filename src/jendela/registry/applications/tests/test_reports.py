"""Applications on no list: reported by officials and residents, taken over, handed on, closed, and taken back."""

from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from tests.people import agency, client_of, member

from jendela.common.audit import Actor
from jendela.people.accounts.models import User
from jendela.people.agencies.models import Agency
from jendela.registry.applications.actions import Provenance, create_application, set_values
from jendela.registry.applications.actions.reports import report_application
from jendela.registry.applications.models import Application, ApplicationReport, ValueSource

pytestmark = pytest.mark.django_db
QUEUE = "/kelola/aplikasi/usulan/"
STAFF = "/kelola/aplikasi/lapor/"
PUBLIC = "/aplikasi/lapor/"
OWN_PAGE: dict[str, Any] = {"HTTP_ORIGIN": "http://testserver", "HTTP_SEC_FETCH_SITE": "same-origin"}


@pytest.fixture
def dinkes() -> Agency:
    return agency("Dinkes", name="Dinas Kesehatan")


@pytest.fixture
def operator(dinkes: Agency) -> User:
    return member("agency_operator", dinkes)


@pytest.fixture
def kominfo() -> User:
    return member("information_team")


def concept(owner: Agency, name: str = "e-Gizi") -> Application:
    report_application(name=name, said_by="Kecamatan", origin="pegawai", owner=owner, by=Actor("Budi"))
    return Application.objects.get(name=name)


def test_anyone_in_government_reports_and_the_owner_takes_it_over(dinkes: Agency, operator: User) -> None:
    official = client_of(member("staff_member", agency("Kecamatan", name="Kecamatan Contoh")))
    sent = {
        "nama": "e-Gizi",
        "guna": "Data gizi",
        "pemilik": dinkes.slug,
        "alamat": "https://gizi.contoh.go.id",
    }
    answer = official.post(STAFF, sent)
    assert answer.status_code == 302
    assert "Dinkes" in official.get(answer["Location"]).content.decode()
    row = Application.objects.get()
    assert (row.record_state, row.reported_by, row.owner) == ("konsep", "Kecamatan Contoh", dinkes)
    source = ValueSource.objects.get(application=row, field="purpose")
    assert (source.stated_by, source.grade) == ("Kecamatan Contoh", "D")
    client = client_of(operator)
    page = client.get(QUEUE).content.decode()
    assert "Dilaporkan oleh Kecamatan Contoh" in page
    assert "e-Gizi" not in Client().get("/aplikasi/").content.decode()
    assert client.post(f"{QUEUE}{row.slug}/", {"putusan": "ambil"})["Location"].endswith("selesai=ambil")
    row.refresh_from_db()
    assert row.record_state == "terdaftar"
    page = client.get(QUEUE).content.decode()
    undo = page.split('action="')[-1].split('"')[0]
    assert "batalkan" in undo
    client.post(undo)
    row.refresh_from_db()
    assert row.record_state == "konsep"


def test_not_ours_names_another_agency_which_is_asked(dinkes: Agency, operator: User) -> None:
    other, row = agency("Dukcapil"), concept(dinkes)
    client = client_of(operator)
    page = client.post(f"{QUEUE}{row.slug}/", {"putusan": "lain", "pemilik": ""})
    assert page.status_code == 400
    assert "Pilih instansi yang perlu ditanya." in page.content.decode()
    client.post(f"{QUEUE}{row.slug}/", {"putusan": "lain", "pemilik": other.slug, "alasan": "Milik Dukcapil"})
    row.refresh_from_db()
    assert (row.owner, row.record_state) == (other, "konsep")
    assert client.get(f"{QUEUE}{row.slug}/").status_code == 404
    assert "e-Gizi" in client_of(member("agency_operator", other)).get(QUEUE).content.decode()


def test_no_application_needs_a_reason_and_is_kept(dinkes: Agency, operator: User) -> None:
    row, client = concept(dinkes), client_of(operator)
    assert client.post(f"{QUEUE}{row.slug}/", {"putusan": "bukan", "alasan": ""}).status_code == 400
    client.post(f"{QUEUE}{row.slug}/", {"putusan": "bukan", "alasan": "Hanya grup WhatsApp"})
    row.refresh_from_db()
    assert row.record_state == "ditolak"
    again = client.post(f"{QUEUE}{row.slug}/", {"putusan": "ambil"})
    assert again.status_code == 404


def test_a_name_that_is_there_already_is_shown_first(dinkes: Agency) -> None:
    first = {"operator_level": "daerah", "audience": "internal", "state": "dipakai"}
    create_application(
        values={"name": "e-Gizi", "owner": dinkes, **first}, by=Actor("x"), provenance=Provenance("x")
    )
    client = client_of(member("staff_member", agency("Kecamatan")))
    page = client.post(STAFF, {"nama": "E-GIZI"})
    assert "Mungkin sudah tercatat" in page.content.decode()
    assert not ApplicationReport.objects.exists()
    client.post(STAFF, {"nama": "E-GIZI", "beda": "on"})
    assert ApplicationReport.objects.get().state == "baru"


def test_a_resident_reports_without_account_or_cookie(kominfo: User, dinkes: Agency) -> None:
    page = Client().get(PUBLIC)
    assert page.status_code == 200
    assert not page.cookies
    sent = {"nama": "Gizi Kita", "alamat": "gizi kita di Play Store"}
    answer = Client().post(PUBLIC, sent, **OWN_PAGE)
    assert answer.status_code == 302
    assert not answer.cookies
    assert "Terima kasih" in Client().get(answer["Location"]).content.decode()
    row = ApplicationReport.objects.get()
    assert (row.origin, row.state, row.by, Application.objects.count()) == ("warga", "baru", None, 0)
    client = client_of(kominfo)
    assert "Gizi Kita" in client.get(QUEUE).content.decode()
    client.post(f"{QUEUE}laporan/{row.pk}/", {"putusan": "pemilik", "pemilik": dinkes.slug})
    made = Application.objects.get()
    assert (made.record_state, made.owner, made.reported_by, made.url) == ("konsep", dinkes, "warga", "")
    client.post(f"{QUEUE}laporan/{row.pk}/batalkan/")
    row.refresh_from_db()
    assert (row.state, Application.objects.count()) == ("baru", 0)


@pytest.mark.parametrize(
    ("sent", "headers", "status"),
    [
        ({"nama": ""}, OWN_PAGE, 400),
        ({"nama": "12345"}, OWN_PAGE, 400),
        ({"nama": "x" * 201}, OWN_PAGE, 400),
        ({"nama": "Gizi", "site": "https://iklan.contoh"}, OWN_PAGE, 400),
        ({"nama": "Gizi"}, {"HTTP_ORIGIN": "https://lain.contoh"}, 403),
        ({"nama": "Gizi"}, {}, 403),
    ],
)
def test_what_is_no_report_is_not_kept(sent: dict[str, str], headers: dict[str, Any], status: int) -> None:
    assert Client().post(PUBLIC, sent, **headers).status_code == status
    assert not ApplicationReport.objects.exists()


def test_too_many_reports_from_one_network_wait_and_lose_nothing(settings: Any) -> None:
    settings.RATE_FEEDBACK = (2, 3600)
    address: dict[str, Any] = {"REMOTE_ADDR": "203.0.113.77", **OWN_PAGE}
    statuses = [Client().post(PUBLIC, {"nama": f"Gizi {i}a"}, **address).status_code for i in range(3)]
    assert statuses == [302, 302, 429]
    assert 'value="Gizi 9a"' in Client().post(PUBLIC, {"nama": "Gizi 9a"}, **address).content.decode()


def test_a_report_of_a_known_one_points_to_it(kominfo: User, dinkes: Agency) -> None:
    first = {"operator_level": "daerah", "audience": "internal", "state": "dipakai"}
    known = create_application(
        values={"name": "e-Gizi", "owner": dinkes, **first}, by=Actor("x"), provenance=Provenance("x")
    )
    row = report_application(name="Gizi", said_by="warga", origin="warga", by=Actor("warga"))
    client, place = client_of(kominfo), f"{QUEUE}laporan/{row.pk}/"
    page = client.post(place, {"putusan": "ada", "kode": "tak ada"})
    assert page.status_code == 400
    assert "0 catatan" in page.content.decode()
    client.post(place, {"putusan": "ada", "kode": f"/kelola/aplikasi/{known.slug}/"})
    row.refresh_from_db()
    assert (row.state, row.application) == ("sudah_ada", known)
    assert client.post(place, {"putusan": "ada", "kode": known.slug})["Location"].endswith("sudah")


def test_a_concept_that_was_worked_on_is_not_taken_away(kominfo: User, dinkes: Agency) -> None:
    row = report_application(name="Gizi", said_by="warga", origin="warga", by=Actor("warga"))
    client = client_of(kominfo)
    client.post(f"{QUEUE}laporan/{row.pk}/", {"putusan": "pemilik", "pemilik": dinkes.slug})
    made = Application.objects.get()
    set_values(application=made, values={"since": "2020"}, by=Actor("Ani"), provenance=Provenance("Dinkes"))
    assert client.post(f"{QUEUE}laporan/{row.pk}/batalkan/")["Location"].endswith("sudah")
    assert Application.objects.filter(pk=made.pk).exists()
    row.refresh_from_db()
    assert row.application == made


def test_others_do_not_see_or_decide(dinkes: Agency) -> None:
    row = concept(dinkes)
    report = report_application(name="Gizi", said_by="warga", origin="warga", by=Actor("warga"))
    other = client_of(member("agency_operator", agency("Dukcapil")))
    assert "e-Gizi" not in other.get(QUEUE).content.decode()
    assert other.post(f"{QUEUE}{row.slug}/", {"putusan": "ambil"}).status_code == 404
    assert other.post(f"{QUEUE}laporan/{report.pk}/", {"putusan": "bukan", "alasan": "x"}).status_code == 404
    assert client_of(member("staff_member", dinkes)).get(QUEUE).status_code == 404
    assert Client().get(QUEUE).status_code == 302
    assert settings.RATE_FEEDBACK


def test_number_of_queries_of_the_queue(
    kominfo: User, dinkes: Agency, django_assert_num_queries: Any
) -> None:
    client = client_of(kominfo)

    def fill(number: int) -> None:
        for i in range(number):
            concept(dinkes, f"Gizi {Application.objects.count()} {i}")
            report_application(name=f"Lain {i}", said_by="warga", origin="warga", by=Actor("warga"))

    fill(2)
    client.get(QUEUE)
    with django_assert_num_queries(7):  # session, person, roles, concepts, reports, decisions of both
        client.get(QUEUE)
    fill(12)
    with django_assert_num_queries(7):
        client.get(QUEUE)
