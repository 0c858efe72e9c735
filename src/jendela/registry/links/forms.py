"""What is typed about links, checked: a declaration, its correction, an answer, an ending, an exemption, a rule."""

import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jendela.common.dates import today
from jendela.registry.applications.models import Application
from jendela.registry.datasets.choices import Frequency
from jendela.registry.datasets.models import Dataset, StandardElement
from jendela.registry.links.choices import Direction, LinkState, Method
from jendela.registry.links.naming import NamedApplications, name_field
from jendela.ui.forms import PlainForm

LONGEST_REVIEW = datetime.timedelta(days=731)
THIRD, SOURCE, TARGET = "diskominfo", "sumber", "tujuan"
_DAY = {"invalid": gettext_lazy("Tanggal ini tidak ada. Tulis seperti 2026-11-24.")}
_CHOOSE = {
    "required": gettext_lazy("Pilih salah satu."),
    "invalid_choice": gettext_lazy("Pilih salah satu."),
}


def _day(label: Any, hint: Any = "", *, required: bool = False) -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=hint,
        required=required,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={**_DAY, "required": gettext_lazy("Isi tanggalnya.")},
    )


class LinkForm(PlainForm):
    """What a link says, apart from its ends."""

    data = forms.CharField(  # type: ignore[assignment]  # fields are not attributes of a form, `data` stays what was sent
        label=gettext_lazy("Data apa yang mengalir?"),
        help_text=gettext_lazy("Sebut datanya. Contoh: NIK dan nama balita yang ditimbang."),
        max_length=300,
        error_messages={
            "required": gettext_lazy("Tulis data apa yang mengalir."),
            "max_length": gettext_lazy("Terlalu panjang. Paling banyak 300 huruf."),
        },
    )
    method = forms.ChoiceField(
        label=gettext_lazy("Dengan cara apa?"),
        choices=Method.choices,
        widget=forms.RadioSelect,
        error_messages=_CHOOSE,
    )
    hours_a_month = forms.DecimalField(
        label=gettext_lazy("Bila diketik ulang: berapa jam sebulan?"),
        help_text=gettext_lazy("Perkiraan sudah cukup. Kosongkan bila belum tahu."),
        required=False,
        min_value=0,
        max_value=9999,
        max_digits=6,
        decimal_places=1,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        error_messages={
            "invalid": gettext_lazy("Tulis angka, seperti 12 atau 7,5."),
            "min_value": gettext_lazy("Tulis angka mulai dari nol."),
            "max_value": gettext_lazy("Angka ini terlalu besar."),
            "max_digits": gettext_lazy("Angka ini terlalu besar."),
            "max_decimal_places": gettext_lazy("Satu angka di belakang koma sudah cukup."),
            "max_whole_digits": gettext_lazy("Angka ini terlalu besar."),
        },
    )
    state = forms.ChoiceField(
        label=gettext_lazy("Keadaannya sekarang"),
        choices=LinkState.choices,
        initial=LinkState.UNKNOWN,
        error_messages=_CHOOSE,
    )
    direction = forms.ChoiceField(
        label=gettext_lazy("Arah"),
        choices=Direction.choices,
        initial=Direction.ONE_WAY,
        error_messages=_CHOOSE,
    )
    frequency = forms.ChoiceField(
        label=gettext_lazy("Seberapa sering"),
        choices=Frequency.choices,
        initial=Frequency.UNKNOWN,
        error_messages=_CHOOSE,
    )
    agreement = forms.CharField(
        label=gettext_lazy("Nomor perjanjian"),
        help_text=gettext_lazy("Perjanjian kerja sama atau berita acara, bila ada."),
        max_length=200,
        required=False,
    )
    agreement_until = _day(gettext_lazy("Perjanjian berlaku sampai"))

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("hours_a_month") and found.get("method") not in (None, "", Method.RETYPED):
            self.add_error("hours_a_month", _("Jam hanya diisi bila caranya diketik ulang."))
        return found


class CorrectForm(LinkForm):
    """A link again; the dataset is one that the giving application holds."""

    dataset = forms.ModelChoiceField(
        label=gettext_lazy("Data yang tercatat"),
        help_text=gettext_lazy("Pilih bila data ini sudah dicatat di aplikasi pemberi."),
        queryset=Dataset.objects.none(),
        required=False,
        empty_label=gettext_lazy("belum dihubungkan"),
        error_messages=_CHOOSE,
    )

    def __init__(self, *args: Any, source: Application, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Dataset.objects.filter(application=source)
        self.fields["dataset"].queryset = rows  # type: ignore[attr-defined]  # a ModelChoiceField


class DeclareForm(NamedApplications, LinkForm):
    named = ("source", "target")
    source = name_field(gettext_lazy("Dari aplikasi"), gettext_lazy("Aplikasi yang memberi data."))
    target = name_field(gettext_lazy("Ke aplikasi"), gettext_lazy("Aplikasi yang menerima data."))
    said_by = forms.ChoiceField(
        label=gettext_lazy("Menurut siapa?"),
        choices=[
            (THIRD, gettext_lazy("Diskominfo; kedua pemilik belum menyatakan")),
            (SOURCE, gettext_lazy("pemilik aplikasi yang memberi")),
            (TARGET, gettext_lazy("pemilik aplikasi yang menerima")),
        ],
        widget=forms.RadioSelect,
        initial=THIRD,
        error_messages=_CHOOSE,
    )
    field_order = ["source", "target", "data", "method", "hours_a_month", "state"]

    def __init__(self, *args: Any, everywhere: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not everywhere:  # their own agency says it
            del self.fields["said_by"]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        source, target = found.get("source_application"), found.get("target_application")
        if source and target and source.pk == target.pk:
            self.add_error("target", _("Aplikasi pemberi dan penerima tidak boleh sama."))
        return found


class AnswerForm(PlainForm):
    """A denial says why."""

    YES, NO = "benar", "tidak"
    answer = forms.ChoiceField(
        label=gettext_lazy("Apakah pernyataan ini benar?"),
        choices=[(YES, gettext_lazy("Ya, benar")), (NO, gettext_lazy("Tidak benar"))],
        widget=forms.RadioSelect,
        error_messages=_CHOOSE,
    )
    reason = forms.CharField(
        label=gettext_lazy("Keterangan"),
        help_text=gettext_lazy("Perlu bila tidak benar. Contoh: data dikirim lewat surel, belum lewat API."),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": gettext_lazy("Terlalu panjang. Paling banyak 300 huruf.")},
    )

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("answer") == self.NO and not (found.get("reason") or "").strip():
            self.add_error("reason", _("Tulis mengapa tidak benar, supaya pihak lain dapat memperbaikinya."))
        return found


class EndForm(PlainForm):
    reason = forms.CharField(
        label=gettext_lazy("Mengapa dikeluarkan dari daftar?"),
        help_text=gettext_lazy("Contoh: perjanjian habis, atau tercatat dua kali."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": gettext_lazy("Tulis alasannya."),
            "max_length": gettext_lazy("Terlalu panjang. Paling banyak 300 huruf."),
        },
    )


class StandAloneForm(PlainForm):
    reason = forms.CharField(
        label=gettext_lazy("Mengapa tidak perlu integrasi?"),
        help_text=gettext_lazy("Contoh: alat hitung tanpa data tersimpan."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": gettext_lazy("Tulis alasannya."),
            "max_length": gettext_lazy("Terlalu panjang. Paling banyak 300 huruf."),
        },
    )
    review_on = _day(
        gettext_lazy("Ditinjau lagi pada"),
        gettext_lazy("Paling lama dua tahun dari hari ini."),
        required=True,
    )

    def clean_review_on(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["review_on"]
        if not today() < day <= today() + LONGEST_REVIEW:
            raise forms.ValidationError(_("Pilih tanggal sesudah hari ini, paling lama dua tahun."))
        return day


class RuleForm(NamedApplications):
    named = ("application",)
    words = forms.CharField(
        label=gettext_lazy("Data apa?"),
        help_text=gettext_lazy("Contoh: Data kependudukan."),
        max_length=200,
        error_messages={"required": gettext_lazy("Sebut datanya.")},
    )
    application = name_field(
        gettext_lazy("Sumber yang benar"), gettext_lazy("Aplikasi tempat data ini seharusnya diambil.")
    )
    element = forms.ModelChoiceField(
        label=gettext_lazy("Unsur data"),
        help_text=gettext_lazy("Pilih satu unsur, atau isi tema di bawah."),
        queryset=StandardElement.objects.none(),
        required=False,
        empty_label=gettext_lazy("bukan satu unsur"),
        error_messages=_CHOOSE,
    )
    topic = forms.CharField(
        label=gettext_lazy("Tema"),
        help_text=gettext_lazy("Kode RAD, seperti RAD.01. Berlaku juga untuk kode di bawahnya."),
        max_length=30,
        required=False,
    )
    valid_from = _day(gettext_lazy("Berlaku mulai"), required=True)
    citation = forms.CharField(
        label=gettext_lazy("Dasarnya"),
        help_text=gettext_lazy("Aturan atau keputusan yang mengatakannya, dengan pasal."),
        max_length=300,
        error_messages={"required": gettext_lazy("Sebut dasarnya.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["element"]
        field.queryset = StandardElement.objects.order_by("name")
        field.label_from_instance = lambda one: one.name

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if "element" not in self.errors and bool(found.get("element")) == bool(
            (found.get("topic") or "").strip()
        ):
            self.add_error("element", _("Pilih satu unsur data, atau isi satu tema."))
        return found
