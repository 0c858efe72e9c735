"""Paths of the catalogue for other catalogues: CKAN's actions and DCAT. They stand at the root, where clients look."""

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path

from jendela.api import ckan, dcat, http


def api_ckan(request: HttpRequest, action: str) -> HttpResponse:
    """One call of CKAN's action API."""
    return ckan.answer(request, action)


def api_catalogue(request: HttpRequest) -> HttpResponse:
    """DCAT of all open datasets."""
    return dcat.catalogue(request)


def api_dataset(request: HttpRequest, slug: str) -> HttpResponse:
    """DCAT of one open dataset."""
    try:
        return dcat.dataset(request, slug)
    except Http404:
        return http.missing(request)


_published = partial(http.published, methods=("GET", "HEAD", "POST", "OPTIONS"))

urlpatterns = [
    path("api/3/action/<slug:action>", _published(api_ckan, like=api_ckan), name="api_ckan"),
    path("api/action/<slug:action>", _published(api_ckan, like=api_ckan), name="api_ckan_short"),
    path("katalog.jsonld", http.published(api_catalogue, like=api_catalogue), name="api_catalogue"),
    path("data/daftar/<slug:slug>.jsonld", http.published(api_dataset, like=api_dataset), name="api_dataset"),
]
