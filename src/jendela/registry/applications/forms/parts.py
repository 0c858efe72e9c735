"""Forms of the parts of an application: people, uses, versions, costs, legal bases, interfaces."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.validators import validate_email
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jendela.common.dates import today
from jendela.common.money import AmountError, full, parse
from jendela.people.agencies.models import Agency
from jendela.people.agencies.reads import living
from jendela.registry.applications.choices import CostKind, LegalKind, PersonRole, UseState
from jendela.registry.applications.forms.origin import OriginForm, day, text, url
from jendela.registry.applications.forms.values import NO, PICK, YES
from jendela.registry.applications.specifications import SPECIFICATIONS

FIRST_YEAR = 1990
BAD_YEAR = _("Tulis tahun dengan empat angka. Contoh: 2026")


class MoneyField(forms.CharField):
    """Rupiah as people write it: 1.200.000, Rp 1,2 M, 1,2 juta; None for nothing."""

    def __init__(self, **values: Any) -> None:
        super().__init__(max_length=60, **values)

    def prepare_value(self, value: Any) -> Any:
        return full(value) if isinstance(value, Decimal) else value

    def clean(self, value: Any) -> Any:
        said = super().clean(value)
        try:
            return parse(said)
        except AmountError as error:
            words = str(error)
            raise forms.ValidationError(words[:1].upper() + words[1:]) from None


class YearField(forms.CharField):
    """A year of four digits; None for nothing."""

    def __init__(self, **values: Any) -> None:
        super().__init__(max_length=10, widget=forms.TextInput(attrs={"inputmode": "numeric"}), **values)

    def clean(self, value: Any) -> Any:
        said = str(super().clean(value)).strip()
        if not said:
            return None
        if not (said.isascii() and said.isdigit()) or not FIRST_YEAR <= int(said) <= today().year + 5:
            raise forms.ValidationError(BAD_YEAR)
        return int(said)


class PartForm(OriginForm):
    """A form of one row. `columns`: names of its fields and the columns of the part, in order."""

    columns: dict[str, str] = {}

    def __init__(self, data: Any, *, row: Any = None) -> None:
        initial = {name: _shown(getattr(row, column)) for name, column in self.columns.items()} if row else {}
        super().__init__(data, initial=initial)
        self.order_fields(list(self.columns))

    def values(self) -> dict[str, Any]:
        """Of a valid form: what was said, by the columns of the part."""
        found = {column: self.cleaned_data[name] for name, column in self.columns.items()}
        return {column: {YES: True, NO: False}.get(value, value) for column, value in found.items()}


def _shown(value: Any) -> Any:
    return {True: YES, False: NO}[value] if isinstance(value, bool) else value


def _yes_no(label: Any, *, unknown: bool = False, hint: Any = "") -> forms.TypedChoiceField:
    choices: list[tuple[str, Any]] = [(YES, _("ya")), (NO, _("tidak"))]
    if unknown:
        choices = [("", _("belum diketahui")), *choices]
    return forms.TypedChoiceField(
        label=label,
        help_text=hint,
        choices=choices,
        required=not unknown,
        empty_value=None,
        initial="" if unknown else NO,
        error_messages={"required": PICK, "invalid_choice": PICK},
    )


class PersonForm(PartForm):
    columns = {
        "peran": "role", "nama": "name", "jabatan": "position", "email": "email", "telepon": "phone", "mulai": "since",
        "sampai": "until",
    }  # fmt: skip

    peran = forms.ChoiceField(
        label=_("Peran"),
        choices=PersonRole.choices,
        error_messages={"required": PICK, "invalid_choice": PICK},
    )
    nama = text(_("Nama"), longest=120, required=True, missing=_("Tulis namanya."))
    jabatan = text(_("Jabatan"), longest=120)
    email = text(_("E-mail"), longest=200, hint=_("Disimpan tersandi. Membukanya perlu alasan."))
    telepon = text(_("Telepon"), longest=40, hint=_("Disimpan tersandi. Membukanya perlu alasan."))
    mulai = day(_("Sejak"), required=True, missing=_("Isi sejak kapan."))
    sampai = day(_("Sampai"), hint=_("Isi bila orang ini tidak lagi memegangnya."))

    def __init__(self, data: Any, *, row: Any = None) -> None:
        super().__init__(data, row=row)
        self.contact_kept = bool(row and (row.email or row.phone))
        if row is None:
            self.initial["mulai"] = today()
        else:  # what lies encrypted is not shown; an empty field keeps it
            self.initial.update({"email": "", "telepon": ""})
            for name in ("email", "telepon"):
                if getattr(row, self.columns[name]):
                    self.fields[name].help_text = gettext("Sudah ada. Kosongkan untuk membiarkannya.")

    def clean_email(self) -> str:
        said = str(self.cleaned_data["email"])
        if said:
            try:
                validate_email(said)
            except forms.ValidationError:
                raise forms.ValidationError(
                    gettext("Ini belum alamat e-mail. Contoh: nama@contoh.go.id")
                ) from None
        return said

    def clean(self) -> dict[str, Any]:
        got = super().clean()
        if got.get("mulai") and got.get("sampai") and got["sampai"] < got["mulai"]:
            self.add_error("sampai", gettext("Tanggal ini sebelum mulainya."))
        return got

    def values(self) -> dict[str, Any]:
        found = super().values()
        if self.contact_kept:
            for column in ("email", "phone"):
                if not found[column]:
                    del found[column]
        return found


class UseForm(PartForm):
    columns = {"instansi": "agency", "keadaan": "state", "catatan": "note"}

    instansi = forms.ModelChoiceField(
        label=_("Instansi"),
        queryset=Agency.objects.none(),
        to_field_name="slug",
        empty_label=_("Pilih instansi"),
        error_messages={"required": _("Pilih instansinya."), "invalid_choice": PICK},
    )
    keadaan = forms.ChoiceField(
        label=_("Keadaan"), choices=[], error_messages={"required": PICK, "invalid_choice": PICK}
    )
    catatan = text(_("Catatan"), longest=300)

    def __init__(self, data: Any, *, row: Any = None, own: bool = False) -> None:
        super().__init__(data, row=row)
        agencies: QuerySet[Agency] = living()
        if row is not None:  # a use stays that of its agency, also of one that is no more
            agencies = Agency.objects.filter(pk=row.agency_id)
            self.initial["instansi"] = row.agency.slug
            self.fields["instansi"].disabled = True
        self.fields["instansi"].queryset = agencies  # type: ignore[attr-defined]
        states = [UseState.CLAIMED, UseState.ENDED]
        if row is not None and row.state not in states:
            states.insert(0, UseState(row.state))
        self.fields["keadaan"].choices = [(one.value, one.label) for one in states]  # type: ignore[attr-defined]


class VersionForm(PartForm):
    columns = {
        "nomor": "number", "tahun": "year", "dipakai": "current", "penyedia": "vendor", "kontrak": "contract_number",
        "kontrak_mulai": "contract_from", "kontrak_sampai": "contract_until", "nilai": "contract_value", "dana": "fund",
        "masukan": "inputs", "luaran": "outputs", **{one.column: one.name for one in SPECIFICATIONS},
        "server": "server", "catatan": "note",
    }  # fmt: skip

    nomor = text(
        _("Nomor versi"), longest=40, required=True, missing=_("Tulis nomor versinya."), hint=_("Contoh: 2.1")
    )
    tahun = YearField(label=_("Tahun"), required=False)
    dipakai = _yes_no(_("Versi ini yang dipakai sekarang?"))
    penyedia = text(_("Penyedia"), longest=200)
    kontrak = text(_("Nomor kontrak (SPK)"), longest=100)
    kontrak_mulai = day(_("Kontrak mulai"))
    kontrak_sampai = day(_("Kontrak sampai"))
    nilai = MoneyField(
        label=_("Nilai kontrak"),
        required=False,
        help_text=_("Dilihat pemilik dan Diskominfo saja. Contoh: 1.200.000 atau Rp 1,2 M"),
    )
    dana = text(_("Sumber dana"), longest=120)
    masukan = text(_("Data masukan"), longest=2000, widget=forms.Textarea)
    luaran = text(_("Luaran"), longest=2000, widget=forms.Textarea)
    server = text(_("Keterangan lain tentang server"), longest=300)
    catatan = text(_("Catatan"), longest=2000, widget=forms.Textarea)

    def __init__(self, data: Any, *, row: Any = None) -> None:
        super().__init__(data, row=row)
        for one in SPECIFICATIONS:
            hint = one.hint or gettext("Contoh: %(example)s") % {"example": one.example}
            self.fields[one.column] = text(one.label, longest=one.longest, hint=hint)
        self.order_fields(list(self.columns))

    def clean(self) -> dict[str, Any]:
        got = super().clean()
        start, end = got.get("kontrak_mulai"), got.get("kontrak_sampai")
        if start and end and end < start:
            self.add_error("kontrak_sampai", gettext("Tanggal ini sebelum kontraknya mulai."))
        return got


class CostForm(PartForm):
    columns = {"tahun": "year", "jenis": "kind", "jumlah": "amount", "dana": "fund", "catatan": "note"}

    tahun = YearField(label=_("Tahun"), error_messages={"required": BAD_YEAR})
    jenis = forms.ChoiceField(
        label=_("Untuk apa"),
        choices=CostKind.choices,
        error_messages={"required": PICK, "invalid_choice": PICK},
    )
    jumlah = MoneyField(
        label=_("Jumlah"),
        help_text=_(
            "Dalam rupiah. Contoh: 1.200.000, Rp 1,2 M, atau 350 juta. Tulis 0 hanya bila memang gratis."
        ),
        error_messages={"required": _("Tulis jumlahnya. Belum tahu? Jangan isi baris ini.")},
    )
    dana = text(_("Sumber dana"), longest=120, hint=_("Contoh: APBD"))
    catatan = text(_("Catatan"), longest=300)

    def __init__(self, data: Any, *, row: Any = None) -> None:
        super().__init__(data, row=row)
        if row is None:
            self.initial["tahun"] = today().year


class LegalBasisForm(PartForm):
    columns = {"jenis": "kind", "bunyi": "words", "alamat": "url"}

    jenis = forms.ChoiceField(
        label=_("Jenis"), choices=LegalKind.choices, error_messages={"required": PICK, "invalid_choice": PICK}
    )
    bunyi = text(
        _("Nomor, tahun, tentang"),
        longest=300,
        required=True,
        missing=_("Tulis nomor dan tahunnya."),
        hint=_("Contoh: Peraturan Bupati Nomor 12 Tahun 2022 tentang SPBE"),
    )
    alamat = url(_("Alamat dokumennya"))


class InterfaceForm(PartForm):
    columns = {
        "nama": "name", "standar": "standard", "alamat": "url", "dokumentasi": "documentation_url", "splp": "on_bus",
        "catatan": "note",
    }  # fmt: skip

    nama = text(_("Nama"), longest=120, required=True, missing=_("Tulis namanya."))
    standar = text(_("Standar"), longest=60, hint=_("Contoh: REST, OpenAPI 3.1"))
    alamat = url(_("Alamat"))
    dokumentasi = url(_("Alamat dokumentasi"))
    splp = _yes_no(_("Ada di SPLP?"), unknown=True, hint=_("SPLP: sistem penghubung layanan pemerintah."))
    catatan = text(_("Catatan"), longest=300)


FORMS: dict[str, type[PartForm]] = {
    "people": PersonForm,
    "uses": UseForm,
    "versions": VersionForm,
    "costs": CostForm,
    "legal_bases": LegalBasisForm,
    "interfaces": InterfaceForm,
}


class ReasonForm(forms.Form):
    """Why a contact is opened."""

    alasan = text(
        _("Untuk apa Anda membukanya?"),
        longest=200,
        required=True,
        missing=_("Tulis alasannya dengan singkat."),
        hint=_("Contoh: menanyakan kontrak yang habis."),
    )
