"""Letters really go out by SMTP to a server on this machine; a refused address stays on the row and on the board."""

import socket
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
import time_machine
from aiosmtpd.controller import Controller
from django.conf import LazySettings

from jendela.common.audit import SYSTEM
from jendela.common.jobs import TemporaryError
from jendela.registry.campaigns import jobs
from jendela.registry.campaigns.actions import sending
from jendela.registry.campaigns.choices import MessageState
from jendela.registry.campaigns.models import Bundle, PersonalLink, Reminder
from jendela.registry.campaigns.reads.board import board
from jendela.registry.campaigns.tests.world import World

pytestmark = pytest.mark.django_db


class Sink:
    """Takes letters; refuses addresses that begin with 'pindah', is busy for those with 'sibuk'."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        if address.startswith("pindah"):
            return "550 5.1.1 no such mailbox"
        if address.startswith("sibuk"):
            return "450 4.2.1 try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.letters.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 taken"


@pytest.fixture
def sink(settings: LazySettings) -> Iterator[Sink]:
    made = Sink()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Controller(made, hostname="127.0.0.1", port=port)
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    yield made
    server.stop()


@pytest.fixture
def bundle() -> Bundle:
    with time_machine.travel("2026-11-24 09:00+07:00", tick=False):
        world = World()
        return world.bundle(world.sent(text="Mohon bantuan Bapak dan Ibu."))


def request_of(bundle: Bundle) -> Reminder:
    return Reminder.objects.filter(bundle=bundle, step=None).latest("pk")


def test_the_request_arrives_with_the_personal_link(bundle: Bundle, sink: Sink) -> None:
    jobs.send_message(request_of(bundle).pk)
    jobs.send_message(request_of(bundle).pk)  # a second run sends nothing again
    letter = sink.letters[0]
    assert len(sink.letters) == 1
    assert letter["To"] == bundle.email
    assert letter["Subject"] == "Pemutakhiran November 2026: Dinas Contoh"
    text = letter.get_content()
    link = PersonalLink.objects.get(bundle=bundle)
    assert f"/isi/{link.token}/" in text
    assert "Mohon bantuan Bapak dan Ibu." in text
    assert "Senin, 7 Desember 2026" in text
    assert "2 aplikasi" in text
    row = request_of(bundle)
    assert (row.state, row.failure) == (MessageState.SENT, "")


def test_a_refused_address_is_known_to_kominfo(bundle: Bundle, sink: Sink) -> None:
    Bundle.objects.filter(pk=bundle.pk).update(email="pindah@contoh.id")
    jobs.send_message(request_of(bundle).pk)
    row = request_of(bundle)
    assert (row.state, row.failure) == (MessageState.REFUSED, "Server surat menolak alamat ini.")
    assert sink.letters == []
    found = board(bundle.round, narrow="tidak_sampai")
    assert [one.agency.short_name for one in found.rows] == ["Dinas Contoh"]
    Bundle.objects.filter(pk=bundle.pk).update(email="benar@contoh.id")
    bundle.refresh_from_db()
    sending.send_request(bundle=bundle, by=SYSTEM)
    jobs.send_message(request_of(bundle).pk)
    assert board(bundle.round, narrow="tidak_sampai").rows == []


def test_a_busy_server_is_tried_again(bundle: Bundle, sink: Sink) -> None:
    Bundle.objects.filter(pk=bundle.pk).update(email="sibuk@contoh.id")
    with pytest.raises(TemporaryError):
        jobs.send_message(request_of(bundle).pk)
    assert request_of(bundle).state == MessageState.WAITING


def test_a_server_that_is_away_is_tried_again(bundle: Bundle, sink: Sink, settings: LazySettings) -> None:
    settings.EMAIL_PORT = 1
    with pytest.raises(TemporaryError):
        jobs.send_message(request_of(bundle).pk)
    assert request_of(bundle).state == MessageState.WAITING
