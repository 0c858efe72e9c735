"""Values of answers as texts of a workbook's cell, and back. No file and no database here."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from jendela.common.exchange.dates import read_day
from jendela.registry.applications.choices import CostKind, ValueKind
from jendela.registry.applications.fields import Field
from jendela.registry.campaigns.choices import OwnKind, QuestionKind
from jendela.registry.campaigns.models import Question
from jendela.registry.links.choices import Method

NONE = "tidak ada"
YES, NO = "ya", "tidak"
LINKS = {QuestionKind.LINKS_IN, QuestionKind.LINKS_OUT}


def text_of(question: Question, name: str, value: Mapping[str, Any], words: Sequence[str]) -> str:
    """An answer's value as the file holds it; `read_value` is its opposite. `words`: the value in lines."""
    if value.get("none"):
        return NONE
    found: dict[str, Callable[[], str]] = {
        QuestionKind.FIELD: lambda: _field_text(question.record_field(name), value.get(name)),
        QuestionKind.PEOPLE: lambda: str(value.get(name) or ""),
        QuestionKind.OWN: lambda: str(
            dict(question.choices).get(value.get("value"), value.get("value") or "")
        ),
        QuestionKind.DATASETS: lambda: "\n".join(row["name"] for row in value.get("rows", [])),
        QuestionKind.COST: lambda: "\n".join(_cost_text(row) for row in value.get("rows", [])),
    }
    return found.get(question.kind, lambda: "\n".join(words))()


def _field_text(one: Field, raw: Any) -> str:
    if not one.is_known(raw):
        return ""
    labels = dict(one.options())
    if one.kind == ValueKind.CHOICES:
        return "\n".join(str(labels.get(each, each)) for each in raw)
    if one.kind == ValueKind.YES_NO:
        return YES if raw else NO
    return str(labels.get(raw, raw)) if one.kind == ValueKind.CHOICE else str(raw)


def _cost_text(row: Mapping[str, Any]) -> str:
    return f"{dict(CostKind.choices).get(row['kind'], row['kind'])}: {row['amount']}"


def help_of(question: Question, name: str) -> str:
    """How to write it."""
    if question.kind == QuestionKind.FIELD:
        one = question.record_field(name)
        if one.kind in (ValueKind.CHOICE, ValueKind.CHOICES):
            several = _(", boleh beberapa, satu baris satu") if one.kind == ValueKind.CHOICES else ""
            return "(" + " / ".join(str(label) for _value, label in one.options()) + f"{several})"
        if one.kind == ValueKind.YES_NO:
            return f"({YES} / {NO})"
        return _("(tanggal, misalnya 31-12-2026)") if one.kind == ValueKind.DATE else ""
    if question.kind == QuestionKind.OWN:
        return _own_help(question)
    if question.kind == QuestionKind.COST:
        kinds = ", ".join(str(label) for _value, label in CostKind.choices)
        words = _("(satu baris satu, misalnya hosting: 12000000. Atau: tidak ada. Jenis: %(kinds)s)")
        return words % {"kinds": kinds}
    hints = {
        QuestionKind.USES: _("(singkatan instansi, satu baris satu)"),
        QuestionKind.DATASETS: _("(satu baris satu data, atau: tidak ada)"),
        QuestionKind.LINKS_IN: _("(satu baris satu: aplikasi, data, cara, jam sebulan. Atau: tidak ada)"),
        QuestionKind.LINKS_OUT: _("(satu baris satu: aplikasi, data, cara, jam sebulan. Atau: tidak ada)"),
    }
    return hints.get(QuestionKind(question.kind), "")


def _own_help(question: Question) -> str:
    if question.own_kind == OwnKind.CHOICE:
        return "(" + " / ".join(str(one[1]) for one in question.choices) + ")"
    if question.own_kind == OwnKind.YES_NO:
        return f"({YES} / {NO})"
    return _("(tanggal, misalnya 31-12-2026)") if question.own_kind == OwnKind.DATE else ""


def _own_value(question: Question, text: str) -> str:
    if question.own_kind == OwnKind.CHOICE:
        return _one_of({str(label): str(value) for value, label in question.choices}, text)
    if question.own_kind == OwnKind.YES_NO:
        return text.casefold()
    return read_day(text).isoformat() if question.own_kind == OwnKind.DATE else text


def read_value(
    question: Question,
    texts: Mapping[str, str],
    initial: dict[str, Any],
    agencies: Mapping[str, int],
    applications: Mapping[str, int],
) -> dict[str, Any]:
    """The value of an answer from what was written; parts that were left empty stay as they were. Raises ValueError
    with a sentence."""
    if question.kind == QuestionKind.FIELD:
        return {
            **initial,
            **{name: _field_value(question.record_field(name), text) for name, text in texts.items()},
        }
    if question.kind == QuestionKind.PEOPLE:
        return {**initial, **texts}
    text = texts[""]
    if question.kind == QuestionKind.OWN:
        return {"value": _own_value(question, text)}
    lines = [line.strip() for line in re.split(r"[\n;]", text) if line.strip()]
    if question.kind == QuestionKind.USES:
        keys = [agencies[line.casefold()] for line in lines if line.casefold() in agencies]
        others = ", ".join(line for line in lines if line.casefold() not in agencies)
        return {"agencies": keys, "others": others}
    return _rows_value(question, lines, initial, applications)


def _rows_value(
    question: Question, lines: Sequence[str], initial: Mapping[str, Any], applications: Mapping[str, int]
) -> dict[str, Any]:
    year = {"year": initial.get("year")} if question.kind == QuestionKind.COST else {}
    if [line.casefold() for line in lines] == [NONE]:
        return {"rows": [], "none": True, **year}
    rows: list[dict[str, Any]]
    if question.kind == QuestionKind.DATASETS:
        rows = [{"name": line, "personal": ""} for line in lines]
    elif question.kind == QuestionKind.COST:
        rows = [dict(_cost(line)) for line in lines]
    else:
        rows = [_link(line, applications) for line in lines]
    return {"rows": rows, "none": False, **year}


def _field_value(one: Field, text: str) -> Any:
    if one.kind == ValueKind.CHOICE:
        return _chosen(one, text)
    if one.kind == ValueKind.CHOICES:
        parts = [part.strip() for part in re.split(r"[\n;]", text) if part.strip()]
        return list(dict.fromkeys(_chosen(one, part) for part in parts))
    if one.kind == ValueKind.YES_NO:
        return text.casefold()
    if one.kind == ValueKind.DATE:
        return read_day(text).isoformat()
    return text


def _chosen(one: Field, text: str) -> str:
    return _one_of({str(label): str(value) for value, label in one.options()}, text)


def _one_of(values: Mapping[str, str], text: str) -> str:
    """The value of a label, in any letter case; a value itself stays. Raises ValueError."""
    labels = {label.casefold(): value for label, value in values.items()}
    value = labels.get(text.casefold(), text if text in labels.values() else "")
    if not value:
        raise ValueError(_("%(text)s tidak ada di daftar pilihan.") % {"text": text})
    return value


def _cost(line: str) -> dict[str, str]:
    label, mark, amount = line.rpartition(":")
    labels = {str(one).casefold(): value for value, one in CostKind.choices}
    labels |= {value: value for value in CostKind.values} | {"hosting": str(CostKind.HOSTING)}
    kind = labels.get(label.strip().casefold())
    if not mark or kind is None:
        raise ValueError(_("Tulis jenis dan jumlahnya, misalnya hosting: 12000000."))
    return {
        "kind": kind,
        "amount": re.sub(r"^\s*rp\.?\s*", "", amount, flags=re.IGNORECASE).strip(),
        "fund": "",
    }


def _link(line: str, applications: Mapping[str, int]) -> dict[str, Any]:
    """'Aplikasi, data, cara, jam': the method is known by its word, wherever it stands after the name."""
    pieces = [piece.strip() for piece in line.split(",") if piece.strip()]
    name, rest = pieces[0], pieces[1:]
    labels = {str(label).casefold(): value for value, label in Method.choices}
    labels |= {"ketik ulang": str(Method.RETYPED), "berkas": str(Method.FILE)}
    method, hours, data = "", "", []
    joined = iter(rest)
    for piece in joined:
        digits = re.fullmatch(r"(\d{1,3})\s*(?:jam.*)?", piece)
        if piece.casefold() in labels:
            method = labels[piece.casefold()]
        elif digits:
            hours = digits[1]
            half = re.fullmatch(r"(\d)\s*jam.*", next(joined, ""))  # "12,5 jam" was cut at its comma
            hours = f"{hours},{half[1]}" if half else hours
        else:
            data.append(piece)
    key = applications.get(name.casefold())
    return {
        "application": key,
        "words": "" if key else name,
        "data": ", ".join(data),
        "method": method,
        "hours": hours,
    }
