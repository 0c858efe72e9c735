"""A new token, checked."""

import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jendela.common.dates import today
from jendela.people.agencies.models import Agency
from jendela.people.tokens.actions import LONGEST_DAYS
from jendela.ui.forms import PlainForm


class TokenForm(PlainForm):
    name = forms.CharField(
        label=_("Program apa, untuk apa"),
        max_length=120,
        help_text=_("Contoh: dasbor provinsi, membaca daftar aplikasi setiap malam."),
        error_messages={"required": _("Tulis program yang akan memakainya.")},
    )
    agency = forms.ModelChoiceField(
        label=_("Milik instansi"),
        queryset=Agency.objects.order_by("short_name"),
        to_field_name="slug",
        error_messages={"required": _("Pilih instansi yang menjalankan program itu.")},
    )
    valid_to = forms.DateField(
        label=_("Berlaku sampai"),
        help_text=_("Paling lama 400 hari. Sesudahnya buat yang baru."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Isi hari terakhirnya."),
            "invalid": _("Tanggal ini tidak ada. Tulis seperti 2026-11-24."),
        },
    )

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        self.fields["valid_to"].initial = today() + datetime.timedelta(days=365)

    def clean_valid_to(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["valid_to"]
        if not today() <= day <= today() + datetime.timedelta(days=LONGEST_DAYS):
            raise forms.ValidationError(_("Pilih hari dari hari ini sampai 400 hari lagi."))
        return day
