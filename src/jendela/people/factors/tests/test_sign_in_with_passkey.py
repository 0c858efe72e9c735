"""/akun/masuk/kunci/: whatever a stranger sends instead of a device's answer, the page stays a page."""

import json
import re
from typing import Any

import pytest
from django.test import Client
from tests.messages import fresh_address

pytestmark = pytest.mark.django_db
PAGE = "/akun/masuk/kunci/"
SAID = re.compile("belum menjawab|tidak terbaca|tidak dikenal")
OTHER = "eyJ0eXBlIjoieCIsImNoYWxsZW5nZSI6ImEiLCJvcmlnaW4iOiJiIn0"  # client data of another challenge


def answer(**response: Any) -> str:
    return json.dumps({"id": "AA", "rawId": "AA", "type": "public-key", "response": response})


@pytest.mark.parametrize(
    "sent",
    [
        "",
        "1",
        '"x"',
        "[]",
        "null",
        "{}",
        '{"response": {"userHandle": 5}}',
        answer(),
        answer(clientDataJSON="AA", authenticatorData="AA", signature="AA", userHandle="MQ"),
        answer(clientDataJSON=OTHER, authenticatorData="AA" * 40, signature="AA", userHandle="/////w"),
        answer(
            clientDataJSON=OTHER, authenticatorData="A" * 52, signature="AA", userHandle="OTk5OTk5OTk5OTk5"
        ),
        '{"id": "\\ud83d", "response": {"clientDataJSON": "\\u0000"}}',
        "[" * 19_000,
        "1" * 19_000,
        '"' + "x" * 30_000 + '"',
    ],
    ids=range(15),
)
def test_what_is_no_answer_is_refused(sent: str) -> None:
    client = Client(REMOTE_ADDR=fresh_address())
    client.get(PAGE)
    page = client.post(PAGE, {"answer": sent})
    assert page.status_code == 200
    assert SAID.search(page.content.decode())
    assert "_auth_user_id" not in client.session


def test_an_answer_is_not_shown_again() -> None:
    client = Client(REMOTE_ADDR=fresh_address())
    client.get(PAGE)
    assert (
        "tanda-dari-perangkat" not in client.post(PAGE, {"answer": '"tanda-dari-perangkat"'}).content.decode()
    )
