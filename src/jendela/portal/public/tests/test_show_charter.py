"""/instansi/<slug>/maklumat/: the charter of an agency, or the honest word that there is none here."""

import datetime

import pytest
from django.test import Client
from tests.people import agency

from jendela.common.content import changed
from jendela.people.agencies.models import Succession
from jendela.services.catalogue import actions
from jendela.services.catalogue.reads.standards import CHARTER_TEXT
from jendela.services.catalogue.tests.standards import OFFICER

pytestmark = pytest.mark.django_db
PAGE = "/instansi/dinas-contoh/maklumat/"


def test_no_charter_is_no_dead_end(client: Client) -> None:
    agency()
    page = client.get(PAGE).content.decode()
    assert "Belum ada maklumat di Jendela." in page
    assert 'href="/instansi/dinas-contoh/"' in page
    assert "noindex" in page


def test_a_charter_of_an_agency_that_is_no_more_says_so(client: Client) -> None:
    old, new = agency(), agency("Dinas Baru")
    actions.publish_charter(
        agency=old, text=CHARTER_TEXT, signed_by="Kepala", signed_on=datetime.date(2026, 11, 1), by=OFFICER
    )
    assert "Instansi ini sudah tidak ada." not in client.get(PAGE).content.decode()
    Succession.objects.create(predecessor=old, successor=new, since="2026-11-20")
    changed()
    page = client.get(PAGE).content.decode()
    assert "Instansi ini sudah tidak ada." in page
    assert 'href="/instansi/dinas-baru/"' in page


def test_the_charter_in_force(client: Client) -> None:
    for signer in ("Kepala Lama", "Kepala Baru"):
        actions.publish_charter(
            agency=agency(),
            text=f"{CHARTER_TEXT}\n<b>Kami</b> menjawab.",
            signed_by=signer,
            signed_on=datetime.date(2026, 11, 24),
            by=OFFICER,
        )
    page = client.get(PAGE).content.decode()
    assert "Kepala Baru" in page
    assert "Kepala Lama" not in page
    assert "24 November 2026" in page
    assert "&lt;b&gt;Kami&lt;/b&gt; menjawab." in page
    assert client.get("/instansi/tidak-ada/maklumat/").status_code == 404
