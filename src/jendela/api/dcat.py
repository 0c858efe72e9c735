"""The open datasets as DCAT-AP in JSON-LD: one catalogue, each dataset with its publisher and distributions. The
context is written out: a reader fetches nothing."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse

from jendela.api.ckan import LICENCES
from jendela.people.agencies.models import Agency
from jendela.registry.datasets import opendata
from jendela.registry.datasets.choices import Frequency
from jendela.registry.datasets.models import Dataset, Resource
from jendela.registry.datasets.opendata import Wanted, address, site

MEDIA_TYPE = "application/ld+json"
MOST = 10_000
CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "adms": "http://www.w3.org/ns/adms#",
}
_EU = "http://publications.europa.eu/resource/authority/"
FREQUENCIES = {
    Frequency.REALTIME: "CONT", Frequency.DAILY: "DAILY", Frequency.WEEKLY: "WEEKLY", Frequency.MONTHLY: "MONTHLY",
    Frequency.QUARTERLY: "QUARTERLY", Frequency.HALF_YEARLY: "ANNUAL_2", Frequency.YEARLY: "ANNUAL",
    Frequency.RARELY: "IRREG", Frequency.UNKNOWN: "UNKNOWN",
}  # fmt: skip


def catalogue(request: HttpRequest) -> HttpResponse:
    """The whole catalogue."""
    found = opendata.search(Wanted(), rows=MOST)
    agencies = {row.producer_id: row.producer for row in found.rows}
    return _answer(
        [
            {
                "@id": address("/katalog.jsonld"),
                "@type": "dcat:Catalog",
                "dct:title": [
                    _in("id", "Data terbuka Kotawaringin Timur"),
                    _in("en", "Open data of East Kotawaringin"),
                ],
                "dct:description": [
                    _in("id", "Daftar data terbuka pemerintah Kabupaten Kotawaringin Timur."),
                    _in("en", "Open datasets of the government of East Kotawaringin Regency."),
                ],
                "dct:language": [{"@id": f"{_EU}language/IND"}],
                "foaf:homepage": {"@id": address("/data/")},
                "dct:publisher": {"@id": _keeper(agencies)},
                "dcat:dataset": [{"@id": _id(row)} for row in found.rows],
            },
            *(_publisher(row) for row in agencies.values()),
            *(part for row in found.rows for part in _dataset(row)),
        ]
    )


def dataset(request: HttpRequest, slug: str) -> HttpResponse:
    """One dataset. Raises Http404."""
    row = opendata.dataset(slug)
    if row is None:
        raise Http404
    return _answer([*_dataset(row), _publisher(row.producer)])


def _answer(graph: list[dict[str, Any]]) -> HttpResponse:
    return JsonResponse(
        {"@context": CONTEXT, "@graph": graph},
        content_type=MEDIA_TYPE,
        json_dumps_params={"ensure_ascii": False},
    )


def _keeper(agencies: dict[int, Agency]) -> str:
    """Who keeps the catalogue: Diskominfo where it publishes, else the site itself."""
    kept = next((row for row in agencies.values() if row.slug == "diskominfo"), None)
    return _agency_id(kept) if kept else f"{site()}/"


def _in(language: str, text: str) -> dict[str, str]:
    return {"@value": text, "@language": language}


def _id(row: Dataset) -> str:
    return address(f"/data/daftar/{row.slug}/#data")


def _agency_id(row: Agency) -> str:
    return address(f"/instansi/{row.slug}/#instansi")


def _publisher(row: Agency) -> dict[str, Any]:
    return {
        "@id": _agency_id(row),
        "@type": "foaf:Organization",
        "foaf:name": _in("id", row.name),
        "foaf:homepage": {"@id": address(f"/instansi/{row.slug}/")},
    }


def _dataset(row: Dataset) -> list[dict[str, Any]]:
    files = list(row.resources.all())
    found: dict[str, Any] = {
        "@id": _id(row),
        "@type": "dcat:Dataset",
        "dct:identifier": row.slug,
        "dct:title": [_in("id", row.name), *([_in("en", row.name_en)] if row.name_en else [])],
        "dct:description": _in("id", row.description or row.definition or row.name),
        "dct:publisher": {"@id": _agency_id(row.producer)},
        "dct:creator": {"@id": _agency_id(row.producer)},
        "dct:accrualPeriodicity": {"@id": f"{_EU}frequency/{FREQUENCIES[Frequency(row.update_promise)]}"},
        "dct:accessRights": {"@id": f"{_EU}access-right/PUBLIC"},
        "dct:issued": _moment(row.created_at),
        "dcat:landingPage": {"@id": address(f"/data/daftar/{row.slug}/")},
        "dcat:contactPoint": {
            "@type": "vcard:Organization",
            "vcard:fn": row.producer.name,
            "vcard:hasURL": {"@id": address(f"/instansi/{row.producer.slug}/")},
        },
        "dcat:distribution": [{"@id": _file_id(row, one)} for one in files],
    }
    if row.last_update:
        found["dct:modified"] = {"@value": row.last_update.isoformat(), "@type": "xsd:date"}
    if row.topic:
        found["dcat:keyword"] = _in("id", row.topic)
    return [found, *(_distribution(row, one) for one in files)]


def _moment(at: Any) -> dict[str, str]:
    return {"@value": at.isoformat(), "@type": "xsd:dateTime"}


def _file_id(row: Dataset, one: Resource) -> str:
    return address(f"/data/daftar/{row.slug}/#berkas-{one.pk}")


def _distribution(row: Dataset, one: Resource) -> dict[str, Any]:
    found: dict[str, Any] = {
        "@id": _file_id(row, one),
        "@type": "dcat:Distribution",
        "dct:title": _in("id", one.name),
        "dcat:accessURL": {"@id": address(one.url)},
        "dcat:downloadURL": {"@id": address(one.url)},
        "dct:format": one.format.upper(),
    }
    if one.media_type:
        found["dcat:mediaType"] = {"@id": f"https://www.iana.org/assignments/media-types/{one.media_type}"}
    if one.licence in LICENCES:
        found["dct:license"] = {"@id": LICENCES[one.licence][1]}
    return found
