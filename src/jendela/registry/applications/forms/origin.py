"""Where a new value comes from: the agency says it, a document proves it, a letter or the news tells it."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jendela.common.dates import parse_partial
from jendela.registry.applications.actions import Provenance
from jendela.registry.applications.choices import Grade
from jendela.ui.forms import PlainForm

STATED, DOCUMENT, TOLD = "instansi", "dokumen", "berita"
GRADES = {STATED: Grade.STATED, DOCUMENT: Grade.PROVEN, TOLD: Grade.TOLD}
BAD_DAY = _("Tanggal ini tidak ada. Tulis seperti 2026-11-24.")
TOO_LONG = _("Terlalu panjang: %(show_value)d huruf. Paling banyak %(limit_value)d.")


def text(label: Any, *, longest: int, hint: Any = "", required: bool = False, **more: Any) -> forms.CharField:
    """A line of text, or nothing."""
    messages = {"max_length": TOO_LONG, "required": more.pop("missing", _("Isi bagian ini."))}
    return forms.CharField(
        label=label, max_length=longest, help_text=hint, required=required, error_messages=messages, **more
    )


def day(label: Any, *, required: bool = False, hint: Any = "", missing: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        help_text=hint,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": BAD_DAY, "required": missing or _("Isi tanggalnya.")},
    )


def url(label: Any, *, hint: Any = "") -> forms.URLField:
    return forms.URLField(
        label=label,
        help_text=hint,
        required=False,
        max_length=300,
        assume_scheme="https",
        widget=forms.TextInput(attrs={"inputmode": "url"}),
        error_messages={
            "invalid": _("Ini belum alamat web. Contoh: https://contoh.go.id/surat.pdf"),
            "max_length": TOO_LONG,
        },
    )


class OriginForm(PlainForm):
    """The last part of every form of the register. `field_order` keeps it behind what is said."""

    asal = forms.ChoiceField(
        label=_("Dari mana Anda tahu?"),
        choices=[
            (STATED, _("Instansi sendiri yang menyatakan")),
            (DOCUMENT, _("Ada dokumennya")),
            (TOLD, _("Dari surat atau berita")),
        ],
        initial=STATED,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Pilih salah satu."),
            "invalid_choice": _("Pilih salah satu dari daftar."),
        },
    )
    sumber = text(
        _("Nomor dokumen, atau nama surat atau berita"),
        longest=300,
        hint=_("Contoh: SPK 027/12/2026. Tidak perlu untuk pernyataan instansi."),
    )
    alamat_sumber = url(_("Alamat dokumen atau berita"))
    tanggal_sumber = text(
        _("Tanggalnya"), longest=10, hint=_("Contoh: 2026-11-24, atau tahunnya saja: 2026.")
    )
    alasan = text(_("Mengapa berubah"), longest=300)

    ORIGIN = ("asal", "sumber", "alamat_sumber", "tanggal_sumber", "alasan")

    def clean(self) -> dict[str, Any]:
        got = super().clean() or self.cleaned_data
        if got.get("asal") == DOCUMENT and not got.get("sumber") and "sumber" not in self.errors:
            self.add_error("sumber", gettext("Tulis nomor dokumennya."))
        if got.get("asal") == TOLD:
            if not got.get("alamat_sumber") and "alamat_sumber" not in self.errors:
                self.add_error("alamat_sumber", gettext("Tulis alamat surat atau beritanya."))
            if not got.get("tanggal_sumber") and "tanggal_sumber" not in self.errors:
                self.add_error("tanggal_sumber", gettext("Tulis tanggal surat atau beritanya."))
        return got

    def clean_tanggal_sumber(self) -> str:
        said = str(self.cleaned_data["tanggal_sumber"])
        try:
            parse_partial(said)
        except ValueError:
            raise forms.ValidationError(
                gettext("Tulis tanggal seperti 2026-11-24, 2026-11, atau 2026.")
            ) from None
        return said

    def provenance(self, stated_by: str) -> Provenance:
        """Of a valid form: who speaks and from what."""
        got = self.cleaned_data
        kept = got["asal"] != STATED
        return Provenance(
            stated_by,
            got["sumber"] if kept else "",
            got["alamat_sumber"] if kept else "",
            got["tanggal_sumber"] if kept else "",
            GRADES[got["asal"]],
        )

    @property
    def reason(self) -> str:
        return str(self.cleaned_data["alasan"])

    @property
    def main_fields(self) -> list[forms.BoundField]:
        return [one for one in self.visible_fields() if one.name not in self.ORIGIN]

    @property
    def origin_fields(self) -> list[forms.BoundField]:
        return [one for one in self.visible_fields() if one.name in self.ORIGIN]
