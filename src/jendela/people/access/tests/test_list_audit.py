"""/kelola/catatan/: the audit trail in words, with filters."""

import datetime

import pytest
import time_machine
from django.db import connection
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests.people import agency, client_of, member

from jendela.common.audit import SYSTEM, Actor, record
from jendela.common.models import AuditEntry
from jendela.people.access import audit_words, reads
from jendela.people.access.actions import end_role, grant_role
from jendela.people.access.personal import note_reading
from jendela.people.access.roles import Administrator, AgencyHead, ServiceAdmin

pytestmark = pytest.mark.django_db
URL = "/kelola/catatan/"


@pytest.fixture
def auditor() -> Client:
    return client_of(member(Administrator.code, name="Rina Pemeriksa"))


def test_a_change_in_plain_words(auditor: Client) -> None:
    here, person = agency("Dinas Kata"), member("", name="Siti Aminah")
    row = grant_role(user=person, agency=here, role=ServiceAdmin.code, by=Actor("Budi Kepala"))
    end_role(membership=row, by=Actor("Budi Kepala"))
    page = auditor.get(URL).content.decode()
    assert "<b>Budi Kepala</b> memberi peran" in page
    assert "<b>Budi Kepala</b> mengakhiri peran" in page
    for words in ("Admin layanan", "Dinas Kata", "Siti Aminah"):
        assert words in page


def test_only_who_may_read_it() -> None:
    assert client_of(member(AgencyHead.code)).get(URL).status_code == 404


def test_filters_narrow_and_stand_in_the_address(auditor: Client) -> None:
    ani = member("", name="Ani Rahmawati")
    with time_machine.travel("2026-03-01 03:00Z", tick=False):
        record(by=Actor("x", user=ani, address="10.1.2.3"), action="test.march", target=("test.thing", "7"))
    with time_machine.travel("2026-04-01 03:00Z", tick=False):
        record(by=Actor("penyapu"), action="test.april", target=("test.thing", "8"))
    for asked, seen, unseen in (
        ("siapa=rahmawati", "test.march", "test.april"),
        ("siapa=penyapu", "test.april", "test.march"),
        ("tindakan=test.april", "test.april", "test.march:"),
        ("jenis=test.thing&kunci=7", "test.march", "test.april"),
        ("dari=2026-03-02", "test.april", "test.march"),
        ("sampai=2026-03-31", "test.march", "test.april"),
        ("dari=2026-03-01&sampai=2026-03-01", "test.march", "test.april"),
        ("alamat=10.1.2.3", "test.march", "test.april"),
    ):
        page = auditor.get(f"{URL}?{asked}").content.decode()
        assert f"{seen}: " in page, asked
        assert f"{unseen} " not in page.replace(f'"{unseen}"', ""), asked


@pytest.mark.parametrize(
    "asked", ["dari=besok", "alamat=bukan", "sebelum=x", "sebelum=%00", "siapa=%00", "dari=0001-01-01"]
)
def test_a_filter_that_cannot_be_is_left_out(auditor: Client, asked: str) -> None:
    record(by=SYSTEM, action="test.any", target=("test.thing", "1"))
    answer = auditor.get(f"{URL}?{asked}")
    assert answer.status_code == 200
    assert "test.any" in answer.content.decode()


def test_reading_of_personal_data_has_its_own_view(auditor: Client) -> None:
    record(by=SYSTEM, action="test.any", target=("test.thing", "1"))
    note_reading(Actor("Petugas Dua"), ("test.thing", "9"), ["nik"], "mencocokkan KK")
    page = auditor.get(f"{URL}?pribadi=1").content.decode()
    assert "<b>Petugas Dua</b> membuka data pribadi" in page
    assert "mencocokkan KK" in page
    assert "test.any" not in page


@pytest.mark.parametrize(("fields", "reason"), [([], "ada"), (["nik"], "  ")])
def test_reading_without_reason_or_field_is_refused(fields: list[str], reason: str) -> None:
    with pytest.raises(ValueError, match="needs a reason"):
        note_reading(SYSTEM, ("test.thing", "9"), fields, reason)


def test_pages_by_the_last_number_seen(
    auditor: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    person, here = member("", name="Siti"), agency()
    for number in range(reads.AUDIT_PAGE + 5):
        after = {"user": person.pk, "agency": here.pk, "note": str(number)}
        record(
            by=SYSTEM, action=f"test.n{number}", target=("people_accounts.user", str(person.pk)), after=after
        )
    with django_assert_num_queries(
        7
    ):  # session, account, roles, entries, names of people, agencies and targets
        first = auditor.get(URL)
    page = first.content.decode()
    assert page.count('class="trail-time') == reads.AUDIT_PAGE
    last = AuditEntry.objects.order_by("-pk")[reads.AUDIT_PAGE - 1]
    assert f"?sebelum={last.pk}" in page
    second = auditor.get(f"{URL}?sebelum={last.pk}").content.decode()
    assert "test.n4:" in second
    assert "test.n5:" not in second


def test_each_filter_has_its_index() -> None:
    """No filter makes the database read the whole trail."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_sort = off")
        for where in ("action = 'x'", "by_id = 1", "address = '10.0.0.1'", "by_id IS NULL AND actor = 'x'"):
            cursor.execute(f"EXPLAIN SELECT * FROM common_audit_entry WHERE {where} ORDER BY id DESC")  # noqa: S608
            plan = " ".join(row[0] for row in cursor.fetchall())
            assert "Index" in plan, plan
            assert "audit_" in plan, plan


def test_an_old_week_is_read_by_number(auditor: Client) -> None:
    """Numbers and times may be a little out of order; nothing of the asked days is lost."""
    with time_machine.travel("2026-05-02 03:00Z", tick=False):
        record(by=SYSTEM, action="test.later", target=("test.thing", "1"))
    with time_machine.travel("2026-05-01 03:00Z", tick=False):
        record(by=SYSTEM, action="test.earlier", target=("test.thing", "1"))
    day = datetime.date(2026, 5, 1)
    page = reads.audit_page(reads.AuditFilters(since=day, until=day, kind="test.thing"))
    assert [line.entry.action for line in page.lines] == ["test.earlier"]


def test_differences_in_words() -> None:
    changes = audit_words.difference(
        {"role": "planner", "valid_to": None, "user": 3, "same": 1, "odd": {"a": [1, True]}},
        {"role": "leader", "valid_to": "2026-11-24", "user": 4, "same": 1, "odd": {}},
        {3: "Ani", 4: "Budi"},
        {},
    )
    assert [(one.field, one.old, one.new) for one in changes] == [
        ("peran", "Tim perencana", "Pimpinan daerah"),
        ("sampai", "", "24 November 2026"),
        ("orang", "Ani", "Budi"),
        ("odd", "a: 1, ya", ""),
    ]
    assert audit_words.difference(None, {"note": "2026-99-99"}, {}, {})[0].new == "2026-99-99"
    assert audit_words.difference(None, None, {}, {}) == []


def test_nothing_found_says_what_to_do(auditor: Client) -> None:
    assert "Tidak ada catatan yang cocok." in auditor.get(f"{URL}?siapa=tidakada").content.decode()
