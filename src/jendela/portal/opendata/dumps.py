"""The public register as files, one set a day: applications, open datasets and links, as CSV and JSON, with checksums.

Files lie in settings.HOME/dumps. Each is written beside and then put in its place, so that nobody reads half a file;
rows stream from the database and are never all in memory.
"""

import csv
import datetime
import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.utils import timezone

from jendela.common.dates import today
from jendela.common.exchange.formula import protect
from jendela.portal.opendata import reads

KEPT_DAYS = 14
LATE_DAYS = 2
TYPES = {".csv": "text/csv; charset=utf-8", ".json": "application/json"}
_NAME = re.compile(r"(aplikasi|data|integrasi)-(terbaru|\d{4}-\d{2}-\d{2})\.(csv|json)")
TABLES = {"aplikasi": reads.applications, "data": reads.datasets, "integrasi": reads.links}


@dataclass(frozen=True)
class File:
    name: str
    rows: int
    size: int  # bytes
    checksum: str  # SHA-256


@dataclass(frozen=True)
class Day:
    day: datetime.date
    files: Sequence[File]


def folder() -> Path:
    return Path(settings.HOME) / "dumps"


def write() -> Day:
    """Write the files of today. Raises OSError when the disk does not take them; yesterday's then stay."""
    day, place = today(), folder()
    place.mkdir(mode=0o755, parents=True, exist_ok=True)
    files = [one for name, rows in TABLES.items() for one in _write_table(place, f"{name}-{day}", rows())]
    index = {"day": day.isoformat(), "written_at": timezone.now().isoformat(timespec="seconds")}
    text = json.dumps({**index, "files": [one.__dict__ for one in files]}, ensure_ascii=False)
    spare = place / f".{day}.index"
    spare.write_text(text, "utf-8")
    spare.rename(place / f"{day}.index")
    _drop_old(place, day)
    return Day(day, files)


def _write_table(place: Path, name: str, rows: Iterable[Mapping[str, str]]) -> Iterator[File]:
    spares = {form: place / f".{name}.{form}" for form in ("csv", "json")}
    number = 0
    with ExitStack() as stack:
        sheet = stack.enter_context(spares["csv"].open("w", encoding="utf-8", newline=""))
        lines = stack.enter_context(spares["json"].open("w", encoding="utf-8"))
        writer = None
        lines.write("[")
        for row in rows:
            writer = writer or _sheet(sheet, row)
            writer.writerow([protect(value) for value in row.values()])
            lines.write(f"{',' if number else ''}\n{json.dumps(_known(row), ensure_ascii=False)}")
            number += 1
        lines.write("\n]\n")
    for form, spare in spares.items():
        target = place / f"{name}.{form}"
        spare.rename(target)
        yield File(target.name, number, target.stat().st_size, _checksum(target))


def _sheet(file: IO[str], row: Mapping[str, str]) -> Any:
    writer = csv.writer(file)
    writer.writerow(row)
    return writer


def _known(row: Mapping[str, str]) -> dict[str, str | None]:
    """What is not known is null in JSON."""
    return {name: value or None for name, value in row.items()}


def _checksum(file: Path) -> str:
    with file.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def _drop_old(place: Path, day: datetime.date) -> None:
    oldest = (day - datetime.timedelta(days=KEPT_DAYS)).isoformat()
    for file in place.iterdir():
        found = re.search(r"\d{4}-\d{2}-\d{2}", file.name)
        if found and found.group(0) < oldest:
            file.unlink(missing_ok=True)


def listed() -> list[Day]:
    """The days with files, newest first."""
    found = []
    for file in sorted(folder().glob("[0-9]*.index"), reverse=True) if folder().exists() else ():
        values = json.loads(file.read_text("utf-8"))
        found.append(
            Day(datetime.date.fromisoformat(values["day"]), [File(**one) for one in values["files"]])
        )
    return found


def late(days: Sequence[Day]) -> bool:
    """Has the job been silent for two days? Then the page says so."""
    return bool(days) and (today() - days[0].day).days >= LATE_DAYS


def file_of(name: str) -> Path | None:
    """The file of a name; 'terbaru' is the newest day's. Only names of this dump are looked for."""
    if not _NAME.fullmatch(name):
        return None
    if "terbaru" in name:
        days = listed()
        if not days:
            return None
        name = name.replace("terbaru", days[0].day.isoformat())
    file = folder() / name
    return file if file.is_file() else None
