"""Errors, limits, ETags, methods and bad input: never a 500, always problem+json."""

import gzip
import json
from typing import Any
from unittest import mock

import pytest
from django.test import Client, override_settings

from jendela.api import description
from jendela.api.urls import urlpatterns
from jendela.common import ratelimit

pytestmark = [pytest.mark.django_db]
SCRIPTS = "Dayak Ngaju አማርኛ 中文 العربية ꦗꦮ"


@pytest.fixture(autouse=True)
def _open_limits() -> None:
    ratelimit._table.cache_clear()


def problem(response: Any, status: int) -> dict[str, Any]:
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/problem+json"
    assert response["Access-Control-Allow-Origin"] == "*"
    body: dict[str, Any] = json.loads(response.content)
    assert {"type", "title", "status", "detail", "instance"} <= set(body)
    assert body["status"] == status
    return body


@pytest.mark.parametrize(
    "path",
    [
        "tidak-ada",
        "services/",
        "services/tidak-ada",
        "services/%00",
        "services/%F0%9F%98%80",
        "services/' OR 1=1--",
        "services/<script>",
        "applications/tidak-ada",
        "agencies/x",
        "areas/99.99",
        "areas/abc",
        "docs",
        "a/b/c",
    ],
)
def test_what_is_not_there_is_a_404_problem(path: str) -> None:
    body = problem(Client().get(f"/api/v1/{path}"), 404)
    assert body["title"] == "Tidak ditemukan"


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("services?per_page=0", "per_page"),
        ("services?per_page=101", "per_page"),
        ("services?per_page=banyak", "per_page"),
        ("services?per_page=99999999999999999999999999999", "per_page"),
        ("services?after=%00", "after"),
        ("services?after=' OR 1=1--", "after"),
        ("services?after=%F0%9F%98%80", "after"),
        ("services?agency=%00", "agency"),
        ("services?scope=lain", "scope"),
        ("services?state=diganti", "state"),
        ("applications?audience=semua", "audience"),
        ("areas?kind=provinsi", "kind"),
        ("areas?after=abc", "after"),
        ("search?q=ktp&limit=0", "limit"),
        ("search?q=ktp&limit=51", "limit"),
    ],
)
def test_what_cannot_be_read_is_a_422_problem(path: str, name: str) -> None:
    body = problem(Client().get(f"/api/v1/{path}"), 422)
    assert [each["name"] for each in body["errors"]] == [name]
    assert body["errors"][0]["location"] == "query"
    assert name in body["detail"]


@pytest.mark.usefixtures("region")
@pytest.mark.parametrize(
    "query",
    [
        "a" * 10_000,
        "ktp " * 2_500,
        SCRIPTS,
        "😀😀😀",
        "\x00\x01\x1f\x7f",
        "' OR 1=1; DROP TABLE services_search_document; --",
        "<script>alert(1)</script>",
        "%s %(x)s {} {0}",
        "\u202e\u200b\ufeff",
        "\ud800".encode("utf-8", "surrogatepass").decode("utf-8", "replace"),
        "((((((",
        "\\",
    ],
)
def test_any_query_is_answered(query: str) -> None:
    response = Client().get("/api/v1/search", {"q": query})
    assert response.status_code == 200
    assert response.json()["query"] == query


def test_broken_bytes_in_a_query_are_answered() -> None:
    assert Client().get("/api/v1/search?q=%ff%fe%ed%a0%80").status_code == 200


@pytest.mark.usefixtures("region")
@pytest.mark.parametrize("path", ["services", "areas/62.02", "openapi.json", "search?q=ktp"])
def test_an_unchanged_answer_is_304(path: str) -> None:
    first = Client().get(f"/api/v1/{path}")
    etag = first["ETag"]
    assert etag.startswith('W/"')
    assert "no-cache" in first["Cache-Control"]
    for header in (etag, f'"x", {etag}', "*"):
        again = Client().get(f"/api/v1/{path}", headers={"If-None-Match": header})
        assert again.status_code == 304
        assert again.content == b""
        assert again["ETag"] == etag
        assert again["Access-Control-Allow-Origin"] == "*"
    assert Client().get(f"/api/v1/{path}", headers={"If-None-Match": 'W/"other"'}).status_code == 200


@pytest.mark.usefixtures("region")
def test_a_long_answer_is_compressed() -> None:
    plain = Client().get("/api/v1/areas?per_page=100")
    packed = Client().get("/api/v1/areas?per_page=100", headers={"Accept-Encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert packed["ETag"] == plain["ETag"]
    assert "Accept-Encoding" in packed["Vary"]


def test_head_has_the_length_and_no_body() -> None:
    whole = Client().get("/api/v1/openapi.json")
    head = Client().head("/api/v1/openapi.json")
    assert head.status_code == 200
    assert head.content == b""
    assert head["Content-Length"] == str(len(whole.content))
    assert head["ETag"] == whole["ETag"]
    assert Client().head("/api/v1/services/tidak-ada").status_code == 404


def test_options_tells_the_methods() -> None:
    response = Client().options("/api/v1/services")
    assert response.status_code == 204
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("path", ["services", "search", "openapi.json", "tidak-ada"])
def test_nothing_can_be_written(method: str, path: str) -> None:
    response = getattr(Client(enforce_csrf_checks=True), method)(f"/api/v1/{path}", data={})
    problem(response, 405)
    assert response["Allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize(
    ("path", "setting"), [("search?q=", "RATE_SEARCH"), ("areas?kind=desa&per_page=1", "RATE_API")]
)
def test_the_limit_is_told_and_kept(path: str, setting: str) -> None:
    def ask(address: str) -> Any:
        return Client(REMOTE_ADDR=address).get(f"/api/v1/{path}")

    here = f"10.1.{len(path)}.7"
    with override_settings(**{setting: (2, 3600)}):
        first = ask(here)
        assert (first["RateLimit-Limit"], first["RateLimit-Remaining"]) == ("2", "1")
        assert 0 < int(first["RateLimit-Reset"]) <= 3601
        assert ask(here)["RateLimit-Remaining"] == "0"
        refused = ask(here)
        body = problem(refused, 429)
        assert refused["Retry-After"] in body["detail"]
        assert ask("10.9.9.9").status_code == 200


def test_a_village_may_share_one_address() -> None:
    from django.conf import settings

    limit, seconds = settings.RATE_SEARCH
    assert limit * 60 / seconds >= 600


def test_our_own_failure_is_a_problem_too() -> None:
    with mock.patch("jendela.api.views.reads.list_areas", side_effect=RuntimeError("secret")):
        body = problem(Client().get("/api/v1/areas"), 500)
    assert "secret" not in json.dumps(body)


def test_routes_are_named_like_their_views() -> None:
    for route in urlpatterns:
        view: Any = route.callback
        assert view.screen.cached is False
        assert view.__name__ == route.name
        assert view.__module__.startswith("jendela.api.")


def test_the_description_is_openapi_31() -> None:
    schema = Client().get("/api/v1/openapi.json").json()
    assert schema["openapi"] == "3.1.0"
    assert set(schema["paths"]) >= {"/api/v1/search", "/api/v1/services/{slug}", "/api/v1/areas/{code}"}
    assert "\ufffd" not in json.dumps(schema)
    for path, methods in schema["paths"].items():
        assert set(methods) == {"get"}, path
        assert {"200", "304", "429", "500"} <= set(methods["get"]["responses"])
        assert "application/problem+json" in methods["get"]["responses"]["429"]["content"]
    assert description.openapi() is description.openapi()
