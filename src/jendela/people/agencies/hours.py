"""Opening hours: days and times as one sentence that every page prints, and that sentence read back.

'Senin sampai Kamis 07.30-15.00 WIB; Jumat 07.30-11.00 WIB. Tutup pada hari libur.' What was written before in other
words is kept as it is: `parse` then says None and the form starts empty beside the old text.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
EVERY_DAY = "Setiap hari"
WHOLE_DAY = "24 jam"
LONGEST_NOTE = 90
MOST_SPANS = 3
MINUTES = 24 * 60
_TIME = re.compile(r"^(\d{1,2})(?:[.:](\d{2}))?$")
_SPAN = re.compile(
    r"(?:(Setiap hari)|({days})(?: sampai ({days}))?) (?:(24 jam)|(\d\d)\.(\d\d)-(\d\d)\.(\d\d) WIB)".format(
        days="|".join(DAYS)
    )
)


@dataclass(frozen=True)
class Span:
    """From the first to the last day of a week (0 is Monday), opening and closing as minutes of the day."""

    first: int
    last: int
    opens: int
    closes: int

    @property
    def days(self) -> range:
        return range(self.first, self.last + 1)

    def text(self) -> str:
        if self.first == 0 and self.last == len(DAYS) - 1:
            days = EVERY_DAY
        elif self.first == self.last:
            days = DAYS[self.first]
        else:
            days = f"{DAYS[self.first]} sampai {DAYS[self.last]}"
        if self.opens == 0 and self.closes == MINUTES:
            return f"{days} {WHOLE_DAY}"
        return f"{days} {clock(self.opens)}-{clock(self.closes)} WIB"


@dataclass(frozen=True)
class Hours:
    spans: tuple[Span, ...]
    note: str = ""

    def text(self) -> str:
        """The sentence; '' without a span."""
        if not self.spans:
            return ""
        said = "; ".join(span.text() for span in self.spans)
        return f"{said}. {self.note}" if self.note else said


def clock(minutes: int) -> str:
    """450 is '07.30'."""
    return f"{minutes // 60:02}.{minutes % 60:02}"


def parse_clock(text: str) -> int | None:
    """'7', '7.30', '07:30' as minutes of the day; '24.00' is its end. None for anything else."""
    match = _TIME.match(text.strip())
    if match is None:
        return None
    hour, minute = int(match.group(1)), int(match.group(2) or 0)
    minutes = hour * 60 + minute
    return minutes if minute < 60 and minutes <= MINUTES else None


def parse(text: str) -> Hours | None:
    """The hours in a sentence that `Hours.text` made; None for a text in other words."""
    spans: list[Span] = []
    rest = text.strip()
    while match := _SPAN.match(rest):
        every, first, last, whole, h1, m1, h2, m2 = match.groups()
        start = 0 if every else DAYS.index(first)
        end = len(DAYS) - 1 if every else DAYS.index(last or first)
        opens, closes = (0, MINUTES) if whole else (int(h1) * 60 + int(m1), int(h2) * 60 + int(m2))
        spans.append(Span(start, end, opens, closes))
        rest = rest[match.end() :]
        if not rest.startswith("; "):
            break
        rest = rest[2:]
    found = Hours(tuple(spans), rest.removeprefix(". "))
    return found if spans and found.text() == text.strip() and not check(found.spans) else None


def check(spans: Sequence[Span]) -> list[str]:
    """What cannot be, in words; empty when all is well."""
    wrong: list[str] = []
    taken: list[tuple[int, int, int]] = []
    for span in spans:
        if span.last < span.first:
            days = {"first": DAYS[span.first], "last": DAYS[span.last]}
            wrong.append(_("Hari %(last)s datang sebelum %(first)s. Tukar urutannya.") % days)
        if span.closes <= span.opens:
            times = {"opens": clock(span.opens), "closes": clock(span.closes)}
            wrong.append(_("Jam tutup %(closes)s harus sesudah jam buka %(opens)s.") % times)
        for day in span.days:
            if any(one == day and span.opens < end and begin < span.closes for one, begin, end in taken):
                wrong.append(_("%(day)s tertulis dua kali pada jam yang sama.") % {"day": DAYS[day]})
            taken.append((day, span.opens, span.closes))
    return wrong
