"""/kelola/instansi/<slug>/: what is missing by how often it was met, feedback, the week, who works here."""

import datetime

import pytest
from django.db.models import Count
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests.people import agency, client_of, member

from jendela.common.dates import today
from jendela.people.access.models import Membership
from jendela.people.access.roles import (
    AgencyHead,
    Planner,
    ServiceAdmin,
    ServiceOfficer,
    StaffMember,
)
from jendela.people.agencies.models import Agency, Office
from jendela.portal.agency import gaps
from jendela.portal.agency.period import this_week
from jendela.portal.agency.reads import week_lines
from jendela.services.catalogue.choices import FeedbackTopic, Gap
from jendela.services.catalogue.models import Feedback, GapCount, Service, ViewCount

HOME = "/kelola/instansi/disdukcapil/"
ROUTES = [HOME, f"{HOME}kantor/baru/", f"{HOME}kantor/kantor-disdukcapil/"]


def met(service: Service, gap: Gap, count: int, days_ago: int = 0) -> None:
    day = today() - datetime.timedelta(days=days_ago)
    GapCount.objects.create(service=service, gap=gap, day=day, count=count)


def test_what_most_people_met_comes_first(service_admin: Client, disdukcapil: Agency) -> None:
    known = gaps.facts(disdukcapil)
    with_time = [one for one in known.services if Gap.TIME in gaps.missing(one, known, disdukcapil)]
    first, second = with_time[:2]
    met(first, Gap.TIME, 5)
    met(second, Gap.TIME, 7, days_ago=29)
    met(first, Gap.TIME, 1000, days_ago=30)  # too long ago
    page = service_admin.get(HOME).content.decode()
    ledger = page.split('class="ledger"')[1]
    assert ledger.index("<h3>") == ledger.index(f"<h3>Lama pengurusan {first.name}</h3>")
    assert f"<h3>Lama pengurusan {second.name}</h3>" not in page  # it stands above, once
    assert f'<p class="daybook-first-title">Lama pengurusan {second.name}</p>' in page
    assert "Pembaca bertemu kekurangan ini 7 kali dalam 30 hari." in page
    assert f'href="/kelola/standar/{second.slug}/A3/?langsung=1"' in page


def test_one_phone_answers_all_services(service_admin: Client, disdukcapil: Agency) -> None:
    known = gaps.facts(disdukcapil)
    phone = [one for one in gaps.things(disdukcapil, known) if one.gap == Gap.PHONE]
    assert len(phone) == 1
    without = [one for one in known.services if Gap.PHONE in gaps.missing(one, known, disdukcapil)]
    assert len(phone[0].met) == len(without) > 1
    for service in without[:3]:
        met(service, Gap.PHONE, 40)
    page = service_admin.get(HOME).content.decode()
    assert f"Mengisi ini menjawab {len(without)} layanan." in page
    assert f'href="{HOME}kantor/kantor-disdukcapil/?isi=telepon"' in page
    assert "Pembaca bertemu kekurangan ini 120 kali dalam 30 hari." in page


def test_what_is_filled_is_no_gap_any_more(disdukcapil: Agency) -> None:
    Agency.objects.filter(pk=disdukcapil.pk).update(phone="0531 21234")
    disdukcapil.refresh_from_db()
    assert not [one for one in gaps.things(disdukcapil, gaps.facts(disdukcapil)) if one.gap == Gap.PHONE]


def test_an_agency_without_an_office_is_asked_for_one(region: None) -> None:
    found = Agency.objects.filter(services__isnull=False, offices=None, phone="").first()
    assert found is not None
    phone = next(one for one in gaps.things(found, gaps.facts(found)) if one.gap == Gap.PHONE)
    assert phone.url == f"/kelola/instansi/{found.slug}/kantor/baru/"


def test_hours_of_another_agencys_counter_are_theirs(region: None) -> None:
    things = [
        thing
        for one in Agency.objects.filter(services__isnull=False).distinct()
        for thing in gaps.things(one, gaps.facts(one))
        if thing.gap == Gap.HOURS
    ]
    foreign = [one for one in things if "milik" in one.note]
    assert foreign
    assert all(one.url == "" for one in foreign)
    own = [one for one in things if "/kantor/" in one.url]
    for one in own:
        agency_slug, office_slug = one.url.split("/")[3], one.url.split("/")[5]
        assert Office.objects.get(slug=office_slug).agency.slug == agency_slug


@pytest.mark.parametrize("path", ROUTES)
def test_of_another_agency_nothing_is_there(region: None, path: str) -> None:
    other = client_of(member(ServiceAdmin.code, at=Agency.objects.get(slug="diskominfo")))
    assert other.get(path).status_code == 404
    assert other.post(path, {"phone": "0531 21234"}).status_code == 404


@pytest.mark.parametrize(
    ("role", "sees", "edits"),
    [
        (ServiceOfficer, True, False),
        (AgencyHead, True, True),
        (StaffMember, False, False),
        (Planner, False, False),
    ],
)
def test_each_role_sees_its_part(disdukcapil: Agency, role: type, sees: bool, edits: bool) -> None:
    service = Service.objects.filter(owner=disdukcapil).first()
    row = Feedback.objects.create(
        page="/layanan/x/", topic=FeedbackTopic.WRONG, text="Tutup Jumat", service=service
    )
    client = client_of(member(role.code, at=disdukcapil))  # type: ignore[attr-defined]
    page = client.get(HOME).content.decode()
    assert (row.text in page) is sees
    assert (f'href="{HOME}kantor/kantor-disdukcapil/"' in page) is edits
    assert client.get(f"{HOME}kantor/kantor-disdukcapil/").status_code == (200 if edits else 404)


def test_the_week_begins_on_monday(disdukcapil: Agency) -> None:
    service = Service.objects.filter(owner=disdukcapil)[0]
    week = this_week()
    assert week.first.weekday() == 0
    for day, count in (
        (week.first, 3), (week.last, 2), (week.before.first, 7), (week.before.last, 1),
        (week.before.first - datetime.timedelta(days=1), 99),
    ):  # fmt: skip
        ViewCount.objects.create(service=service, day=day, count=count)
    late = Feedback.objects.create(page="/", topic=FeedbackTopic.WRONG, text="x", service=service)
    Feedback.objects.filter(pk=late.pk).update(created_at=week.begins - datetime.timedelta(minutes=1))
    Feedback.objects.create(page="/", topic=FeedbackTopic.WRONG, text="y", service=service)
    lines = week_lines(disdukcapil, week)
    assert (lines[0].now, lines[0].before) == (5, 8)
    assert (lines[3].now, lines[3].before) == (1, 1)


def test_nothing_is_said_in_words(db: None) -> None:
    empty = agency("Dinas Kosong")
    page = client_of(member(AgencyHead.code, at=empty)).get("/kelola/instansi/dinas-kosong/").content.decode()
    assert "<b>belum ada</b>" in page
    assert "Belum ada layanan instansi ini." in page
    assert "Belum ada kantor yang tercatat." in page
    assert "<b>0</b>" not in page


def test_who_is_away_and_who_stands_in(service_admin: Client, disdukcapil: Agency) -> None:
    away = Membership.objects.get(user__name="Budi Santoso")
    other = member("", name="Dewi Anggraini")
    until = today() + datetime.timedelta(days=5)
    Membership.objects.create(
        user=other, agency=disdukcapil, role=away.role, valid_from=today(), valid_to=until, substitutes=away
    )
    page = service_admin.get(HOME).content.decode()
    assert "Digantikan Dewi Anggraini." in page
    assert "Menggantikan Budi Santoso" in page


def test_as_many_queries_for_many_services_as_for_few(
    administrator: Client, region: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    few = Agency.objects.annotate(number=Count("services")).filter(number=1).exclude(offices=None).first()
    assert few is not None
    administrator.get(HOME)
    for path in (HOME, f"/kelola/instansi/{few.slug}/"):
        with django_assert_num_queries(QUERIES):
            administrator.get(path)


QUERIES = 28
