"""Messages to phones: what a sender is, and the one that calls a gateway of SMS or WhatsApp."""

from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from jendela.common.jobs import PermanentError
from jendela.notify.outgoing import post_json


class Sender(Protocol):
    """Sends one text to a number in E.164 form. Raises TemporaryError (try again) or PermanentError (cannot work)."""

    def send(self, to: str, text: str) -> None: ...


class HttpSender:
    """Posts {"to": "+62…", "text": "…"} with a bearer token to JENDELA_PHONE_URL. Any answer 2xx counts as taken."""

    def send(self, to: str, text: str) -> None:
        post_json(
            settings.PHONE_GATEWAY_URL,
            {"to": to, "text": text},
            token=settings.PHONE_GATEWAY_TOKEN,
            private=settings.PHONE_GATEWAY_PRIVATE,
        )


class NoSender:
    """For a site in service without a gateway: nothing is sent, and the failed job says so."""

    def send(self, to: str, text: str) -> None:
        raise PermanentError("no gateway is configured (JENDELA_PHONE_URL)")


def phone_sender() -> Sender:
    sender: Sender = import_string(settings.PHONE_SENDER)()
    return sender
