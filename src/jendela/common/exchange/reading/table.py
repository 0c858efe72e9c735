"""What every reader gives: headings, rows with the number a spreadsheet shows, and sentences about the reading."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.utils.translation import gettext as _

from jendela.common.exchange.cells import Raw

_NOT_WORD = re.compile(r"[^0-9a-z]+")


class FileRefusedError(Exception):
    """The file cannot be used as a table; the message is one sentence for the person."""


@dataclass(frozen=True)
class Line:
    number: int
    cells: Sequence[Raw]
    filled: tuple[int, ...] = ()  # places that were filled from the row above
    orphans: tuple[int, ...] = ()  # places that point to a row above where there is none
    section: str = ""  # the title above a part of the table


@dataclass
class Table:
    format: str
    headings: list[str]
    lines: Callable[[], Iterator[Line]]  # rows below the header, without blank ones
    estimate: int = 0  # about how many rows; 0 when not known
    notices: list[str] = field(default_factory=list)
    sheets: list[str] = field(default_factory=list)  # what can be chosen, when there is a choice
    sheet: str = ""
    header_row: int = 1


def norm(text: str) -> str:
    """A heading without case, spaces and signs."""
    return _NOT_WORD.sub("", text.casefold())


def blank(cells: Iterable[Raw]) -> bool:
    return all(cell is None or (isinstance(cell, str) and not cell.strip()) for cell in cells)


def check_headings(texts: Sequence[str]) -> None:
    most = settings.EXCHANGE_MOST_COLUMNS
    if len(texts) > most:
        raise FileRefusedError(
            _("Tabel ini punya %(found)s kolom. Paling banyak %(most)s.")
            % {"found": len(texts), "most": most}
        )
    seen: dict[str, int] = {}
    for position, text in enumerate(texts):
        name = norm(text) or text
        if name and name in seen:
            raise FileRefusedError(
                _("Judul kolom “%(text)s” muncul dua kali: kolom %(one)s dan %(two)s. Ubah salah satunya.")
                % {"text": text, "one": letter(seen[name]), "two": letter(position)}
            )
        seen[name] = position


def counted(lines: Iterable[Line]) -> Iterator[Line]:
    """Rows that are not blank, up to the limit. Raises FileRefusedError beyond it."""
    most = settings.EXCHANGE_MOST_ROWS
    found = 0
    for line in lines:
        if blank(line.cells):
            continue
        found += 1
        if found > most:
            raise FileRefusedError(
                _("Tabel ini lebih dari %(most)s baris. Bagi menjadi beberapa berkas.")
                % {"most": f"{most:_}".replace("_", ".")}
            )
        yield line


def letter(position: int) -> str:
    """The name of a column in a spreadsheet: 0 is A, 26 is AA."""
    name = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        name = chr(65 + rest) + name
    return name
