"""Message catalogues without gettext: Django's own template reader and Babel find, merge and compile them."""

import datetime
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

KEYWORDS: dict[str, object] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def find_messages(package: Path) -> Catalog:
    """Every text marked for translation below the package, with its places. A text that also has a plural somewhere
    is one entry, as gettext has it: where no number is asked, its singular stands."""
    found = []
    for path in sorted([*package.rglob("*.py"), *package.rglob("*.html")]):
        if {"tests", "migrations"} & set(path.parts):
            continue
        place = path.relative_to(package).as_posix()
        found += [(message, context, place) for message, context in _messages_of(path)]
    plurals = {
        (message[0], context): message for message, context, _place in found if not isinstance(message, str)
    }
    catalog = Catalog(fuzzy=False, header_comment="")
    for message, context, place in found:
        whole = plurals.get((message, context), message) if isinstance(message, str) else message
        catalog.add(whole, locations=[(place, 0)], context=context)
    return catalog


def _messages_of(path: Path) -> Iterator[tuple[str | tuple[str, ...], str | None]]:
    source = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        # the reader leaves Python calls where the tags stood; their indentation means nothing
        source = "\n".join(line.strip() for line in templatize(source).splitlines())
    found = extract("python", io.BytesIO(source.encode()), KEYWORDS, options={"encoding": "utf-8"})  # type: ignore[arg-type]
    for _line, message, _comments, context in found:
        if message:
            yield message, context


def merge(package: Path, po_path: Path) -> Catalog:
    """The catalogue at `po_path` brought up to date: new texts added empty, vanished ones dropped, rest kept."""
    current = find_messages(package)
    kept = Catalog(locale=po_path.parts[-3])
    if po_path.exists():
        with po_path.open("rb") as file:
            kept = read_po(file, locale=po_path.parts[-3])
    merged = Catalog(
        locale=po_path.parts[-3], project="Jendela", fuzzy=False, creation_date=None, revision_date=None
    )
    for message in current:
        if not message.id:
            continue
        old = kept.get(message.id, context=message.context)
        merged.add(
            message.id,
            _fitting(message.id, old.string) if old else None,
            locations=sorted(set(message.locations)),
            context=message.context,
        )
    return merged


def _fitting(text: object, known: Any) -> Any:
    """A known translation, also where a text has got its plural, or lost it, since."""
    if isinstance(text, str):
        return known if isinstance(known, str) else next(iter(known), "")
    return (known, "") if isinstance(known, str) else known


def save(catalog: Catalog, po_path: Path) -> None:
    """Write the catalogue and, beside it, its compiled form. The header carries no times, so that nothing changes
    when no text does."""
    po_path.parent.mkdir(parents=True, exist_ok=True)
    buffer = io.BytesIO()
    write_po(buffer, catalog, width=0, sort_output=True, include_lineno=False, omit_header=True)
    header = (
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n"Language: en\\n"\n\n'
    )
    po_path.write_bytes(header.encode() + buffer.getvalue())
    compile_file(po_path)


def compile_file(po_path: Path) -> Path:
    """Compile a .po file to the .mo beside it."""
    target = po_path.with_suffix(".mo")
    target.write_bytes(compiled(po_path))
    return target


def compiled(po_path: Path) -> bytes:
    with po_path.open("rb") as file:
        catalog = read_po(file, locale=po_path.parts[-3])
    catalog.creation_date = catalog.revision_date = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
    buffer = io.BytesIO()  # the same text gives the same bytes, whenever it is compiled
    write_mo(buffer, catalog)
    return buffer.getvalue()


def untranslated(catalog: Catalog) -> list[str]:
    """Texts without a translation."""
    missing = []
    for message in catalog:
        strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
        if message.id and not all(strings):
            missing.append(message.id if isinstance(message.id, str) else message.id[0])
    return missing
