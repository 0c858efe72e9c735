"""The form of one part: fields for people on one side, the JSON value of the part on the other.

A draft keeps what is typed even where it cannot be published yet; only what could not be kept at all (a time that is
no number) is refused here.
"""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from jendela.services.catalogue.reads.content import clean
from jendela.services.catalogue.reads.parts import BY_KEY, Shape
from jendela.services.editor.forms.kinds import (
    ComplaintForm,
    FeeForm,
    FeeRow,
    TextForm,
    TextsForm,
    TimeForm,
    WordsForm,
)
from jendela.services.editor.forms.rows import EventRow, Rows, WayRow
from jendela.services.editor.reads.draft import Options


@dataclass(frozen=True)
class Problem:
    """Something wrong, with the field where it is mended ('' for the whole part)."""

    field: str
    label: str
    message: str


class PartForm:
    """The fields of one part. `main` is a form or None, `rows` a list of forms or None."""

    def __init__(self, part: str, value: Any, options: Options, *, data: QueryDict | None = None) -> None:
        self.part = part
        self.main: forms.Form | None = None
        self.rows: Rows | None = None
        if part == "ways":
            self.rows = Rows(WayRow, "cara", value or [], data, options)
        elif part == "events":
            self.rows = Rows(EventRow, "peristiwa", value or [], data, options)
        elif part == "A4":
            self.main = FeeForm(data, initial=FeeForm.initial_of(value))
            self.rows = Rows(FeeRow, "biaya", FeeForm.rows_of(value), data, options)
        else:
            kind: Any = {
                "A3": TimeForm,
                "complaint": ComplaintForm,
                "words": WordsForm,
                "texts": TextsForm,
            }.get(part, TextForm)
            self.main = kind(data, initial=kind.initial_of(value))
            if isinstance(self.main, TextForm):
                self.main.set_up(lists=BY_KEY[part].shape is Shape.LINES)

    def is_valid(self) -> bool:
        main = self.main is None or self.main.is_valid()
        rows = self.rows is None or self.rows.is_valid()
        return main and rows

    def value(self) -> Any:
        """The JSON value of what was typed, in its canonical form; only of a valid form."""
        return clean(self.part, self._raw())

    def _raw(self) -> Any:
        if isinstance(self.main, FeeForm) and self.rows is not None:
            return self.main.value_with(self.rows.values())
        if self.rows is not None:
            return self.rows.values()
        return self.main.value()  # type: ignore[union-attr]

    def problems(self) -> list[Problem]:
        """What was refused, field by field."""
        found = _problems(self.main) if self.main is not None else []
        for number, row in enumerate(self.rows.forms if self.rows else [], start=1):
            where = _("Baris %(number)s") % {"number": number}
            found += [Problem(one.field, f"{where}: {one.label}", one.message) for one in _problems(row)]
        return found


def _problems(form: forms.Form) -> list[Problem]:
    found = [Problem("", "", str(error)) for error in form.non_field_errors()]
    for field in form.visible_fields():
        found += [Problem(field.auto_id, str(field.label), str(error)) for error in field.errors]
    return found
