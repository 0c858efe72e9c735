"""A decision on the life of an application, and what takes over."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jendela.common.dates import today
from jendela.registry.applications.choices import ApprovalStep
from jendela.registry.applications.forms.origin import day, text, url
from jendela.registry.applications.forms.values import NO, PICK, YES
from jendela.registry.applications.models import Application
from jendela.registry.applications.reads import named
from jendela.ui.forms import PlainForm

FOLLOWED = (ApprovalStep.MERGE, ApprovalStep.RETIRE)


class ApprovalForm(PlainForm):
    langkah = forms.ChoiceField(
        label=_("Keputusan tentang"),
        choices=ApprovalStep.choices,
        error_messages={"required": PICK, "invalid_choice": PICK},
    )
    setuju = forms.ChoiceField(
        label=_("Keputusannya"),
        choices=[(YES, _("disetujui")), (NO, _("tidak disetujui"))],
        widget=forms.RadioSelect,
        error_messages={"required": PICK, "invalid_choice": PICK},
    )
    tanggal = day(_("Tanggal keputusan"), required=True, missing=_("Isi tanggal keputusannya."))
    nomor = text(_("Nomor surat"), longest=100)
    pemutus = text(
        _("Siapa yang memutuskan"),
        longest=200,
        required=True,
        missing=_("Tulis siapa yang memutuskan."),
        hint=_("Jabatan, bukan nama orang. Contoh: Kepala Dinas Perhubungan"),
    )
    alasan = text(_("Alasan"), longest=2000, widget=forms.Textarea)
    alamat = url(_("Alamat suratnya"))
    pengganti = text(
        _("Penggantinya"),
        longest=200,
        hint=_("Untuk menggabung atau menghentikan: tulis nama aplikasi yang menggantikan."),
    )
    tanpa_pengganti = text(
        _("Tanpa pengganti, karena"),
        longest=300,
        hint=_("Hanya bila dihentikan dan tidak ada yang menggantikan."),
    )

    def __init__(self, data: Any, *, application: Application) -> None:
        super().__init__(data, initial={"tanggal": today()})
        self.application = application
        self.replacement: Application | None = None

    def clean_tanggal(self) -> Any:
        found = self.cleaned_data["tanggal"]
        if found > today():
            raise forms.ValidationError(gettext("Tanggal ini belum tiba. Catat sesudah diputuskan."))
        return found

    def clean_pengganti(self) -> str:
        said = str(self.cleaned_data["pengganti"])
        if not said:
            return ""
        found = named(said, but=self.application)
        if len(found) == 1:
            self.replacement = found[0]
            return said
        if not found:
            raise forms.ValidationError(
                gettext("Belum ada aplikasi bernama %(name)s. Catat dulu, atau periksa tulisannya.")
                % {"name": said[:80]}
            )
        names = "; ".join(f"{one.name} ({one.owner.short_name}): {one.slug}" for one in found)
        raise forms.ValidationError(gettext("Ada beberapa. Tulis salah satu: %(names)s") % {"names": names})

    def clean(self) -> dict[str, Any]:
        got = super().clean() or self.cleaned_data
        if got.get("setuju") != YES or got.get("langkah") not in FOLLOWED or "pengganti" in self.errors:
            return got
        if got["langkah"] == ApprovalStep.MERGE and self.replacement is None:
            self.add_error("pengganti", gettext("Tulis digabung ke aplikasi mana."))
        elif self.replacement is None and not got.get("tanpa_pengganti"):
            self.add_error("pengganti", gettext("Tulis penggantinya. Tidak ada? Tulis alasannya di bawah."))
        return got

    def values(self) -> dict[str, Any]:
        got = self.cleaned_data
        return {
            "step": got["langkah"],
            "positive": got["setuju"] == YES,
            "date": got["tanggal"],
            "number": got["nomor"],
            "decided_by": got["pemutus"],
            "reason": got["alasan"],
            "document_url": got["alamat"],
        }
