"""The file of an import, and which of its columns is which."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jendela.common.exchange.kinds import Kind
from jendela.common.exchange.reading.table import letter

NOT_THERE = ""
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
        self, kind: Kind, headings: Sequence[str], samples: Sequence[Sequence[str]], *args: Any, **values: Any
    ) -> None:
        super().__init__(*args, **values)
        self.kind = kind
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
        return {name: int(place) for name, place in self.cleaned_data.items() if place != NOT_THERE}


def initial(mapping: Mapping[str, int]) -> dict[str, str]:
    return {name: str(place) for name, place in mapping.items()}


def _titled(place: int, text: str) -> str:
    return f"{letter(place)} · {text[:60]}" if text else letter(place)


def _says(samples: Sequence[Sequence[str]], place: int) -> str:
    """What stands in a column of the first row that fills it."""
    return next((row[place][:MOST_SAMPLE] for row in samples if place < len(row) and row[place]), "")


def samples_of(samples: Sequence[Sequence[str]], place: int) -> list[str]:
    """What the first rows say in a column."""
    return [row[place][:MOST_SAMPLE] for row in samples if place < len(row) and row[place]]
