"""/kelola/standar/<slug>/pratinjau/: the resident's page from the draft, for those who may write it."""

import pytest
from django.test import Client
from tests.people import agency, client_of, member

from jendela.people.access.choices import Module
from jendela.portal.public.views import versions
from jendela.services.catalogue.models import Service

pytestmark = pytest.mark.usefixtures("region")
SLUG = "akta-kelahiran"
PREVIEW = f"/kelola/standar/{SLUG}/pratinjau/"


@pytest.fixture(autouse=True)
def draft(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    changes: dict[str, object] = {"A4": "Rp75.000", "texts": {"audience": "Warga baru"}}
    monkeypatch.setattr(versions, "draft_changes", lambda service: changes)
    return changes


def test_the_page_of_a_draft(client: Client, draft: dict[str, object]) -> None:
    service = Service.objects.select_related("owner").get(slug=SLUG)
    answer = client_of(member("service_admin", service.owner)).get(PREVIEW, {"wilayah": "62.02.09.2006"})
    page = answer.content.decode()
    assert "Pratinjau, belum terbit." in page
    assert "Yang berubah: bayar berapa, keterangan layanan." in page
    assert "Rp75.000" in page
    assert "Untuk: Warga baru" in page
    assert "Sebagian ditulis Disdukcapil, sisanya dari sumber publik." in page
    assert f'action="{PREVIEW}#cara"' in page
    assert "noindex" in page
    assert "no-store" in answer["Cache-Control"]
    assert "Rp75.000" not in client.get(f"/layanan/{SLUG}/").content.decode()
    draft.clear()
    page = client_of(member("service_admin", service.owner)).get(PREVIEW).content.decode()
    assert "Rancangan ini sama dengan yang terbit." in page


def test_only_for_those_who_write_it(client: Client, settings: object) -> None:
    service = Service.objects.select_related("owner").get(slug=SLUG)
    assert client.get(PREVIEW).status_code == 302
    assert client_of(member()).get(PREVIEW).status_code == 404
    assert client_of(member("service_admin", agency("Dinas Lain"))).get(PREVIEW).status_code == 404
    assert client_of(member("service_officer", service.owner)).get(PREVIEW).status_code == 404
    assert client_of(member("information_team")).get(PREVIEW).status_code == 200
    assert (
        client_of(member("information_team")).get("/kelola/standar/tidak-ada/pratinjau/").status_code == 404
    )


def test_closed_with_its_module(settings: object) -> None:
    settings.ALL_MODULES_OPEN = False  # type: ignore[attr-defined]
    service = Service.objects.select_related("owner").get(slug=SLUG)
    assert versions.preview_standard.screen.module == Module.STANDARDS  # type: ignore[attr-defined]
    assert client_of(member("service_admin", service.owner)).get(PREVIEW).status_code == 404
