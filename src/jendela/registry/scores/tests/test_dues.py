"""Due dates: the number of the menu is that of the list, and costs few statements."""

import datetime

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from tests.people import agency, member

from jendela.common.dates import months_after, today
from jendela.people.access.roles import AgencyOperator, Leader
from jendela.people.accounts.models import User
from jendela.people.agencies.models import Agency
from jendela.registry.campaigns.models import Attestation
from jendela.registry.links.models import Link
from jendela.registry.probes.tests.world import application, probed
from jendela.registry.scores.choices import Due
from jendela.registry.scores.reads.dues import _last_before, count_dues, dues

pytestmark = pytest.mark.django_db


@pytest.fixture
def mixed() -> tuple[User, User]:
    """Due dates of every kind at two agencies, beside those that are far, retired or of others: who reads all, and
    who works at one."""
    soon, far = today() + datetime.timedelta(days=30), today() + datetime.timedelta(days=400)
    own, other = agency("Dinas Uji"), agency("Dinas Lain")
    for at in (own, other):
        application("Kontrak dan daftar", at, contract_until=soon, registration_due=soon)
        application("Audit tertulis", at, audit_due=soon, audit_date=months_after(today(), -30))
        application("Audit umum", at, audit_date=months_after(today(), -12), app_class="umum")
        application("Audit khusus", at, audit_date=months_after(today(), -24), app_class="khusus_daerah")
        application("Audit baru", at, audit_date=months_after(today(), -12), app_class="khusus_daerah")
        application("Audit jauh", at, audit_due=far, audit_date=months_after(today(), -30))
        application("Pusat", at, operator_level="pusat", contract_until=soon)
        application("Berhenti", at, life_cycle="dihentikan", contract_until=soon)
        probed(application("Sertifikat", at, contract_until=soon), days=10)
        probed(application("Sertifikat jauh", at), days=300)
        stand(at, soon)
    link(own, other, soon)
    link(other, other, soon)
    link(own, own, far)
    return member(Leader.code), member(AgencyOperator.code, own)


def stand(at: Agency, until: datetime.date) -> None:
    Attestation.objects.create(
        agency=at, by=member(), name="Uji", at=timezone.now(), statement="Benar.", valid_until=until,
        applications=1, code=f"kode-{Attestation.objects.count()}",
    )  # fmt: skip


def link(source: Agency, target: Agency, until: datetime.date) -> None:
    ends = [application(at=at) for at in (source, target)]
    Link.objects.create(
        source=ends[0], target=ends[1], data="NIK", method="api", state="berjalan", grade="C",
        declared_words="Uji", declared_at=timezone.now(), agreement_until=until,
    )  # fmt: skip


def test_the_number_is_that_of_the_list(mixed: tuple[User, User]) -> None:
    everything, own = mixed
    assert {one.kind for one in dues(own)} == set(Due)
    assert count_dues(everything) == len(dues(everything)) == 18
    assert count_dues(own) == len(dues(own)) == 9
    assert count_dues(member(AgencyOperator.code, agency("Dinas Sepi"))) == 0


def test_counting_costs_four_statements(
    mixed: tuple[User, User], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    everything, own = mixed
    with django_assert_num_queries(6):  # account, roles, applications, links, attestations, certificates
        count_dues(User.objects.get(pk=everything.pk))
    with django_assert_num_queries(6):
        count_dues(User.objects.get(pk=own.pk))


@pytest.mark.parametrize("until", ["2025-02-28", "2026-02-28", "2024-02-29", "2026-04-30", "2026-12-31"])
@pytest.mark.parametrize("months", [11, 12, 24])
def test_the_last_day_is_exact(until: str, months: int) -> None:
    end = datetime.date.fromisoformat(until)
    last = _last_before(end, months)
    assert months_after(last, months) <= end < months_after(last + datetime.timedelta(days=1), months)
