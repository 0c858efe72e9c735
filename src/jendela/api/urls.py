"""Paths below /api/v1/. The routes are ninja's; `published` makes each a public screen with its name."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path, re_path

from jendela.api import http, views
from jendela.api.description import API, openapi


def api_openapi(request: HttpRequest) -> HttpResponse:
    """The OpenAPI 3.1 description."""
    return JsonResponse(openapi())


def api_missing(request: HttpRequest) -> HttpResponse:
    return http.missing(request)


_named = {view.__name__: view for view in views.ROUTES}
_routes = [route for route in API.urls[0] if isinstance(route, URLPattern) and route.name in _named]
for _route in _routes:
    _name = _route.name or ""
    _scope = "search" if _name == "api_search" else "api"
    _route.callback = http.published(_route.callback, like=_named[_name], scope=_scope)

urlpatterns: list[URLPattern] = [
    path("openapi.json", http.published(api_openapi, like=api_openapi), name="api_openapi"),
    *_routes,
    re_path(r"^.*$", http.published(api_missing, like=api_missing), name="api_missing"),
]
