"""Whose service it is decides: strangers get 404 on every address, mergers and leavers lose nothing."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse
from tests.people import agency, client_of, member

from jendela.common.audit import Actor
from jendela.common.models import AuditEntry
from jendela.people.members import work
from jendela.services.editor import actions, urls
from jendela.services.editor.models import Draft
from jendela.services.editor.reads import draft_changes, kept
from jendela.services.editor.tests.world import World, service, world

pytestmark = pytest.mark.django_db
LISTS = ("list_standards", "export_standards")  # of whatever is one's own


@pytest.fixture
def w() -> World:
    made = world()
    actions.save_part(service=made.service, part="A5", value="Kartu", revision=0, by=made.by)
    return made


def addresses(w: World) -> Iterator[str]:
    for pattern in urls.urlpatterns:
        if pattern.name in LISTS:
            continue
        slug = w.owner.slug if pattern.name == "edit_charter" else w.service.slug
        given = {"slug": slug, "number": 1, "part": "A5"}
        converters = pattern.pattern.converters
        yield reverse(pattern.name, kwargs={name: given[name] for name in converters})


@pytest.mark.parametrize("role", ["service_admin", "agency_head"])
def test_another_agencys_people_find_nothing_at_any_address(w: World, role: str) -> None:
    client = client_of(member(role, agency("Dinas Lain")))
    found = list(addresses(w))
    assert len(found) == len(urls.urlpatterns) - len(LISTS)
    for path in found:
        assert client.get(path).status_code in (404, 405), path
        assert client.post(path, {"text": "x", "revision": "1"}).status_code == 404 or _get_only(path), path
    assert draft_changes(w.service) == {"A5": "Kartu"}


def _get_only(path: str) -> bool:
    """Addresses that are only read refuse a POST before they look whose it is."""
    return path.endswith(("/beda/", "/terbit/1/")) or path.count("/") == 4


def test_strangers_are_sent_to_sign_in(w: World) -> None:
    for path in addresses(w):
        answer = Client().get(path)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/akun/masuk/")


def test_roles_without_the_permission_find_nothing(w: World) -> None:
    for role in ("service_officer", "agency_operator", "village_official", "staff_member"):
        client = client_of(member(role, w.owner))
        assert client.get(w.path()).status_code == 404
        assert client.get("/kelola/standar/").status_code == 404


def test_a_merged_agencys_draft_moves_with_its_service(w: World) -> None:
    successor = agency("Dinas Gabungan")
    w.service.owner = successor
    w.service.save()
    assert w.client().get(w.path()).status_code == 404
    client = client_of(member("service_admin", successor, name="Penerus"))
    page = client.get(w.path()).content.decode()
    assert "Rancangan ini dimulai di Dinas Contoh. Layanannya kini milik Dinas Gabungan" in page
    saved = client.post(w.path("A5/simpan/"), {"text": "Kartu baru", "revision": "1"})
    assert saved.status_code == 200
    assert draft_changes(w.service) == {"A5": "Kartu baru"}


def test_a_leavers_drafts_go_to_a_colleague(w: World) -> None:
    heir = member("service_admin", w.owner, name="Pewaris")
    elsewhere = service(agency("Dinas Lain"), "Surat lain")
    actions.save_part(service=elsewhere, part="A5", value="Surat", revision=0, by=w.by)
    kind = next(one for one in work.kinds() if one.key == "drafts")
    assert (kind.count(w.writer.pk, w.owner.pk), kind.count(w.writer.pk, None)) == (1, 2)
    assert kind.hand_over(w.writer.pk, heir.pk, w.owner.pk, Actor("Kepala", user=w.head)) == 1
    assert Draft.objects.get(service=w.service).keeper == heir
    assert kept.count(w.writer.pk, None) == 1
    assert AuditEntry.objects.filter(action="editor.hand_over_draft").count() == 1


def test_anyone_who_writes_may_take_a_draft_over(w: World) -> None:
    w.client("head").post(w.path("pegang/"))
    assert Draft.objects.get().keeper == w.head


def test_a_role_that_ended_ends_the_writing(w: World) -> None:
    client = w.client()
    assert client.get(w.path("A5/")).status_code == 200
    w.writer.memberships.update(valid_to="2026-02-01")
    assert client.post(w.path("A5/simpan/"), {"text": "x", "revision": "1"}).status_code == 404
    assert draft_changes(w.service) == {"A5": "Kartu"}


def test_a_closed_module_leaves_no_trace(w: World, settings: object) -> None:
    settings.ALL_MODULES_OPEN = False  # type: ignore[attr-defined]
    assert w.client().get("/kelola/standar/").status_code == 404
    assert "/kelola/standar/" not in w.client().get("/kelola/").content.decode()


def test_taking_over_where_no_draft_is(w: World) -> None:
    other = service(w.owner, "Surat kosong")
    assert w.client().post(f"/kelola/standar/{other.slug}/pegang/").status_code == 404
