import pytest
from django.test import Client

from jendela.people.access.choices import Role
from jendela.people.accounts.models import User
from jendela.services.catalogue.tests.region import region, region_rows

__all__ = ["administrator", "region", "region_rows", "roleless"]


def signed_in(email: str, role: str) -> Client:
    client = Client()
    client.force_login(User.objects.create_user(email, name="Ani Rahmawati", role=role))
    return client


@pytest.fixture
def administrator(db: None) -> Client:
    return signed_in("ani@contoh.id", Role.ADMINISTRATOR)


@pytest.fixture
def roleless(db: None) -> Client:
    return signed_in("tamu@contoh.id", "")
