"""Addresses of applications: an agency's own at once, any other as a proposal to Diskominfo."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from tests.people import client_of, member

from jendela.people.access.roles import AgencyHead, Planner
from jendela.people.agencies.models import Agency
from jendela.registry.applications.addresses import AddressError, clean_address
from jendela.registry.applications.models import Application
from jendela.services.catalogue.models import Feedback, Way


@pytest.fixture
def own(region: None) -> Application:
    row = Application.objects.filter(operator_level="daerah", url="").select_related("owner").first()
    assert row is not None
    return row


def at(row: Application, agency: Agency | None = None) -> str:
    return f"/kelola/instansi/{(agency or row.owner).slug}/aplikasi/{row.slug}/"


def test_an_own_address_is_public_at_once_and_taken_back(own: Application, client: Client) -> None:
    head = client_of(member(AgencyHead.code, at=own.owner))
    answer = head.post(at(own), {"url": "aplikasi.kotimkab.go.id/Masuk"})
    assert answer["Location"] == f"/kelola/instansi/{own.owner.slug}/?aplikasi={own.slug}"
    own.refresh_from_db()
    assert (own.url, own.url_stated_by) == ("https://aplikasi.kotimkab.go.id/Masuk", own.owner.name)
    assert f'action="{at(own)}batal/"' in head.get(answer["Location"]).content.decode()
    head.post(f"{at(own)}batal/")
    own.refresh_from_db()
    assert (own.url, own.url_stated_at) == ("", None)
    assert head.post(f"{at(own)}batal/").status_code == 409


def test_a_reload_of_the_data_leaves_it_alone(own: Application) -> None:
    client_of(member(AgencyHead.code, at=own.owner)).post(at(own), {"url": "https://a.kotimkab.go.id"})
    out = StringIO()
    call_command("load_kotim", "--again", verbosity=2, stdout=out)
    own.refresh_from_db()
    assert own.url == "https://a.kotimkab.go.id"
    assert f"{own.name}: diisi orang, dibiarkan" in out.getvalue()


def test_a_national_application_is_proposed(region: None) -> None:
    way = (
        Way.objects.filter(application__operator_level="pusat")
        .select_related("application__owner", "service__owner")
        .exclude(service__owner__isnull=True)
        .first()
    )
    assert way is not None
    assert way.application is not None
    row, agency = way.application, way.service.owner
    before = row.url
    head = client_of(member(AgencyHead.code, at=agency))
    assert "Tulis alamat yang Anda usulkan." in head.post(at(row, agency), {"url": ""}).content.decode()
    answer = head.post(at(row, agency), {"url": "https://baru.go.id"})
    assert "sampai di Diskominfo" in head.get(answer["Location"]).content.decode()
    row.refresh_from_db()
    assert row.url == before
    said = Feedback.objects.get()
    assert (said.page, said.service) == (f"/aplikasi/{row.slug}/", None)
    assert "https://baru.go.id" in said.text
    assert head.post(f"{at(row, agency)}batal/").status_code == 404


def test_of_others_nothing_is_there(own: Application) -> None:
    stranger = Agency.objects.exclude(pk=own.owner_id).filter(level="kabupaten", services=None).first()
    assert stranger is not None
    other = client_of(member(AgencyHead.code, at=stranger))
    assert other.get(at(own)).status_code == 404
    assert other.get(at(own, stranger)).status_code == 404
    assert other.post(at(own, stranger), {"url": "https://a.go.id"}).status_code == 404
    assert client_of(member(Planner.code)).get(at(own)).status_code == 404


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("javascript:alert(1)", "belum alamat web"),
        ("ftp://a.go.id", "belum alamat web"),
        ("aplikasi kami", "tanpa spasi"),
        ("https://admin:sandi@a.go.id", "nama masuk"),
        ("http://192.168.1.4/", "jaringan kantor"),
        ("http://simpeg.local/", "jaringan kantor"),
        ("https://localhost/", "jaringan kantor"),
        ("https://" + "a" * 300 + ".id", "satu alamat"),
    ],
)
def test_refused_in_words(text: str, words: str) -> None:
    with pytest.raises(AddressError, match=words):
        clean_address(text)


@given(st.text(max_size=80))
def test_what_is_kept_is_a_public_web_address(text: str) -> None:
    try:
        kept = clean_address(text)
    except AddressError:
        return
    assert kept == "" or kept.startswith(("https://", "http://"))
    assert clean_address(kept) == kept
