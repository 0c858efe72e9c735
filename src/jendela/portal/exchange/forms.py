"""The file of an import, and which of its columns is which."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jendela.common.exchange.actions import Decision
from jendela.common.exchange.choices import Answer, Question
from jendela.common.exchange.kinds import Kind, Option
from jendela.common.exchange.reading.table import letter

NOT_THERE = ""
OPTION = "opsi-"  # before the name of what is asked for the whole file
MOST_SAMPLE = 40


class UploadForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Berkas tabel"),
        help_text=gettext_lazy("XLSX, CSV atau JSON, paling besar 20 MB."),
        error_messages={
            "required": gettext_lazy("Pilih berkas dulu."),
            "empty": gettext_lazy("Berkas ini kosong. Pilih berkas yang berisi tabel."),
        },
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv,.json,.geojson"}),
    )


class MappingForm(forms.Form):
    """One choice for each column of the kind: a column of the file, or none."""

    def __init__(
        self,
        kind: Kind,
        headings: Sequence[str],
        samples: Sequence[Sequence[str]],
        *args: Any,
        questions: Sequence[Option] = (),
        **values: Any,
    ) -> None:
        super().__init__(*args, **values)
        self.kind = kind
        self.questions = list(questions)
        choices = [(NOT_THERE, _("Tidak ada di berkas"))]
        choices += [
            (str(place), _titled(place, text))
            for place, text in enumerate(headings)
            if text or _says(samples, place)
        ]
        for column in kind.columns:
            must = column.key in kind.key_columns and column.required
            self.fields[column.key] = forms.ChoiceField(
                label=column.label,
                help_text=column.description,
                choices=choices,
                required=must,
                error_messages={"required": _("Pilih kolomnya. Tanpa ini baris tidak dikenali.")},
            )

        for one in self.questions:
            more: dict[str, Any] = {"label": one.label, "help_text": one.hint, "required": one.required}
            self.fields[f"{OPTION}{one.name}"] = (
                forms.ChoiceField(choices=one.choices, **more)
                if one.choices
                else forms.CharField(max_length=200, strip=True, **more)
            )

    def clean(self) -> dict[str, Any]:
        """One column of the file cannot be two things."""
        found: dict[str, str] = {}
        for column in self.kind.columns:
            place = self.cleaned_data.get(column.key, NOT_THERE)
            if place == NOT_THERE:
                continue
            if place in found:
                self.add_error(
                    column.key, _("Kolom ini sudah dipilih untuk “%(name)s”.") % {"name": found[place]}
                )
            found.setdefault(place, str(column.label))
        return self.cleaned_data

    def mapping(self) -> dict[str, int]:
        found = {column.key: self.cleaned_data.get(column.key, NOT_THERE) for column in self.kind.columns}
        return {name: int(place) for name, place in found.items() if place != NOT_THERE}

    def options(self) -> dict[str, str]:
        """What was answered for the whole file."""
        return {one.name: self.cleaned_data[f"{OPTION}{one.name}"] for one in self.questions}

    def option_fields(self) -> list[forms.BoundField]:
        return [self[f"{OPTION}{one.name}"] for one in self.questions]


def initial(
    mapping: Mapping[str, int], questions: Sequence[Option] = (), options: Mapping[str, str] | None = None
) -> dict[str, str]:
    given = options or {}
    asked = {f"{OPTION}{one.name}": given.get(one.name, one.initial) for one in questions}
    return {name: str(place) for name, place in mapping.items()} | asked


def _titled(place: int, text: str) -> str:
    return f"{letter(place)} · {text[:60]}" if text else letter(place)


def _says(samples: Sequence[Sequence[str]], place: int) -> str:
    """What stands in a column of the first row that fills it."""
    return next((row[place][:MOST_SAMPLE] for row in samples if place < len(row) and row[place]), "")


def samples_of(samples: Sequence[Sequence[str]], place: int) -> list[str]:
    """What the first rows say in a column."""
    return [row[place][:MOST_SAMPLE] for row in samples if place < len(row) and row[place]]


_NAME = re.compile(r"(pecah|sama|huruf)-(\d{1,9})-(\d{1,4})")
MOST_DECISIONS = 500


def decisions_of(data: Mapping[str, Any]) -> list[Decision]:
    """The answers of a form, whose fields are called question-row-piece. What is no answer is passed over."""
    found = []
    for name, value in data.items():
        match = _NAME.fullmatch(name)
        if match is None or not isinstance(value, str) or not _is_answer(match.group(1), value):
            continue
        found.append(Decision(int(match.group(2)), int(match.group(3)), match.group(1), value))
        if len(found) == MOST_DECISIONS:
            break
    return found


def _is_answer(question: str, value: str) -> bool:
    if question == Question.SAME:
        return 0 < len(value) <= 300 and "\0" not in value
    return value in (Answer.YES, Answer.NO)
