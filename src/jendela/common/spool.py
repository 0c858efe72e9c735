"""Counts on their way to the database: added up in the process, put down as small files, written by the worker.

This is the one exception to read-only GET: `count()` in a request touches memory only. A thread puts the sums into
`settings.SPOOL_DIR` every few seconds (one JSON line for each key); the worker's periodic job hands them to the
registered writers in one transaction for each file. At most the last few seconds are lost when a process is killed.
"""

import atexit
import json
import logging
import os
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, transaction

from jendela.common.jobs import job
from jendela.common.models import SpoolBatch

Row = tuple[str, ...]
Writer = Callable[[Iterable[tuple[Row, int]]], None]
log = logging.getLogger("jendela.spool")
EVERY_SECONDS = 3.0
MAX_KEYS = 50_000

_counts: Counter[tuple[str, Row]] = Counter()
_lock = threading.Lock()
_thread: threading.Thread | None = None
_writers: dict[str, Writer] = {}


def register(kind: str, writer: Writer) -> None:
    """Name the function that writes the sums of a kind: it gets (row, count) pairs inside a transaction."""
    _writers[kind] = writer


def count(kind: str, *row: str, step: int = 1) -> None:
    """Add to a sum. Cheap enough for every request; beyond MAX_KEYS new keys are dropped and logged."""
    with _lock:
        if len(_counts) >= MAX_KEYS and (kind, row) not in _counts:
            log.warning("spool is full, a count of %s was dropped", kind)
            return
        _counts[(kind, row)] += step


def start() -> None:
    """Start the thread that puts sums down (once a process)."""
    global _thread
    if _thread is None:
        _thread = threading.Thread(target=_run, name="spool", daemon=True)
        _thread.start()
        atexit.register(flush)


def _run() -> None:
    while True:
        time.sleep(EVERY_SECONDS)
        try:
            flush()
        except OSError as error:
            log.warning("counts stay in memory, the spool folder cannot be written: %s", error)


def flush() -> Path | None:
    """Put the sums down as one file; returns it, or None when there was nothing."""
    with _lock:
        taken = dict(_counts)
        _counts.clear()
    if not taken:
        return None
    folder: Path = settings.SPOOL_DIR
    name = f"{int(time.time())}-{os.getpid()}-{uuid.uuid4().hex[:8]}.jsonl"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        temporary = folder / f".{name}"
        lines = [json.dumps([kind, list(row), number]) for (kind, row), number in taken.items()]
        temporary.write_text("\n".join(lines) + "\n", encoding="utf-8")
        target = folder / name
        temporary.rename(target)
    except OSError:
        with _lock:
            _counts.update(taken)
        raise
    return target


@job("common.write_spool", every="* * * * *")
def write_spool() -> None:
    """Write every waiting file to the database, each in one transaction, each once."""
    folder: Path = settings.SPOOL_DIR
    for path in sorted(folder.glob("[0-9]*.jsonl")):
        try:
            _write_file(path)
        except IntegrityError:
            log.info("%s was written before", path.name)
        except (ValueError, TypeError):
            log.exception("%s cannot be read and is put aside", path.name)
            path.rename(path.with_suffix(".broken"))
            continue
        path.unlink(missing_ok=True)


def _write_file(path: Path) -> None:
    sums: dict[str, list[tuple[Row, int]]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        kind, row, number = json.loads(line)
        sums.setdefault(kind, []).append((tuple(row), int(number)))
    with transaction.atomic():
        SpoolBatch.objects.create(name=path.name)
        for kind, pairs in sums.items():
            writer = _writers.get(kind)
            if writer is None:
                log.warning("no writer for counts of kind %s", kind)
            else:
                writer(pairs)
