"""The empty form of an asker read for its headings, each with a proposal of what it asks for."""

import tempfile
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from rapidfuzz import fuzz, process

from jendela.common.exchange.reading import FileRefusedError, norm, open_table
from jendela.registry.applications.fields import FIELDS
from jendela.registry.letters.columns import COLUMNS
from jendela.registry.letters.models import LetterTemplate

LIKE_ENOUGH = 88  # of 100: below it nothing is proposed
MOST_BYTES = 5_000_000
MOST_COLUMNS = 60


class NoHeadersError(Exception):
    """The file could not be read; the message says why in one sentence."""


def propose(file: Any) -> list[dict[str, str]]:
    """[{"heading", "key"}] in the order of the file; key '' where nothing is like it. Raises NoHeadersError."""
    if file.size > MOST_BYTES:
        raise NoHeadersError(_("Berkas ini terlalu besar untuk formulir kosong."))
    known = _known()
    with tempfile.NamedTemporaryFile(suffix=Path(file.name or "").suffix) as kept:
        for chunk in file.chunks():
            kept.write(chunk)
        kept.flush()
        try:
            with open_table(Path(kept.name), known=frozenset(known)) as table:
                headings = [str(one).strip() for one in table.headings]
        except FileRefusedError as error:
            raise NoHeadersError(str(error)) from error
    found = [{"heading": one[:120], "key": _key(one, known)} for one in headings[:MOST_COLUMNS] if one]
    if not found:
        raise NoHeadersError(_("Judul kolomnya tidak ditemukan. Taruh judul di satu baris."))
    return found


def _known() -> dict[str, str]:
    """Normed headings with what they ask for: those of other askers, names of fields, labels."""
    found = {norm(str(one.label)): one.key for one in COLUMNS.values()}
    found |= {norm(one.column): one.name for one in FIELDS}
    for columns in LetterTemplate.objects.order_by("pk").values_list("columns", flat=True):
        found |= {
            norm(one["heading"]): one["key"] for one in columns if one["heading"] and one["key"] in COLUMNS
        }
    return found


def _key(heading: str, known: dict[str, str]) -> str:
    text = norm(heading)
    if text in known:
        return known[text]
    like = process.extractOne(text, list(known), scorer=fuzz.token_sort_ratio, score_cutoff=LIKE_ENOUGH)
    return known[like[0]] if like else ""
