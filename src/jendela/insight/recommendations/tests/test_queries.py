"""How many statements each list of recommendations costs: the same for few and for many."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests.people import agency, client_of, member

from jendela.common.audit import SYSTEM
from jendela.insight.recommendations import actions
from jendela.insight.recommendations.choices import State
from jendela.insight.recommendations.models import Letter, Recommendation
from jendela.people.access.roles import AgencyHead, InformationTeam
from jendela.registry.applications.actions import Provenance, create_application
from jendela.registry.applications.models import Application

pytestmark = pytest.mark.django_db
HOME = "/kelola/rekomendasi/"
RULE = "mati_belum_dihentikan"
UNMEASURED = "belum_diukur"
# each with session, account and roles
GIVES = {
    HOME: 11,
    f"{HOME}?aturan={RULE}": 12,
    f"{HOME}?keadaan=diberikan": 8,
    f"{HOME}?lihat=terlambat": 8,
    f"{HOME}?lihat=akibat": 8,
    f"{HOME}unduh.csv": 4,
    f"{HOME}beri/?g={{agency}}:{UNMEASURED}": 6,
    f"{HOME}alasan/{{slug}}/": 23,
    f"{HOME}surat/{{letter}}/": 8,
}
READS = {
    HOME: 7,
    f"{HOME}?keadaan=diberikan": 7,
    f"{HOME}?lihat=terlambat": 7,
    f"{HOME}unduh.csv": 4,
    f"{HOME}surat/{{letter}}/": 8,
}


def application(name: str, owner: str = "Dinas Uji", **values: Any) -> Application:
    given = {"name": name, "owner": agency(owner), "operator_level": "daerah", "audience": "publik",
             "state": "mati", "since": "2019"} | values  # fmt: skip
    return create_application(values=given, by=SYSTEM, provenance=Provenance(owner))


def fill(number: int) -> Letter:
    """So many dead ones of four agencies, most of them given, and as many that nobody measured."""
    for one in range(number):
        application(f"SIUJI {number}-{one}", owner=f"Dinas {one % 3}" if one else "Dinas Uji")
        application(f"SIHIDUP {number}-{one}", state="dipakai")
    actions.find_all(by=SYSTEM)
    keys = list(
        Recommendation.objects.filter(rule=RULE, state=State.FOUND)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    letters = actions.give(recommendations=keys[: number - 1], by=SYSTEM, sure=True)
    return next(letter for letter in letters if letter.agency == agency("Dinas Uji"))


def screens(client: Client, numbers: dict[str, int], letter: Letter) -> dict[str, int]:
    row = Application.objects.filter(owner=letter.agency).order_by("pk")[0]
    words = {"agency": letter.agency_id, "slug": row.slug, "letter": letter.pk}
    return {template.format(**words): number for template, number in numbers.items()}


@pytest.mark.parametrize("gives", [True, False])
def test_lists_ask_the_same_for_one_and_many(
    gives: bool, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    who = member(InformationTeam.code) if gives else member(AgencyHead.code, agency("Dinas Uji"))
    client, numbers = client_of(who), GIVES if gives else READS
    for number in (2, 25):
        letter = fill(number)
        for address, asked in screens(client, numbers, letter).items():
            with django_assert_num_queries(asked, info=address):
                assert client.get(address).status_code == 200


def test_the_number_found_follows_the_filters() -> None:
    fill(4)
    client = client_of(member(InformationTeam.code))
    everything = Recommendation.objects.filter(state=State.FOUND).count()
    of_rule = Recommendation.objects.filter(state=State.FOUND, rule=UNMEASURED).count()
    assert 0 < of_rule < everything
    for address, number in ((HOME, everything), (f"{HOME}?aturan={UNMEASURED}", of_rule)):
        assert f"{number} bahan rekomendasi ditemukan" in client.get(address).content.decode()
