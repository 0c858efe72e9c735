"""The action API of CKAN, read-only, for the open datasets: the calls that catalogues and harvesters use
(docs.ckan.org, API guide, version 3). Answers are {"help", "success", "result"}; errors as CKAN gives them."""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from jendela.people.agencies.models import Agency
from jendela.registry.datasets import opendata
from jendela.registry.datasets.models import Dataset, Resource
from jendela.registry.datasets.opendata import Wanted, address, identifier

MOST_ROWS = 1000
MOST_START = 1_000_000
LONGEST_BODY = 20_000  # bytes
LICENCES = {
    "CC-BY-4.0": ("Creative Commons Attribution 4.0", "https://creativecommons.org/licenses/by/4.0/"),
    "CC0-1.0": ("Creative Commons Zero 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
    "ODbL-1.0": ("Open Database License 1.0", "https://opendatacommons.org/licenses/odbl/1-0/"),
}
ORDERS = {
    "name asc": "slug", "name desc": "-slug", "title_string asc": "name", "title_string desc": "-name",
    "metadata_modified desc": "-changed_at", "metadata_modified asc": "changed_at",
}  # fmt: skip
_PART = re.compile(r'\+?(\w+):(?:"([^"]*)"|(\S+))')
_FILTERS = {"organization": "producer", "res_format": "format", "tags": "topic", "name": "name"}
Values = Mapping[str, Any]


class NotFoundError(Exception):
    """CKAN's 404."""


class ValidationError(Exception):
    """CKAN's 409: {field: [what is wrong]}."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.errors = {field: [message]}


def answer(request: HttpRequest, action: str) -> HttpResponse:
    """One call by its name; parameters from the address or, for a POST, from a JSON object or a form."""
    help_text = f"{opendata.site()}/api/3/action/help_show?name={action[:60]}"
    try:
        call = ACTIONS.get(action)
        if call is None:
            return JsonResponse("Bad request - Action name not known", status=400, safe=False)
        result = call(_values(request))
    except NotFoundError:
        return _failed(help_text, 404, {"__type": "Not Found Error", "message": "Not found"})
    except ValidationError as error:
        return _failed(help_text, 409, {"__type": "Validation Error", **error.errors})
    return JsonResponse({"help": help_text, "success": True, "result": result})


def _failed(help_text: str, status: int, error: dict[str, Any]) -> HttpResponse:
    return JsonResponse({"help": help_text, "success": False, "error": error}, status=status)


def _values(request: HttpRequest) -> Values:
    if request.method != "POST":
        return request.GET.dict()
    if request.content_type != "application/json":
        return request.POST.dict()
    if len(request.body) > LONGEST_BODY:
        raise ValidationError("__junk", "Request body is too long")
    try:
        found = json.loads(request.body or b"{}")
    except ValueError:
        raise ValidationError("__junk", "Request body is not JSON") from None
    if not isinstance(found, dict):
        raise ValidationError("__junk", "Request body is not an object")
    return found


def _number(values: Values, name: str, otherwise: int, most: int) -> int:
    value = values.get(name)
    if value in (None, ""):
        return otherwise
    try:
        number = int(str(value))
    except ValueError:
        raise ValidationError(name, "Invalid integer") from None
    if number < 0:
        raise ValidationError(name, "Must be a natural number")
    return min(number, most)


def _text(values: Values, name: str) -> str:
    return str(values.get(name) or "").replace("\x00", "")[:400]


def _id(values: Values) -> str:
    found = _text(values, "id") or _text(values, "name_or_id")
    if not found:
        raise ValidationError("id", "Missing value")
    return found


def _package_list(values: Values) -> list[str]:
    found = opendata.names()
    start = _number(values, "offset", 0, MOST_START)
    size = _number(values, "limit", len(found), MOST_START)
    return found[start : start + size]


def _package_search(values: Values) -> dict[str, Any]:
    order = _text(values, "sort") or "name asc"
    known = ORDERS.get(order.replace("score desc, ", ""))
    if known is None:
        raise ValidationError("sort", f"Cannot sort by {order}; use one of: {', '.join(ORDERS)}")
    found = opendata.search(
        _wanted(_text(values, "q"), _text(values, "fq")),
        order=known,
        start=_number(values, "start", 0, MOST_START),
        rows=_number(values, "rows", 10, MOST_ROWS),
    )
    return {
        "count": found.count,
        "sort": order,
        "facets": {},
        "search_facets": {},
        "results": [package(one) for one in found.rows],
    }


def _wanted(q: str, fq: str) -> Wanted:
    """`organization:x`, `res_format:CSV`, `tags:x`, `name:x` in fq or q; the rest of q are words."""
    values: dict[str, str] = {}
    for name, quoted, bare in _PART.findall(f"{fq} {q}"):
        if name not in _FILTERS:
            raise ValidationError("fq", f"Cannot filter by {name}; use one of: {', '.join(_FILTERS)}")
        values[_FILTERS[name]] = quoted or bare
    words = _PART.sub(" ", q).replace("*:*", " ").replace("*", " ").strip()
    return Wanted(text=words, **values)


def _package_show(values: Values) -> dict[str, Any]:
    found = opendata.dataset(_id(values))
    if found is None:
        raise NotFoundError
    return package(found)


def _resource_show(values: Values) -> dict[str, Any]:
    found = opendata.resource(_id(values))
    if found is None:
        raise NotFoundError
    return _resource(found, 0)


def _with_resources(values: Values) -> list[dict[str, Any]]:
    size = _number(values, "limit", 100, MOST_ROWS)
    start = _number(values, "offset", 0, MOST_START)
    return [package(one) for one in opendata.search(Wanted(), start=start, rows=size).rows]


def _organization_list(values: Values) -> list[Any]:
    whole = str(values.get("all_fields", "")).lower() in ("true", "1")
    return [_organization(row, number) if whole else row.slug for row, number in opendata.producers()]


def _organization_show(values: Values) -> dict[str, Any]:
    wanted = _id(values)
    for row, number in opendata.producers():
        if wanted in (row.slug, identifier("organization", row.slug)):
            return _organization(row, number)
    raise NotFoundError


def _licence_list(values: Values) -> list[dict[str, Any]]:
    return [
        {"id": key, "title": title, "url": url, "status": "active", "is_okd_compliant": True}
        for key, (title, url) in LICENCES.items()
    ]


def _status(values: Values) -> dict[str, Any]:
    return {
        "ckan_version": "2.11.0",  # whose calls these are; some clients ask before they begin
        "site_title": "Jendela Kotawaringin Timur",
        "site_url": opendata.site(),
        "locale_default": "id",
        "extensions": [],
        "error_emails_to": None,
    }


def _help(values: Values) -> str:
    call = ACTIONS.get(_text(values, "name"))
    if call is None:
        raise NotFoundError
    return f"{_text(values, 'name')}: read-only, open datasets only. {opendata.site()}/data/"


ACTIONS: dict[str, Callable[[Values], Any]] = {
    "package_list": _package_list,
    "package_search": _package_search,
    "package_show": _package_show,
    "current_package_list_with_resources": _with_resources,
    "resource_show": _resource_show,
    "organization_list": _organization_list,
    "organization_show": _organization_show,
    "group_list": lambda values: [],
    "tag_list": lambda values: opendata.topics(),
    "license_list": _licence_list,
    "status_show": _status,
    "site_read": lambda values: True,
    "help_show": _help,
}


def package(row: Dataset) -> dict[str, Any]:
    """A dataset as CKAN gives it. What nobody told us is null or absent, never an invented word."""
    files = list(row.resources.all())
    licence = next((one.licence for one in files if one.licence), "")
    title, url = LICENCES.get(licence, (licence, ""))
    return {
        "id": identifier("dataset", row.slug),
        "name": row.slug,
        "title": row.name,
        "notes": row.description or row.definition or None,
        "url": address(f"/data/daftar/{row.slug}/"),
        "type": "dataset",
        "state": "active",
        "private": False,
        "isopen": licence in LICENCES,
        "license_id": licence or None,
        "license_title": title or None,
        "license_url": url or None,
        "author": row.producer.name,
        "maintainer": row.steward.name if row.steward else None,
        "owner_org": identifier("organization", row.producer.slug),
        "organization": _organization(row.producer, None),
        "metadata_created": _time(row.created_at),
        "metadata_modified": _time(row.changed_at),
        "num_resources": len(files),
        "resources": [_resource(one, position) for position, one in enumerate(files)],
        "num_tags": 1 if row.topic else 0,
        "tags": [_tag(row.topic)] if row.topic else [],
        "groups": [],
        "extras": [{"key": key, "value": value} for key, value in _extras(row).items() if value],
        "relationships_as_subject": [],
        "relationships_as_object": [],
    }


def _time(at: Any) -> str:
    return str(at.replace(tzinfo=None).isoformat())


def _tag(name: str) -> dict[str, Any]:
    return {"id": identifier("tag", name), "name": name, "display_name": name, "state": "active"}


def _extras(row: Dataset) -> dict[str, str]:
    """The five attributes of the data standard (Perpres 39/2019 art. 4) and what a user must know."""
    return {
        "konsep": row.concept,
        "definisi": row.definition,
        "klasifikasi": row.classification,
        "ukuran": row.measure,
        "satuan": row.unit,
        "kode_referensi": row.reference_codes,
        "informasi_masukan": row.inputs,
        "informasi_luaran": row.outputs,
        "jadwal_pemutakhiran": row.get_update_promise_display()
        if row.update_promise != "tidak_diketahui"
        else "",
        "terakhir_diperbarui": row.last_update.isoformat() if row.last_update else "",
        "tag_rad": row.topic,
        "sumber": row.source_url,
        "diverifikasi_walidata": timezone.localdate(row.verified_at).isoformat() if row.verified_at else "",
    }


def _resource(row: Resource, position: int) -> dict[str, Any]:
    return {
        "id": str(row.pk),
        "package_id": identifier("dataset", row.dataset.slug),
        "name": row.name,
        "url": address(row.url),
        "format": row.format.upper(),
        "mimetype": row.media_type or None,
        "last_modified": row.last_update.isoformat() if row.last_update else None,
        "position": position,
        "state": "active",
        "url_type": None,
    }


def _organization(row: Agency, number: int | None) -> dict[str, Any]:
    found = {
        "id": identifier("organization", row.slug),
        "name": row.slug,
        "title": row.name,
        "display_name": row.name,
        "type": "organization",
        "state": "active",
        "is_organization": True,
        "approval_status": "approved",
        "description": "",
        "image_url": "",
    }
    return found if number is None else {**found, "package_count": number}
