import pytest
from django.test import Client
from tests.people import client_of, member

from jendela.people.access.roles import Administrator, ServiceAdmin
from jendela.people.agencies.models import Agency
from jendela.services.catalogue.tests.region import region, region_rows

__all__ = ["administrator", "disdukcapil", "region", "region_rows", "service_admin"]


@pytest.fixture
def disdukcapil(region: None) -> Agency:
    return Agency.objects.get(slug="disdukcapil")


@pytest.fixture
def service_admin(disdukcapil: Agency) -> Client:
    """Somebody who keeps the services of Disdukcapil."""
    return client_of(member(ServiceAdmin.code, at=disdukcapil, name="Budi Santoso"))


@pytest.fixture
def administrator(db: None) -> Client:
    return client_of(member(Administrator.code, name="Citra Lestari"))
