"""Dates as people and spreadsheets write them. What could be two days is refused, never guessed."""

import datetime
import math
import re
from typing import Any

from django.utils.translation import gettext as _

from jendela.common.dates import PartialDate, parse_partial

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari jan january", "februari feb pebruari peb february", "maret mar march", "april apr", "mei may",
            "juni jun june", "juli jul july", "agustus agu agt ags aug august", "september sep sept",
            "oktober okt oct october", "november nov nop nopember", "desember des dec december",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
NAMES = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November",
    "Desember",
)  # fmt: skip
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?")
_NUMBERS = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4})")
_WORDS = re.compile(r"(?:[A-Za-z']+,\s*)?(\d{1,2})[\s\-]+([A-Za-z]+)\.?[\s\-]+(\d{4})")
_MONTH = re.compile(r"([A-Za-z]+)\.?\s+(\d{4})")
EPOCH = datetime.date(1899, 12, 30)  # day 0 of spreadsheets, after their missing 29 February 1900
SERIALS = range(18_264, 73_051)  # 1950 to 2099
YEARS = range(1900, 2101)


def read_day(raw: Any) -> datetime.date:
    """One whole date. Raises ValueError with a sentence."""
    if isinstance(raw, datetime.datetime):
        return raw.date()
    if isinstance(raw, datetime.date):
        return raw
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        return _serial(raw)
    text = " ".join(str(raw).split())
    if match := _ISO.fullmatch(text):
        return _day(text, *(int(part) for part in match.groups()))
    if match := _NUMBERS.fullmatch(text):
        first, second, year = (int(part) for part in match.groups())
        if first != second and first <= 12 and second <= 12:
            raise ValueError(
                _("%(text)s bisa berarti dua tanggal. Tulis %(one)s atau %(two)s.")
                % {
                    "text": text,
                    "one": f"{first} {NAMES[second - 1]} {year}",
                    "two": f"{second} {NAMES[first - 1]} {year}",
                }
            )
        return _day(text, year, second, first)
    if (match := _WORDS.fullmatch(text)) and match.group(2).casefold() in MONTHS:
        return _day(text, int(match.group(3)), MONTHS[match.group(2).casefold()], int(match.group(1)))
    raise ValueError(_unknown(text))


def read_partial(raw: Any) -> PartialDate:
    """A date known to the year ('2026' or 2026), the month ('November 2026', '2026-11') or the day."""
    if isinstance(raw, int | float) and not isinstance(raw, bool) and raw in YEARS:
        raw = str(int(raw))
    if isinstance(raw, str):
        text = " ".join(raw.split())
        try:
            found = parse_partial(text)
        except ValueError:
            found = None
        if found is not None and found.first.year in YEARS:
            return found
        if (match := _MONTH.fullmatch(text)) and match.group(1).casefold() in MONTHS:
            year, month = int(match.group(2)), MONTHS[match.group(1).casefold()]
            return PartialDate(_day(text, year, month, 1), "month")
    return PartialDate(read_day(raw), "day")


def _serial(number: float) -> datetime.date:
    if not math.isfinite(number) or int(number) not in SERIALS:
        raise ValueError(_unknown(f"{number:g}"))
    return EPOCH + datetime.timedelta(days=int(number))


def _day(text: str, year: int, month: int, day: int) -> datetime.date:
    try:
        found = datetime.date(year, month, day)
    except ValueError:
        raise ValueError(_("tanggal ini tidak ada: %(text)s") % {"text": text[:40]}) from None
    if year not in YEARS:
        raise ValueError(_("tahun di luar batas: %(text)s") % {"text": text[:40]})
    return found


def _unknown(text: str) -> str:
    return _("bukan tanggal: %(text)s. Tulis seperti 24 November 2026 atau 2026-11-24.") % {"text": text[:40]}
