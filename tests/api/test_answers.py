"""Each route answers the facts of the data; lists page through everything once; queries do not grow."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jendela.people.agencies.models import Agency
from jendela.people.areas.models import Area, PopulationFigure
from jendela.registry.applications.models import Application
from jendela.services.catalogue.models import Service

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("region")]


def get(path: str) -> Any:
    response = Client().get(f"/api/v1/{path}")
    assert response.status_code == 200, response.content
    assert response["Content-Type"].startswith("application/json")
    assert not response.cookies
    return response.json()


def test_start_names_every_list() -> None:
    start = get("")
    assert start["official"] is False
    for name in ("services", "applications", "agencies", "areas", "openapi"):
        assert Client().get(start[name]).status_code == 200


def test_search_has_exactly_these_fields() -> None:
    answer = get("search?q=parkir pasar&limit=5")
    assert set(answer) == {"query", "confident", "results"}
    assert answer["query"] == "parkir pasar"
    assert isinstance(answer["confident"], bool)
    first = answer["results"][0]
    assert set(first) == {"kind", "slug", "name", "agency", "url", "score", "why", "state", "source"}
    assert first["kind"] == "service"
    assert first["slug"] == "parkir-pasar-uji"
    assert first["name"] == "Parkir pasar uji"
    assert first["agency"] == "Dishub"
    assert first["url"] == "/layanan/parkir-pasar-uji/"
    assert first["state"] == "sementara"
    assert first["source"] == "https://example.org/parkir"
    assert len(answer["results"]) <= 5


def test_searches_are_counted_without_personal_data(monkeypatch: pytest.MonkeyPatch) -> None:
    counted: list[tuple[str, ...]] = []
    monkeypatch.setattr("jendela.api.views.spool.count", lambda *row: counted.append(row))
    get("search?q=parkir pasar 08123456789")
    get("search?q=+++")
    ((kind, words, *_, top_kind, top_key),) = counted
    assert (kind, words) == ("query", "parkir pasar #")
    assert (top_kind, top_key) == ("service", "parkir-pasar-uji")


@pytest.mark.parametrize("query", ["", "%20%20", "%0A"])
def test_nothing_asked_finds_nothing(query: str) -> None:
    answer = get(f"search?q={query}")
    assert answer["results"] == []
    assert answer["confident"] is False


def test_a_service_whole() -> None:
    service = get("services/parkir-pasar-uji")
    assert service["state"]["code"] == "sementara"
    assert service["rule_scope"]["code"] == "kotim"
    assert len(service["components"]) == 14
    assert [each["code"] for each in service["components"] if each["known"]] == ["A4"]
    assert all(each["text"] is None for each in service["components"] if not each["known"])
    assert service["requirements"][0]["obtained_by"]["slug"] == "layanan-tipis-uji"
    assert service["steps"] == ["Bayar di gerbang"]
    assert (service["time"]["longest"], service["time"]["unit"]["code"]) == (2, "menit")
    fees = service["fees"]
    assert (Decimal(fees[0]["amount"]), fees[0]["currency"]) == (Decimal(2000), "IDR")
    assert isinstance(fees[0]["amount"], str)
    assert fees[1]["amount"] is None
    assert service["ways"][0]["office"]["name"]
    assert service["ways"][1]["application"]["works"] is False
    assert service["ways"][1]["application"]["state"]["code"] == "mati"
    assert service["sources"] == [{"url": "https://example.org/parkir", "date": "2023"}]
    assert service["life_events"][0]["url"] == "/peristiwa/uji/"
    assert service["related"][0]["relation"]["code"] == "lihat_juga"


def test_what_is_not_known_is_null() -> None:
    service = get("services/layanan-tipis-uji")
    assert service["time"] is None
    assert service["fees"] == []
    assert service["audience"] is None
    assert not any(each["known"] for each in service["components"])


def test_services_are_narrowed() -> None:
    assert len(get("services?category=uji")["items"]) == 1
    assert get("services?agency=disdukcapil&per_page=100")["items"] == []
    everything = Service.objects.count()
    assert len(get("services?agency=dishub&scope=kotim&state=sementara&per_page=100")["items"]) == everything
    assert get("services?state=berlaku")["items"] == []


def test_the_dead_application_says_so() -> None:
    application = get("applications/e-parking-ppm-sampit")
    assert application["state"]["code"] == "mati"
    assert application["works"] is False
    assert application["owner"]["short_name"] == "Dishub"
    assert application["source"]["url"].startswith("https://sampit.prokal.co/")
    assert application["state_as_of"] == "2023"
    assert [each["slug"] for each in application["services"]] == ["parkir-pasar-uji"]


def test_an_agency() -> None:
    agency = get("agencies/dishub")
    assert agency["short_name"] == "Dishub"
    assert agency["level"]["code"] == "kabupaten"
    assert {"e-parking-ppm-sampit"} <= {each["slug"] for each in agency["applications"]}
    assert len(agency["services"]) == Service.objects.count()


def test_an_area_shows_figures_side_by_side() -> None:
    area = get("areas/62.02")
    assert area["kind"]["code"] == "kabupaten"
    figures = area["population"]
    assert len(figures) == PopulationFigure.objects.filter(area="62.02").count() > 2
    assert all(each["source"]["url"] for each in figures)
    assert {each["people"] for each in figures} >= {374175, 428900}
    village = get("areas/62.02.09.2006")
    assert village["signal"][0]["state"]["code"] == "blank_spot"
    assert village["signal"][0]["as_of"] == "2020-12"
    assert village["parent"]["code"] == "62.02.09"


def test_areas_are_narrowed() -> None:
    districts = get("areas?parent=62.02&kind=kecamatan&per_page=100")
    assert len(districts["items"]) == 17
    assert districts["next"] is None


@pytest.mark.parametrize(
    ("path", "key", "model"),
    [
        ("services", "slug", Service),
        ("applications", "slug", Application),
        ("agencies", "slug", Agency),
        ("areas", "code", Area),
    ],
)
@pytest.mark.parametrize("size", [7, 100])
def test_paging_meets_everything_once(path: str, key: str, model: Any, size: int) -> None:
    seen: list[str] = []
    address: str | None = f"/api/v1/{path}?per_page={size}"
    while address:
        page = Client().get(address).json()
        seen += [item[key] for item in page["items"]]
        address = page["next"]
    assert len(seen) == len(set(seen)) == model.objects.count()


def test_next_keeps_the_filters() -> None:
    page = get("services?agency=dishub&per_page=5")
    assert page["next"].startswith("http://testserver/api/v1/services?")
    assert "agency=dishub" in page["next"]


@pytest.mark.parametrize(
    ("path", "queries"),
    [
        ("services?per_page=3", 4),
        ("services?per_page=25", 4),
        ("services/parkir-pasar-uji", 12),
        ("services/layanan-tipis-uji", 12),
        ("applications?per_page=50", 1),
        ("applications/e-parking-ppm-sampit", 6),
        ("datasets?per_page=50", 1),
        ("agencies?per_page=50", 1),
        ("agencies/dishub", 6),
        ("areas?per_page=100", 1),
        ("areas/62.02", 3),
    ],
)
def test_queries_are_constant(
    path: str, queries: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(queries):
        get(path)
