"""Who is asked about the use of what the centre runs: its users here, else the keeper of the register."""

from typing import Any

import pytest
from django.utils import timezone
from tests.people import agency, client_of, member

from jendela.common.audit import SYSTEM
from jendela.insight.recommendations import actions, reads
from jendela.insight.recommendations.models import Reach, Recommendation
from jendela.people.access.roles import AgencyHead, InformationTeam
from jendela.people.agencies.models import Agency
from jendela.registry.applications.actions import Provenance, create_application
from jendela.registry.applications.models import Application, ApplicationUse

pytestmark = pytest.mark.django_db
RULE = "belum_diukur"
HOME = "/kelola/rekomendasi/"


def application(name: str, owner: Agency, **values: Any) -> Application:
    given = {"name": name, "owner": owner, "audience": "publik", "state": "dipakai", "since": "2019"} | values
    return create_application(values=given, by=SYSTEM, provenance=Provenance("Uji"))


def central(name: str = "SRIKANDI") -> Application:
    return application(name, agency("ANRI", level="pusat", kind="kementerian"), operator_level="pusat")


def keeper() -> Agency:
    """The owner of the register's own record."""
    row = application("Jendela", agency("Diskominfo"), operator_level="daerah", users=3)
    Application.objects.filter(pk=row.pk).update(slug="jendela")
    return row.owner


def used(row: Application, by: str, state: str = "dipakai", **values: Any) -> ApplicationUse:
    at = agency(by, **values)
    return ApplicationUse.objects.create(
        application=row,
        agency=at,
        state=state,
        said_by=by,
        said_at=timezone.now(),
        answered_at=timezone.now(),
    )


def asked() -> Recommendation:
    return Recommendation.objects.get(rule=RULE, state__in=("ditemukan", "diberikan"))


def test_the_keeper_answers_where_nobody_confirmed_its_use() -> None:
    row, keeps = central(), keeper()
    used(row, "Dinas Disebut", "disebut")
    used(row, "Kantor Pusat", level="pusat")
    actions.find_all(by=SYSTEM)
    assert asked().agency == keeps
    assert "Pemiliknya ANRI." in asked().facts[1]["words"]
    assert not Recommendation.objects.filter(application=row).exclude(rule=RULE).exists()


def test_who_confirmed_first_answers_and_all_are_named() -> None:
    row = central()
    keeper()
    actions.find_all(by=SYSTEM)
    used(row, "Dinas Satu")
    used(row, "Dinas Dua")
    actions.find_all(by=SYSTEM)
    assert asked().agency == agency("Dinas Satu")  # still one, that moved
    assert "Dinas Satu, Dinas Dua" in asked().facts[1]["words"]
    actions.give(recommendations=[asked().pk], by=SYSTEM)
    head = client_of(member(AgencyHead.code, agency("Dinas Satu")))
    assert head.get(f"{HOME}{asked().pk}/jawab/").status_code == 200
    assert head.get(f"{HOME}alasan/{row.slug}/").status_code == 200
    other = client_of(member(AgencyHead.code, agency("Dinas Dua")))
    assert other.get(f"{HOME}{asked().pk}/").status_code == 404
    assert other.get(f"{HOME}alasan/{row.slug}/").status_code == 404


def test_nobody_here_can_answer() -> None:
    row = central()
    actions.find_all(by=SYSTEM)
    assert not Recommendation.objects.exists()
    [found] = [finding for rule, finding in reads.why(row) if rule.key == RULE]
    assert found.why == "Belum ada instansi kabupaten yang dapat menjawab."


def test_the_page_of_a_rule_says_how_many_it_reaches_and_why_not_the_others() -> None:
    central()
    central("SIPD")
    keeper()
    application("Mati", agency("Dinas Uji"), operator_level="daerah", state="mati")
    application("Rencana", agency("Dinas Uji"), operator_level="daerah", state="rencana")
    client = client_of(member(InformationTeam.code))
    assert "Berlaku pada" not in client.get(f"{HOME}?aturan={RULE}").content.decode()  # never looked
    for _again in range(2):
        actions.find_all(by=SYSTEM)
    page = client.get(f"{HOME}?aturan={RULE}").content.decode()
    assert "Berlaku pada 2 dari 5 aplikasi" in page
    for words in ("1: Ada angka pemakaian.", "1: Tidak berfungsi.", "1: Masih baru."):
        assert words in page
    assert "Berlaku pada" not in client.get(HOME).content.decode()
    head = client_of(member(AgencyHead.code, agency("Dinas Uji")))
    assert "Berlaku pada" not in head.get(f"{HOME}?aturan={RULE}").content.decode()


def test_reasons_are_counted_without_what_only_one_application_has() -> None:
    for year in (2030, 2031):
        application(f"K{year}", agency("Dinas Uji"), operator_level="daerah", contract_until=f"{year}-01-01")
    actions.find_all(by=SYSTEM)
    row = Reach.objects.get(rule="kontrak_habis")
    assert (row.verdict, row.why, row.number) == ("tidak", "Masih lama.", 2)


def test_what_was_given_stays_with_who_got_it() -> None:
    """A use confirmed later does not move a letter; a dissolved agency cannot answer."""
    row, keeps = central(), keeper()
    actions.find_all(by=SYSTEM)
    actions.give(recommendations=[asked().pk], by=SYSTEM, sure=True)
    used(row, "Dinas Satu")
    actions.find_all(by=SYSTEM)
    assert asked().agency == keeps
    Agency.objects.filter(pk=keeps.pk).update(kind="bubar")
    actions.find_all(by=SYSTEM)
    assert asked().agency == agency("Dinas Satu")
