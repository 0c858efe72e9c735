"""The log of who read personal data: one audit row each time a hidden value is shown in full."""

from collections.abc import Sequence
from typing import Any

from jendela.common.audit import Actor, record

READ = "personal.read"
LONGEST_REASON = 300


def note_reading(by: Actor, target: Any, fields: Sequence[str], reason: str) -> None:
    """Write down that `by` saw these fields of `target` (a row or (type, key)) and why. The values themselves are
    never written. Call in the transaction of the POST that shows them. Raises ValueError without a reason or field."""
    said = " ".join(reason.split())[:LONGEST_REASON]
    if not said or not fields:
        raise ValueError("reading personal data needs a reason and fields")
    record(by=by, action=READ, target=target, after={"fields": sorted(fields), "reason": said})
