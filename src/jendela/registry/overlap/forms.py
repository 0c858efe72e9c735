"""What is said about two records, checked."""

import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jendela.common.dates import months_after, today
from jendela.registry.links.naming import NamedApplications, name_field
from jendela.registry.overlap.choices import Verdict
from jendela.ui.forms import PlainForm

VERDICTS = [
    (Verdict.DIFFERENT.value, _("Bukan yang sama")),
    (Verdict.RELATED.value, _("Berbeda, tetapi terkait")),
    (Verdict.MERGE_LATER.value, _("Sama, gabung nanti")),
]
REVIEW_MONTHS = 12


class VerdictForm(PlainForm):
    """`review_on` is when it is asked again."""

    verdict = forms.ChoiceField(
        label=_("Keputusan"),
        choices=VERDICTS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih salah satu.")},
    )
    reason = forms.CharField(
        label=_("Alasan"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Tulis alasannya, supaya tidak ditanyakan lagi.")},
    )
    review_on = forms.DateField(
        label=_("Tanyakan lagi pada"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Isi tanggalnya."),
            "invalid": _("Tanggal ini tidak ada. Tulis seperti 2026-11-24."),
        },
    )

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        self.fields["review_on"].initial = months_after(today(), REVIEW_MONTHS)

    def clean_review_on(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["review_on"]
        if day <= today():
            raise forms.ValidationError(_("Pilih hari sesudah hari ini."))
        return day


class DeclareForm(NamedApplications):
    """Two applications, named, and what both do."""

    named = ("first", "second")
    first = name_field(_("Aplikasi pertama"), "")
    second = name_field(_("Aplikasi kedua"), "")
    reason = forms.CharField(
        label=_("Apa yang dikerjakan keduanya?"),
        help_text=_("Contoh: keduanya menerima aduan warga tentang jalan rusak."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Tulis apa yang sama.")},
    )

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        first, second = found.get("first_application"), found.get("second_application")
        if first is not None and second is not None and first.pk == second.pk:
            self.add_error("second", _("Ini aplikasi yang sama dengan yang pertama. Sebut yang lain."))
        return found


class MergeForm(PlainForm):
    """Which record stands, and where each differing value comes from: 'a' or 'b'."""

    stands = forms.ChoiceField(
        label=_("Catatan yang tetap"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih salah satu.")},
    )
    reason = forms.CharField(
        label=_("Alasan"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Tulis mengapa keduanya satu aplikasi.")},
    )

    def __init__(self, *args: Any, sides: list[tuple[str, str]], differing: list[Any], **values: Any) -> None:
        super().__init__(*args, **values)
        self.fields["stands"].choices = sides  # type: ignore[attr-defined]
        self.names = [one.name for one in differing]
        for one in differing:
            field = forms.ChoiceField(
                label=one.label,
                choices=[("a", one.words_a), ("b", one.words_b)],
                widget=forms.RadioSelect,
                initial=one.better,
                error_messages={"required": _("Pilih nilai yang dipakai.")},
            )
            self.fields[f"field-{one.name}"] = field

    def value_fields(self) -> list[Any]:
        return [self[f"field-{name}"] for name in self.names]

    def taken(self) -> list[str]:
        """Fields whose value comes from the record that goes."""
        goes = "b" if self.cleaned_data["stands"] == "a" else "a"
        return [name for name in self.names if self.cleaned_data[f"field-{name}"] == goes]
