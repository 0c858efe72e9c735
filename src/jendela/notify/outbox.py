"""Messages that go nowhere: written to a file of this instance and to the log, on one's own machine and in tests."""

import json
import logging
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage
from django.utils import timezone

log = logging.getLogger("jendela.notify.outbox")


def path() -> Path:
    return Path(settings.RUN_DIR) / "outbox.jsonl"


def put(channel: str, to: str, subject: str, text: str) -> None:
    """Add one message to the file, one JSON object a line, readable by the owner of the instance alone."""
    line = {
        "at": timezone.now().isoformat(timespec="seconds"),
        "channel": channel,
        "to": to,
        "subject": subject,
        "text": text,
    }
    path().parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path(), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "a", encoding="utf-8") as file:
        file.write(json.dumps(line, ensure_ascii=False) + "\n")
    log.info("to %s by %s (not sent, nothing is configured): %s", to, channel, text)


def messages() -> list[dict[str, Any]]:
    """All messages of the file, oldest first."""
    if not path().exists():
        return []
    return [json.loads(line) for line in path().read_text("utf-8").splitlines()]


class OutboxSender:
    """Stands in for the gateway of phone messages; same signature as HttpSender."""

    def send(self, to: str, text: str) -> None:
        put("phone", to, "", text)


class OutboxEmailBackend(BaseEmailBackend):
    """Stands in for the mail server."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            for to in message.recipients():
                put("email", to, str(message.subject), str(message.body))
        return len(email_messages)
