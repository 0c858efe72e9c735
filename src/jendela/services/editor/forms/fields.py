"""Fields that all forms of the editor share."""

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jendela.services.editor.compose import rupiah

LONGEST = 20_000  # letters of one text; a whole decree fits
_AMOUNT = re.compile(r"^(?:rp)?\.?\s*(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d{1,2}))?(?:,-)?$", re.IGNORECASE)


def wording(
    label: Any, *, hint: Any = "", rows: int = 0, most: int = LONGEST, required: bool = False
) -> forms.CharField:
    """A field of text: one line, or `rows` lines."""
    widget: forms.Widget = (
        forms.Textarea({"rows": rows}) if rows else forms.TextInput({"autocomplete": "off"})
    )
    return forms.CharField(
        label=label, help_text=hint, required=required, max_length=most, strip=True, widget=widget
    )


class WholeNumber(forms.IntegerField):
    """A whole number that people type; the keyboard of a phone shows digits."""

    def __init__(self, **values: Any) -> None:
        super().__init__(
            widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
            error_messages={
                "invalid": _("Tulis angka saja, contoh 3."),
                "min_value": _("Tulis angka %(limit_value)s atau lebih."),
                "max_value": _("Angkanya terlalu besar."),
            },
            **values,
        )


class Rupiah(forms.CharField):
    """An amount as people write it ('50.000', 'Rp 50000', '12.500,50'), kept as '50.000'."""

    def __init__(self, **values: Any) -> None:
        super().__init__(widget=forms.TextInput({"inputmode": "decimal", "autocomplete": "off"}), **values)

    def clean(self, value: Any) -> str:
        typed = super().clean(value).strip()
        if not typed:
            return ""
        match = _AMOUNT.match(typed)
        try:
            if match is None or len(match[1]) > 16:
                raise InvalidOperation
            amount = Decimal(f"{match[1].replace('.', '')}.{match[2] or '0'}")
        except InvalidOperation:
            raise forms.ValidationError(_("Tulis angka rupiah saja, contoh 50.000.")) from None
        return rupiah(amount)


class Day(forms.DateField):
    """A date from the date picker of the device, or typed as 24/11/2026."""

    def __init__(self, **values: Any) -> None:
        super().__init__(
            widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
            input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"],
            error_messages={
                "invalid": _("Tulis tanggal seperti 24/11/2026."),
                "required": _("Isi tanggalnya."),
            },
            **values,
        )
