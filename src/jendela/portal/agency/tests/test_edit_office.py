"""Phone, hours and address of an office: read in words first, seen by residents at once, taken back, kept on reload."""

import datetime
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from tests.people import agency, client_of, member

from jendela.common.models import AuditEntry, OutboxEvent
from jendela.people.access.roles import AgencyOperator, InformationTeam
from jendela.people.agencies.models import Agency, Office
from jendela.portal.agency import gaps
from jendela.services.catalogue.choices import Gap

EDIT = "/kelola/instansi/disdukcapil/kantor/kantor-disdukcapil/"
HOME = "/kelola/instansi/disdukcapil/"
FULL = {
    "phone": "(0531) 21-234",
    "address": "Jl HM Arsyad, Sampit",
    "first0": "0", "last0": "3", "opens0": "7.30", "closes0": "15:00",
    "first1": "4", "opens1": "07.30", "closes1": "11.00",
    "note": "Tutup pada hari libur.",
}  # fmt: skip
HOURS = "Senin sampai Kamis 07.30-15.00 WIB; Jumat 07.30-11.00 WIB. Tutup pada hari libur."


def office() -> Office:
    return Office.objects.get(slug="kantor-disdukcapil")


def test_look_first_and_nothing_is_saved(service_admin: Client) -> None:
    page = service_admin.post(EDIT, FULL | {"lihat": "1"}).content.decode()
    reading = page.split('class="reading"')[1].split("</section>")[0]
    assert HOURS in reading
    assert "0531 21234" in reading
    assert "Belum tersimpan." in reading
    assert 'value="7.30"' in page  # as typed
    assert office().phone == ""


def test_residents_see_it_with_its_source(service_admin: Client, disdukcapil: Agency, client: Client) -> None:
    assert service_admin.post(EDIT, FULL)["Location"] == f"{HOME}?kantor=kantor-disdukcapil"
    page = client.get("/instansi/disdukcapil/").content.decode()
    assert HOURS in page
    assert 'href="tel:053121234"' in page
    assert f"Disampaikan {disdukcapil.name}," in page
    assert OutboxEvent.objects.filter(name__endswith="AgenciesChanged").exists()


def test_the_phone_of_the_first_office_answers_every_service(
    service_admin: Client, disdukcapil: Agency
) -> None:
    service_admin.post(EDIT, FULL)
    disdukcapil.refresh_from_db()
    assert disdukcapil.phone == "0531 21234"
    assert not [one for one in gaps.things(disdukcapil, gaps.facts(disdukcapil)) if one.gap == Gap.PHONE]


def test_taken_back(service_admin: Client, disdukcapil: Agency) -> None:
    service_admin.post(EDIT, FULL)
    page = service_admin.get(f"{HOME}?kantor=kantor-disdukcapil").content.decode()
    assert f'action="{EDIT}batal/"' in page
    answer = service_admin.post(f"{EDIT}batal/")
    assert "kembali seperti semula" in service_admin.get(answer["Location"]).content.decode()
    row = office()
    assert (row.phone, row.hours, row.edited_by_agency_at) == ("", "", None)
    assert Agency.objects.get(pk=disdukcapil.pk).phone == ""
    actions = AuditEntry.objects.filter(target_type="people_agencies.office").values_list("action", flat=True)
    assert list(actions.order_by("id")) == ["agencies.edit_office", "agencies.undo_office"]
    assert service_admin.post(f"{EDIT}batal/").status_code == 409


def test_after_a_day_it_is_too_late(service_admin: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    service_admin.post(EDIT, FULL)
    monkeypatch.setattr("jendela.people.agencies.reads.UNDO", datetime.timedelta(0))
    answer = service_admin.post(f"{EDIT}batal/")
    assert answer.status_code == 409
    assert "24 jam" in answer.content.decode()


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"phone": "belum ada"}, "Tulis angka saja."),
        ({"phone": "21234"}, "Mulai dengan kode wilayah"),
        ({"first0": ""}, "Pilih harinya."),
        ({"opens0": "pagi"}, "Tulis jam seperti 07.30."),
        ({"closes0": "07.00"}, "Jam tutup 07.00 harus sesudah jam buka 07.30."),
        ({"first1": "3"}, "Kamis tertulis dua kali pada jam yang sama."),
        ({"note": "x" * 91}, "Terlalu panjang: 91 huruf."),
    ],
)
def test_refused_in_words_and_kept(service_admin: Client, values: dict[str, str], words: str) -> None:
    page = service_admin.post(EDIT, FULL | values).content.decode()
    assert words in page
    assert "data-error-summary" in page
    assert FULL["address"] in page
    assert office().hours == ""


def test_hours_in_other_words_stay_until_replaced(region: None) -> None:
    row = Office.objects.get(slug="loket-dpmptsp")
    assert row.hours == "08.00-14.30 WIB"
    client = client_of(member(AgencyOperator.code, at=row.agency))
    path = f"/kelola/instansi/{row.agency.slug}/kantor/{row.slug}/"
    assert "08.00-14.30 WIB" in client.get(path).content.decode()
    client.post(path, {"phone": "0531 21234", "keep": "on"})
    row.refresh_from_db()
    assert (row.hours, row.hours_date) == ("08.00-14.30 WIB", "2020-06")
    client.post(path, {"phone": "0531 21234"})
    row.refresh_from_db()
    assert (row.hours, row.hours_date, row.hours_source) == ("", "", "")


def test_a_reload_of_the_data_leaves_it_alone(service_admin: Client) -> None:
    service_admin.post(EDIT, FULL)
    out = StringIO()
    call_command("load_kotim", "--again", verbosity=2, stdout=out)
    row = office()
    assert (row.phone, row.hours) == ("0531 21234", HOURS)
    assert row.agency.phone == "0531 21234"
    assert "Diisi instansinya sendiri, dibiarkan: Kantor Disdukcapil" in out.getvalue()


def test_others_speak_in_their_own_name(region: None) -> None:
    client = client_of(member(InformationTeam.code))
    client.post(EDIT, FULL)
    assert office().stated_by == Agency.objects.get(slug="diskominfo").name


@pytest.mark.django_db
def test_an_office_nobody_had_named() -> None:
    home = agency("Dinas Satu")
    client = client_of(member(AgencyOperator.code, at=home))
    path = "/kelola/instansi/dinas-satu/kantor/baru/"
    assert "Tulis nama kantornya." in client.post(path, FULL).content.decode()
    assert client.post(path, FULL | {"name": "Kantor Dinas Satu"}).status_code == 302
    row = Office.objects.get(agency=home)
    assert (row.slug, row.agency, row.phone) == ("kantor-dinas-satu", home, "0531 21234")
    assert Agency.objects.get(pk=home.pk).phone == "0531 21234"
    client.post(path, FULL | {"name": "Kantor Dinas Satu", "phone": ""})
    assert Office.objects.filter(slug="kantor-dinas-satu-2").exists()


def test_an_office_of_another_agency_is_not_there(service_admin: Client) -> None:
    other = Office.objects.exclude(agency__slug="disdukcapil").first()
    assert other is not None
    path = f"{HOME}kantor/{other.slug}/"
    assert service_admin.get(path).status_code == 404
    assert service_admin.post(path, FULL).status_code == 404
    assert service_admin.post(f"{path}batal/").status_code == 404
    assert service_admin.get(f"{EDIT}batal/").status_code == 405
