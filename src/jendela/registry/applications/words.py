"""Values of an application in the words of the page."""

import datetime
from collections.abc import Callable, Iterable
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jendela.common.dates import parse_partial
from jendela.registry.applications.choices import Grade, RecordState, ValueKind
from jendela.registry.applications.fields import BY_NAME, Field
from jendela.registry.applications.parts import PARTS
from jendela.registry.applications.values import PART

BESIDE: dict[str, Any] = {  # labels of values that are no fields
    "owner": gettext_lazy("Pemilik"),
    "replacement": gettext_lazy("Penggantinya"),
    "replacement_note": gettext_lazy("Alasan tanpa pengganti"),
    "life_cycle_since": gettext_lazy("Tahap sejak"),
    "state_as_of": gettext_lazy("Keadaan per"),
    "evidence": gettext_lazy("Bukti pemakaian di sini"),
    "usage_note": gettext_lazy("Pemakaian menurut sumber"),
    "source_url": gettext_lazy("Alamat sumber"),
    "name_en": gettext_lazy("Nama dalam bahasa Inggris"),
    "task": gettext_lazy("Kelompok kerja pegawai"),
    "task_en": gettext_lazy("Kelompok kerja dalam bahasa Inggris"),
    "record_state": gettext_lazy("Keadaan catatan"),
}
PART_LABELS: dict[str, Any] = {f"{PART}{one.key}": one.label for one in PARTS}


def label_of(name: str, extras: Iterable[Field] = ()) -> str:
    """The label of a field, a part, or an attribute that was added without code."""
    if name in BY_NAME:
        return str(BY_NAME[name].label)
    found = BESIDE.get(name) or PART_LABELS.get(name)
    if found is not None:
        return str(found)
    return next((str(one.label) for one in extras if one.name == name), name)


def value_words(field: Field | None, value: Any) -> str:
    """The value as people read it; '' when it says nothing."""
    if isinstance(value, dict):  # a row of a part, as the history keeps it
        return str(value.get("words", ""))
    if field is None:
        return _date(value) or ("" if value is None else str(value))
    if not field.is_known(value):
        return ""
    labels = dict(field.options())
    by_kind: dict[str, Callable[[Any], str]] = {
        ValueKind.CHOICES: lambda one: ", ".join(str(labels.get(word, word)) for word in one),
        ValueKind.CHOICE: lambda one: str(labels.get(one, one)),
        ValueKind.DATE: _date,
        ValueKind.NUMBER: lambda one: number_format(one, use_l10n=True, force_grouping=True),
        ValueKind.YES_NO: lambda one: _("ya") if one else _("tidak"),
    }
    if field.name == "users_as_of":
        return partial_words(str(value))
    return by_kind.get(field.kind, str)(value)


def record_state_words(value: Any) -> str:
    return str(RecordState(value).label) if value in RecordState.values else str(value)


def partial_words(value: str) -> str:
    """A partial date in words; what is none stays as it is written."""
    try:
        date = parse_partial(value)
    except ValueError:
        return value
    return date.words() if date else ""


def origin_words(
    *,
    stated_by: str,
    stated_at: datetime.datetime,
    grade: str,
    source: str = "",
    source_url: str = "",
    source_date: str = "",
    confirmed: str = "",
    disputed: str = "",
) -> dict[str, str]:
    """Who said it, when, from where, how far it can be trusted, for ui/components/origin.html."""
    return {
        "grade": grade,
        "grade_words": str(Grade(grade).label),
        "who": stated_by,
        "day": date_format(timezone.localtime(stated_at), "j F Y"),
        "source": source,
        "url": source_url,
        "date": partial_words(source_date),
        "confirmed": confirmed,
        "disputed": disputed,
    }


def _date(value: Any) -> str:
    if isinstance(value, str):
        try:
            value = datetime.date.fromisoformat(value)
        except ValueError:
            return ""
    return date_format(value, "j F Y") if isinstance(value, datetime.date) else ""
