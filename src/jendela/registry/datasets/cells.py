"""Fields of a dataset as columns and cells of a table."""

import datetime
from typing import Any

from django.utils.translation import gettext_lazy

from jendela.common.exchange.cells import CellType, Choice, Day, Web
from jendela.common.exchange.kinds import Column
from jendela.registry.datasets import values

YES_NO = {"ya": gettext_lazy("ya"), "tidak": gettext_lazy("tidak")}


class Several(CellType):
    """Values of a list with ; between."""

    def __init__(self, choices: Any) -> None:
        super().__init__()
        self.one = Choice(dict(choices.choices))

    def read_text(self, text: str) -> str:
        return "; ".join(dict.fromkeys(self.one.read_text(part) for part in text.split(";") if part.strip()))


def _type(field: values.Field) -> CellType:
    if field.kind == values.CHOICE:
        return Choice({value: label for value, label in field.choices.choices if value != values.UNKNOWN})
    if field.kind == values.CHOICES:
        return Several(field.choices)
    if field.kind == values.YES_NO:
        return Choice(YES_NO)
    if field.kind == values.DATE:
        return Day()
    if field.kind == values.URL:
        return Web(500)
    length = values.longest(field.name)
    return CellType(length, lines=field.kind == values.LONG)


EXAMPLES = {
    "name": "Jumlah Balita Ditimbang", "last_update": "2026-10-31", "metadata_url": "https://data.contoh.go.id/m",
    "unit": "orang", "measure": "jumlah", "openness": "terbuka", "kind": "tabular", "update_promise": "bulanan",
    "has_metadata": "ya", "has_personal": "tidak", "priority": "tidak", "personal": "nik; anak",
}  # fmt: skip


def column_of(field: values.Field) -> Column:
    return Column(
        field.column,
        field.label,
        field.hint or gettext_lazy("Kosong bila belum diketahui."),
        EXAMPLES.get(field.name, "contoh" if field.kind in (values.TEXT, values.LONG) else ""),
        _type(field),
        required=field.name == "name",
    )


def text_of(field: values.Field, value: Any) -> str:
    if not field.is_known(value):
        return ""
    if field.kind == values.YES_NO:
        return "ya" if value else "tidak"
    if field.kind == values.CHOICES:
        return "; ".join(value)
    return value.isoformat() if isinstance(value, datetime.date) else str(value)


def value_from(field: values.Field, text: str) -> Any:
    if field.kind == values.YES_NO:
        return {"ya": True, "tidak": False}.get(text, False if field.name == "priority" else None)
    if field.kind == values.CHOICES:
        return [part.strip() for part in text.split(";") if part.strip()]
    if field.kind == values.CHOICE:
        return text or values.UNKNOWN
    if field.kind == values.DATE:
        return datetime.date.fromisoformat(text) if text else None
    return text
