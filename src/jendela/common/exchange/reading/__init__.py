"""One door for every file: its content decides what it is, and one sentence says why it cannot be read."""

from collections.abc import Iterator, Set
from contextlib import contextmanager
from pathlib import Path

from jendela.common.exchange.reading.objects import read_objects
from jendela.common.exchange.reading.recognise import recognise
from jendela.common.exchange.reading.table import FileRefusedError, Line, Table, norm
from jendela.common.exchange.reading.text import read_text
from jendela.common.exchange.reading.workbook import read_workbook

__all__ = ["FileRefusedError", "Line", "Table", "norm", "open_table", "recognise"]


@contextmanager
def open_table(
    path: Path, *, known: Set[str] = frozenset(), sheet: str = "", fills_down: bool = False
) -> Iterator[Table]:
    """The table in a file, to be read row by row inside the block. `known` are normed headings by which the header
    row is found; `sheet` a name chosen by the person; with `fills_down` joined cells and 'idem' say what stands above
    them. Raises FileRefusedError, also while rows are read."""
    form = recognise(path)
    if form == "xlsx":
        with read_workbook(path, known, sheet, fills_down=fills_down) as table:
            yield table
    elif form == "csv":
        yield read_text(path, known, fills_down=fills_down)
    else:
        yield read_objects(path)
