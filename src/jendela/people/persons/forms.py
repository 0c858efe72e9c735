"""What an account's owner types about a person, checked."""

import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jendela.people.persons.choices import Relation
from jendela.people.persons.nik import NikError, parse_nik
from jendela.ui.forms import PlainForm

OLDEST = datetime.date(1900, 1, 1)


class PersonForm(PlainForm):
    """`masked` is the number that is kept already: the field then may stay empty and the number stays."""

    name = forms.CharField(
        label=_("Nama lengkap"),
        help_text=_("Seperti di KTP atau KK."),
        max_length=120,
        error_messages={"required": _("Isi nama."), "max_length": _("Nama paling panjang 120 huruf.")},
    )
    relation = forms.ChoiceField(
        label=_("Siapa dia bagi Anda?"),
        choices=Relation.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Pilih salah satu."),
            "invalid_choice": _("Pilih salah satu dari daftar."),
        },
    )
    nik = forms.CharField(
        label=_("NIK"),
        help_text=_("16 angka di KTP atau KK. Kami simpan tersandi, supaya surat tidak tertukar."),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"max_length": _("NIK berisi 16 angka.")},
    )
    birth_date = forms.DateField(
        label=_("Tanggal lahir"),
        help_text=_("Contoh: 17-8-1990."),
        required=False,
        input_formats=["%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y", "%d %m %Y", "%Y-%m-%d"],
        widget=forms.DateInput(format="%d-%m-%Y", attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"invalid": _("Tulis tanggal seperti ini: 17-8-1990.")},
    )

    def __init__(self, *args: Any, masked: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.warnings: tuple[str, ...] = ()
        if masked:
            self.fields["nik"].label = _("NIK baru")
            self.fields["nik"].help_text = _("Yang tersimpan: %(nik)s. Kosongkan bila tidak berubah.") % {
                "nik": masked
            }

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())

    def clean_nik(self) -> str:
        text = self.cleaned_data["nik"]
        if not text.strip():
            return ""
        try:
            found = parse_nik(text, timezone.localdate())
        except NikError as error:
            raise forms.ValidationError(str(error)) from error
        self.warnings = found.warnings
        return found.number

    def clean_birth_date(self) -> datetime.date | None:
        date: datetime.date | None = self.cleaned_data["birth_date"]
        if date and not OLDEST <= date <= timezone.localdate():
            raise forms.ValidationError(
                _("Tanggal lahir ini belum terjadi, atau terlalu lama. Periksa lagi.")
            )
        return date

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        number, date = values.get("nik"), values.get("birth_date")
        if number and date:
            born = parse_nik(number, timezone.localdate()).born
            if (born.day, born.month, born.year % 100) != (date.day, date.month, date.year % 100):
                said = _("Tanggal lahir berbeda dengan NIK. Ikuti KTP atau KK.")
                self.warnings = (*self.warnings, str(said))
        return values
