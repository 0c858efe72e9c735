"""/kelola/modul/<module>/: open, try or close one."""

import re
from typing import Any

import pytest
from tests.people import agency, client_of, member

from jendela.common.audit import SYSTEM
from jendela.common.models import AuditEntry
from jendela.people.access.actions import set_module
from jendela.people.access.choices import Module, ModuleState
from jendela.people.access.models import ModuleOpening
from jendela.people.access.roles import Administrator, ServiceAdmin

pytestmark = pytest.mark.django_db
URL = "/kelola/modul/words/"


def test_a_trial_opens_it_for_the_people_of_that_agency_only(settings: Any) -> None:
    settings.ALL_MODULES_OPEN = False
    here, there = agency("Dinas Sini"), agency("Dinas Sana")
    client = client_of(member(Administrator.code))
    answer = client.post("/kelola/modul/feedback/", {"state": "trial", "agencies": [here.pk]})
    assert answer["Location"] == "/kelola/modul/?diubah=feedback"
    assert client_of(member(ServiceAdmin.code, here)).get("/kelola/kabar/").status_code == 200
    assert client_of(member(ServiceAdmin.code, there)).get("/kelola/kabar/").status_code == 404
    entry = AuditEntry.objects.get(action="access.set_module")
    assert entry.after == {"state": "trial", "trial_agencies": ["Dinas Sini"]}
    assert (
        "Keadaan modul Kabar dan kekurangan sudah diubah." in client.get(answer["Location"]).content.decode()
    )


def test_a_trial_without_an_agency_is_refused_and_the_choice_kept() -> None:
    agency()
    answer = client_of(member(Administrator.code)).post(URL, {"state": "trial"})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "Pilih paling sedikit satu instansi untuk uji coba." in page
    assert re.search(r'value="trial"[^>]* checked', page)
    assert not ModuleOpening.objects.exists()
    with pytest.raises(ValueError, match="needs an agency"):
        set_module(module=Module.WORDS, state=ModuleState.TRIAL, agencies=[], by=SYSTEM)


def test_narrowing_the_list_changes_nothing_and_keeps_the_ticks() -> None:
    here, _there = agency("Dinas Sini"), agency("Dinas Sana")
    client = client_of(member(Administrator.code))
    answer = client.post(URL, {"state": "trial", "agencies": [here.pk], "cari": "zzz", "saring": "1"})
    page = answer.content.decode()
    assert f'value="{here.pk}" checked' in page
    assert "Dinas Sana" not in page
    assert not ModuleOpening.objects.exists()


def test_the_same_again_writes_nothing() -> None:
    for expected in (True, False):
        assert set_module(module=Module.WORDS, state=ModuleState.OPEN, agencies=[], by=SYSTEM) is expected
    assert AuditEntry.objects.filter(action="access.set_module").count() == 1


def test_a_module_that_does_not_exist() -> None:
    assert client_of(member(Administrator.code)).get("/kelola/modul/ngawur/").status_code == 404


def test_a_foreign_number_is_no_agency() -> None:
    answer = client_of(member(Administrator.code)).post(URL, {"state": "trial", "agencies": ["x", "999999"]})
    assert answer.status_code == 400
