"""From a change to a signed message: verified as others verify it, tried again, never lost, never to the inside."""

import datetime
import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone
from standardwebhooks.webhooks import Webhook as Verifier
from standardwebhooks.webhooks import WebhookVerificationError
from tests.people import agency, member

from jendela.common.audit import SYSTEM, Actor
from jendela.common.events import name_of, subscribers
from jendela.people.access.roles import InformationTeam
from jendela.registry.applications.actions import Provenance, create_application, set_values
from jendela.registry.applications.events import ValuesChanged
from jendela.registry.applications.models import Application
from jendela.registry.datasets.actions import declare_dataset
from jendela.registry.datasets.events import DatasetsChanged
from jendela.registry.links.events import LinksChanged
from jendela.registry.overlap.events import ApplicationMerged, ApplicationMergeUndone
from jendela.registry.probes.models import AllowedHost
from jendela.registry.webhooks import actions, jobs, limits, sending
from jendela.registry.webhooks.choices import DeliveryState, EventType, Why
from jendela.registry.webhooks.models import Delivery, Webhook

pytestmark = pytest.mark.django_db
SAID = Provenance("Dinas Contoh")
MINUTE = datetime.timedelta(minutes=1)


class Receiver(ThreadingHTTPServer):
    status = 200
    place = ""
    got: list[tuple[dict[str, str], bytes]]

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/masuk"


class Handler(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append((dict(self.headers), body))
        self.send_response(self.server.status)
        if self.server.place:
            self.send_header("Location", self.server.place)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_arguments: Any) -> None:
        """Tests stay silent."""


@pytest.fixture
def receiver(monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    server = Receiver(("127.0.0.1", 0), Handler)
    server.got = []
    monkeypatch.setattr(sending, "ALLOWED", (f"127.0.0.1:{server.server_address[1]}",))
    Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def hook(address: str) -> tuple[Webhook, str]:
    who = member(InformationTeam.code, name="Tia Tim")
    return actions.make_webhook(
        name="Dasbor", agency=agency("Dinas Contoh"), address=address, by=Actor(who.name, user=who)
    )


def application(name: str = "SIMPEG", **values: Any) -> Application:
    given = {"name": name, "owner": agency("Dinas Contoh"), "operator_level": "daerah", "audience": "internal",
             "state": "dipakai"} | values  # fmt: skip
    return create_application(values=given, by=SYSTEM, provenance=SAID)


def tell(row: Application, **values: Any) -> None:
    changes = set_values(application=row, values=values, by=SYSTEM, provenance=SAID)
    jobs.note_values(str(changes[0].batch))


def later(clock: time_machine.Traveller, pause: datetime.timedelta = MINUTE) -> None:
    clock.shift(pause + datetime.timedelta(seconds=1))
    jobs.deliver()


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel("2026-11-24T09:00:00+07:00", tick=False) as traveller:
        yield traveller


def test_a_change_arrives_signed_and_without_values(
    receiver: Receiver, clock: time_machine.Traveller
) -> None:
    _row, secret = hook(receiver.address)
    tell(application(), purpose="Mencatat pegawai")
    jobs.deliver()
    assert receiver.got == []  # it gathers for a minute
    later(clock)
    [(headers, body)] = receiver.got
    said = Verifier(secret).verify(body, headers)
    assert said == {
        "type": "application.changed",
        "timestamp": "2026-11-24T09:00:00+07:00",
        "data": {"slugs": ["simpeg"], "many": False, "api": "http://localhost:8000/api/v1/applications"},
    }
    with pytest.raises(WebhookVerificationError):
        Verifier(secret).verify(body.replace(b"simpeg", b"simpeh"), headers)
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.status, delivery.attempts) == (DeliveryState.DELIVERED, 200, 1)
    assert headers["webhook-id"] == str(delivery.event)
    later(clock)
    assert len(receiver.got) == 1


def test_changes_within_a_minute_are_one_message(receiver: Receiver, clock: time_machine.Traveller) -> None:
    hook(receiver.address)
    one, other = application(), application("e-Arsip")
    tell(one, purpose="Mencatat pegawai")
    tell(one, url="https://simpeg.contoh.go.id")
    tell(other, purpose="Mencatat surat")
    later(clock)
    [(_headers, body)] = receiver.got
    assert json.loads(body)["data"]["slugs"] == ["e-arsip", "simpeg"]


def test_what_is_not_public_is_not_told() -> None:
    hook("https://dasbor.contoh.go.id/")
    row = application()
    Delivery.objects.all().delete()
    tell(row, hosting_note="rak 3", vendor="PT Contoh")  # for the owner, for the government
    concept = application("Konsep")
    Application.objects.filter(pk=concept.pk).update(record_state="konsep")
    tell(concept, purpose="x")
    declare_dataset(application=concept, name="Data", by=SYSTEM, provenance=SAID)
    jobs.note_datasets([concept.pk])
    assert not Delivery.objects.exists()
    jobs.note_datasets([row.pk, concept.pk], by=None, batch="")
    jobs.note_links([row.pk])
    assert sorted(Delivery.objects.values_list("type", "slugs")) == [
        ("dataset.changed", ["simpeg"]),
        ("link.changed", ["simpeg"]),
    ]


def test_too_many_are_not_named(monkeypatch: pytest.MonkeyPatch) -> None:
    hook("https://dasbor.contoh.go.id/")
    monkeypatch.setattr(limits, "most", lambda: 2)
    for slugs in (["a", "b"], ["c"], ["d"]):
        actions.note_changes(type_=EventType.APPLICATION, slugs=slugs)
    assert [(one.many, one.slugs) for one in Delivery.objects.all()] == [(True, [])]


def test_it_is_tried_again_with_growing_pauses_and_one_id(
    receiver: Receiver, clock: time_machine.Traveller
) -> None:
    row, secret = hook(receiver.address)
    receiver.status = 503
    actions.note_changes(type_=EventType.APPLICATION, slugs=["simpeg"])
    later(clock)
    for minutes in (1, 5, 30, 120, 600, 1440):
        clock.shift(datetime.timedelta(minutes=minutes - 1))
        jobs.deliver()
        before = len(receiver.got)
        later(clock)
        assert len(receiver.got) == before + 1
    assert {headers["webhook-id"] for headers, _body in receiver.got} == {str(Delivery.objects.get().event)}
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.attempts, delivery.next_at) == (DeliveryState.FAILED, 7, None)
    row.refresh_from_db()
    assert row.failing_since is not None
    receiver.status = 204
    actions.send_again(delivery=delivery, by=SYSTEM)
    jobs.deliver()
    delivery.refresh_from_db()
    row.refresh_from_db()
    assert delivery.state == DeliveryState.DELIVERED
    assert Webhook.objects.get().failing_since is None
    headers, body = receiver.got[-1]
    Verifier(secret).verify(body, headers)


def test_one_that_fails_for_days_stops_and_its_maker_is_told(
    receiver: Receiver, clock: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[dict[str, Any]] = []
    monkeypatch.setattr(actions, "enqueue", lambda name, **values: told.append({"name": name, **values}))
    row, _secret = hook(receiver.address)
    receiver.status = 500
    for day in range(8):
        actions.note_changes(type_=EventType.APPLICATION, slugs=["simpeg"])
        later(clock)
        row.refresh_from_db()
        assert (row.stopped_at is None) == (day < 6)  # seven tries of the first have failed
        clock.shift(datetime.timedelta(days=1))
    assert row.stopped_at is not None
    assert row.stopped_why
    assert [one["template"] for one in told if one["name"] == "notify.send"] == ["webhook_stopped"]
    assert actions.note_changes(type_=EventType.APPLICATION, slugs=["simpeg"]) == 0
    assert not Delivery.objects.filter(state=DeliveryState.WAITING).exists()
    with pytest.raises(actions.StoppedError):
        actions.try_webhook(webhook=row, by=SYSTEM)


def test_who_says_that_it_is_gone_is_told_no_more(receiver: Receiver, clock: time_machine.Traveller) -> None:
    row, _secret = hook(receiver.address)
    receiver.status = 410
    actions.note_changes(type_=EventType.APPLICATION, slugs=["simpeg"])
    later(clock)
    row.refresh_from_db()
    assert "410" in row.stopped_why


def test_a_report_that_its_owner_takes_over_is_told(clock: time_machine.Traveller) -> None:
    hook("https://dasbor.contoh.go.id/")
    row = application("Dilaporkan")
    Application.objects.filter(pk=row.pk).update(record_state="konsep")
    row.refresh_from_db()
    Delivery.objects.all().delete()
    tell(row, record_state="terdaftar")
    assert Delivery.objects.get().slugs == ["dilaporkan"]


def test_a_host_of_the_inner_network_is_told_where_it_is_allowed_by_name(
    receiver: Receiver, clock: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "ALLOWED", ())
    host = receiver.address.split("/")[2]
    AllowedHost.objects.create(host=host, reason="Dasbor di jaringan dalam", by_name="Uji", at=timezone.now())
    hook(receiver.address)
    actions.note_changes(type_=EventType.APPLICATION, slugs=["simpeg"])
    later(clock)
    assert len(receiver.got) == 1


def test_redirects_are_not_followed(receiver: Receiver, clock: time_machine.Traveller) -> None:
    hook(receiver.address)
    receiver.status, receiver.place = 302, "http://127.0.0.1:9/"
    actions.note_changes(type_=EventType.APPLICATION, slugs=["simpeg"])
    later(clock)
    delivery = Delivery.objects.get()
    assert (len(receiver.got), delivery.status, delivery.state) == (1, 302, DeliveryState.WAITING)


def test_the_own_network_is_never_called(
    receiver: Receiver, clock: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "ALLOWED", ())
    hook(receiver.address)
    actions.note_changes(type_=EventType.APPLICATION, slugs=["simpeg"])
    later(clock)
    delivery = Delivery.objects.get()
    assert (receiver.got, delivery.status, delivery.state) == ([], None, DeliveryState.WAITING)
    assert delivery.why == Why.REFUSED


def test_nothing_is_lost_when_the_worker_dies_while_it_sends(
    receiver: Receiver, clock: time_machine.Traveller
) -> None:
    hook(receiver.address)
    actions.note_changes(type_=EventType.APPLICATION, slugs=["simpeg"])
    clock.shift(61)
    taken = actions.claim(now=timezone.now())
    assert taken is not None
    jobs.deliver()  # another worker leaves it alone
    assert receiver.got == []
    later(clock, actions.CLAIMED)
    assert [headers["webhook-id"] for headers, _body in receiver.got] == [str(taken.event)]


def test_only_one_message_of_a_kind_gathers() -> None:
    row, _secret = hook("https://dasbor.contoh.go.id/")
    now = timezone.now()
    Delivery.objects.create(webhook=row, type=EventType.LINK, at=now, next_at=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Delivery.objects.create(webhook=row, type=EventType.LINK, at=now, next_at=now)


def test_old_ones_are_forgotten(clock: time_machine.Traveller) -> None:
    row, _secret = hook("https://dasbor.contoh.go.id/")
    actions.note_changes(type_=EventType.APPLICATION, slugs=["a"])
    old = Delivery.objects.create(
        webhook=row, type=EventType.TEST, at=timezone.now(), state=DeliveryState.DELIVERED
    )
    clock.shift(datetime.timedelta(days=31))
    jobs.forget()
    assert not Delivery.objects.filter(pk=old.pk).exists()
    assert Delivery.objects.count() == 1  # what waits stays


@pytest.mark.parametrize(
    ("event", "job"),
    [(ValuesChanged, "note_values"), (DatasetsChanged, "note_datasets"), (LinksChanged, "note_links"),
     (ApplicationMerged, "note_merger"), (ApplicationMergeUndone, "note_merger")],
)  # fmt: skip
def test_events_of_the_register_are_heard(event: type[Any], job: str) -> None:
    assert f"registry_webhooks.{job}" in subscribers()[name_of(event)]
