"""What people typed as an answer, checked and brought into the shape of answers.py."""

import datetime
from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

from jendela.registry.applications.choices import CostKind, ValueKind
from jendela.registry.applications.fields import EXTRA, UNKNOWN, Field
from jendela.registry.applications.models import Application
from jendela.registry.campaigns.answers import Answer, BadAnswerError
from jendela.registry.campaigns.choices import OwnKind, QuestionKind, Say
from jendela.registry.campaigns.models import Question
from jendela.registry.links.choices import Method

MOST_ROWS = 60
MOST_LETTERS = 300
MOST_AMOUNT = 10**14 - 1  # rupiah, as the column holds
FIRST_YEAR, LAST_YEAR = 2000, 2100
MOST_HOURS = 744  # of a month


def clean(question: Question, answer: Answer, *, is_known: bool) -> dict[str, Any]:
    """The value to keep. `is_known`: the record says something, so that it can be still true. Raises
    BadAnswerError."""
    if answer.say not in Say.values:
        raise BadAnswerError({"": _("Pilih satu jawaban.")})
    if answer.say == Say.SAME and not is_known:
        raise BadAnswerError({"": _("Belum ada isinya. Isi, atau pilih belum tahu.")})
    if answer.say != Say.VALUE:
        return {}
    return CLEANERS[QuestionKind(question.kind)](question, answer.value)


def _fields(question: Question, value: Mapping[str, Any]) -> dict[str, Any]:
    found, errors = {}, {}
    for field in question.record_fields:
        try:
            found[field.name] = clean_field(field, value.get(field.name))
        except ValueError as error:
            errors[field.name] = str(error)
    if not errors and not any(one.is_known(found[one.name]) for one in question.record_fields):
        errors[question.fields[0]] = _("Isi dulu, atau pilih belum tahu.")
    if errors:
        raise BadAnswerError(errors)
    return found


def clean_field(field: Field, value: Any) -> Any:
    """A value of a field of the register as JSON holds it. Raises ValueError with a sentence."""
    if field.kind == ValueKind.CHOICES:
        chosen = list(value or [])
        if any(one not in dict(field.options()) for one in chosen):
            raise ValueError(_("Pilih dari daftar."))
        return chosen
    if field.kind == ValueKind.YES_NO:
        return _yes_no(value)
    if field.kind == ValueKind.LONG:
        return _text(str(value or "").strip(), field)
    text = " ".join(str(value if value is not None else "").split())
    return BY_KIND.get(field.kind, _text)(text, field)


def _yes_no(value: Any) -> bool | None:
    found: dict[Any, bool] = {True: True, False: False, "ya": True, "tidak": False}
    if value not in (None, "") and value not in found:
        raise ValueError(_("Pilih ya atau tidak."))
    return found.get(value)


def _choice(text: str, field: Field) -> str:
    options = dict(field.options())
    if not text:
        return UNKNOWN if UNKNOWN in options else ""
    if text not in options:
        raise ValueError(_("Pilih satu dari daftar."))
    return text


def longest_of(field: Field) -> int:
    """How many letters a text of it may have."""
    if field.name.startswith(EXTRA):
        return 4000 if field.kind == ValueKind.LONG else 300
    return Application._meta.get_field(field.name).max_length or 4000  # type: ignore[union-attr]


def _text(words: str, field: Field) -> str:
    longest = longest_of(field)
    if len(words) > longest:
        raise ValueError(_("Terlalu panjang. Paling banyak %(n)s huruf.") % {"n": longest})
    return words


def _date(text: Any) -> str | None:
    if not text:
        return None
    try:
        return datetime.date.fromisoformat(str(text)).isoformat()
    except ValueError:
        raise ValueError(_("Tulis tanggal yang ada, misalnya 24 November 2026.")) from None


def _number(text: Any, *, most: int = 2_147_483_647) -> int | None:
    plain = str(text if text is not None else "").replace(".", "").replace(" ", "")
    if not plain:
        return None
    if not (plain.isascii() and plain.isdigit()) or int(plain) > most:
        raise ValueError(_("Tulis angka bulat, misalnya 1.250."))
    return int(plain)


def _url(text: str, field: Field) -> str:
    if not text:
        return ""
    address = text if "://" in text else f"https://{text}"
    try:
        URLValidator(["http", "https"])(address)
    except ValidationError:
        raise ValueError(_("Alamatnya belum lengkap. Contoh: https://contoh.go.id")) from None
    if len(address) > longest_of(field):
        raise ValueError(_("Alamatnya terlalu panjang."))
    return address


def _people(question: Question, value: Mapping[str, Any]) -> dict[str, Any]:
    found = {key: _words(value.get(key), key, 120 if key != "operating_unit" else 200) for key in PEOPLE}
    if not any(found.values()):
        raise BadAnswerError(
            {"operating_unit": _("Tulis unit atau nama pengelolanya, atau pilih belum tahu.")}
        )
    return found


PEOPLE = ("operating_unit", "name", "position")


def _words(value: Any, name: str, longest: int = MOST_LETTERS) -> str:
    words = " ".join(str(value or "").split())
    if len(words) > longest:
        raise BadAnswerError({name: _("Terlalu panjang. Paling banyak %(n)s huruf.") % {"n": longest}})
    return words


def _uses(question: Question, value: Mapping[str, Any]) -> dict[str, Any]:
    try:
        agencies = sorted({int(one) for one in value.get("agencies") or []})
    except (TypeError, ValueError):
        raise BadAnswerError({"agencies": _("Pilih instansi dari daftar.")}) from None
    others = _words(value.get("others"), "others")
    if not agencies and not others:
        raise BadAnswerError({"agencies": _("Pilih pemakainya, atau pilih belum tahu.")})
    return {"agencies": agencies, "others": others}


def _rows(value: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    rows = [one for one in value.get("rows") or [] if any(part not in (None, "") for part in one.values())]
    if len(rows) > MOST_ROWS:
        raise BadAnswerError({"": _("Paling banyak %(n)s baris.") % {"n": MOST_ROWS}})
    if rows and value.get("none"):
        raise BadAnswerError({"none": _("Ada isinya, tetapi juga dipilih tidak ada. Pilih salah satu.")})
    if not rows and not value.get("none"):
        raise BadAnswerError({"": _("Isi satu baris, pilih tidak ada, atau pilih belum tahu.")})
    return rows


def _datasets(question: Question, value: Mapping[str, Any]) -> dict[str, Any]:
    found = []
    for number, row in enumerate(_rows(value)):
        name = _words(row.get("name"), f"{number}.name", 200)
        if not name:
            raise BadAnswerError({f"{number}.name": _("Tulis nama datanya.")})
        personal = row.get("personal") if row.get("personal") in {"ya", "tidak"} else ""
        found.append({"name": name, "personal": personal})
    return {"rows": found, "none": not found}


def _links(question: Question, value: Mapping[str, Any]) -> dict[str, Any]:
    found = []
    for number, row in enumerate(_rows(value)):
        application = row.get("application") or None
        words = _words(row.get("words"), f"{number}.words", 200)
        if application is None and not words:
            raise BadAnswerError({f"{number}.words": _("Pilih aplikasinya, atau tulis namanya.")})
        method = row.get("method") or Method.UNKNOWN
        if method not in Method.values:
            raise BadAnswerError({f"{number}.method": _("Pilih satu dari daftar.")})
        found.append(
            {
                "application": int(application) if application is not None else None,
                "words": words,
                "data": _words(row.get("data"), f"{number}.data"),
                "method": method,
                "hours": _hours(row.get("hours"), f"{number}.hours"),
            }
        )
    return {"rows": found, "none": not found}


def _hours(value: Any, name: str) -> float | None:
    text = str(value if value is not None else "").strip().replace(",", ".")
    if not text:
        return None
    try:
        hours = round(float(text), 1)
    except ValueError:
        hours = -1.0
    if not 0 <= hours <= MOST_HOURS:
        raise BadAnswerError({name: _("Tulis jumlah jam sebulan, misalnya 12.")})
    return hours


def _cost(question: Question, value: Mapping[str, Any]) -> dict[str, Any]:
    try:
        year = int(value.get("year") or 0)
    except (TypeError, ValueError):
        year = 0
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise BadAnswerError({"year": _("Tulis tahun, misalnya 2026.")})
    found: dict[str, dict[str, Any]] = {}
    for number, row in enumerate(_rows(value)):
        kind = row.get("kind") or ""
        if kind not in CostKind.values:
            raise BadAnswerError({f"{number}.kind": _("Pilih jenis biayanya.")})
        try:
            amount = _number(row.get("amount"), most=MOST_AMOUNT)
        except ValueError as error:
            raise BadAnswerError({f"{number}.amount": str(error)}) from None
        if amount is None:
            raise BadAnswerError({f"{number}.amount": _("Tulis jumlahnya dalam rupiah.")})
        earlier = found.setdefault(kind, {"kind": kind, "amount": 0, "fund": ""})
        earlier["amount"] += amount
        fund = _words(row.get("fund"), f"{number}.fund", 120)
        earlier["fund"] = earlier["fund"] or fund
    return {"year": year, "rows": list(found.values()), "none": not found}


def _own(question: Question, value: Mapping[str, Any]) -> dict[str, Any]:
    given = value.get("value")
    try:
        found = _own_value(question, given)
    except ValueError as error:
        raise BadAnswerError({"value": str(error)}) from None
    if found in (None, ""):
        raise BadAnswerError({"value": _("Isi dulu, atau pilih belum tahu.")})
    return {"value": found}


def _own_value(question: Question, given: Any) -> Any:
    match question.own_kind:
        case OwnKind.CHOICE:
            if given and given not in [one[0] for one in question.choices]:
                raise ValueError(_("Pilih satu dari daftar."))
            return given
        case OwnKind.YES_NO:
            if given and given not in {"ya", "tidak"}:
                raise ValueError(_("Pilih ya atau tidak."))
            return given
        case OwnKind.NUMBER:
            return _number(given)
        case OwnKind.DATE:
            return _date(given)
    words = str(given or "").strip()
    if len(words) > 2000:
        raise ValueError(_("Terlalu panjang. Paling banyak %(n)s huruf.") % {"n": 2000})
    return words


BY_KIND: dict[ValueKind, Callable[[str, Field], Any]] = {
    ValueKind.CHOICE: _choice,
    ValueKind.DATE: lambda text, _field: _date(text),
    ValueKind.NUMBER: lambda text, _field: _number(text),
    ValueKind.URL: _url,
}
CLEANERS: dict[QuestionKind, Callable[[Question, Mapping[str, Any]], dict[str, Any]]] = {
    QuestionKind.FIELD: _fields,
    QuestionKind.PEOPLE: _people,
    QuestionKind.USES: _uses,
    QuestionKind.DATASETS: _datasets,
    QuestionKind.LINKS_IN: _links,
    QuestionKind.LINKS_OUT: _links,
    QuestionKind.COST: _cost,
    QuestionKind.OWN: _own,
}
