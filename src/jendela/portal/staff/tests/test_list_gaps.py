"""/kelola/kekurangan/: what pages did not know, most often met first."""

import datetime

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests.people import client_of, member

from jendela.common.dates import today
from jendela.people.access.roles import ServiceAdmin
from jendela.people.agencies.models import Agency
from jendela.portal.staff.reads import count_gaps
from jendela.services.catalogue.choices import Gap
from jendela.services.catalogue.models import GapCount, Service

pytestmark = pytest.mark.usefixtures("region")


def met(service: Service, gap: Gap, count: int, days_ago: int = 0) -> None:
    day = today() - datetime.timedelta(days=days_ago)
    GapCount.objects.create(service=service, gap=gap, day=day, count=count)


def test_summed_over_thirty_days(
    administrator: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    first, second = Service.objects.order_by("pk")[:2]
    met(first, Gap.TIME, 5)
    met(first, Gap.TIME, 6, days_ago=29)
    met(first, Gap.TIME, 1000, days_ago=30)
    met(second, Gap.FEE, 12)
    with django_assert_num_queries(4):  # session, account, gaps
        page = administrator.get("/kelola/kekurangan/").content.decode()
    assert page.index(second.name) < page.index(first.name)
    assert f'href="/layanan/{first.slug}/"' in page
    assert ">11</td>" in page
    only = administrator.get("/kelola/kekurangan/?jenis=biaya&jenis=bayar_berapa").content.decode()
    assert second.name in only
    assert first.name not in only


def test_nothing_yet(administrator: Client) -> None:
    assert "Belum ada hitungan." in administrator.get("/kelola/kekurangan/?jenis=ngawur").content.decode()


def test_each_agency_sees_its_own() -> None:
    place = Agency.objects.get(slug="disdukcapil")
    own = Service.objects.filter(owner=place).first()
    other = Service.objects.exclude(owner=place).first()
    assert own is not None
    assert other is not None
    met(own, Gap.TIME, 5)
    met(other, Gap.TIME, 7)
    client = client_of(member(ServiceAdmin.code, at=place))
    page = client.get("/kelola/kekurangan/").content.decode()
    assert own.name in page
    assert f'href="/layanan/{other.slug}/"' not in page
    assert count_gaps(member(ServiceAdmin.code, at=place)) == 5
