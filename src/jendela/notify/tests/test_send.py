"""Sending: the words, the transports with their fake, and what an error means. A local server is the gateway."""

import http.server
import inspect
import json
import logging
import smtplib
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.core import mail
from pytest_django import Settings

from jendela.common.encryption import encrypt
from jendela.common.jobs import PermanentError, TemporaryError
from jendela.notify import jobs, outbox
from jendela.notify.outgoing import post_json
from jendela.notify.senders import HttpSender
from jendela.notify.texts import TEMPLATES, UnknownTemplateError, text_of

CODE = {"code": "123456", "minutes": 10}


def send(channel: str = "email", to: str = "ani@contoh.id", template: str = "code", **more: str) -> None:
    jobs.send(
        channel=channel,
        to=encrypt(to),
        template=template,
        values=encrypt(json.dumps(CODE)),
        language=more.pop("language", "id"),
        **more,
    )


class Gateway(http.server.BaseHTTPRequestHandler):
    status = 200
    seen: list[tuple[dict[str, str], dict[str, Any]]] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        Gateway.seen.append((dict(self.headers), json.loads(body)))
        self.send_response(Gateway.status)
        if Gateway.status == 302:
            self.send_header("Location", "http://127.0.0.1:1/")
        self.end_headers()
        self.wfile.write(b'{"id": "1"}')

    def log_message(self, *_args: object) -> None:
        pass


@pytest.fixture
def gateway(settings: Settings) -> Iterator[str]:
    Gateway.status, Gateway.seen = 200, []
    server = http.server.HTTPServer(("127.0.0.1", 0), Gateway)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    settings.PHONE_GATEWAY_URL = f"http://127.0.0.1:{server.server_port}/kirim?x=1"
    settings.PHONE_GATEWAY_TOKEN = "kunci-uji"
    settings.PHONE_GATEWAY_PRIVATE = True
    settings.PHONE_SENDER = "jendela.notify.senders.HttpSender"
    yield settings.PHONE_GATEWAY_URL
    server.shutdown()
    server.server_close()
    thread.join()


def test_an_email() -> None:
    send()
    letter = mail.outbox[-1]
    assert (letter.to, letter.subject) == (["ani@contoh.id"], "Kode Jendela Anda: 123456")
    assert str(letter.body).startswith("123456 adalah kode Jendela Anda. Berlaku 10 menit.")


def test_a_message_to_nobody_goes_nowhere() -> None:
    before = len(mail.outbox)
    send(to="")
    assert len(mail.outbox) == before


def test_a_late_message_is_dropped(caplog: pytest.LogCaptureFixture) -> None:
    before = len(mail.outbox)
    send(until="2020-01-01T00:00:00+00:00")
    assert len(mail.outbox) == before
    assert "too late" in caplog.text


def test_a_phone_message(gateway: str) -> None:
    send("phone", "+6281234567890")
    headers, body = Gateway.seen[-1]
    assert headers["Authorization"] == "Bearer kunci-uji"
    assert body["to"] == "+6281234567890"
    assert body["text"].startswith("123456 adalah kode")


@pytest.mark.parametrize(
    ("status", "error"), [(500, TemporaryError), (503, TemporaryError), (429, TemporaryError)]
)
def test_worth_another_try(gateway: str, status: int, error: type[Exception]) -> None:
    Gateway.status = status
    with pytest.raises(error, match=str(status)):
        send("phone", "+6281234567890")


@pytest.mark.parametrize("status", [400, 401, 404, 302])
def test_not_worth_another_try(gateway: str, status: int) -> None:
    """A redirect is not followed: it could lead into the own network."""
    Gateway.status = status
    with pytest.raises(PermanentError, match=str(status)):
        send("phone", "+6281234567890")
    assert len(Gateway.seen) == 1


def test_a_gateway_that_is_not_there() -> None:
    with pytest.raises(TemporaryError):
        post_json("http://127.0.0.1:9/", {}, private=True)


@pytest.mark.parametrize(
    "url",
    [
        "http://contoh.id/",
        "ftp://contoh.id/",
        "https://",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://localhost/",
    ],
)
def test_addresses_that_are_not_called(url: str) -> None:
    with pytest.raises(PermanentError):
        post_json(url, {})


def test_the_fake_has_the_same_signature() -> None:
    assert inspect.signature(outbox.OutboxSender.send) == inspect.signature(HttpSender.send)


def test_without_a_gateway_in_service_the_job_fails(settings: Settings) -> None:
    settings.PHONE_SENDER = "jendela.notify.senders.NoSender"
    with pytest.raises(PermanentError, match="JENDELA_PHONE_URL"):
        send("phone", "+6281234567890")


def test_the_fake_writes_a_file_for_its_owner_alone(settings: Settings) -> None:
    settings.PHONE_SENDER = "jendela.notify.outbox.OutboxSender"
    send("phone", "+6281234567891")
    assert outbox.messages()[-1]["to"] == "+6281234567891"
    assert outbox.path().stat().st_mode & 0o777 == 0o600


def test_the_fake_of_the_mail_server(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "jendela.notify.outbox.OutboxEmailBackend"
    send(to="budi@contoh.id")
    last = outbox.messages()[-1]
    assert (last["to"], last["subject"]) == ("budi@contoh.id", "Kode Jendela Anda: 123456")


@pytest.mark.parametrize(
    ("raised", "meant"),
    [
        (smtplib.SMTPServerDisconnected("x"), TemporaryError),
        (ConnectionRefusedError(), TemporaryError),
        (smtplib.SMTPDataError(451, b"later"), TemporaryError),
        (smtplib.SMTPDataError(554, b"no"), PermanentError),
        (smtplib.SMTPAuthenticationError(535, b"no"), PermanentError),
        (smtplib.SMTPRecipientsRefused({}), PermanentError),
    ],
)
def test_errors_of_the_mail_server(
    monkeypatch: pytest.MonkeyPatch, raised: Exception, meant: type[Exception]
) -> None:
    def refuse(*_args: object) -> None:
        raise raised

    monkeypatch.setattr(jobs, "send_mail", refuse)
    with pytest.raises(meant):
        send()


def test_the_log_names_no_code_and_nobody(gateway: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        send("phone", "+6281234567890")
        send()
    assert "123456" not in caplog.text
    assert "+62" not in caplog.text
    assert "ani@" not in caplog.text


VALUES = {
    "agency": "Dishub", "number": 3, "day": "8 Desember 2026", "lines": "\n- SIUJI: kontrak, 8 Desember 2026\n",
    "application": "SIUJI", "fact": "Sambungan aman (HTTPS)", "answer": "diterima", "name": "Dasbor provinsi",
}  # fmt: skip


@pytest.mark.parametrize("template", sorted(TEMPLATES))
def test_every_text_is_short(template: str) -> None:
    text = text_of(template, CODE | VALUES, "id")
    assert text.subject
    assert max(len(sentence.split()) for sentence in text.body.split(". ")) <= 15
    assert "http" not in text.body


def test_a_text_that_nobody_wrote() -> None:
    with pytest.raises(UnknownTemplateError):
        text_of("tidak-ada", {}, "id")
