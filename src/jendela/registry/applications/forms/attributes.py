"""An extra attribute as it is described."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jendela.registry.applications.choices import ValueKind, Visibility
from jendela.registry.applications.forms.origin import text
from jendela.registry.applications.forms.values import PICK
from jendela.registry.applications.models import AttributeDefinition
from jendela.ui.forms import PlainForm

MOST_WORDS = 40
WITH_WORDS = (ValueKind.CHOICE, ValueKind.CHOICES)


class AttributeForm(PlainForm):
    label = text(_("Namanya"), longest=120, required=True, missing=_("Tulis namanya."))
    hint = text(_("Petunjuk mengisi"), longest=300)
    kind = forms.ChoiceField(
        label=_("Isinya berupa"),
        choices=ValueKind.choices,
        error_messages={"required": PICK, "invalid_choice": PICK},
    )
    choices = text(
        _("Pilihannya"),
        longest=3000,
        hint=_("Satu baris satu pilihan. Hanya untuk isian berupa pilihan."),
        widget=forms.Textarea,
    )
    visibility = forms.ChoiceField(
        label=_("Siapa yang melihat"),
        choices=Visibility.choices,
        initial=Visibility.GOVERNMENT,
        error_messages={"required": PICK, "invalid_choice": PICK},
    )

    def __init__(self, data: Any, *, row: AttributeDefinition | None = None) -> None:
        initial: dict[str, Any] = {}
        if row is not None:
            names = ("label", "hint", "kind", "visibility")
            initial = {name: getattr(row, name) for name in names} | {"choices": "\n".join(row.choices)}
        super().__init__(data, initial=initial)
        self.row = row
        if row is not None:
            self.fields["kind"].disabled = True
            self.fields["kind"].help_text = gettext("Tidak bisa diubah: sudah ada yang mengisinya.")

    def clean_choices(self) -> list[str]:
        words = [" ".join(line.split()) for line in str(self.cleaned_data["choices"]).splitlines()]
        found = list(dict.fromkeys(word for word in words if word))
        if len(found) > MOST_WORDS or any(len(word) > 100 for word in found):
            raise forms.ValidationError(gettext("Paling banyak 40 pilihan, masing-masing 100 huruf."))
        return found

    def clean(self) -> dict[str, Any]:
        got = super().clean() or self.cleaned_data
        asked = got.get("kind") in WITH_WORDS
        if asked and len(got.get("choices") or []) < 2 and "choices" not in self.errors:
            self.add_error("choices", gettext("Tulis sedikitnya dua pilihan."))
        if not asked:
            got["choices"] = []
        return got
