"""What an agency writes of a service as plain JSON values, one for each part: read, put in order, and checked.

`content_of` gives what is public now in its canonical form: what is read here and published unchanged makes no
new version.
"""

import re
from collections.abc import Callable, Collection, Iterable
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from jendela.people.agencies.models import Office
from jendela.registry.applications.models import Application
from jendela.services.catalogue.choices import LocalOffice, StandardState, WayKind, WordKind
from jendela.services.catalogue.models import (
    ComponentType,
    LifeEvent,
    LifeEventStep,
    Service,
    ServiceWord,
    Standard,
    StandardComponent,
    Step,
    Way,
)
from jendela.services.catalogue.reads.parts import BY_KEY, COMPONENTS, STANDARD_PARTS, Shape
from jendela.services.catalogue.reads.values import MOST, parse_time, split_items

__all__ = ["check", "clean", "content_of", "contents", "empty", "is_filled", "laws", "public_standard"]

Content = dict[str, Any]
PUBLIC = (StandardState.INTERIM, StandardState.IN_FORCE)
TEXT_FIELDS = ("name_en", "audience", "product", "note")
WAY_FIELDS = ("kind", "text", "detail", "office", "application", "url", "phone", "local_office")
LONGEST = {
    "A1": 300, "A2": 400, "A4": 200, "officer": 150, "channel": 300, "text": 200, "detail": 300, "url": 300,
    "phone": 40, "word": 200, "when": 200, "name_en": 200, "audience": 300, "product": 300, "note": 2000,
}  # fmt: skip
LONGEST_COMPONENT = 8000
MOST_ROWS = {"A1": 60, "A2": 60, "A4": 60, "ways": 30, "events": 30, "words": 400}
PHONE = re.compile(r"^\+?[\d\s().-]{3,30}$")


# Reading


def public_standard(service: Service) -> Standard | None:
    """The version residents see now."""
    return Standard.objects.filter(service=service, state__in=PUBLIC).first()


def content_of(service: Service, standard: Standard | None = None) -> Content:
    """Every part of the service as it is public, or with the components of another version; seven queries at most."""
    standard = standard or public_standard(service)
    components = contents([standard])[standard.pk] if standard else _no_components()
    ways = Way.objects.filter(service=service).select_related("office", "application").order_by("position")
    words: dict[str, list[str]] = {kind: [] for kind in WordKind.values}
    for kind, text in ServiceWord.objects.filter(service=service).order_by("pk").values_list("kind", "text"):
        words[kind].append(text)
    events = LifeEventStep.objects.filter(service=service).order_by("event__position")
    found: Content = {
        **components,
        "ways": [way_value(way) for way in ways],
        "words": words,
        "events": [{"event": slug, "when": when} for slug, when in events.values_list("event__slug", "when")],
        "texts": Service.objects.filter(pk=service.pk).values(*TEXT_FIELDS).get(),
    }
    return {key: clean(key, found[key]) for key in BY_KEY}


def contents(standards: Collection[Standard]) -> dict[int, Content]:
    """The parts of several versions that belong to a standard; two queries, however many versions."""
    found = {standard.pk: _no_components() for standard in standards}
    for standard in standards:
        found[standard.pk]["complaint"] = {
            "officer": standard.complaint_officer,
            "channel": standard.complaint_channel,
        }
    rows = StandardComponent.objects.filter(standard__in=found, type__in=COMPONENTS)
    for key, code, text in rows.values_list("standard_id", "type_id", "text"):
        found[key][code] = clean(code, text)
    steps: dict[int, list[str]] = {}
    step_rows = Step.objects.filter(standard__in=found).order_by("standard_id", "position")
    for key, text in step_rows.values_list("standard_id", "text"):
        steps.setdefault(key, []).append(text)
    for key, lines in steps.items():
        found[key]["A2"] = "\n".join(lines)
    return found


def empty(part: str) -> Any:
    """The value of a part of which nothing is known."""
    return {
        Shape.COMPLAINT: {"officer": "", "channel": ""},
        Shape.WAYS: [],
        Shape.WORDS: {kind: [] for kind in WordKind.values},
        Shape.EVENTS: [],
        Shape.TEXTS: dict.fromkeys(TEXT_FIELDS, ""),
    }.get(BY_KEY[part].shape, "")


def _no_components() -> Content:
    return {key: empty(key) for key in STANDARD_PARTS}


def way_value(way: Way) -> dict[str, str]:
    return {
        "kind": way.kind,
        "text": way.text,
        "detail": way.detail,
        "office": way.office.slug if way.office else "",
        "application": way.application.slug if way.application else "",
        "url": way.url,
        "phone": way.phone,
        "local_office": way.local_office,
    }


def laws() -> dict[str, str]:
    """The citation of each component that the law names now."""
    rows = ComponentType.objects.filter(valid_to__isnull=True)
    return dict(rows.values_list("code", "citation"))


def is_filled(part: str, value: Any) -> bool:
    """Does the part say anything?"""
    if isinstance(value, dict):
        return all(value.values()) if part == "complaint" else any(value.values())
    return bool(value)


# Putting in order


def clean(part: str, value: Any) -> Any:
    """The value in its canonical form: spaces in order, empty lines and rows left out, nothing else changed."""
    return _CLEANED[BY_KEY[part].shape](part, value)


def _clean_text(part: str, value: Any) -> str:
    return _line(value) if part == "A3" else _paragraphs(_text(value))


def _clean_lines(part: str, value: Any) -> str:
    return "\n".join(_items(part, _text(value)))


def _clean_complaint(part: str, value: Any) -> dict[str, str]:
    given = value if isinstance(value, dict) else {}
    return {name: _line(given.get(name)) for name in ("officer", "channel")}


def _clean_ways(part: str, value: Any) -> list[dict[str, str]]:
    rows = [{name: _line(row.get(name)) for name in WAY_FIELDS} for row in _dicts(value)]
    return [row for row in rows if any(row[name] for name in WAY_FIELDS if name != "kind")]


def _clean_words(part: str, value: Any) -> dict[str, list[str]]:
    given = value if isinstance(value, dict) else {}
    return {kind: _words(given.get(kind)) for kind in WordKind.values}


def _clean_events(part: str, value: Any) -> list[dict[str, str]]:
    rows = [{"event": _line(row.get("event")), "when": _line(row.get("when"))} for row in _dicts(value)]
    return [row for row in rows if row["event"]]


def _clean_texts(part: str, value: Any) -> dict[str, str]:
    given = value if isinstance(value, dict) else {}
    texts = {name: _line(given.get(name)) for name in TEXT_FIELDS}
    return texts | {"note": _paragraphs(_text(given.get("note")))}


_CLEANED: dict[Shape, Callable[[str, Any], Any]] = {
    Shape.TEXT: _clean_text,
    Shape.LINES: _clean_lines,
    Shape.COMPLAINT: _clean_complaint,
    Shape.WAYS: _clean_ways,
    Shape.WORDS: _clean_words,
    Shape.EVENTS: _clean_events,
    Shape.TEXTS: _clean_texts,
}


def _items(part: str, text: str) -> list[str]:
    text = _paragraphs(text)
    if part != "A2":
        return split_items(text)
    steps = split_items(text, lines_only="\n" in text)  # a step may hold a ';' of its own
    return [step[:1].upper() + step[1:] for step in steps]


def _text(value: Any) -> str:
    return value.replace("\x00", "") if isinstance(value, str) else ""


def _line(value: Any) -> str:
    return " ".join(_text(value).split())


def _paragraphs(text: str) -> str:
    lines = [" ".join(line.split()) for line in text.splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _dicts(value: Any) -> Iterable[dict[str, Any]]:
    return (row for row in value if isinstance(row, dict)) if isinstance(value, list) else ()


def _words(value: Any) -> list[str]:
    found = (_line(one) for one in value) if isinstance(value, list) else ()
    return list(dict.fromkeys(one for one in found if one))


# Checking


def check(part: str, value: Any) -> list[str]:
    """What is wrong with a value, each in words; an empty list when it can be published. An empty value is not wrong:
    a part that is not known is said to be so."""
    value = clean(part, value)
    return _CHECKS[BY_KEY[part].shape](part, value)


def _too_long(label: Any, text: str, most: int) -> list[str]:
    if len(text) <= most:
        return []
    return [_("%(label)s: paling banyak %(most)s huruf.") % {"label": label, "most": most}]


def _check_text(part: str, value: str) -> list[str]:
    errors = _too_long(BY_KEY[part].label, value, LONGEST_COMPONENT)
    if part == "A3" and (time := parse_time(value)) is not None and not 1 <= time.longest <= MOST:
        errors.append(_("Lamanya paling sedikit 1."))
    return errors


def _check_lines(part: str, value: str) -> list[str]:
    errors, lines = [], value.splitlines()
    for number, line in enumerate(lines, start=1):
        errors += _too_long(_("Baris %(number)s") % {"number": number}, line, LONGEST[part])
    if len(lines) > MOST_ROWS[part]:
        errors.append(_("Paling banyak %(most)s baris.") % {"most": MOST_ROWS[part]})
    return errors


def _check_complaint(part: str, value: dict[str, str]) -> list[str]:
    labels = {"officer": _("Petugas pengaduan"), "channel": _("Sarana pengaduan")}
    errors = [one for name in labels for one in _too_long(labels[name], value[name], LONGEST[name])]
    if bool(value["officer"]) != bool(value["channel"]):
        errors.append(_("Tulis petugas dan sarananya, keduanya."))
    return errors


def _check_ways(part: str, value: list[dict[str, str]]) -> list[str]:
    offices = {row["office"] for row in value} - {""}
    applications = {row["application"] for row in value} - {""}
    unknown = offices - set(Office.objects.filter(slug__in=offices).values_list("slug", flat=True))
    known = Application.objects.filter(slug__in=applications).values_list("slug", flat=True)
    unknown |= applications - set(known)
    errors = [
        error for number, row in enumerate(value, start=1) for error in _check_way(number, row, unknown)
    ]
    if len(value) > MOST_ROWS["ways"]:
        errors.append(_("Paling banyak %(most)s cara.") % {"most": MOST_ROWS["ways"]})
    return errors


def _check_way(number: int, row: dict[str, str], unknown: set[str]) -> list[str]:
    place = {"number": number}
    errors: list[str] = []
    if row["kind"] not in WayKind.values:
        errors.append(_("Cara %(number)s: pilih jenisnya.") % place)
    if not row["text"]:
        errors.append(_("Cara %(number)s: tulis namanya.") % place)
    for name in ("text", "detail", "url", "phone"):
        errors += _too_long(_("Cara %(number)s") % place, row[name], LONGEST[name])
    if row["url"] and not _is_address(row["url"]):
        errors.append(_("Cara %(number)s: alamat web dimulai dengan https:// atau http://.") % place)
    if row["phone"] and not PHONE.match(row["phone"]):
        errors.append(_("Cara %(number)s: nomor telepon hanya berisi angka.") % place)
    if row["local_office"] and row["local_office"] not in LocalOffice.values:
        errors.append(_("Cara %(number)s: pilih kantor desa atau kecamatan.") % place)
    if unknown & {row["office"], row["application"]}:
        errors.append(_("Cara %(number)s: kantor atau aplikasinya tidak ada di daftar.") % place)
    return errors


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and "." in parts.netloc


def _check_words(part: str, value: dict[str, list[str]]) -> list[str]:
    errors = [
        error
        for words in value.values()
        for word in words
        for error in _too_long(word[:40], word, LONGEST["word"])
    ]
    if sum(map(len, value.values())) > MOST_ROWS["words"]:
        errors.append(_("Paling banyak %(most)s kata.") % {"most": MOST_ROWS["words"]})
    return errors


def _check_events(part: str, value: list[dict[str, str]]) -> list[str]:
    slugs = [row["event"] for row in value]
    known = set(LifeEvent.objects.filter(slug__in=slugs).values_list("slug", flat=True))
    errors = [
        _("Peristiwa tidak dikenal: %(event)s.") % {"event": slug} for slug in slugs if slug not in known
    ]
    if len(set(slugs)) < len(slugs):
        errors.append(_("Satu peristiwa cukup ditulis sekali."))
    for row in value:
        errors += _too_long(_("Kapan"), row["when"], LONGEST["when"])
    return errors


def _check_texts(part: str, value: dict[str, str]) -> list[str]:
    labels = {
        "name_en": _("Nama dalam bahasa Inggris"),
        "audience": _("Untuk siapa"),
        "product": _("Hasilnya"),
        "note": _("Catatan"),
    }
    return [error for name, label in labels.items() for error in _too_long(label, value[name], LONGEST[name])]


_CHECKS: dict[Shape, Callable[[str, Any], list[str]]] = {
    Shape.TEXT: _check_text,
    Shape.LINES: _check_lines,
    Shape.COMPLAINT: _check_complaint,
    Shape.WAYS: _check_ways,
    Shape.WORDS: _check_words,
    Shape.EVENTS: _check_events,
    Shape.TEXTS: _check_texts,
}
