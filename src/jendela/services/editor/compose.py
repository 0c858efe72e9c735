"""Times and fees between the fields of a form and the canonical text of their component.

What the fields cannot hold without loss stays words: `fields_of_…` returns None for it.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from jendela.services.catalogue.choices import FeeKind, TimeUnit
from jendela.services.catalogue.reads.values import FeeLine, parse_fee, parse_fees, parse_time

UNIT_WORDS = {
    TimeUnit.MINUTE: "menit",
    TimeUnit.HOUR: "jam",
    TimeUnit.DAY: "hari",
    TimeUnit.WORKING_DAY: "hari kerja",
}
_STARTS = re.compile(r"^(?:setelah|sejak)\s", re.IGNORECASE)
FREE = "Gratis"


@dataclass(frozen=True)
class TimeFields:
    shortest: int
    longest: int
    unit: str
    counts_from: str = ""  # begins with "setelah" or "sejak"


@dataclass(frozen=True)
class FeeFields:
    """One line of a tariff; `amount` in rupiah, '' for a line that is only words."""

    label: str
    amount: str = ""
    note: str = ""


def compose_time(fields: TimeFields) -> str:
    """'1-3 hari kerja setelah berkas lengkap'."""
    number = str(fields.shortest)
    if fields.longest != fields.shortest:
        number += f"-{fields.longest}"
    return f"{number} {UNIT_WORDS[TimeUnit(fields.unit)]} {starting(fields.counts_from)}".strip()


def starting(text: str) -> str:
    """'berkas lengkap' -> 'sejak berkas lengkap'; what begins with 'setelah' or 'sejak' stays."""
    start = " ".join(text.split())
    return f"sejak {start}" if start and not _STARTS.match(start) else start


def fields_of_time(text: str) -> TimeFields | None:
    """The fields that compose exactly this text, or None."""
    time = parse_time(text)
    if time is None:
        return None
    fields = TimeFields(time.shortest, time.longest, time.unit.value, time.counts_from)
    return fields if compose_time(fields) == text.strip() else None


def rupiah(amount: Decimal) -> str:
    """1250000 -> '1.250.000', with cents only where there are some."""
    whole, cents = divmod(amount.quantize(Decimal("0.01")), 1)
    text = f"{int(whole):,}".replace(",", ".")
    return f"{text},{int(cents * 100):02d}" if cents else text


def compose_fees(lines: list[FeeFields]) -> str:
    """One line each: 'Baru Rp50.000 (per lembar)'."""
    return "\n".join(text for line in lines if (text := compose_fee(line)))


def compose_fee(line: FeeFields) -> str:
    label, note = " ".join(line.label.split()), " ".join(line.note.split())
    if not line.amount:
        return f"{label} ({note})" if label and note else label or note
    text = f"{label} Rp{line.amount}".strip()
    return f"{text} ({note})" if note else text


def compose_free(note: str) -> str:
    note = " ".join(note.split())
    return f"{FREE} ({note})" if note else FREE


def free_note(text: str) -> str | None:
    """The note of a text that says only that it is free, or None."""
    lines = parse_fees(text)
    if len(lines) != 1 or lines[0].kind != FeeKind.FREE or compose_free(lines[0].note) != text.strip():
        return None
    return lines[0].note


def fields_of_fees(text: str) -> list[FeeFields] | None:
    """The lines that compose exactly this text, or None."""
    found: list[FeeFields] = []
    for line in text.splitlines():
        fields = _fields_of_fee(parse_fee(line))
        if fields is None or compose_fee(fields) != line:
            return None
        found.append(fields)
    return found or None


def _fields_of_fee(line: FeeLine) -> FeeFields | None:
    if line.kind == FeeKind.AMOUNT and line.amount is not None and not line.about:
        return FeeFields(line.label, rupiah(line.amount), line.note)
    return FeeFields(line.label) if line.kind == FeeKind.TEXT else None
