"""/kelola/modul/: which parts are open, for whom, since when."""

from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries
from tests.people import agency, client_of, member

from jendela.common.audit import SYSTEM, Actor
from jendela.people.access import reads
from jendela.people.access.actions import set_module
from jendela.people.access.choices import Module, ModuleState
from jendela.people.access.roles import Administrator, AgencyHead

pytestmark = pytest.mark.django_db


def test_states_agencies_and_who_changed_them(
    settings: Any, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    settings.ALL_MODULES_OPEN = False
    client = client_of(member(Administrator.code))
    assert "Belum ada modul yang terbuka." in client.get("/kelola/modul/").content.decode()
    set_module(
        module=Module.FEEDBACK,
        state=ModuleState.TRIAL,
        agencies=[agency("Dinas Coba")],
        by=Actor("Ani Penguji"),
    )
    set_module(module=Module.WORDS, state=ModuleState.OPEN, agencies=[], by=SYSTEM)
    with django_assert_num_queries(7):  # session, account, roles, three for modules, nothing_open
        page = client.get("/kelola/modul/").content.decode()
    assert "Dinas Coba" in page
    assert "Terakhir diubah Ani Penguji" in page
    assert page.count("Belum pernah diubah.") == len(Module) - 2
    assert "Belum ada modul yang terbuka." not in page


def test_where_all_are_open_the_page_says_why() -> None:
    page = client_of(member(Administrator.code)).get("/kelola/modul/").content.decode()
    assert "Semua modul terbuka di instalasi contoh." in page


def test_heads_do_not_open_modules() -> None:
    assert client_of(member(AgencyHead.code)).get("/kelola/modul/").status_code == 404


def test_nothing_is_open_in_a_new_instance(settings: Any) -> None:
    assert not reads.nothing_open()
    settings.ALL_MODULES_OPEN = False
    assert reads.nothing_open()
    set_module(module=Module.WORDS, state=ModuleState.TRIAL, agencies=[agency()], by=SYSTEM)
    assert not reads.nothing_open()
    set_module(module=Module.WORDS, state=ModuleState.CLOSED, agencies=[], by=SYSTEM)
    assert reads.nothing_open()
