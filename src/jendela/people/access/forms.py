"""Filters of the audit screen, and the state of a module, checked."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jendela.people.access import audit_words
from jendela.people.access.choices import ModuleState
from jendela.people.access.reads import AuditFilters
from jendela.people.agencies.models import Agency

LONGEST_TEXT = 80
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
BAD_DAY = _("Tanggal ini tidak ada. Tulis seperti 2026-11-24.")


def _text(label: Any, most: int = LONGEST_TEXT) -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=most)


class AuditForm(forms.Form):
    """What is wrong is named and not used; the other filters hold."""

    siapa = _text(_("Siapa"))
    tindakan = forms.ChoiceField(label=_("Tindakan"), required=False)
    jenis = forms.CharField(required=False, max_length=LONGEST_TEXT, widget=forms.HiddenInput)
    kunci = forms.CharField(required=False, max_length=120, widget=forms.HiddenInput)
    dari = forms.DateField(
        label=_("Dari tanggal"), required=False, widget=DAY, error_messages={"invalid": BAD_DAY}
    )
    sampai = forms.DateField(
        label=_("Sampai tanggal"), required=False, widget=DAY, error_messages={"invalid": BAD_DAY}
    )
    alamat = forms.GenericIPAddressField(
        label=_("Alamat jaringan"),
        required=False,
        error_messages={"invalid": _("Tulis seperti 10.1.2.3.")},
    )
    pribadi = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        words = sorted(
            ((code, str(text)) for code, text in audit_words.ACTIONS.items()), key=lambda one: one[1]
        )
        asked = str(self.data.get("tindakan", ""))
        if asked and asked not in audit_words.ACTIONS:
            words.append((asked, asked))  # an action without words can be asked for by its code name
        self.fields["tindakan"].choices = [("", _("Semua tindakan")), *words]  # type: ignore[attr-defined]

    def filters(self) -> AuditFilters:
        self.is_valid()
        got = self.cleaned_data
        return AuditFilters(
            who=" ".join(got.get("siapa", "").split()),
            action=got.get("tindakan", ""),
            kind=got.get("jenis", ""),
            key=got.get("kunci", ""),
            since=got.get("dari"),
            until=got.get("sampai"),
            address=got.get("alamat", ""),
            personal=bool(got.get("pribadi")),
        )


class ModuleForm(forms.Form):
    """The state of one module, and the agencies that try it."""

    state = forms.ChoiceField(
        label=_("Keadaan"),
        choices=[
            (ModuleState.CLOSED, _("Belum dibuka: tidak tampak di mana pun")),
            (ModuleState.TRIAL, _("Uji coba: hanya untuk instansi yang dipilih")),
            (ModuleState.OPEN, _("Terbuka: untuk semua instansi")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih salah satu keadaan.")},
    )
    agencies = forms.ModelMultipleChoiceField(
        label=_("Instansi yang mencoba"), queryset=Agency.objects.none(), required=False
    )

    def __init__(self, *args: Any, queryset: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        self.fields["agencies"].queryset = queryset  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        got = super().clean() or self.cleaned_data
        if (
            got.get("state") == ModuleState.TRIAL
            and not got.get("agencies")
            and "agencies" not in self.errors
        ):
            self.add_error("agencies", _("Pilih paling sedikit satu instansi untuk uji coba."))
        return got
