"""The API object: its errors, and its OpenAPI 3.1 description with problems and headers at every route."""

from functools import lru_cache
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, ValidationError
from ninja.renderers import JSONRenderer
from pydantic.json_schema import model_json_schema

from jendela.api import schemas
from jendela.api.http import PROBLEM, TITLES, missing, problem

PREFIX = "api/v1/"
REFERENCE = "#/components/schemas/{model}"
DESCRIPTION = """\
Public services of Kotawaringin Timur, its applications, open datasets, agencies and areas. Read-only.
Open data needs no key; only `/gov/` asks for a token.

* What is not known is `null`, never a zero or a dash. Every record names its source and the date of the source.
* Dates are ISO 8601. A date of which only a part is known is written as far as it is known: `2025`, `2025-11`.
* Values of code lists have `code`, `name` (Indonesian) and `name_en`. Money is a decimal string in rupiah.
* `url` is a path on this site, `next` the whole address of the next page.
* Errors are `application/problem+json` (RFC 9457) with a `detail` in Indonesian.
* Send `If-None-Match` with the last `ETag`: an unchanged answer is 304 without a body.
"""
MESSAGES = {
    "greater_than_equal": "Paling sedikit {ge}.",
    "less_than_equal": "Paling banyak {le}.",
    "int_parsing": "Isi dengan bilangan bulat.",
    "int_parsing_size": "Bilangan ini terlalu besar.",
    "string_pattern_mismatch": "Hanya huruf, angka, titik, garis bawah, dan tanda hubung yang dikenal.",
    "literal_error": "Pilih salah satu: {expected}.",
    "enum": "Pilih salah satu: {expected}.",
}


class Renderer(JSONRenderer):
    json_dumps_params = {"ensure_ascii": False, "separators": (",", ":"), "allow_nan": False}

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:
        # half a character in a query is written as a question mark
        text: str = super().render(request, data, response_status=response_status)
        return text.encode("utf-8", "replace")


API = NinjaAPI(
    title="Jendela Kotawaringin Timur",
    version="1",
    description=DESCRIPTION,
    openapi_url=None,
    docs_url=None,
    renderer=Renderer(),
    urls_namespace="api_v1",
    servers=[{"url": "/", "description": "this instance"}],
)


@API.exception_handler(Http404)
def _missing(request: HttpRequest, error: Http404) -> HttpResponse:
    return missing(request)


@API.exception_handler(AuthenticationError)
def _stranger(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    response = problem(request, 401, "Sertakan token yang berlaku: Authorization: Bearer jdl_…")
    response["WWW-Authenticate"] = "Bearer"
    return response


@API.exception_handler(ValidationError)
def _unreadable(request: HttpRequest, error: ValidationError) -> HttpResponse:
    errors = [
        {
            "location": str(each["loc"][0]),
            "name": str(each["loc"][-1]),
            "detail": MESSAGES.get(each["type"], "Nilai ini tidak dikenal.").format_map(each.get("ctx", {})),
        }
        for each in error.errors
    ]
    names = ", ".join(dict.fromkeys(each["name"] for each in errors))
    return problem(request, 422, f"Periksa parameter: {names}.", errors=errors)


@API.exception_handler(Exception)
def _failed(request: HttpRequest, error: Exception) -> HttpResponse:
    raise error  # http.py logs it and answers


def _header(description: str, kind: str = "integer") -> dict[str, Any]:
    return {"description": description, "schema": {"type": kind}}


RATE_HEADERS = {
    "RateLimit-Limit": _header("Requests allowed in a window."),
    "RateLimit-Remaining": _header("Requests left in this window."),
    "RateLimit-Reset": _header("Seconds until the window ends."),
}


@lru_cache(maxsize=1)
def openapi() -> dict[str, Any]:
    """The description, with the problems and headers that http.py adds to every route."""
    found: dict[str, Any] = dict(API.get_openapi_schema(path_prefix=PREFIX))
    found["info"]["license"] = {
        "name": "Code AGPL-3.0-or-later; data: name Jendela and the source of the record",
        "url": "/data/#lisensi",
    }
    parts = found["components"]["schemas"]
    described = model_json_schema(schemas.Problem, ref_template=REFERENCE)
    parts.update(described.pop("$defs", {}))
    parts["Problem"] = described
    for path, methods in found["paths"].items():
        answers = methods["get"]["responses"]
        answers[200]["headers"] = {"ETag": _header("Version of this answer.", "string"), **RATE_HEADERS}
        answers[304] = {"description": "Unchanged since the ETag that was sent."}
        codes = [422, 429, 500] if "{" not in path else [404, 422, 429, 500]
        if "security" in methods["get"]:
            codes.append(401)
        for code in codes:
            answers[code] = {
                "description": TITLES[code],
                "content": {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}},
            }
        answers[429]["headers"] = {
            "Retry-After": _header("Seconds until a request is answered again."),
            **RATE_HEADERS,
        }
        methods["get"]["responses"] = {str(code): answers[code] for code in sorted(answers)}
    return found
