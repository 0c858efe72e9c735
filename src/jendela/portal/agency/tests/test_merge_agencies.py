"""Merging agencies: a dry run in words; everything moves, and back within a day; a reload changes nothing."""

import datetime
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from tests.people import client_of, member

from jendela.common.audit import Actor
from jendela.common.dates import today
from jendela.common.events import name_of, subscribers
from jendela.common.jobs import REGISTRY
from jendela.people.access.models import Membership
from jendela.people.access.policy import has_permission
from jendela.people.access.roles import AgencyHead, ServiceAdmin, ServiceOfficer
from jendela.people.accounts.models import User
from jendela.people.agencies import actions
from jendela.people.agencies.events import AgencyMerged, AgencyMergerUndone
from jendela.people.agencies.models import Agency, Merger, Office, Succession
from jendela.people.members import actions as members
from jendela.registry.applications.models import Application
from jendela.services.catalogue.choices import StandardState
from jendela.services.catalogue.models import Service, Standard
from jendela.services.editor import actions as editor

GABUNG = "/kelola/instansi/gabung/"


def run_subscribers(event: type, merger: Merger) -> None:
    """What the worker does; twice, since handlers may run twice."""
    names = subscribers()[name_of(event)]
    for name in [*names, *names]:
        REGISTRY[name].handler(merger_id=merger.pk)


@pytest.fixture
def old(region: None) -> Agency:
    return Agency.objects.get(slug="disdukcapil")


@pytest.fixture
def new(region: None) -> Agency:
    return Agency.objects.get(slug="diskominfo")


def values(old: Agency, new: Agency | None = None, **more: str) -> dict[str, str]:
    successor = {"successor": str(new.pk)} if new is not None else {}
    return {
        "predecessor": str(old.pk),
        "since": today().isoformat(),
        "source": "Perda Nomor 4 Tahun 2026",
        **successor,
        **more,
    }


def merged(old: Agency, new: Agency) -> Merger:
    row = actions.merge_agencies(
        predecessor=old, successor=new, since=today(), source="Perda Nomor 4 Tahun 2026", by=Actor("uji")
    )
    run_subscribers(AgencyMerged, row)
    return row


def test_the_dry_run_says_what_moves_and_changes_nothing(
    administrator: Client, old: Agency, new: Agency
) -> None:
    member(AgencyHead.code, at=old)
    page = administrator.post(GABUNG, values(old, new)).content.decode()
    assert f"{Service.objects.filter(owner=old).count()} layanan" in page
    assert "1 orang dengan perannya" in page
    assert "Tidak ada yang perlu dipindah: aplikasi, rancangan standar." in page
    assert 'name="sungguh"' in page
    assert not Merger.objects.exists()


def test_everything_moves(administrator: Client, old: Agency, new: Agency) -> None:
    services = set(Service.objects.filter(owner=old).values_list("pk", flat=True))
    applications = set(Application.objects.filter(owner=old).values_list("pk", flat=True))
    offices = set(Office.objects.filter(agency=old).values_list("pk", flat=True))
    assert services
    assert offices
    head, both = member(AgencyHead.code, at=old), member(ServiceAdmin.code, at=old)
    Membership.objects.create(user=both, agency=new, role=ServiceAdmin.code, valid_from="2026-01-01")
    answer = administrator.post(GABUNG, values(old, new, sungguh="1"))
    row = Merger.objects.get()
    assert answer["Location"] == f"{GABUNG}?selesai={row.pk}"
    run_subscribers(AgencyMerged, row)
    old.refresh_from_db()
    assert (old.kind, old.valid_to) == ("bubar", today().isoformat())
    assert Succession.objects.get(predecessor=old, successor=new).since == today().isoformat()
    assert services <= set(Service.objects.filter(owner=new).values_list("pk", flat=True))
    assert applications <= set(Application.objects.filter(owner=new).values_list("pk", flat=True))
    assert offices <= set(Office.objects.filter(agency=new).values_list("pk", flat=True))
    for user in (head, both):
        fresh = User.objects.get(pk=user.pk)
        assert not has_permission(fresh, "see_agency", old.pk)
        assert has_permission(fresh, "write_standards", new.pk)
    assert Membership.objects.holding().filter(user=both).count() == 1
    page = client_of(User.objects.get(pk=head.pk)).get("/kelola/instansi/")
    assert page["Location"] == f"/kelola/instansi/{new.slug}/"
    public = Client().get("/instansi/disdukcapil/").content.decode()
    assert "Instansi ini sudah tidak ada" in public
    assert new.name in public


def test_a_decreed_standard_says_who_decreed_it(old: Agency, new: Agency, client: Client) -> None:
    service = Service.objects.filter(owner=old)[0]
    Standard.objects.filter(service=service).update(
        state=StandardState.IN_FORCE,
        decree_number="7/2026",
        decree_date="2026-01-05",
        valid_from="2026-01-06",
        signed_by="Kepala",
        complaint_officer="Sari",
        complaint_channel="Loket 3",
        consulted_on="2026-01-02",
        consultation_note="Dibahas",
        stated_by=old.name,
    )
    path = f"/layanan/{service.slug}/"
    assert "Ditetapkan saat instansinya" not in client.get(path).content.decode()
    merged(old, new)
    page = client.get(path).content.decode()
    assert "Standar berlaku" in page
    assert f"Ditetapkan saat instansinya {old.name}" in page


def test_a_draft_moves_with_its_service(administrator: Client, old: Agency, new: Agency) -> None:
    writer = member(ServiceAdmin.code, at=old)
    service = Service.objects.filter(owner=old)[0]
    by = Actor(writer.name, user=writer)
    editor.save_part(service=service, part="A3", value="3 hari kerja", revision=0, by=by)
    assert "1 rancangan standar" in administrator.post(GABUNG, values(old, new)).content.decode()
    merged(old, new)
    client = client_of(User.objects.get(pk=writer.pk))
    page = client.get(f"/kelola/standar/{service.slug}/A3/")
    assert page.status_code == 200
    assert "3 hari kerja" in page.content.decode()
    service.refresh_from_db()
    assert service.owner == new


def test_who_stands_in_stands_in_still(old: Agency, new: Agency) -> None:
    away = member(ServiceOfficer.code, at=old)
    other = member("")
    until = today() + datetime.timedelta(days=5)
    Membership.objects.create(
        user=other,
        agency=old,
        role=ServiceOfficer.code,
        valid_from=today(),
        valid_to=until,
        substitutes=away.memberships.get(),
    )
    merged(old, new)
    moved = Membership.objects.holding().get(user=other)
    assert (moved.agency, moved.valid_to) == (new, until)
    assert moved.substitutes == Membership.objects.holding().get(user=away)


def test_an_open_invitation_is_offered_by_the_successor(old: Agency, new: Agency) -> None:
    head = member(AgencyHead.code, at=old)
    offered, _token = members.invite(
        email="baru@contoh.id", name="Baru", agency=old, role=ServiceOfficer.code, by=Actor("x", user=head)
    )
    row = merged(old, new)
    offered.refresh_from_db()
    assert offered.agency == new
    actions.undo_merger(merger=row, by=Actor("uji"))
    run_subscribers(AgencyMergerUndone, row)
    offered.refresh_from_db()
    assert offered.agency == old


def test_taken_back_within_a_day(administrator: Client, old: Agency, new: Agency) -> None:
    before = {
        "services": set(Service.objects.values_list("pk", "owner")),
        "offices": set(Office.objects.values_list("pk", "agency")),
        "applications": set(Application.objects.values_list("pk", "owner")),
    }
    head = member(AgencyHead.code, at=old)
    row = merged(old, new)
    assert administrator.post(f"{GABUNG}{row.pk}/").status_code == 302
    run_subscribers(AgencyMergerUndone, row)
    old.refresh_from_db()
    assert (old.kind, old.valid_to) == ("dinas", "")
    assert before == {
        "services": set(Service.objects.values_list("pk", "owner")),
        "offices": set(Office.objects.values_list("pk", "agency")),
        "applications": set(Application.objects.values_list("pk", "owner")),
    }
    holding = Membership.objects.holding().get(user=head)
    assert (holding.agency, holding.role) == (old, AgencyHead.code)
    assert administrator.post(f"{GABUNG}{row.pk}/").status_code == 409


def test_undone_before_the_worker_came(old: Agency, new: Agency) -> None:
    row = actions.merge_agencies(
        predecessor=old, successor=new, since=today(), source="Perda", by=Actor("uji")
    )
    actions.undo_merger(merger=row, by=Actor("uji"))
    run_subscribers(AgencyMergerUndone, row)
    run_subscribers(AgencyMerged, row)
    assert Service.objects.filter(owner=old).exists()
    actions.merge_agencies(predecessor=old, successor=new, since=today(), source="Perda", by=Actor("uji"))


def test_after_a_day_it_says_why_not(administrator: Client, old: Agency, new: Agency) -> None:
    row = merged(old, new)
    Merger.objects.filter(pk=row.pk).update(made_at=timezone.now() - datetime.timedelta(hours=25))
    answer = administrator.post(f"{GABUNG}{row.pk}/")
    assert answer.status_code == 409
    assert "24 jam" in answer.content.decode()
    assert f'action="{GABUNG}{row.pk}/"' not in administrator.get(GABUNG).content.decode()


def test_a_new_name_is_a_new_agency(administrator: Client, old: Agency) -> None:
    name = "Dinas Administrasi Kependudukan"
    administrator.post(GABUNG, values(old, sungguh="1", short_name="Disadmindukcapil", name=name))
    row = Merger.objects.select_related("successor").get()
    run_subscribers(AgencyMerged, row)
    assert row.successor_is_new
    assert (row.successor.slug, row.successor.level, row.successor.kind) == (
        "disadmindukcapil",
        "kabupaten",
        "dinas",
    )
    assert Service.objects.filter(owner=row.successor).exists()


def test_a_reload_of_the_data_keeps_the_merger(old: Agency, new: Agency) -> None:
    row = merged(old, new)
    services = Service.objects.filter(owner=new).count()
    out = StringIO()
    call_command("load_kotim", "--again", verbosity=2, stdout=out)
    run_subscribers(AgencyMerged, row)
    old.refresh_from_db()
    assert old.kind == "bubar"
    assert Service.objects.filter(owner=new).count() == services
    assert not Office.objects.filter(agency=old).exists()
    assert Succession.objects.filter(merger=row).exists()
    assert f"Sudah digabung ke {new.short_name}, dibiarkan: {old.short_name}" in out.getvalue()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"since": "2999-01-01"}, "Tanggal ini belum tiba."),
        ({"since": "besok"}, "Tulis tanggal seperti 24/11/2026."),
        ({"source": " "}, "Sebutkan peraturan atau keputusannya."),
        ({"source_url": "bukan alamat"}, "Ini belum alamat web."),
        ({"successor": "OLD"}, "Pilih instansi lain sebagai penggantinya."),
        ({"successor": ""}, "Tulis singkatannya, atau pilih pengganti yang sudah ada."),
        (
            {"successor": "", "short_name": "DISKOMINFO", "name": "X", "sungguh": "1"},
            "Singkatan ini sudah dipakai.",
        ),
        ({"short_name": "Baru", "name": "Baru"}, "Pilih satu: pengganti yang sudah ada, atau nama baru."),
    ],
)
def test_refused_in_words(
    administrator: Client, old: Agency, new: Agency, change: dict[str, str], words: str
) -> None:
    change = {name: str(old.pk) if value == "OLD" else value for name, value in change.items()}
    page = administrator.post(GABUNG, values(old, new) | change).content.decode()
    assert words in page
    assert "data-error-summary" in page
    assert not Merger.objects.exists()


def test_what_is_merged_once_is_not_merged_again(old: Agency, new: Agency) -> None:
    merged(old, new)
    third = Agency.objects.get(slug="disdik")
    with pytest.raises(actions.MergerError, match="merged_before"):
        actions.merge_agencies(predecessor=old, successor=third, since=today(), source="x", by=Actor("uji"))
    with pytest.raises(actions.MergerError, match="chain"):
        actions.merge_agencies(predecessor=third, successor=old, since=today(), source="x", by=Actor("uji"))


def test_only_for_those_who_manage_agencies(old: Agency, new: Agency) -> None:
    row = merged(old, new)
    head = client_of(member(AgencyHead.code, at=new))
    assert head.get(GABUNG).status_code == 404
    assert head.post(GABUNG, values(new, old, sungguh="1")).status_code == 404
    assert head.post(f"{GABUNG}{row.pk}/").status_code == 404


def test_as_many_queries_for_any_number_of_mergers(
    administrator: Client, old: Agency, new: Agency, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    merged(old, new)
    merged(Agency.objects.get(slug="disdik"), new)
    with django_assert_num_queries(6):  # session, account, roles, two lists of agencies, mergers
        administrator.get(GABUNG)
