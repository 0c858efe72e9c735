"""Cells: what a file may hold in one, and the types that turn it into one canonical text ('' for empty).

A canonical text is what is compared, kept and shown: numbers with a point, dates as 2026-11-24, choices by their
value. A type raises CellError with a sentence for the person who filled the table.
"""

import datetime
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from jendela.common.dates import parse_partial
from jendela.common.exchange.dates import read_day, read_partial


class CellError(ValueError):
    """The cell cannot be used; the message says why and what to do."""


@dataclass(frozen=True)
class Formula:
    """A cell that calculates. Its result may be old, so it is not read."""

    text: str


@dataclass(frozen=True)
class Broken:
    """A cell that shows an error of the spreadsheet, such as #N/A."""

    text: str


Raw = str | int | float | bool | datetime.datetime | datetime.date | datetime.time | Formula | Broken | None

_DROPPED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\ufffe\uffff\ud800-\udfff]")


def clean(text: str) -> str:
    """Text as it is compared: no control characters, one kind of line end, no space around."""
    if text.isprintable():  # most cells; spares the two passes below
        return text.strip()
    return _DROPPED.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def shown(raw: Raw) -> str:
    """What a person sees in the cell, cut to a line."""
    if raw is None:
        return ""
    if isinstance(raw, Formula | Broken):
        return raw.text[:120]
    if isinstance(raw, datetime.datetime) and raw.time() == datetime.time():
        raw = raw.date()
    return clean(number_text(raw) if isinstance(raw, float) else str(raw))[:120]


def number_text(value: float) -> str:
    """A number of a cell without the digits that only the computer's arithmetic added."""
    return format(Decimal(f"{value:.15g}"), "f") if math.isfinite(value) else "?"


class CellType:
    """Text. `most` is the longest length; only `lines` may hold line ends."""

    name: Any = ""  # how the description of the column calls it
    is_number = False

    def __init__(self, most: int = 0, *, lines: bool = False) -> None:
        self.most = most
        self.lines = lines

    def parse(self, raw: Raw) -> str:
        """The canonical text. Raises CellError."""
        if raw is None:
            return ""
        if isinstance(raw, Formula):
            raise CellError(_("berisi rumus. Salin sel ini, lalu tempel sebagai nilai."))
        if isinstance(raw, Broken):
            raise CellError(_("menampilkan kesalahan %(text)s. Isi nilainya.") % {"text": raw.text[:20]})
        if isinstance(raw, str):
            text = clean(raw)
            return self.read_text(text) if text else ""
        return self.read_value(raw)

    def read_text(self, text: str) -> str:
        if not self.lines:
            text = " ".join(text.split())
        if self.most and len(text) > self.most:
            raise CellError(
                _("terlalu panjang: %(long)s huruf, paling banyak %(most)s.")
                % {"long": len(text), "most": self.most}
            )
        return text

    def read_value(self, raw: Any) -> str:
        """A number, date or yes/no cell where text was expected: as a person sees it."""
        return self.read_text(shown(raw))

    def settle(self, text: str) -> str:
        """A value of the database in the form that `parse` gives, so that the two can be compared."""
        text = clean(text)
        return text if self.lines else " ".join(text.split())

    def words(self, text: str) -> str:
        """A canonical text as a person reads it."""
        return text

    def looks_like(self, text: str) -> bool:
        """Does a cell tell by itself that it is of this type? Plain text never does."""
        return False

    def out(self, text: str) -> str | int | float:
        """A canonical text as a value of a spreadsheet or of JSON."""
        return text

    def csv(self, text: str) -> str:
        """A canonical text as a cell of CSV, harmless and readable by `parse`."""
        return str(self.out(text))


class Code(CellType):
    """Digits and signs that are no number: a number cell may have lost zeros."""

    def __init__(self, pattern: str, form: Any, most: int = 80) -> None:
        super().__init__(most)
        self.pattern = re.compile(pattern)
        self.form = form  # "kode wilayah seperti 62.02.01"

    def read_text(self, text: str) -> str:
        if not self.pattern.fullmatch(text):
            raise CellError(_("bukan %(form)s: %(text)s") % {"form": self.form, "text": text[:60]})
        return super().read_text(text)

    def read_value(self, raw: Any) -> str:
        text = shown(raw)
        if not isinstance(raw, bool) and self.pattern.fullmatch(text):
            return text
        raise CellError(
            _("terbaca %(text)s. Angka nol mungkin hilang. Ubah sel menjadi teks, lalu tulis %(form)s.")
            % {"text": text, "form": self.form}
        )


class Phone(CellType):
    """A telephone number as people write it; a number cell has lost its first zero."""

    _pattern = re.compile(r"[+(]?\d[\d\s().\-/,;]*(?:[A-Za-z. ]*\d+)?")

    def __init__(self, most: int = 40) -> None:
        super().__init__(most)

    def read_text(self, text: str) -> str:
        text = super().read_text(text)
        if not self._pattern.fullmatch(text) or not sum(c.isdigit() for c in text) >= 3:
            raise CellError(_("bukan nomor telepon: %(text)s") % {"text": text[:40]})
        return text

    def read_value(self, raw: Any) -> str:
        text = shown(raw)
        if isinstance(raw, int | float) and len(text) == 3:
            return self.read_text(text)
        raise CellError(
            _("kehilangan nol di depan. Ubah sel menjadi teks, lalu tulis %(text)s.") % {"text": f"0{text}"}
        )


class Web(CellType):
    """An address that begins with https:// or http://."""

    _check = URLValidator(schemes=["http", "https"])

    def read_text(self, text: str) -> str:
        text = super().read_text(text)
        try:
            self._check(text)
        except ValidationError:
            raise CellError(
                _("bukan alamat web: %(text)s. Awali dengan https://") % {"text": text[:60]}
            ) from None
        return text


_GROUPED = re.compile(r"-?\d{1,3}(?:\.\d{3})+")
_PLAIN = re.compile(r"-?\d+")


class Whole(CellType):
    """A whole number: 1234 or 1.234."""

    is_number = True

    def __init__(self, least: int = 0, most: int = 2_000_000_000) -> None:
        super().__init__()
        self.least, self.highest = least, most

    def read_text(self, text: str) -> str:
        tight = text.replace("\u00a0", " ").replace(" ", "")
        if (
            not tight.isascii()
            or len(tight) > 20
            or not (_PLAIN.fullmatch(tight) or _GROUPED.fullmatch(tight))
        ):
            raise CellError(
                _("bukan bilangan bulat: %(text)s. Tulis seperti 1234 atau 1.234.") % {"text": text[:40]}
            )
        return self._within(int(tight.replace(".", "")))

    def read_value(self, raw: Any) -> str:
        if isinstance(raw, int | float) and not isinstance(raw, bool) and math.isfinite(raw) and raw % 1 == 0:
            return self._within(int(raw))
        raise CellError(_("bukan bilangan bulat: %(text)s.") % {"text": shown(raw)})

    def _within(self, number: int) -> str:
        if not self.least <= number <= self.highest:
            raise CellError(
                _("di luar batas %(least)s sampai %(most)s: %(number)s")
                % {"least": self.least, "most": self.highest, "number": number}
            )
        return str(number)

    def settle(self, text: str) -> str:
        return text

    def words(self, text: str) -> str:
        return str(number_format(int(text))) if text else ""

    def out(self, text: str) -> str | int | float:
        return int(text) if text else ""


class Year(Whole):
    """A year: no thousands, no point."""

    def words(self, text: str) -> str:
        return text


class Number(CellType):
    """A number with decimals: 1.234,5. A lone point with three digits behind it could mean two things."""

    is_number = True

    def __init__(self, places: int, least: Decimal | int, most: Decimal | int) -> None:
        super().__init__()
        self.places, self.least, self.highest = places, Decimal(least), Decimal(most)

    def read_text(self, text: str) -> str:
        tight = text.replace("\u00a0", " ").replace(" ", "")
        if _GROUPED.fullmatch(tight) and tight.count(".") == 1:
            raise CellError(
                _("%(text)s bisa berarti dua hal. Tulis %(one)s atau %(two)s.")
                % {"text": text[:40], "one": tight.replace(".", ""), "two": tight.replace(".", ",")}
            )
        if "," in tight:
            tight = tight.replace(".", "").replace(",", ".", 1)
        elif tight.count(".") > 1:
            tight = tight.replace(".", "") if _GROUPED.fullmatch(tight) else "?"
        return self._within(tight, text)

    def read_value(self, raw: Any) -> str:
        if isinstance(raw, bool) or not isinstance(raw, int | float):
            raise CellError(_("bukan angka: %(text)s") % {"text": shown(raw)})
        return self._within(number_text(raw) if isinstance(raw, float) else str(raw), shown(raw))

    def _within(self, tight: str, text: str) -> str:
        try:
            number = Decimal(tight) if re.fullmatch(r"-?\d{1,20}(\.\d{1,20})?", tight) else None
        except InvalidOperation:  # pragma: no cover  the pattern allows only numbers
            number = None
        if number is None:
            raise CellError(
                _("bukan angka: %(text)s. Tulis seperti 1234,5 atau 1.234,5.") % {"text": text[:40]}
            )
        if not self.least <= number <= self.highest:
            raise CellError(
                _("di luar batas %(least)s sampai %(most)s: %(number)s")
                % {"least": self.least, "most": self.highest, "number": text[:40]}
            )
        return self.settle(str(number.quantize(Decimal(1).scaleb(-self.places))))

    def settle(self, text: str) -> str:
        """Without zeros at the end: 12.50 and 12.5 are one."""
        try:
            plain = format(Decimal(text), "f") if text else ""
        except InvalidOperation:
            return text
        if not text or "a" in plain.lower():  # NaN
            return text
        plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
        return "0" if plain == "-0" else plain

    def words(self, text: str) -> str:
        return str(number_format(Decimal(text))) if text else ""

    def out(self, text: str) -> str | int | float:
        return (float(text) if "." in text else int(text)) if text else ""

    def csv(self, text: str) -> str:
        return text.replace(".", ",")


class Degree(Number):
    """A coordinate in degrees: the point is always a decimal point, a comma is read as one."""

    def __init__(self, least: int, most: int) -> None:
        super().__init__(6, least, most)

    def read_text(self, text: str) -> str:
        return self._within(text.replace(" ", "").replace(",", ".", 1), text)

    def words(self, text: str) -> str:
        return text

    def csv(self, text: str) -> str:
        return text


class Day(CellType):
    """A whole date, from 2026-11-24, 24/11/2026, '24 November 2026', a date cell or its serial number."""

    def read_text(self, text: str) -> str:
        try:
            return read_day(text).isoformat()
        except ValueError as error:
            raise CellError(str(error)) from None

    def read_value(self, raw: Any) -> str:
        try:
            return read_day(raw).isoformat()
        except ValueError as error:
            raise CellError(str(error)) from None

    def settle(self, text: str) -> str:
        return text

    def words(self, text: str) -> str:
        return date_format(datetime.date.fromisoformat(text), "j F Y") if text else ""


class PartialDay(Day):
    """A date known to the year, month or day."""

    def read_text(self, text: str) -> str:
        try:
            return " ; ".join(str(read_partial(part)) for part in text.split(";") if part.strip())
        except ValueError as error:
            raise CellError(str(error)) from None

    def read_value(self, raw: Any) -> str:
        try:
            return str(read_partial(raw))
        except ValueError as error:
            raise CellError(str(error)) from None

    def settle(self, text: str) -> str:
        return " ; ".join(part.strip() for part in text.split(";") if part.strip())

    def words(self, text: str) -> str:
        try:
            found = [parse_partial(part) for part in text.split(";")]
        except ValueError:
            return text
        return "; ".join(one.words() for one in found if one)


class Choice(CellType):
    """One of a few values, written as the value or as its label."""

    def __init__(self, choices: Mapping[str, Any]) -> None:
        super().__init__()
        self.choices = choices

    def read_text(self, text: str) -> str:
        wanted = " ".join(text.split()).casefold()
        for value, label in self.choices.items():
            if wanted in (value.casefold(), str(label).casefold()):
                return value
        known = ", ".join(self.choices)
        raise CellError(_("tidak dikenal: %(text)s. Pilih: %(known)s.") % {"text": text[:40], "known": known})

    def looks_like(self, text: str) -> bool:
        try:
            return bool(self.read_text(text))
        except CellError:
            return False

    def words(self, text: str) -> str:
        return str(self.choices.get(text, text))
