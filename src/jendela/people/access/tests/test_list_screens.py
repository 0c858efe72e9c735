"""/kelola/izin/halaman/: the map of screens with what each needs."""

import pytest
from pytest_django import Settings
from tests.people import client_of, member

from jendela.people.access import screen_map
from jendela.people.access.choices import Audience, Permission
from jendela.people.access.roles import Administrator, Planner, ServiceOfficer

pytestmark = pytest.mark.django_db


def test_it_names_every_screen() -> None:
    page = client_of(member(Planner.code)).get("/kelola/izin/halaman/").content.decode()
    assert len(screen_map.screens()) > 40
    for one in screen_map.screens():
        assert f"<code>{one.path.replace('<', '&lt;').replace('>', '&gt;')}</code>" in page


def test_screens_of_closed_modules_are_shown_only_to_who_opens_them(settings: Settings) -> None:
    settings.ALL_MODULES_OPEN = False
    own = "/kelola/izin/halaman/?q=kata"
    assert "/kelola/kata/" not in client_of(member(Planner.code)).get(own).content.decode()
    assert "/kelola/kata/" in client_of(member(Administrator.code)).get(own).content.decode()


def test_it_can_be_searched() -> None:
    client = client_of(member(Planner.code))
    page = client.get("/kelola/izin/halaman/?q=CATATAN").content.decode()
    assert "list_audit" in page
    assert "list_modules" not in page
    assert str(Permission.READ_AUDIT.label) in page
    assert "Tidak ada halaman dengan nama itu." in client.get("/kelola/izin/halaman/?q=zzz").content.decode()


def test_a_role_opens_what_its_permissions_say() -> None:
    audit = next(one for one in screen_map.screens() if one.name == "list_audit")
    assert screen_map.opens(audit.mark, Administrator.code)
    assert not screen_map.opens(audit.mark, ServiceOfficer.code)
    assert not screen_map.opens(audit.mark, "")
    public = next(one for one in screen_map.screens() if one.mark.audience is Audience.PUBLIC)
    assert screen_map.opens(public.mark, "")
