"""What heads and Kominfo type about recommendations, checked; nothing is saved here."""

import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jendela.common.dates import months_after, today
from jendela.insight.recommendations.choices import Action, AnswerKind
from jendela.insight.recommendations.models import Recommendation
from jendela.insight.recommendations.thresholds import thresholds
from jendela.registry.applications.models import Application
from jendela.registry.applications.reads import named
from jendela.ui.forms import PlainForm

DECIDED = "putuskan"  # accepted, and the decision is already there
KEEP, WITHDRAW = "biarkan", "tarik"
BAD_DAY = _("Tanggal ini tidak ada. Tulis seperti 2026-11-24.")
TOO_LONG = _("Terlalu panjang: %(show_value)d huruf. Paling banyak %(limit_value)d.")
PICK = _("Pilih salah satu.")


def _day(label: Any, *, hint: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        help_text=hint,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": BAD_DAY},
    )


def _line(label: Any, *, longest: int, hint: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=longest,
        help_text=hint,
        error_messages={"max_length": TOO_LONG},
    )


def _words(label: Any, *, missing: Any, hint: Any = "", longest: int = 2000) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=longest,
        help_text=hint,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": missing, "max_length": TOO_LONG},
    )


class AnswerForm(PlainForm):
    """The answer of a head. Where the advice is to retire, the decision may be recorded with it."""

    jawaban = forms.ChoiceField(
        label=_("Jawaban Anda"),
        widget=forms.RadioSelect,
        error_messages={"required": PICK, "invalid_choice": PICK},
    )
    penjelasan = _words(
        _("Rencana, atau alasannya"),
        hint=_("Apa yang akan dikerjakan? Bila tidak, mengapa?"),
        missing=_("Tulis rencana atau alasannya."),
    )
    selesai = _day(_("Selesai paling lambat"), hint=_("Perlu diisi bila Anda menjawab ya."))
    tanggal = _day(_("Tanggal keputusan"))
    nomor = _line(_("Nomor SK atau surat"), longest=100, hint=_("Boleh menyusul."))
    pengganti = _line(
        _("Penggantinya"), longest=200, hint=_("Nama aplikasi yang menggantikan, seperti di daftar.")
    )
    tanpa_pengganti = _line(
        _("Tanpa pengganti, karena"), longest=300, hint=_("Bila tidak ada yang menggantikan.")
    )

    DECISION = ("tanggal", "nomor", "pengganti", "tanpa_pengganti")

    def __init__(self, data: Any, *, row: Recommendation) -> None:
        super().__init__(data, initial={"tanggal": today()})
        self.row = row
        self.replacement: Application | None = None
        self.retires = row.action == Action.RETIRE
        choices = [(str(one.value), one.label) for one in AnswerKind]
        if self.retires:
            choices.insert(0, (DECIDED, _("Ya, dan keputusan menghentikannya sudah ada")))
        else:
            for name in self.DECISION:
                del self.fields[name]
        fields: Any = self.fields
        fields["jawaban"].choices = choices

    @property
    def decides(self) -> bool:
        return self.cleaned_data.get("jawaban") == DECIDED

    def clean(self) -> dict[str, Any]:
        got = super().clean() or self.cleaned_data
        kind, ends = got.get("jawaban"), got.get("selesai")
        if kind == AnswerKind.ACCEPT and ends is None and "selesai" not in self.errors:
            self.add_error("selesai", gettext("Isi kapan paling lambat selesai."))
        if kind in (AnswerKind.ACCEPT, AnswerKind.PARTLY) and ends is not None and ends < today():
            self.add_error("selesai", gettext("Tanggal ini sudah lewat. Pilih hari ini atau sesudahnya."))
        if kind == DECIDED:
            self._check_decision(got)
        return got

    def _check_decision(self, got: dict[str, Any]) -> None:
        decided = got.get("tanggal")
        if decided is None and "tanggal" not in self.errors:
            self.add_error("tanggal", gettext("Isi tanggal keputusannya."))
        elif decided is not None and decided > today():
            self.add_error("tanggal", gettext("Tanggal ini belum tiba. Catat sesudah diputuskan."))
        said = str(got.get("pengganti") or "")
        if said:
            self._find(said)
        elif not got.get("tanpa_pengganti"):
            self.add_error("pengganti", gettext("Tulis penggantinya. Tidak ada? Tulis alasannya di bawah."))

    def _find(self, said: str) -> None:
        found = named(said, but=self.row.application)
        if len(found) == 1:
            self.replacement = found[0]
        elif found:
            names = "; ".join(f"{one.name} ({one.owner.short_name}): {one.slug}" for one in found)
            words = gettext("Ada beberapa. Tulis salah satu: %(names)s") % {"names": names}
            self.add_error("pengganti", words)
        else:
            words = gettext("Belum ada aplikasi bernama %(name)s. Catat dulu, atau periksa tulisannya.")
            self.add_error("pengganti", words % {"name": said[:80]})

    def decision(self) -> dict[str, Any]:
        got = self.cleaned_data
        return {
            "date": got["tanggal"],
            "number": got["nomor"],
            "decided_by": f"Kepala {self.row.agency.name}"[:200],
            "reason": got["penjelasan"],
        }


class FollowUpForm(PlainForm):
    """What Kominfo saw or did; with the mark it is finished."""

    catatan = _words(
        _("Catatan tindak lanjut"),
        hint=_("Apa yang Anda lihat atau lakukan? Instansi membaca ini."),
        missing=_("Tulis apa yang Anda lihat atau lakukan."),
    )
    selesai = forms.BooleanField(
        label=_("Sudah dikerjakan instansi, saya sudah memeriksanya"), required=False
    )


class CloseForm(PlainForm):
    """Leave it as it is for a while, or take it back."""

    pilihan = forms.ChoiceField(
        label=_("Apa yang Anda putuskan?"),
        widget=forms.RadioSelect,
        error_messages={"required": PICK, "invalid_choice": PICK},
    )
    alasan = _words(_("Alasan"), missing=_("Tulis alasannya."), longest=500)
    sampai = _day(
        _("Ditinjau lagi pada"), hint=_("Untuk yang dibiarkan. Sebelum hari itu tidak ditanyakan lagi.")
    )

    def __init__(self, data: Any, *, given: bool) -> None:
        super().__init__(
            data, initial={"sampai": months_after(today(), thresholds(today())["tinjau_lagi"].value)}
        )
        fields: Any = self.fields
        choices = [(KEEP, _("Biarkan seperti sekarang"))]
        if given:
            choices.append((WITHDRAW, _("Tarik rekomendasi ini")))
        fields["pilihan"].choices = choices
        if not given:
            self.initial["pilihan"] = KEEP

    def clean_sampai(self) -> datetime.date | None:
        found: datetime.date | None = self.cleaned_data["sampai"]
        if found is not None and found <= today():
            raise forms.ValidationError(gettext("Pilih hari sesudah hari ini."))
        return found

    def clean(self) -> dict[str, Any]:
        got = super().clean() or self.cleaned_data
        if got.get("pilihan") == KEEP and not got.get("sampai") and "sampai" not in self.errors:
            self.add_error("sampai", gettext("Isi kapan ditinjau lagi."))
        return got
