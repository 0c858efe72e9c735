"""Screens of webhooks: made with its key shown once, tried, sent again, stopped; who may."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests.people import agency, client_of, member

from jendela.common.audit import Actor
from jendela.people.access.roles import AgencyHead, InformationTeam
from jendela.registry.webhooks import actions
from jendela.registry.webhooks.choices import DeliveryState, EventType
from jendela.registry.webhooks.models import Delivery, Webhook

pytestmark = pytest.mark.django_db
URL = "/kelola/pemberitahuan/"
FILLED = {
    "name": "Dasbor provinsi",
    "agency": "dinas-contoh",
    "address": "https://dasbor.contoh.go.id/jendela",
}


def team() -> Client:
    agency("Dinas Contoh")
    return client_of(member(InformationTeam.code))


def made() -> Webhook:
    who = member(InformationTeam.code)
    values = {"name": "Dasbor", "agency": agency("Dinas Contoh"), "address": "https://dasbor.contoh.go.id/"}
    return actions.make_webhook(by=Actor("Tia", user=who), **values)[0]  # type: ignore[arg-type]


def test_made_with_a_key_that_is_shown_once() -> None:
    client = team()
    assert "Belum ada program yang diberi tahu." in client.get(URL).content.decode()
    page = client.post(f"{URL}baru/", FILLED).content.decode()
    row = Webhook.objects.get()
    assert row.secret in page
    assert row.secret.startswith("whsec_")
    stored = Webhook.objects.extra(select={"raw": "secret"}).values_list("raw", flat=True)[0]
    assert row.secret not in stored
    for address in (URL, f"{URL}{row.pk}/"):
        shown = client.get(address).content.decode()
        assert "Dasbor provinsi" in shown
        assert row.secret not in shown


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"address": "http://dasbor.contoh.go.id/"}, "Alamatnya harus HTTPS."),
        ({"address": "dasbor"}, "Alamatnya belum lengkap."),
        ({"address": "https://a:b@contoh.go.id/"}, "Jangan menulis nama atau sandi"),
        ({"address": ""}, "Tulis alamatnya."),
        ({"name": ""}, "Tulis program yang akan memakainya."),
        ({"agency": "tidak-ada"}, ""),
    ],
)
def test_bad_input_comes_back_whole(wrong: dict[str, str], words: str) -> None:
    answer = team().post(f"{URL}baru/", {**FILLED, **wrong})
    assert answer.status_code == 400
    page = answer.content.decode()
    assert words in page
    assert "name" in wrong or "Dasbor provinsi" in page
    assert not Webhook.objects.exists()


def test_tried_sent_again_and_stopped() -> None:
    row, client = made(), team()
    page = client.post(f"{URL}{row.pk}/coba/", follow=True).content.decode()
    assert "Percobaan sedang dikirim." in page
    delivery = Delivery.objects.get()
    assert (delivery.type, delivery.state) == (EventType.TEST, DeliveryState.WAITING)
    Delivery.objects.update(state=DeliveryState.FAILED, next_at=None, attempts=7, status=503)
    page = client.get(f"{URL}{row.pk}/").content.decode()
    assert "jawaban 503" in page
    assert "7 kali dicoba" in page
    client.post(f"{URL}{row.pk}/{delivery.pk}/ulang/")
    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.WAITING
    page = client.post(f"{URL}{row.pk}/hentikan/", follow=True).content.decode()
    assert "sudah dihentikan" in page
    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.FAILED
    page = client.post(f"{URL}{row.pk}/coba/", follow=True).content.decode()
    assert "sudah berhenti" in page
    assert Delivery.objects.count() == 1


def test_who_may() -> None:
    row, other = made(), made()
    delivery = actions.try_webhook(webhook=row, by=Actor("x"))
    head = client_of(member(AgencyHead.code, agency("Dinas Contoh")))
    addresses = (f"{URL}{row.pk}/coba/", f"{URL}{row.pk}/hentikan/", f"{URL}{row.pk}/{delivery.pk}/ulang/")
    for address in (URL, f"{URL}baru/", f"{URL}{row.pk}/", *addresses):
        assert head.get(address).status_code == 404
        assert Client().get(address).status_code == 302
    client = team()
    for address in addresses:
        assert client.get(address).status_code == 405
    assert client.post(f"{URL}{other.pk}/{delivery.pk}/ulang/").status_code == 404
    assert client.get(f"{URL}999999/").status_code == 404


def test_the_lists_ask_the_same_for_one_and_many(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    client, row = team(), made()
    for number in (1, 20):
        for _one in range(number):
            made()
            Delivery.objects.create(
                webhook=row, type=EventType.LINK, at=row.made_at, state=DeliveryState.FAILED
            )
        for address in (URL, f"{URL}{row.pk}/"):
            with django_assert_num_queries(5 if address != URL else 4):
                assert client.get(address).status_code == 200
