"""The region's own data through the API: every record is answered, and a few facts are pinned."""

from typing import Any

import pytest
from django.test import Client

from jendela.people.agencies.models import Agency
from jendela.registry.applications.models import Application
from jendela.services.catalogue.models import Service
from jendela.services.catalogue.tests.region import region as real_region
from jendela.services.catalogue.tests.region import region_rows
from jendela.services.search import reads as search
from jendela.services.search.actions import refresh_documents

__all__ = ["real_region", "region_rows"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("real_region")]


def get(path: str) -> Any:
    response = Client().get(f"/api/v1/{path}")
    assert response.status_code == 200, path
    return response.json()


def test_every_record_is_answered() -> None:
    for slug in Service.objects.values_list("slug", flat=True):
        service = get(f"services/{slug}")
        assert service["state"]["code"] in ("sementara", "berlaku")
        assert service["sources"], slug
        assert len(service["components"]) == 14
    for slug in Application.objects.values_list("slug", flat=True):
        application = get(f"applications/{slug}")
        assert application["works"] is (application["state"]["code"] == "dipakai")
        assert slug == "jendela" or application["source"]["url"]  # no page tells of it yet but its own
    for slug in Agency.objects.values_list("slug", flat=True):
        get(f"agencies/{slug}")


def test_the_parking_tariff() -> None:
    slug = Service.objects.get(name="Tarif dan aduan parkir pasar (PPM Sampit)").slug
    service = get(f"services/{slug}")
    amounts = {fee["label"]: fee["amount"] for fee in service["fees"]}
    assert amounts["motor"] == "2000.00"
    assert service["agency"]["short_name"] == "Dishub"
    assert service["time"] is None
    assert service["sources"][0]["date"] == "2023"


def test_an_everyday_sentence_finds_the_identity_card() -> None:
    refresh_documents()
    search.forget()
    answer = get("search?q=ktp ilang harus kemana")
    assert answer["results"][0]["name"] == "Penggantian KTP elektronik hilang"
    search.forget()
