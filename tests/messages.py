"""What tests of accounts share: messages that wait in the queue, delivered; and networks that nobody used before."""

import itertools
import json
import re
from typing import Any

from django.core import mail
from django.db import connection
from django.test import Client

from jendela.common.jobs import REGISTRY
from jendela.notify import outbox

_addresses = itertools.count(1)


def fresh_address() -> str:
    """An address of its own for each test, so that limits do not meet."""
    number = next(_addresses)
    return f"203.0.{number // 250}.{number % 250 + 1}"


def delivered() -> list[dict[str, Any]]:
    """Run the messages that wait and return all that came out of it: e-mail first, then phone, oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, args FROM procrastinate_jobs WHERE task_name = 'notify.send' AND status = 'todo' ORDER BY id"
        )
        waiting = cursor.fetchall()
        before = len(outbox.messages())
        sent = len(getattr(mail, "outbox", []))
        for _key, values in waiting:
            REGISTRY["notify.send"].handler(**json.loads(values))
        cursor.execute("UPDATE procrastinate_jobs SET status = 'succeeded' WHERE task_name = 'notify.send'")
    letters = [
        {"channel": "email", "to": one.to[0], "subject": one.subject, "text": one.body}
        for one in mail.outbox[sent:]
    ]
    return letters + outbox.messages()[before:]


def last_code() -> str:
    """The code in the last message that waited."""
    found = re.search(r"\b(\d{6})\b", delivered()[-1]["text"])
    assert found
    return found.group(1)


def sign_in_by_code(client: Client, contact: str, next_path: str = "") -> Any:
    """Ask for a code, read it, type it; returns the answer to the typed code."""
    client.post("/akun/masuk/", {"contact": contact, "next": next_path})
    return client.post("/akun/masuk/kode/", {"code": last_code()})
