"""What staff write about a word from the public: the short answer, and why its contact is opened."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jendela.services.catalogue.choices import FeedbackState

LONGEST_ANSWER = 500
LONGEST_REASON = 200
OTHER = "lain"
REASONS = {"balas": "membalas kabar", "isi": "memastikan isi kabar"}  # as they stand in the trail


class AnswerForm(forms.Form):
    state = forms.ChoiceField(choices=FeedbackState.choices)
    answer = forms.CharField(
        label=_("Apa yang sudah dilakukan?"), required=False, max_length=LONGEST_ANSWER, widget=forms.Textarea
    )


class ContactForm(forms.Form):
    why = forms.ChoiceField(
        label=_("Untuk apa Anda membukanya?"),
        choices=[
            ("balas", _("Membalas kabar ini")),
            ("isi", _("Memastikan isinya")),
            (OTHER, _("Alasan lain")),
        ],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Pilih salah satu."),
            "invalid_choice": _("Pilih salah satu dari daftar."),
        },
    )
    other = forms.CharField(
        label=_("Tulis alasannya"),
        help_text=_("Hanya untuk alasan lain. Jangan tulis nomor atau nama warga."),
        required=False,
        max_length=LONGEST_REASON,
        error_messages={
            "max_length": _("Terlalu panjang: %(show_value)d huruf. Paling banyak %(limit_value)d.")
        },
    )

    def clean(self) -> dict[str, Any]:
        got = super().clean() or self.cleaned_data
        if got.get("why") == OTHER and not got.get("other") and "other" not in self.errors:
            self.add_error("other", _("Tulis alasannya dengan singkat."))
        return got

    @property
    def reason(self) -> str:
        """For the trail; only of a valid form."""
        return REASONS.get(self.cleaned_data["why"]) or str(self.cleaned_data["other"])
