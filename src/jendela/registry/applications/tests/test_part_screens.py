"""Rows of parts on their screens: bad input in words, sources, undo, functions, approvals, contacts, new records."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests.people import agency, client_of, member

from jendela.common.audit import Actor
from jendela.common.models import AuditEntry
from jendela.people.access.roles import (
    Administrator,
    AgencyHead,
    AgencyOperator,
    InformationTeam,
    Leader,
    Planner,
    Role,
    ServiceAdmin,
    ServiceOfficer,
    StaffMember,
    VillageOfficial,
)  # fmt: skip
from jendela.registry.applications.actions import PartError, Provenance, put_part
from jendela.registry.applications.models import (
    Application,
    ApplicationPerson,
    ApplicationUse,
    Cost,
    FunctionNode,
    Interface,
    LegalBasis,
    Version,
)
from jendela.registry.applications.tests.samples import BY, SAID, made, node

pytestmark = pytest.mark.django_db
ONE = "/kelola/aplikasi/aplikasi-uji/"
COST = {"tahun": "2026", "jenis": "hosting", "jumlah": "Rp 1,2 juta", "asal": "instansi"}

PERSON = {
    "peran": "operator",
    "nama": "Budi Contoh",
    "telepon": "0812 3456",
    "mulai": "2026-01-01",
    "asal": "instansi",
}


@pytest.fixture
def row() -> Application:
    return made()


@pytest.fixture
def operator(row: Application) -> Client:
    return client_of(member(AgencyOperator.code))


def test_money_is_read_as_people_write_it(operator: Client, row: Application) -> None:
    answer = operator.post(f"{ONE}bagian/biaya/", COST)
    assert answer.status_code == 302
    cost = Cost.objects.get()
    assert (cost.amount, cost.stated_by, cost.grade) == (Decimal("1200000.00"), "Dinas Contoh", "C")
    page = operator.get(f"{ONE}bagian/biaya/{cost.pk}/").content.decode()
    assert 'value="Rp1.200.000"' in page
    operator.post(f"{ONE}bagian/biaya/{cost.pk}/", COST | {"jumlah": "2 M"})
    assert Cost.objects.get().amount == Decimal("2000000000.00")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"jumlah": "banyak"}, "Bukan jumlah uang"),
        ({"jumlah": ""}, "Tulis jumlahnya."),
        ({"jumlah": "-5"}, "Bukan jumlah uang"),
        ({"tahun": "26"}, "Tulis tahun dengan empat angka."),
        ({"tahun": "3026"}, "Tulis tahun dengan empat angka."),
        ({"jenis": "entah"}, "Pilih salah satu dari daftar."),
        ({"asal": ""}, "Pilih salah satu."),
    ],
)
def test_a_cost_that_cannot_be_is_said(
    operator: Client, row: Application, changes: dict[str, str], words: str
) -> None:
    answer = operator.post(f"{ONE}bagian/biaya/", COST | changes)
    assert answer.status_code == 400
    assert words in answer.content.decode()
    assert not Cost.objects.exists()


def test_a_row_is_taken_out_and_brought_back(operator: Client, row: Application) -> None:
    operator.post(f"{ONE}bagian/biaya/", COST)
    cost = Cost.objects.get()
    answer = operator.post(f"{ONE}bagian/biaya/{cost.pk}/cabut/")
    assert not Cost.objects.exists()
    batch = answer["Location"].split("tindakan=")[1].split("#")[0]
    operator.post(f"{ONE}batalkan/{batch}/")
    assert Cost.objects.get().pk == cost.pk


def test_two_rows_of_one_year_and_kind_are_not_made(operator: Client, row: Application) -> None:
    operator.post(f"{ONE}bagian/biaya/", COST)
    operator.post(f"{ONE}bagian/biaya/", COST | {"tahun": "2025"})
    other = Cost.objects.get(year=2025)
    answer = operator.post(f"{ONE}bagian/biaya/{other.pk}/", COST)
    assert answer.status_code == 400
    assert "Baris seperti ini sudah ada." in answer.content.decode()


def test_versions_laws_and_interfaces_are_kept(operator: Client, row: Application) -> None:
    said = {"asal": "instansi"}
    version = {
        "nomor": "2.1",
        "tahun": "2026",
        "dipakai": "ya",
        "nilai": "1,5 M",
        "kontrak_sampai": "2027-01-31",
    }
    assert operator.post(f"{ONE}bagian/versi/", version | said).status_code == 302
    found = Version.objects.get()
    assert (found.current, found.contract_value) == (True, Decimal("1500000000.00"))
    machine = {"memori": "8 GB", "sistem_operasi": "Ubuntu 24.04", "kontak_penyedia": "halo@contoh.id"}
    operator.post(f"{ONE}bagian/versi/{found.pk}/", version | machine | said)
    found.refresh_from_db()
    assert (found.memory, found.operating_system, found.vendor_contact) == (*machine.values(),)
    assert 'value="8 GB"' in operator.get(f"{ONE}bagian/versi/{found.pk}/").content.decode()
    too_long = operator.post(f"{ONE}bagian/versi/{found.pk}/", version | {"memori": "8" * 121} | said)
    assert (too_long.status_code, "Terlalu panjang" in too_long.content.decode()) == (400, True)
    law = {"jenis": "perbup", "bunyi": "Peraturan Bupati Nomor 99 Tahun 2022"}
    assert operator.post(f"{ONE}bagian/dasar-hukum/", law | said).status_code == 302
    assert LegalBasis.objects.get().words == "Peraturan Bupati Nomor 99 Tahun 2022"
    interface = {"nama": "API Kehadiran", "splp": "", "dokumentasi": "contoh.go.id/api"}
    assert operator.post(f"{ONE}bagian/api/", interface | said).status_code == 302
    api = Interface.objects.get()
    assert (api.on_bus, api.documentation_url) == (None, "https://contoh.go.id/api")
    wrong = version | {"nomor": "3", "kontrak_mulai": "2027-02-01"} | said
    assert "sebelum kontraknya mulai" in operator.post(f"{ONE}bagian/versi/", wrong).content.decode()


def test_a_use_said_by_others_waits_and_ones_own_stands(operator: Client, row: Application) -> None:
    other = agency("Dinas Lain")
    for place in (other, agency()):
        data = {"instansi": place.slug, "keadaan": "disebut", "asal": "instansi"}
        assert operator.post(f"{ONE}bagian/pemakai/", data).status_code == 302
    states = dict(ApplicationUse.objects.values_list("agency__slug", "state"))
    assert states == {"dinas-lain": "disebut", "dinas-contoh": "dipakai"}


USE = {"instansi": "dinas-lain", "keadaan": "disebut", "asal": "instansi"}
ANSWERED = "Instansi ini sudah menjawab sendiri."


def test_a_use_stays_that_of_its_agency(operator: Client, row: Application) -> None:
    other, third = agency("Dinas Lain"), agency("Dinas Ketiga")
    assert operator.post(f"{ONE}bagian/pemakai/", USE).status_code == 302
    use = ApplicationUse.objects.get()
    sent = USE | {"instansi": third.slug, "catatan": "Sejak 2024"}
    assert operator.post(f"{ONE}bagian/pemakai/{use.pk}/", sent).status_code == 302
    use.refresh_from_db()
    assert (use.agency, use.state, use.note) == (other, "disebut", "Sejak 2024")


@pytest.mark.parametrize("state", ["dipakai", "tidak_dipakai", "berhenti"])
def test_what_an_agency_answered_is_not_written_over_by_the_owner(
    operator: Client, row: Application, state: str
) -> None:
    other = agency("Dinas Lain")
    use = ApplicationUse.objects.create(
        application=row, agency=other, state=state, said_by="Dinas Contoh", said_at=timezone.now(),
        answered_by="Dinas Lain",
    )  # fmt: skip
    for path in (f"{ONE}bagian/pemakai/", f"{ONE}bagian/pemakai/{use.pk}/"):
        answer = operator.post(path, USE | {"keadaan": "disebut", "catatan": "x"})
        assert answer.status_code == 400
        assert ANSWERED in answer.content.decode()
    assert "/cabut/" not in operator.get(f"{ONE}bagian/pemakai/{use.pk}/").content.decode()
    assert operator.post(f"{ONE}bagian/pemakai/{use.pk}/cabut/").status_code == 404
    use.refresh_from_db()
    assert (use.state, use.note, use.answered_by) == (state, "", "Dinas Lain")
    team = client_of(member(InformationTeam.code))
    assert team.post(f"{ONE}bagian/pemakai/{use.pk}/", USE | {"catatan": "x"}).status_code == 302
    use.refresh_from_db()
    assert (use.state, use.note) == ("disebut", "x")


def test_a_contact_opens_with_a_reason_that_stays_on_record(operator: Client, row: Application) -> None:
    head = client_of(member(AgencyHead.code))
    assert operator.post(f"{ONE}bagian/orang/", PERSON).status_code == 302
    found = ApplicationPerson.objects.get()
    path = f"{ONE}orang/{found.pk}/kontak/"
    assert "0812 3456" not in head.get(path).content.decode()
    assert head.post(path, {"alasan": " "}).status_code == 400
    assert "0812 3456" in head.post(path, {"alasan": "Menanyakan kontrak"}).content.decode()
    entry = AuditEntry.objects.get(action="personal.read")
    assert entry.after == {"fields": ["phone"], "reason": "Menanyakan kontrak"}
    answer = operator.post(path, {"alasan": "x"})
    assert answer.status_code == 403  # who edits does not yet open contacts
    assert "0812 3456" not in answer.content.decode()
    assert AuditEntry.objects.filter(action="personal.read").count() == 1


@pytest.mark.parametrize(
    ("role", "where", "status"),
    [
        (AgencyHead, "Dinas Contoh", 200),
        (ServiceAdmin, "Dinas Contoh", 200),
        (InformationTeam, None, 200),  # calls people in a round
        (Administrator, None, 200),
        (AgencyOperator, "Dinas Contoh", 403),
        (ServiceOfficer, "Dinas Contoh", 404),
        (StaffMember, "Dinas Contoh", 404),
        (VillageOfficial, "Dinas Contoh", 404),
        (Planner, None, 404),
        (Leader, None, 404),
        (AgencyHead, "Dinas Lain", 404),
        (ServiceAdmin, "Dinas Lain", 404),
    ],
)
def test_contacts_of_who_answers_open_for_their_roles(
    row: Application, role: type[Role], where: str | None, status: int
) -> None:
    person = put_part(
        application=row, part="people", by=BY, provenance=SAID,
        values={"role": "operator", "name": "Budi Contoh", "phone": "0812 3456"},
    )  # fmt: skip
    path = f"{ONE}orang/{person.pk}/kontak/"
    assert Client().get(path).status_code == 302  # a stranger signs in first
    client = client_of(member(role.code, agency(where) if where else None))
    for answer in (client.get(path), client.post(path, {"alasan": "Menelepon"})):
        assert answer.status_code == status
        told = answer.content.decode()
    assert ("0812 3456" in told) is (status == 200)
    reasons = [one.after["reason"] for one in AuditEntry.objects.filter(action="personal.read") if one.after]
    assert reasons == (["Menelepon"] if status == 200 else [])


def test_an_empty_contact_field_keeps_what_was_there(operator: Client, row: Application) -> None:
    operator.post(f"{ONE}bagian/orang/", PERSON)
    found = ApplicationPerson.objects.get()
    page = operator.get(f"{ONE}bagian/orang/{found.pk}/").content.decode()
    assert "0812 3456" not in page
    operator.post(f"{ONE}bagian/orang/{found.pk}/", PERSON | {"telepon": "", "sampai": "2026-06-30"})
    found.refresh_from_db()
    assert (found.phone, str(found.until)) == ("0812 3456", "2026-06-30")
    assert operator.post(f"{ONE}bagian/orang/{found.pk}/cabut/").status_code == 404


def test_functions_are_searched_chosen_and_one_is_the_main_one(operator: Client, row: Application) -> None:
    node("RAB.04.01", "Kesehatan", node("RAB.04", "Perlindungan Sosial dan Kesehatan"))
    node("RAB.09.06", "Aparatur")
    page = operator.get(f"{ONE}fungsi/?q=sehat").content.decode()
    assert "RAB.04.01" in page
    assert "RAB.09.06" not in page
    operator.post(f"{ONE}fungsi/", {"kode": "RAB.04.01"})
    operator.post(f"{ONE}fungsi/", {"kode": "RAB.09.06"})
    assert dict(row.functions.values_list("node_id", "main")) == {"RAB.04.01": True, "RAB.09.06": False}
    operator.post(f"{ONE}fungsi/", {"kode": "RAB.09.06", "lakukan": "utama"})
    assert dict(row.functions.values_list("node_id", "main")) == {"RAB.04.01": False, "RAB.09.06": True}
    operator.post(f"{ONE}fungsi/", {"kode": "RAB.09.06", "lakukan": "cabut"})
    assert list(row.functions.values_list("node_id", flat=True)) == ["RAB.04.01"]
    assert operator.post(f"{ONE}fungsi/", {"kode": "RAB.99"}).status_code == 404


def test_only_a_business_process_is_the_main_function(operator: Client, row: Application) -> None:
    """How it is built (RAA) is chosen too, but is not what it does."""
    node("RAA.03", "Aplikasi umum")
    node("RAB.04.01", "Kesehatan")
    operator.post(f"{ONE}fungsi/", {"kode": "RAA.03"})
    operator.post(f"{ONE}fungsi/", {"kode": "RAA.03", "lakukan": "utama"})
    assert dict(row.functions.values_list("node_id", "main")) == {"RAA.03": False}
    assert 'value="utama"' not in operator.get(f"{ONE}fungsi/").content.decode()
    operator.post(f"{ONE}fungsi/", {"kode": "RAB.04.01"})
    assert dict(row.functions.values_list("node_id", "main")) == {"RAA.03": False, "RAB.04.01": True}
    with pytest.raises(PartError, match="not_main"):
        put_part(
            application=row, part="functions", values={"node": FunctionNode.objects.get(pk="RAA.03"), "main": True},
            by=Actor("uji"), provenance=Provenance("uji"),
        )  # fmt: skip


APPROVAL = {"langkah": "penghentian", "setuju": "ya", "tanggal": "2026-01-02", "pemutus": "Kepala Dinas"}


def test_a_retirement_on_the_screen_needs_what_takes_over(row: Application) -> None:
    head = client_of(member(AgencyHead.code))
    other = made("Pengganti Kami")
    made("Pengganti Mereka", agency("Dinas Lain"))
    path = f"{ONE}persetujuan/"
    assert "Tulis penggantinya." in head.post(path, APPROVAL).content.decode()
    page = head.post(path, APPROVAL | {"pengganti": "pengganti"}).content.decode()
    assert "Ada beberapa." in page
    assert "pengganti-kami" in page
    assert "Belum ada aplikasi bernama" in head.post(path, APPROVAL | {"pengganti": "hantu"}).content.decode()
    assert "belum tiba" in head.post(path, APPROVAL | {"tanggal": "2999-01-01"}).content.decode()
    assert head.post(path, APPROVAL | {"pengganti": "pengganti kami"}).status_code == 302
    row.refresh_from_db()
    assert (row.life_cycle, row.replacement) == ("dihentikan", other)
    page = head.get(f"{ONE}ubah/keadaan/").content.decode()
    assert 'value="aktif"' not in page  # approvals drive it now


def test_an_operator_does_not_approve(operator: Client, row: Application) -> None:
    assert operator.get(f"{ONE}persetujuan/").status_code == 403
    assert operator.post(f"{ONE}persetujuan/", APPROVAL).status_code == 403
    row.refresh_from_db()
    assert row.life_cycle == "tidak_diketahui"
    assert client_of(member(InformationTeam.code)).get(f"{ONE}persetujuan/").status_code == 200


NEW = {
    "pemilik": "dinas-contoh", "nama": "Sistem Arsip Surat", "pengelola": "daerah", "sasaran": "internal",
    "keadaan": "tidak_diketahui", "asal": "instansi",
}  # fmt: skip


def test_an_application_that_exists_is_recorded(operator: Client, row: Application) -> None:
    answer = operator.post("/kelola/aplikasi/baru/", NEW)
    assert answer["Location"].startswith("/kelola/aplikasi/sistem-arsip-surat/")
    found = Application.objects.get(slug="sistem-arsip-surat")
    assert (found.owner, found.record_state) == (agency(), "terdaftar")
    said = set(found.changes.values_list("field", flat=True))
    assert said == {"owner", "name", "operator_level", "audience"}


def test_one_that_may_be_there_already_is_shown_first(operator: Client, row: Application) -> None:
    made("Sistem Arsip Surat Terpadu", agency("Dinas Lain"))
    page = operator.post("/kelola/aplikasi/baru/", NEW).content.decode()
    assert "Mungkin sudah tercatat" in page
    assert 'href="/kelola/aplikasi/sistem-arsip-surat-terpadu/"' in page
    assert Application.objects.count() == 2
    assert operator.post("/kelola/aplikasi/baru/", NEW | {"beda": "on"}).status_code == 302


@pytest.mark.parametrize(
    "changes", [{"pemilik": "dinas-lain"}, {"nama": " "}, {"nama": "123"}, {"keadaan": "x"}]
)
def test_a_record_that_cannot_be_is_not_made(
    operator: Client, row: Application, changes: dict[str, str]
) -> None:
    agency("Dinas Lain")
    assert operator.post("/kelola/aplikasi/baru/", NEW | changes).status_code == 400
    assert Application.objects.count() == 1


@pytest.mark.parametrize(
    "path", ["bagian/entah/", "bagian/biaya/99/", f"bagian/biaya/{2**70}/", "bagian/functions/"]
)
def test_what_is_not_there_is_not_found(operator: Client, row: Application, path: str) -> None:
    assert operator.get(ONE + path).status_code == 404


def test_attributes_are_added_ordered_and_retired(row: Application) -> None:
    team = client_of(member(InformationTeam.code))
    data: dict[str, Any] = {"label": "Kode lama", "kind": "text", "visibility": "publik"}
    assert team.post("/kelola/atribut/baru/", data).status_code == 302
    assert team.post("/kelola/atribut/baru/", data | {"kind": "choice"}).status_code == 400
    choice = data | {"label": "Warna", "kind": "choice", "choices": "biru\nhijau\n\nbiru"}
    assert team.post("/kelola/atribut/baru/", choice).status_code == 302
    page = team.get("/kelola/atribut/").content.decode()
    assert page.index("Kode lama") < page.index("Warna")
    from jendela.registry.applications.models import AttributeDefinition

    second = AttributeDefinition.objects.get(key="warna")
    assert second.choices == ["biru", "hijau"]
    team.post(f"/kelola/atribut/{second.pk}/urutan/", {"lakukan": "naik"})
    page = team.get("/kelola/atribut/").content.decode()
    assert page.index("Warna") < page.index("Kode lama")
    team.post(f"/kelola/atribut/{second.pk}/urutan/", {"lakukan": "henti"})
    assert "Warna" not in team.get(f"{ONE}ubah/tambahan/").content.decode()
    assert team.post(f"/kelola/atribut/{second.pk}/urutan/", {"lakukan": "x"}).status_code == 404
    assert client_of(member(AgencyHead.code)).get("/kelola/atribut/").status_code == 404
