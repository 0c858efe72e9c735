"""Forms as all pages have them: our own words instead of the browser's, and the field of a short code."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class PlainForm(forms.Form):
    """The browser's own messages are in the browser's language and keep what was typed from us: ours are clearer."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False


def code_field(label: Any, *, hint: Any = "", longest: int = 30, **messages: Any) -> forms.CharField:
    """A field for a short code; keyboards show digits, phones offer what just arrived. `messages` by their key:
    required, max_length, wrong."""
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=longest,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
        error_messages=messages,
    )


class SentCodeForm(PlainForm):
    """A code that we sent to an address or a phone."""

    code = code_field(
        _("Kode 6 angka"),
        longest=20,
        required=_("Isi kode yang kami kirim."),
        max_length=_("Kode hanya 6 angka."),
        wrong=_("Kode ini tidak cocok. Periksa lagi pesan yang terakhir."),
    )
