"""What people type about answering letters, checked; nothing is saved here."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jendela.people.agencies.models import Agency
from jendela.registry.letters.actions import Asked
from jendela.registry.letters.choices import Kind
from jendela.registry.letters.columns import options
from jendela.registry.letters.models import LetterTemplate
from jendela.ui.forms import PlainForm

ALL = "semua"  # agencies
MOST_COLUMNS = 60
EMPTY_ROWS = 3
LONG = {"max_length": _("Terlalu panjang.")}


def _line(label: Any, longest: int, *, hint: Any = "", required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        max_length=longest,
        error_messages={**LONG, "required": _("Isi dulu.")},
    )


class AskedForm(PlainForm):
    """The letter that asked; all of it may stay empty."""

    asked_number = _line(_("Nomor surat masuk"), 80)
    asked_date = forms.DateField(
        label=_("Tanggal surat masuk"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"],
        error_messages={"invalid": _("Tulis tanggal yang ada, misalnya 24/11/2026.")},
    )
    asked_subject = _line(_("Hal surat masuk"), 200)
    to = _line(_("Kepada"), 200, hint=_("Jabatan, bukan nama orang."))
    to_place = _line(_("Di"), 120, hint=_("Contoh: di Sampit."))
    own_number = _line(_("Nomor surat ini"), 80, hint=_("Belum ada nomornya? Kosongkan, lalu tulis tangan."))

    def asked(self) -> Asked:
        got = self.cleaned_data
        return Asked(
            number=got["asked_number"],
            date=got["asked_date"],
            subject=got["asked_subject"],
            own_number=got["own_number"],
            to=got["to"],
            to_place=got["to_place"],
        )


class LetterForm(AskedForm):
    """A letter of one agency, or of all where the writer sees all."""

    def __init__(self, *args: Any, agencies: list[Agency], everywhere: bool, **values: Any) -> None:
        super().__init__(*args, **values)
        self.agencies = {str(one.pk): one for one in agencies}
        choices: list[tuple[str, Any]] = [(key, one.short_name) for key, one in self.agencies.items()]
        if everywhere:
            choices.insert(0, (ALL, gettext("Semua instansi")))
        if len(choices) > 1:
            field = forms.ChoiceField(
                label=gettext("Aplikasi milik"),
                choices=choices,
                error_messages={"invalid_choice": gettext("Pilih satu dari daftar.")},
            )
            self.fields = {"agency": field, **self.fields}
        self.only = agencies[0] if len(choices) == 1 and agencies else None

    def agency(self) -> Agency | None:
        """None: all of them."""
        return self.only or self.agencies.get(self.cleaned_data.get("agency", ""))


class TemplateForm(PlainForm):
    """A form of an asker; its columns stand in rows `heading-0`, `key-0`, … in the asked order."""

    name = _line(_("Nama bentuk"), 120, hint=_("Contoh: Inspektorat, triwulan."), required=True)
    asker = _line(_("Peminta"), 120, hint=_("Seperti ditulis di surat."))
    kind = forms.ChoiceField(label=_("Bentuk"), choices=Kind.choices, widget=forms.RadioSelect)
    to = _line(_("Kepada"), 200, hint=_("Jabatan, bukan nama orang."))
    to_place = _line(_("Di"), 120, hint=_("Contoh: di Palangka Raya."))
    subject = _line(_("Hal"), 200, required=True)
    opening = forms.CharField(
        label=_("Kalimat tambahan di pembuka"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    closing = forms.CharField(
        label=_("Penutup"),
        required=False,
        help_text=_("Kosong: penutup yang biasa."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    citation = _line(_("Dasar urutan kolom"), 300, hint=_("Contoh: lampiran surat Nomor 500/12."))

    def __init__(
        self, data: QueryDict | None = None, *, columns: list[dict[str, str]], **values: Any
    ) -> None:
        super().__init__(data, **values)
        self.rows = _shown(data, len(columns))
        choices = [("", gettext("Pilih isinya")), *options()]
        for number in range(self.rows):
            one = columns[number] if number < len(columns) else {"heading": "", "key": ""}
            self.fields[f"heading-{number}"] = forms.CharField(
                label=gettext("Judul kolom %(n)s") % {"n": number + 1},
                required=False,
                max_length=120,
                initial=one["heading"],
                error_messages={"max_length": gettext("Paling banyak 120 huruf.")},
            )
            self.fields[f"key-{number}"] = forms.ChoiceField(
                label=gettext("Isi kolom %(n)s") % {"n": number + 1},
                choices=choices,
                required=False,
                initial=one["key"],
                error_messages={"invalid_choice": gettext("Pilih satu dari daftar.")},
            )

    def clean(self) -> dict[str, Any]:
        got: dict[str, Any] = super().clean() or self.cleaned_data
        for number in range(self.rows):
            if got.get(f"heading-{number}") and not got.get(f"key-{number}"):
                self.add_error(f"key-{number}", _("Pilih isi kolom ini, atau kosongkan judulnya."))
        if not any(got.get(f"key-{number}") for number in range(self.rows)):
            self.add_error("key-0" if self.rows else None, _("Pilih paling sedikit satu kolom."))
        return got

    def values(self) -> dict[str, Any]:
        got = self.cleaned_data
        columns = [
            {"heading": got[f"heading-{number}"], "key": got[f"key-{number}"]}
            for number in range(self.rows)
            if got.get(f"key-{number}")
        ]
        names = ("name", "asker", "kind", "to", "to_place", "subject", "opening", "closing", "citation")
        return {**{name: got[name] for name in names}, "columns": columns}

    @property
    def column_rows(self) -> list[tuple[Any, Any]]:
        return [(self[f"heading-{number}"], self[f"key-{number}"]) for number in range(self.rows)]

    @property
    def word_fields(self) -> list[Any]:
        return [self[name] for name in self.base_fields]


def _shown(data: QueryDict | None, there: int) -> int:
    if data is None:
        return min(there + EMPTY_ROWS, MOST_COLUMNS)
    text = data.get("rows", "")
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 4 else there
    return min(max(number, 1) + (EMPTY_ROWS if data.get("lakukan") == "tambah" else 0), MOST_COLUMNS)


def of_template(row: LetterTemplate) -> dict[str, Any]:
    names = ("name", "asker", "kind", "to", "to_place", "subject", "opening", "closing", "citation")
    return {name: getattr(row, name) for name in names}


class HeadersForm(PlainForm):
    file = forms.FileField(
        label=_("Formulir kosong dari peminta (XLSX atau CSV)"),
        help_text=_("Judul kolomnya kami baca dan kami usulkan isinya."),
        error_messages={"required": _("Pilih berkasnya dulu.")},
    )
