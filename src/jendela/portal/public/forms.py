"""The form by which a reader says that a page is wrong."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from jendela.services.catalogue.choices import FeedbackTopic
from jendela.ui.forms import PlainForm

LONGEST_TEXT = 2000
LONGEST_CONTACT = 120


class FeedbackForm(PlainForm):
    topic = forms.ChoiceField(
        label=_("Apa yang tidak beres?"),
        choices=FeedbackTopic.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Pilih salah satu."),
            "invalid_choice": _("Pilih salah satu dari daftar."),
        },
    )
    text = forms.CharField(
        label=_("Ceritakan kepada kami"),
        help_text=_("Jangan tulis NIK atau nomor KK. Paling banyak 2.000 huruf."),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={
            "required": _("Tulis apa yang salah atau kurang."),
            "max_length": _("Terlalu panjang: %(show_value)d huruf. Paling banyak %(limit_value)d."),
        },
    )
    contact = forms.CharField(
        label=_("Nomor WhatsApp atau e-mail Anda"),
        help_text=_("Hanya dipakai untuk menjawab Anda."),
        required=False,
        max_length=LONGEST_CONTACT,
        error_messages={
            "max_length": _("Terlalu panjang: %(show_value)d huruf. Paling banyak %(limit_value)d.")
        },
    )
    site = forms.CharField(required=False, label=_("Jangan isi kolom ini"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs.pop("maxlength", None)

    def clean_site(self) -> str:
        """A field that people do not see: what fills it is a machine."""
        if self.cleaned_data["site"]:
            raise ValidationError(_("Kosongkan kolom ini."))
        return ""
