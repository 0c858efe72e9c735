"""The header of a table as offices draw it: below titles, over two rows with joined cells, above a row of numbers."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import chain

from django.utils.translation import gettext as _

from jendela.common.exchange.cells import shown
from jendela.common.exchange.reading.merges import Merge
from jendela.common.exchange.reading.table import FileRefusedError, Line, blank, check_headings, norm

HEADER_WITHIN = 30  # rows above a header: titles, the name of an office, a note
LEAST_NUMBERS = 3  # cells of a row that only counts the columns: (1) (2) (3)
_COUNT = re.compile(r"[(\[]?(\d{1,3})(?:\.0)?[)\]]?")


@dataclass(frozen=True)
class Header:
    first: int  # row of the spreadsheet
    last: int
    headings: list[str]

    @property
    def sentence(self) -> str:
        """Where it was read, for the person; '' when it is the first row."""
        if self.last > self.first:
            return _("Judul kolom kami baca dari baris %(first)s dan %(last)s.") % {
                "first": self.first,
                "last": self.last,
            }
        return _("Judul kolom kami baca dari baris %(row)s.") % {"row": self.first} if self.first > 1 else ""


def find_header(
    lines: Iterator[Line], known: Set[str], merges: Sequence[Merge] = ()
) -> tuple[Header, Iterator[Line]]:
    """The row, or the two rows, among the first ones that name most known columns, or else the first row that is not
    blank; and the rows below. Raises FileRefusedError for a table without rows, and for headings that are no good."""
    first: list[Line] = []
    for line in lines:
        if not blank(line.cells):
            first.append(line)
        if len(first) == HEADER_WITHIN:
            break
    if not first:
        raise FileRefusedError(_("Berkas ini tidak berisi tabel. Isi paling sedikit satu baris judul kolom."))
    texts = [_texts(line) for line in first]
    scores = [_score(row, known) for row in texts]
    place = scores.index(max(scores))
    headings, span, most = texts[place], 1, scores[place]
    start = place
    for top in (place - 1, place):
        pair = _pair(first, texts, top, known, merges)
        if pair is not None and _score(pair, known) >= most:
            headings, start, span, most = pair, top, 2, _score(pair, known)
    end = start + span
    if end < len(first) and _counts_columns(texts[end]):
        end += 1
    while headings and not headings[-1]:
        headings.pop()
    check_headings(headings)
    return Header(first[start].number, first[end - 1].number, headings), chain(first[end:], lines)


def _texts(line: Line) -> list[str]:
    return [shown(cell) for cell in line.cells]


def _score(texts: Sequence[str], known: Set[str]) -> int:
    return len({norm(text) for text in texts} & known)


def _counts_columns(texts: Sequence[str]) -> bool:
    """Does the row only count the columns, as official forms do: 1 2 3 4?"""
    found = [_COUNT.fullmatch(text) for text in texts if text]
    numbers = [int(match.group(1)) for match in found if match]
    return len(found) == len(numbers) >= LEAST_NUMBERS and numbers == list(range(1, len(numbers) + 1))


def _pair(
    first: Sequence[Line], texts: Sequence[list[str]], top: int, known: Set[str], merges: Sequence[Merge]
) -> list[str] | None:
    """The headings of two rows read as one, or None where they are not a header of two rows: some titles stand above
    nothing, and some stand above several narrower ones."""
    if top < 0 or top + 1 >= len(first) or first[top + 1].number != first[top].number + 1:
        return None
    width = max(len(texts[top]), len(texts[top + 1]))
    above = texts[top] + [""] * (width - len(texts[top]))
    below = texts[top + 1] + [""] * (width - len(texts[top + 1]))
    groups = _groups(above, below, [one for one in merges if one.top <= first[top].number <= one.bottom])
    size = Counter(groups)
    size[None] = 0
    alone = any(above[i] and not below[i] and size[groups[i]] == 1 for i in range(width))
    narrow = [i for i in range(width) if below[i]]
    filled = Counter(groups[i] for i in narrow)
    if not alone or not narrow or any(size[groups[i]] < 2 or filled[groups[i]] < 2 for i in narrow):
        return None
    bottoms = Counter(norm(text) for text in below if text)
    return [
        _title(above[group] if (group := groups[i]) is not None else "", below[i], bottoms, known)
        for i in range(width)
    ]


def _groups(above: Sequence[str], below: Sequence[str], merges: Sequence[Merge]) -> list[int | None]:
    """For each column the one whose title in the upper row stands over it. Joined cells say so; where nothing is
    joined, as in CSV, a title also stands over the empty cells to its right that have a text beneath."""
    found: list[int | None] = []
    joined = {
        place: one for one in merges for place in range(one.left - 1, one.right) if one.right > one.left
    }
    for i, text in enumerate(above):
        before = found[-1] if found else None
        if i in joined:
            found.append(joined[i].left - 1)
        elif text:
            found.append(i)
        elif below[i] and before is not None and before not in joined:
            found.append(before)
        else:
            found.append(None)
    return found


def _title(above: str, below: str, bottoms: Counter[str], known: Set[str]) -> str:
    if not above or not below:
        return above or below
    both = f"{above} {below}"
    if norm(both) not in known and norm(below) in known and bottoms[norm(below)] == 1:
        return below  # the upper title is that of a section
    return both
