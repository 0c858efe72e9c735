"""Ways of services follow an application whose two records became one, and go back."""

import pytest
from tests.people import agency

from jendela.common.audit import SYSTEM
from jendela.registry.applications.actions import Provenance, create_application
from jendela.registry.applications.models import Application
from jendela.services.catalogue.choices import RuleScope, WayKind
from jendela.services.catalogue.jobs import repoint_ways, repoint_ways_back
from jendela.services.catalogue.models import Service, Way

pytestmark = pytest.mark.django_db


def application(name: str) -> Application:
    given = {
        "name": name,
        "owner": agency(),
        "operator_level": "daerah",
        "audience": "publik",
        "state": "dipakai",
    }
    return create_application(values=given, by=SYSTEM, provenance=Provenance("Uji"))


def test_ways_follow_and_go_back() -> None:
    stays, gone = application("SIMPEG"), application("Simpeg Sampit")
    service = Service.objects.create(
        number=1, slug="uji", name="Uji", owner=agency(), rule_scope=RuleScope.REGENCY
    )
    ways = [
        Way.objects.create(
            service=service, position=number, kind=WayKind.APPLICATION, text="Daring", application=row
        )
        for number, row in enumerate((stays, gone, gone))
    ]
    repoint_ways(standing_id=stays.pk, merged_id=gone.pk)
    repoint_ways(standing_id=stays.pk, merged_id=gone.pk)
    assert Way.objects.filter(application=stays).count() == 3
    Way.objects.filter(pk=ways[2].pk).update(application=None)  # changed since: stays as it is
    repoint_ways_back(standing_id=stays.pk, merged_id=gone.pk)
    repoint_ways_back(standing_id=stays.pk, merged_id=gone.pk)
    assert list(Way.objects.filter(application=gone).values_list("pk", flat=True)) == [ways[1].pk]
    assert list(Way.objects.filter(application=stays).values_list("pk", flat=True)) == [ways[0].pk]
