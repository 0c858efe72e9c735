"""Forms of the life cycle: discussion, decree, interim target, charter."""

import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jendela.common.dates import today
from jendela.services.catalogue.choices import TimeUnit
from jendela.services.editor.compose import starting
from jendela.services.editor.forms.fields import Day, WholeNumber, wording


class Life(forms.Form):
    """Says in our words what Django says in its own."""

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        for field in self.fields.values():
            if not isinstance(field, Day):
                field.error_messages["required"] = _("Isi bagian ini.")


def not_in_the_future(date: datetime.date) -> datetime.date:
    if date > today():
        raise forms.ValidationError(_("Tanggalnya belum tiba."))
    return date


class ConsultationForm(Life):
    consulted_on = Day(label=_("Tanggal pembahasan"))
    participants = wording(
        _("Siapa yang ikut"),
        hint=_("Contoh: 12 warga, 3 perangkat desa, Ombudsman"),
        rows=3,
        most=2000,
        required=True,
    )
    minutes = wording(
        _("Isi berita acara"),
        hint=_("Usul yang masuk, dan apa yang diubah karenanya."),
        rows=8,
        most=8000,
        required=True,
    )

    def clean_consulted_on(self) -> datetime.date:
        return not_in_the_future(self.cleaned_data["consulted_on"])


class DecreeForm(Life):
    decree_number = wording(
        _("Nomor SK"), hint=_("Contoh: 188.4/12/DISDUKCAPIL/2026"), most=100, required=True
    )
    decree_date = Day(label=_("Tanggal SK"))
    signed_by = wording(_("Penanda tangan"), hint=_("Nama dan jabatan."), most=150, required=True)
    valid_from = Day(label=_("Mulai berlaku"), help_text=_("Paling awal pada tanggal SK."))

    def clean_decree_date(self) -> datetime.date:
        return not_in_the_future(self.cleaned_data["decree_date"])

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        date, start = data.get("decree_date"), data.get("valid_from")
        if date and start and start < date:
            self.add_error("valid_from", _("Standar berlaku paling awal pada tanggal SK."))
        return data


class TargetForm(Life):
    longest = WholeNumber(label=_("Paling lama"), min_value=1, max_value=32767)
    unit = forms.ChoiceField(label=_("Satuan"), choices=TimeUnit.choices, initial=TimeUnit.WORKING_DAY.value)
    counts_from = wording(_("Dihitung sejak"), hint=_("Contoh: berkas lengkap"), most=200, required=True)
    signed_by = wording(
        _("Penanda tangan"), hint=_("Nama dan jabatan kepala instansi."), most=150, required=True
    )

    def clean_counts_from(self) -> str:
        return starting(self.cleaned_data["counts_from"])


class CharterForm(Life):
    text = wording(_("Isi maklumat"), rows=8, most=4000, required=True)
    signed_by = wording(_("Penanda tangan"), hint=_("Nama dan jabatan."), most=150, required=True)
    signed_on = Day(label=_("Tanggal ditandatangani"))

    def clean_signed_on(self) -> datetime.date:
        return not_in_the_future(self.cleaned_data["signed_on"])
