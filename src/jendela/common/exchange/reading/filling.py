"""Cells that mean the one above: joined cells, 'idem', 'sda', a ditto sign. Each filled cell is remembered, so that the
person can be told. A row that is one cell joined over the table names a section: it goes with the rows below it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from jendela.common.exchange.cells import Raw, shown
from jendela.common.exchange.reading.merges import Merge
from jendela.common.exchange.reading.table import Line, blank

SECTION_WIDTH = 3  # columns that a title of a section is joined over, at least
_SIGNS = re.compile(r"""["'`´“”„‟″〃\-–—\s.,()]+""")
_WORDS = re.compile(
    r"(?:idem|ditto|sda|samadengandiatas|samadgndiatas|samasepertidiatas|samadenganatas|idemdiatas)"
)


def means_above(raw: Raw) -> bool:
    """Is the cell a sign for 'as above'? Quotation marks alone are, dashes alone are not."""
    if not isinstance(raw, str) or len(raw) > 30 or not raw.strip():
        return False
    rest = _SIGNS.sub("", raw.casefold())
    if rest:
        return bool(_WORDS.fullmatch(rest))
    return any(sign in raw for sign in "\"'`´“”„‟″〃")


def fill_down(lines: Iterable[Line], merges: Sequence[Merge], header: int) -> Iterator[Line]:
    """The rows with such cells filled from the row above, and titles of sections taken out."""
    below = sorted((one for one in merges if one.top > header), key=lambda one: one.top)
    starts: dict[int, list[Merge]] = {}
    for one in below:
        starts.setdefault(one.top, []).append(one)
    joined: dict[int, tuple[Raw, int]] = {}  # column -> what its joined cell says, and down to which row
    last: dict[int, Raw] = {}
    section = ""
    for line in lines:
        if blank(line.cells):
            continue
        wide = starts.get(line.number, [])
        if title := _section(line, wide):
            section = title
            continue
        cells = list(line.cells)
        filled = _fill_joined(cells, line.number, joined, wide)
        orphans = []
        for place, raw in enumerate(cells):
            if means_above(raw):
                if place in last:
                    cells[place] = last[place]
                    filled.append(place)
                else:
                    orphans.append(place)
            elif not blank([raw]):
                last[place] = raw
        yield replace(line, cells=cells, filled=tuple(filled), orphans=tuple(orphans), section=section)


def _fill_joined(
    cells: list[Raw], number: int, joined: dict[int, tuple[Raw, int]], begin: Sequence[Merge]
) -> list[int]:
    filled = []
    for place, (value, until) in list(joined.items()):
        if number > until:
            del joined[place]
            continue
        cells += [None] * (place + 1 - len(cells))
        if blank([cells[place]]):
            cells[place] = value
            filled.append(place)
    for one in begin:
        if one.bottom > one.top and one.left <= len(cells):
            joined[one.left - 1] = (cells[one.left - 1], one.bottom)
    return filled


def _section(line: Line, begin: Sequence[Merge]) -> str:
    """The text of a row that is nothing but one wide joined cell."""
    said = [(place, cell) for place, cell in enumerate(line.cells) if not blank([cell])]
    if len(said) != 1:
        return ""
    place, cell = said[0]
    wide = any(one.left - 1 == place and one.right - one.left + 1 >= SECTION_WIDTH for one in begin)
    return shown(cell) if wide else ""
