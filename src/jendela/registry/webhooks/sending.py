"""One try to deliver."""

import datetime

from jendela.common.outgoing import (
    ConnectionFailedError,
    NotResolvedError,
    OutgoingError,
    RefusedAddressError,
    TimedOutError,
    TlsError,
    fetch,
)
from jendela.registry.probes.reads import allowed_names
from jendela.registry.webhooks.actions import Outcome
from jendela.registry.webhooks.choices import Why
from jendela.registry.webhooks.models import Delivery
from jendela.registry.webhooks.signing import body_of, headers_of

SECONDS = 10.0
READ = 4096  # bytes of the answer, which nobody looks at
ALLOWED: tuple[str, ...] = ()  # beside the hosts of the inner network that Diskominfo allowed by name

WHY: dict[type[OutgoingError], Why] = {
    RefusedAddressError: Why.REFUSED,
    NotResolvedError: Why.NAME,
    TimedOutError: Why.SLOW,
    TlsError: Why.TLS,
    ConnectionFailedError: Why.CLOSED,
}


def send(row: Delivery, *, now: datetime.datetime) -> Outcome:
    """Redirects are not followed: a signed message goes where it was meant to go."""
    body = body_of(row)
    headers = headers_of(row, body, row.webhook.secret, int(now.timestamp()))
    try:
        answer = fetch(
            row.webhook.address, method="POST", headers=headers, body=body, timeout=SECONDS, limit_bytes=READ,
            allow={*ALLOWED, *allowed_names()},
        )  # fmt: skip
    except OutgoingError as error:
        return Outcome(why=WHY.get(type(error), Why.UNCLEAR))
    return Outcome(status=answer.status)
