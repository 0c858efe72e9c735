"""Forms of an agency's own rooms: office, address of an application, merger. They parse and check, and save nothing."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from jendela.common.dates import today
from jendela.people.agencies import hours
from jendela.people.agencies.models import Agency
from jendela.people.agencies.phones import PhoneError, clean_phone
from jendela.people.agencies.reads import living
from jendela.registry.applications.addresses import AddressError, clean_address
from jendela.registry.applications.models import Application
from jendela.ui.forms import PlainForm

LONGEST_ADDRESS = 300
LONGEST_NAME = 200
TOO_LONG = _("Terlalu panjang: %(show_value)d huruf. Paling banyak %(limit_value)d.")
DAY_CHOICES = [("", _("Pilih hari")), *((str(number), day) for number, day in enumerate(hours.DAYS))]
LAST_CHOICES = [("", _("Hari itu saja")), *((str(number), day) for number, day in enumerate(hours.DAYS))]
ORDINALS = (_("Baris pertama"), _("Baris kedua"), _("Baris ketiga"))


class OfficeForm(PlainForm):
    """Phone, hours and address of an office. `hours_before` is what is written now, in whatever words."""

    phone = forms.CharField(
        label=_("Telepon"),
        help_text=_("Satu nomor yang dijawab orang. Contoh: 0531 21234 atau 0812 3456 7890."),
        required=False,
        max_length=40,
        error_messages={"max_length": TOO_LONG},
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )
    address = forms.CharField(
        label=_("Alamat"),
        help_text=_("Jalan dan tempatnya. Contoh: Jl HM Arsyad, Sampit."),
        required=False,
        max_length=LONGEST_ADDRESS,
        error_messages={"max_length": TOO_LONG},
    )
    note = forms.CharField(
        label=_("Keterangan jam"),
        help_text=_("Misalnya istirahat, atau tutup pada hari libur. Paling banyak 90 huruf."),
        required=False,
        max_length=hours.LONGEST_NOTE,
        error_messages={"max_length": TOO_LONG},
    )
    keep = forms.BooleanField(label=_("Tetap pakai tulisan jam yang lama"), required=False)

    def __init__(
        self, data: Any = None, *, hours_before: str = "", initial: dict[str, Any] | None = None
    ) -> None:
        read = hours.parse(hours_before)
        self.other_words = hours_before if hours_before and read is None else ""
        initial = {**(initial or {}), "keep": bool(self.other_words), "note": read.note if read else ""}
        for number in range(hours.MOST_SPANS):
            initial |= _initial(number, read.spans[number] if read and number < len(read.spans) else None)
        super().__init__(data, initial=initial)
        for number in range(hours.MOST_SPANS):
            self._add_row(number)
        for name in ("phone", "address", "note"):
            self.fields[name].widget.attrs.pop("maxlength", None)

    def _add_row(self, number: int) -> None:
        time = {"inputmode": "numeric", "autocomplete": "off"}
        self.fields[f"first{number}"] = forms.ChoiceField(
            label=_("Dari hari"), choices=DAY_CHOICES, required=False
        )
        self.fields[f"last{number}"] = forms.ChoiceField(
            label=_("Sampai hari"), choices=LAST_CHOICES, required=False
        )
        for name, label in (("opens", _("Buka pukul")), ("closes", _("Tutup pukul"))):
            self.fields[f"{name}{number}"] = forms.CharField(
                label=label, required=False, max_length=8, widget=forms.TextInput(attrs=time)
            )

    def rows(self) -> list[dict[str, Any]]:
        """The rows of hours for the template: legend and four bound fields each."""
        names = ("first", "last", "opens", "closes")
        return [
            {"legend": ORDINALS[number], "fields": [self[f"{name}{number}"] for name in names]}
            for number in range(hours.MOST_SPANS)
        ]

    def clean_phone(self) -> str:
        try:
            return clean_phone(self.cleaned_data["phone"])
        except PhoneError as error:
            raise ValidationError(str(error)) from None

    def clean_address(self) -> str:
        return " ".join(self.cleaned_data["address"].split())

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        spans: list[hours.Span] = []
        for number in range(hours.MOST_SPANS):
            span = self._span(number, data)
            if span is not None:
                spans += [span]
                for words in hours.check([span]):
                    self._wrong("closes" if span.closes <= span.opens else "last", number, words)
        if not self.errors:
            for words in hours.check(spans):
                self.add_error("first0", words)
        note = " ".join(data.get("note", "").split())
        if note and not spans and not self.errors:
            self.add_error("first0", _now("Isi hari dan jamnya dulu, atau kosongkan keterangan."))
        kept = self.other_words if data.get("keep") and not spans else ""
        data["hours"] = kept or hours.Hours(tuple(spans), note).text()
        return data

    def _wrong(self, name: str, number: int, words: str) -> None:
        """An error of a row: three rows have fields of the same names, so it says which row."""
        self.add_error(f"{name}{number}", f"{ORDINALS[number]}: {words}")

    def _span(self, number: int, data: dict[str, Any]) -> hours.Span | None:
        """A row as a span; None when it is empty or wrong, with the error at its field."""
        first, last = data.get(f"first{number}", ""), data.get(f"last{number}", "")
        times = {name: data.get(f"{name}{number}", "").strip() for name in ("opens", "closes")}
        if not (first or last or any(times.values())):
            return None
        if not first:
            self._wrong("first", number, _now("Pilih harinya."))
        minutes: dict[str, int] = {}
        for name, text in times.items():
            found = hours.parse_clock(text)
            if found is None:
                self._wrong(name, number, _now("Tulis jam seperti 07.30."))
            else:
                minutes[name] = found
        if not first or len(minutes) < len(times):
            return None
        return hours.Span(int(first), int(last or first), minutes["opens"], minutes["closes"])


def _initial(number: int, span: hours.Span | None) -> dict[str, str]:
    if span is None:
        return {}
    return {
        f"first{number}": str(span.first),
        f"last{number}": str(span.last) if span.last != span.first else "",
        f"opens{number}": hours.clock(span.opens),
        f"closes{number}": hours.clock(span.closes),
    }


class NewOfficeForm(OfficeForm):
    name = forms.CharField(
        label=_("Nama kantor atau loket"),
        help_text=_("Seperti tertulis di papan namanya."),
        max_length=LONGEST_NAME,
        error_messages={"required": _("Tulis nama kantornya."), "max_length": TOO_LONG},
    )
    field_order = ("name",)


class AddressForm(PlainForm):
    url = forms.CharField(
        label=_("Alamat aplikasi"),
        help_text=_("Tempel dari peramban, misalnya https://aplikasi.kotimkab.go.id"),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, must: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.must = must

    def clean_url(self) -> str:
        try:
            url = clean_address(self.cleaned_data["url"])
        except AddressError as error:
            raise ValidationError(str(error)) from None
        if self.must and not url:
            raise ValidationError(_now("Tulis alamat yang Anda usulkan."))
        return url


class MergerForm(PlainForm):
    """Which agency became which, from when, and by which decision."""

    predecessor = forms.ModelChoiceField(
        label=_("Instansi lama"),
        queryset=Agency.objects.none(),
        empty_label=_("Pilih instansi"),
        error_messages={
            "required": _("Pilih instansi yang lama."),
            "invalid_choice": _("Pilih dari daftar."),
        },
    )
    successor = forms.ModelChoiceField(
        label=_("Penggantinya"),
        help_text=_("Kosongkan bila penggantinya nama baru. Tulis nama itu di bawah."),
        queryset=Agency.objects.none(),
        empty_label=_("Nama baru, tulis di bawah"),
        required=False,
        error_messages={"invalid_choice": _("Pilih dari daftar.")},
    )
    short_name = forms.CharField(
        label=_("Singkatan baru"), required=False, max_length=80, error_messages={"max_length": TOO_LONG}
    )
    name = forms.CharField(
        label=_("Nama lengkap baru"),
        required=False,
        max_length=LONGEST_NAME,
        error_messages={"max_length": TOO_LONG},
    )
    since = forms.DateField(
        label=_("Sejak tanggal"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"],
        error_messages={
            "required": _("Tulis tanggal berlakunya."),
            "invalid": _("Tulis tanggal seperti 24/11/2026."),
        },
    )
    source = forms.CharField(
        label=_("Dasarnya"),
        help_text=_("Peraturan atau keputusan. Contoh: Perda Nomor 4 Tahun 2026."),
        max_length=300,
        error_messages={"required": _("Sebutkan peraturan atau keputusannya."), "max_length": TOO_LONG},
    )
    source_url = forms.URLField(
        label=_("Tautan ke peraturan"),
        required=False,
        max_length=500,
        assume_scheme="https",
        error_messages={"invalid": _("Ini belum alamat web.")},
        widget=forms.TextInput(attrs={"inputmode": "url"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.ModelChoiceField):
                field.queryset = living()

    def clean_since(self) -> Any:
        since = self.cleaned_data["since"]
        if since > today():
            raise ValidationError(_now("Tanggal ini belum tiba. Catat saat sudah berlaku."))
        return since

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        old, new = data.get("predecessor"), data.get("successor")
        names = {name: " ".join(data.get(name, "").split()) for name in ("short_name", "name")}
        data |= names
        if old is not None and old == new:
            self.add_error("successor", _now("Pilih instansi lain sebagai penggantinya."))
        if new is None and "successor" not in self.errors:
            for name, words in (
                ("short_name", _now("Tulis singkatannya, atau pilih pengganti yang sudah ada.")),
                ("name", _now("Tulis nama lengkapnya.")),
            ):
                if not names[name]:
                    self.add_error(name, words)
        if new is not None and (names["short_name"] or names["name"]):
            self.add_error("successor", _now("Pilih satu: pengganti yang sudah ada, atau nama baru."))
        return data


class SplitForm(MergerForm):
    """Which of an agency's applications go to another, from when, and by which decision."""

    applications = forms.MultipleChoiceField(
        label=_("Aplikasi yang pindah"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Centang sedikitnya satu aplikasi."),
            "invalid_choice": _("Ada yang sudah pindah. Muat ulang halaman, lalu centang lagi."),
        },
    )
    field_order = ("applications",)

    def __init__(self, *args: Any, agency: Agency, owned: Sequence[Application], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agency = agency
        self.fields["predecessor"].required = False
        self.fields["predecessor"].widget = forms.HiddenInput()
        self.fields["successor"].label = _("Pindah ke")
        self.fields["applications"].choices = [(str(one.pk), one.name) for one in owned]  # type: ignore[attr-defined]

    def clean_predecessor(self) -> Agency:
        return self.agency
