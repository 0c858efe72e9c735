"""The fields of one group as a form, made from the table of fields; and the short form of a new record."""

import json
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import FieldDoesNotExist
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jendela.common.dates import parse_partial
from jendela.people.agencies.models import Agency
from jendela.registry.applications.addresses import AddressError, clean_address
from jendela.registry.applications.choices import (
    ApplicationAudience,
    ApplicationState,
    LifeCycle,
    OperatorLevel,
    ValueKind,
)
from jendela.registry.applications.fields import EXTRA, UNKNOWN, Field
from jendela.registry.applications.forms.origin import TOO_LONG, OriginForm, day, text
from jendela.registry.applications.models import Application
from jendela.registry.applications.paths import field_id
from jendela.registry.applications.values import plain, value_of

MOST_LETTERS = 4000
MOST_USERS = 2_000_000_000
NEEDED = ("name", "operator_level", "audience")  # an application cannot be without them
BY_APPROVAL = (LifeCycle.TO_MERGE, LifeCycle.RETIRED)  # only an approval says so
YES, NO = "ya", "tidak"
PICK = _("Pilih salah satu dari daftar.")


class AddressField(forms.CharField):
    """A web address that everybody can open."""

    def clean(self, value: Any) -> str:
        said = str(super().clean(value))
        try:
            return clean_address(said)
        except AddressError as error:
            raise forms.ValidationError(str(error)) from None


class CountField(forms.CharField):
    """A whole number as people write it: 1.200; None for nothing."""

    def clean(self, value: Any) -> Any:
        said = "".join(str(super().clean(value)).replace(".", "").split())
        if not said:
            return None
        if not (said.isascii() and said.isdigit()) or int(said) > MOST_USERS:
            raise forms.ValidationError(_("Tulis dengan angka saja. Contoh: 1.200"))
        return int(said)


class PartialField(forms.CharField):
    """A date known to the year, the month or the day."""

    def clean(self, value: Any) -> str:
        said = str(super().clean(value))
        try:
            parse_partial(said)
        except ValueError:
            raise forms.ValidationError(_("Tulis tanggal seperti 2026-11-24, 2026-11, atau 2026.")) from None
        return said


class ValuesForm(OriginForm):
    """All fields of a group. What is left empty is not known. `seen` travels along, so that two editors do not undo
    each other unseen."""

    dilihat = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, data: Any, *, application: Application, fields: Sequence[Field], approved: bool = False
    ) -> None:
        self.registry_fields = list(fields)
        now = {one.name: value_of(application, one.name) for one in fields}
        initial = {field_id(name): _initial(value) for name, value in now.items()}
        super().__init__(data, initial={**initial, "dilihat": json.dumps(now)})
        for one in fields:
            self.fields[field_id(one.name)] = _form_field(one, now[one.name], approved=approved)
        self.order_fields([field_id(one.name) for one in fields])

    def values(self) -> dict[str, Any]:
        """Of a valid form: what was said, by the names of the fields."""
        found = {}
        for one in self.registry_fields:
            value = self.cleaned_data[field_id(one.name)]
            if one.kind == ValueKind.YES_NO:
                value = {YES: True, NO: False}.get(value)
            elif one.kind == ValueKind.CHOICE and not value:
                value = UNKNOWN if not one.name.startswith(EXTRA) else ""
            found[one.name] = plain(value) if one.name.startswith(EXTRA) else value
        return found

    @property
    def seen(self) -> dict[str, Any]:
        """What the writer had before him; {} when that cannot be read, which is a conflict with everything."""
        try:
            found = json.loads(self.cleaned_data.get("dilihat") or "{}")
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}


def _initial(value: Any) -> Any:
    return {True: YES, False: NO}.get(value, value) if isinstance(value, bool) else value


def _form_field(one: Field, now: Any, *, approved: bool) -> forms.Field:
    """The control of a field."""
    if one.kind == ValueKind.CHOICE:
        return _choice(one, now, approved=approved)
    if one.kind == ValueKind.CHOICES:
        return forms.MultipleChoiceField(
            label=one.label,
            help_text=one.hint,
            required=False,
            choices=one.options(),
            widget=forms.CheckboxSelectMultiple,
            error_messages={"invalid_choice": PICK, "invalid_list": PICK},
        )
    if one.kind == ValueKind.YES_NO:
        choices = [("", _("belum diketahui")), (YES, _("ya")), (NO, _("tidak"))]
        return forms.ChoiceField(label=one.label, help_text=one.hint, required=False, choices=choices)
    if one.kind == ValueKind.DATE:
        return day(one.label, hint=one.hint)
    messages = {"max_length": TOO_LONG, "required": _("Isi bagian ini.")}
    kinds: dict[str, type[forms.CharField]] = {ValueKind.NUMBER: CountField}
    if one.kind == ValueKind.URL and one.name != "source_code_url":
        kinds[ValueKind.URL] = AddressField
    kind = PartialField if one.name == "users_as_of" else kinds.get(one.kind, forms.CharField)
    widget: Any = forms.Textarea if one.kind == ValueKind.LONG else forms.TextInput
    if one.kind == ValueKind.URL:
        widget = forms.TextInput(attrs={"inputmode": "url"})
    return kind(
        label=one.label,
        help_text=one.hint,
        required=one.name in NEEDED,
        max_length=_longest(one),
        widget=widget,
        error_messages=messages,
    )


def _choice(one: Field, now: Any, *, approved: bool) -> forms.ChoiceField:
    options = one.options()
    if one.name == "life_cycle":
        free = {now, LifeCycle.BUILDING} if approved else {*LifeCycle.values} - {*BY_APPROVAL} | {now}
        options = [(value, label) for value, label in options if value in free]
    if one.name.startswith(EXTRA):
        options = [("", _("belum diketahui")), *options]
    hint = one.hint
    if one.name == "life_cycle":
        hint = _("Akan digabung dan sudah dihentikan dicatat sebagai persetujuan.")
    return forms.ChoiceField(
        label=one.label,
        help_text=hint,
        required=one.name in NEEDED,
        choices=options,
        error_messages={"invalid_choice": PICK, "required": PICK},
    )


def _longest(one: Field) -> int:
    try:
        column: Any = Application._meta.get_field(one.name)
    except FieldDoesNotExist:  # an attribute without a column
        return MOST_LETTERS if one.kind == ValueKind.LONG else 300
    return column.max_length or MOST_LETTERS if one.kind != ValueKind.NUMBER else 20


class NewApplicationForm(OriginForm):
    """An application that is there already and on no list yet."""

    pemilik = forms.ModelChoiceField(
        label=_("Pemilik"),
        queryset=Agency.objects.none(),
        empty_label=_("Pilih instansi"),
        to_field_name="slug",
        error_messages={"required": _("Pilih pemiliknya."), "invalid_choice": PICK},
    )
    nama = text(
        _("Nama"),
        longest=200,
        required=True,
        missing=_("Tulis namanya."),
        hint=_("Nama yang dipakai sehari-hari, dengan singkatannya."),
    )
    guna = text(
        _("Gunanya"),
        longest=MOST_LETTERS,
        hint=_("Untuk apa aplikasi ini, dalam satu atau dua kalimat."),
        widget=forms.Textarea,
    )
    alamat = AddressField(label=_("Alamat web"), required=False, max_length=300)
    pengelola = forms.ChoiceField(
        label=_("Siapa yang menjalankan"), choices=OperatorLevel.choices, error_messages={"required": PICK}
    )
    sasaran = forms.ChoiceField(
        label=_("Untuk siapa"),
        choices=ApplicationAudience.choices,
        initial=ApplicationAudience.INTERNAL,
        error_messages={"required": PICK},
    )
    keadaan = forms.ChoiceField(
        label=_("Masih dipakai?"),
        choices=ApplicationState.choices,
        initial=ApplicationState.UNKNOWN,
        error_messages={"required": PICK},
    )
    beda = forms.BooleanField(
        label=_("Bukan salah satu dari itu. Catat sebagai aplikasi lain."), required=False
    )

    def __init__(self, data: Any, *, owners: QuerySet[Agency], initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        self.fields["pemilik"].queryset = owners  # type: ignore[attr-defined]
        self.order_fields([name for name in self.fields if name not in self.ORIGIN])

    def clean_nama(self) -> str:
        said = " ".join(str(self.cleaned_data["nama"]).split())
        if not any(letter.isalpha() for letter in said):
            raise forms.ValidationError(gettext("Tulis namanya dengan huruf."))
        return said

    def values(self) -> dict[str, Any]:
        got = self.cleaned_data
        return {
            "owner": got["pemilik"],
            "name": got["nama"],
            "purpose": got["guna"],
            "url": got["alamat"],
            "operator_level": got["pengelola"],
            "audience": got["sasaran"],
            "state": got["keadaan"],
        }
