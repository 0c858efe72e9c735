"""Open datasets for other catalogues: CKAN's action API by CKAN's own client, DCAT by an RDF parser."""

import json
from typing import Any

import pytest
import requests
from ckanapi import NotFound, RemoteCKAN, ValidationError
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from rdflib import DCAT, DCTERMS, RDF, Graph, URIRef

from jendela.common.audit import SYSTEM
from jendela.registry.applications.actions import Provenance, create_application
from jendela.registry.applications.models import Application
from jendela.registry.datasets.choices import Frequency, Openness
from jendela.registry.datasets.models import Dataset, Resource
from tests.people import agency

pytestmark = pytest.mark.django_db


def make(number: int, openness: str = Openness.OPEN, **values: Any) -> Dataset:
    name = values.pop("name", f"Data uji {number}")
    row = Dataset.objects.create(
        slug=f"data-uji-{number}",
        name=name,
        producer=agency("Dinas Data"),
        openness=openness,
        description="Berapa banyak yang diuji.",
        search_text=f"{name} dinas data".lower(),
        update_promise=Frequency.YEARLY,
        **values,
    )
    Resource.objects.create(
        dataset=row, name="Tabel", format="csv", url="https://data.example.org/uji.csv", media_type="text/csv",
        licence="CC-BY-4.0",
    )  # fmt: skip
    return row


@pytest.fixture
def _datasets(db: None) -> None:
    for number in range(1, 6):
        make(number)
    make(
        6,
        name="Harga beras pasar",
        topic="RAD.02",
        unit="rupiah",
        concept="Harga eceran",
        inputs="Catatan pasar",
    )
    make(7, Openness.CLOSED)
    make(8, Openness.LIMITED)


@pytest.fixture
def ckan(live_server: Any, _datasets: None) -> RemoteCKAN:
    return RemoteCKAN(live_server.url, user_agent="jendela-test/1.0")


def test_the_real_client_lists_and_reads(ckan: RemoteCKAN) -> None:
    names = ckan.action.package_list()
    assert names == [
        f"data-uji-{number}" for number in range(1, 7)
    ]  # the closed and the limited are not told
    found = ckan.action.package_show(id="data-uji-6")
    assert found["title"] == "Harga beras pasar"
    assert found["organization"]["title"]
    assert found["license_id"] == "CC-BY-4.0"
    assert found["resources"][0]["format"] == "CSV"
    assert {"key": "satuan", "value": "rupiah"} in found["extras"]
    assert ckan.action.package_show(id=found["id"])["name"] == "data-uji-6"
    assert ckan.action.resource_show(id=found["resources"][0]["id"])["url"].endswith("uji.csv")
    assert ckan.action.organization_list() == [found["organization"]["name"]]
    assert ckan.action.organization_show(id=found["organization"]["name"])["package_count"] == 6
    assert ckan.action.tag_list() == ["RAD.02"]
    assert ckan.action.status_show()["site_url"]


def test_the_real_client_searches(ckan: RemoteCKAN) -> None:
    found = ckan.action.package_search(q="beras", rows=5)
    assert (found["count"], found["results"][0]["name"]) == (1, "data-uji-6")
    page = ckan.action.package_search(q="*:*", rows=2, start=4)
    assert (page["count"], [one["name"] for one in page["results"]]) == (6, ["data-uji-5", "data-uji-6"])
    assert ckan.action.package_search(fq="res_format:CSV", rows=0)["count"] == 6
    assert ckan.action.package_search(fq='tags:"RAD.02"')["count"] == 1
    assert ckan.action.package_search(fq="organization:tidak-ada")["count"] == 0
    first = ckan.action.package_search(sort="name desc", rows=1)["results"][0]
    assert first["name"] == "data-uji-6"


def test_what_is_not_open_is_not_found(ckan: RemoteCKAN) -> None:
    for name in ("data-uji-7", "data-uji-8", "tidak-ada", "x" * 36):
        with pytest.raises(NotFound):
            ckan.action.package_show(id=name)


def test_bad_calls_are_told_what_is_wrong(ckan: RemoteCKAN) -> None:
    for values in ({"rows": "banyak"}, {"rows": -1}, {"sort": "views desc"}, {"fq": "owner_org:x"}):
        with pytest.raises(ValidationError):
            ckan.action.package_search(**values)
    with pytest.raises(ValidationError):
        ckan.action.package_show()
    answer = requests.post(f"{ckan.address}/api/3/action/package_search", data=b"{", timeout=10,
                           headers={"Content-Type": "application/json"})  # fmt: skip
    assert (answer.status_code, answer.json()["success"]) == (409, False)
    assert requests.get(f"{ckan.address}/api/3/action/package_delete", timeout=10).status_code == 400
    assert requests.delete(f"{ckan.address}/api/3/action/package_list", timeout=10).status_code == 405


@pytest.mark.usefixtures("_datasets")
def test_a_search_asks_the_same_number_of_questions(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    address = "/api/3/action/package_search?rows=100"
    with django_assert_num_queries(3):  # count, rows, files
        assert len(client.get(address).json()["result"]["results"]) == 6
    for number in range(20, 40):
        make(number)
    with django_assert_num_queries(3):
        assert len(client.get(address).json()["result"]["results"]) == 26


@pytest.mark.usefixtures("_datasets")
def test_dcat_is_read_by_a_parser_of_others(client: Client) -> None:
    answer = client.get("/katalog.jsonld")
    assert answer["Content-Type"] == "application/ld+json"
    assert answer["Access-Control-Allow-Origin"] == "*"
    graph = Graph().parse(data=answer.content, format="json-ld")
    catalogues = list(graph.subjects(RDF.type, DCAT.Catalog))
    assert len(catalogues) == 1
    assert len(list(graph.objects(catalogues[0], DCAT.dataset))) == 6
    datasets = list(graph.subjects(RDF.type, DCAT.Dataset))
    assert len(datasets) == 6
    for one in datasets:
        assert graph.value(one, DCTERMS.title)
        assert graph.value(one, DCTERMS.description)
        assert graph.value(one, DCTERMS.publisher)
        assert graph.value(one, DCTERMS.accrualPeriodicity) == URIRef(
            "http://publications.europa.eu/resource/authority/frequency/ANNUAL"
        )
        file = graph.value(one, DCAT.distribution)
        assert graph.value(file, DCAT.accessURL) == URIRef("https://data.example.org/uji.csv")
        assert str(graph.value(file, DCTERMS.license)).startswith("https://creativecommons.org/")


@pytest.mark.usefixtures("_datasets")
def test_dcat_of_one_dataset(client: Client) -> None:
    graph = Graph().parse(data=client.get("/data/daftar/data-uji-6.jsonld").content, format="json-ld")
    assert [str(one) for one in graph.objects(None, DCTERMS.identifier)] == ["data-uji-6"]
    missing = client.get("/data/daftar/data-uji-7.jsonld")
    assert missing.status_code == 404
    assert json.loads(missing.content)["status"] == 404


@pytest.mark.usefixtures("_datasets")
def test_the_api_gives_open_datasets_alone(client: Client) -> None:
    listed = client.get("/api/v1/datasets?per_page=4").json()
    assert [one["slug"] for one in listed["items"]] == [f"data-uji-{number}" for number in range(1, 5)]
    rest = client.get(listed["next"]).json()
    assert (len(rest["items"]), rest["next"]) == (2, None)
    found = client.get("/api/v1/datasets/data-uji-6").json()
    assert (found["concept"], found["unit"], found["definition"]) == ("Harga eceran", "rupiah", None)
    assert (found["inputs"], found["outputs"]) == ("Catatan pasar", None)
    assert found["update_promise"]["code"] == "tahunan"
    assert found["resources"][0]["licence"] == "CC-BY-4.0"
    assert client.get("/api/v1/datasets/data-uji-7").status_code == 404


def test_an_application_names_who_said_what(client: Client) -> None:
    owner = agency("Dinas Uji")
    row = create_application(
        values={
            "name": "SIUJI", "owner": owner, "operator_level": "daerah", "audience": "publik", "state": "dipakai",
            "purpose": "Menguji", "hosting": "komputasi_awan",
        },
        by=SYSTEM,
        provenance=Provenance("Dinas Uji", source_url="https://example.org/uji", source_date="2026-01", grade="D"),
    )  # fmt: skip
    found = client.get(f"/api/v1/applications/{row.slug}").json()
    fields = {one["field"]: one for one in found["fields"]}
    assert fields["state"]["value_words"] == "dipakai"
    assert fields["purpose"]["stated_by"] == "Dinas Uji"
    assert fields["purpose"]["source"] == {"url": "https://example.org/uji", "date": "2026-01"}
    assert fields["purpose"]["grade"]["code"] == "D"
    assert "hosting" not in fields  # for the government alone
    assert "output" not in fields  # nobody said
    Application.objects.filter(pk=row.pk).update(record_state="konsep")
    assert client.get(f"/api/v1/applications/{row.slug}").status_code == 404
