"""What is typed about datasets, checked: a new one, a group of its values, its columns, a file."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jendela.common.dates import today
from jendela.registry.applications.models import Application
from jendela.registry.datasets import topics, values
from jendela.registry.datasets.choices import Openness
from jendela.registry.datasets.models import Dataset, Element, StandardElement
from jendela.ui.forms import PlainForm

MOST_BYTES = 5 * 1024 * 1024
_CHOOSE = {
    "required": gettext_lazy("Pilih salah satu."),
    "invalid_choice": gettext_lazy("Pilih salah satu."),
}
_URL = {"invalid": gettext_lazy("Ini belum alamat web. Awali dengan https://")}
_DAY = {"invalid": gettext_lazy("Tanggal ini tidak ada. Tulis seperti 2026-11-24.")}
_LONG = gettext_lazy("Terlalu panjang. Paling banyak %(limit_value)s huruf.")
YES, NO = "ya", "tidak"


def _field(one: values.Field) -> forms.Field:
    """The control of one value."""
    common: dict[str, Any] = {"label": one.label, "help_text": one.hint, "required": one.name == "name"}
    if one.kind == values.CHOICE:
        return forms.ChoiceField(
            **common | {"required": True}, choices=one.choices.choices, error_messages=_CHOOSE
        )
    if one.kind == values.CHOICES:
        return forms.MultipleChoiceField(
            **common, choices=one.choices.choices, widget=forms.CheckboxSelectMultiple, error_messages=_CHOOSE
        )
    if one.kind == values.YES_NO:
        options = [(YES, gettext_lazy("Ya")), (NO, gettext_lazy("Tidak"))]
        if one.name != "priority":
            options.append(("", gettext_lazy("Belum tahu")))
        return forms.ChoiceField(**common, choices=options, widget=forms.RadioSelect, error_messages=_CHOOSE)
    if one.kind == values.DATE:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        return forms.DateField(**common, widget=widget, error_messages=_DAY)
    length = values.longest(one.name)
    messages = {"required": gettext_lazy("Isi namanya."), "max_length": _LONG, **_URL}
    if one.kind == values.URL:
        return forms.URLField(**common, max_length=length, assume_scheme="https", error_messages=messages)
    widget_of_text: forms.Widget = (
        forms.Textarea(attrs={"rows": 3}) if one.kind == values.LONG else forms.TextInput()
    )
    return forms.CharField(**common, max_length=length, widget=widget_of_text, error_messages=messages)


def shown(one: values.Field, value: Any) -> Any:
    """A value as the control carries it."""
    if one.kind == values.YES_NO:
        return "" if value is None else YES if value else NO
    return value


class GroupForm(PlainForm):
    """The values of one group of values.FIELDS."""

    def __init__(self, *args: Any, group: str, row: Dataset, **kwargs: Any) -> None:
        initial = {one.name: shown(one, getattr(row, one.name)) for one in values.of_group(group)}
        super().__init__(*args, initial=initial, **kwargs)
        for one in values.of_group(group):
            self.fields[one.name] = _field(one)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        for name in list(found):
            if values.BY_NAME[name].kind == values.YES_NO:
                found[name] = {YES: True, NO: False}.get(found[name])
        closed = found.get("openness") in (Openness.LIMITED, Openness.CLOSED)
        if closed and not (found.get("openness_reason") or "").strip():
            self.add_error(
                "openness_reason", _("Tulis alasannya. Data pemerintah terbuka, kecuali ada alasan.")
            )
        if found.get("last_update") and found["last_update"] > today():
            self.add_error("last_update", _("Tanggal ini belum tiba."))
        topic = found.get("topic") if "topic" in self.changed_data else ""
        if topic and (wrong := topics.wrong(topic, topics.codes([topic]))):
            self.add_error("topic", wrong[:1].upper() + wrong[1:])
        if found.get("personal") and found.get("has_personal") is False:
            self.add_error("has_personal", _("Jenis data pribadi dipilih, jadi jawabannya ya."))
        elif found.get("personal"):
            found["has_personal"] = True
        return found


class AddForm(PlainForm):
    name = forms.CharField(
        label=gettext_lazy("Nama data"),
        help_text=values.BY_NAME["name"].hint,
        max_length=200,
        error_messages={"required": gettext_lazy("Isi namanya."), "max_length": _LONG},
    )
    application = forms.ChoiceField(
        label=gettext_lazy("Di aplikasi mana?"),
        help_text=gettext_lazy("Aplikasi tempat data ini disimpan."),
        error_messages=_CHOOSE,
    )
    description = forms.CharField(
        label=gettext_lazy("Isinya"),
        help_text=values.BY_NAME["description"].hint,
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": _LONG},
    )

    def __init__(self, *args: Any, applications: Sequence[Application], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["application"]
        field.choices = [
            ("", _("Pilih aplikasinya")),
            *((one.slug, f"{one.name} ({one.owner.short_name})") for one in applications),
        ]


class ColumnsForm(PlainForm):
    """Names as text, or a file whose headings are read."""

    names = forms.CharField(
        label=gettext_lazy("Nama kolom"),
        help_text=gettext_lazy("Tempel baris judul tabelnya, atau tulis satu nama di setiap baris."),
        max_length=40_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"max_length": _LONG},
    )
    table = forms.FileField(
        label=gettext_lazy("Atau pilih berkas tabel"),
        help_text=gettext_lazy("CSV atau XLSX. Hanya judul kolomnya yang dibaca, isinya tidak disimpan."),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
        error_messages={"empty": gettext_lazy("Berkas ini kosong.")},
    )

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if not self.errors and not (found.get("names") or "").strip() and not found.get("table"):
            self.add_error("names", _("Tempel nama kolomnya, atau pilih berkasnya."))
        if found.get("table") and found["table"].size > MOST_BYTES:
            self.add_error("table", _("Berkas ini lebih besar dari 5 MB. Tempel nama kolomnya saja."))
        return found


class ElementsForm(PlainForm):
    """Which standard element each column is."""

    def __init__(
        self, *args: Any, elements: Sequence[Element], standards: Sequence[StandardElement], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("tidak ada di daftar baku")), *((one.code, one.name) for one in standards)]
        for one in elements:
            self.fields[f"e{one.pk}"] = forms.ChoiceField(
                label=one.name,
                choices=choices,
                required=False,
                initial=one.standard_id or "",
                help_text=_("Saran dari namanya. Mohon dipastikan.") if one.suggested else "",
                error_messages=_CHOOSE,
            )

    def chosen(self) -> dict[int, str]:
        return {int(name[1:]): value for name, value in self.cleaned_data.items()}


class ResourceForm(PlainForm):
    name = forms.CharField(
        label=gettext_lazy("Nama berkas"),
        max_length=200,
        error_messages={"required": gettext_lazy("Isi namanya.")},
    )
    url = forms.URLField(
        label=gettext_lazy("Alamat"),
        max_length=500,
        assume_scheme="https",
        validators=[URLValidator(schemes=["http", "https"])],
        error_messages={"required": gettext_lazy("Isi alamatnya."), **_URL},
    )
    format = forms.CharField(
        label=gettext_lazy("Format"),
        help_text=gettext_lazy("Seperti CSV, XLSX, JSON."),
        max_length=20,
        error_messages={"required": gettext_lazy("Isi formatnya.")},
    )
    licence = forms.CharField(
        label=gettext_lazy("Lisensi"),
        help_text=gettext_lazy("Izin memakai, seperti CC-BY-4.0."),
        max_length=60,
        required=False,
    )
    last_update = forms.DateField(
        label=gettext_lazy("Terakhir diperbarui"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages=_DAY,
    )
