import pytest
from django.test import Client
from tests.people import member

from jendela.people.access.roles import Administrator
from jendela.services.catalogue.tests.region import region, region_rows

__all__ = ["administrator", "region", "region_rows", "roleless"]


def signed_in(email: str, role: str) -> Client:
    client = Client()
    client.force_login(member(role, email=email))
    return client


@pytest.fixture
def administrator(db: None) -> Client:
    return signed_in("ani@contoh.id", Administrator.code)


@pytest.fixture
def roleless(db: None) -> Client:
    return signed_in("tamu@contoh.id", "")
