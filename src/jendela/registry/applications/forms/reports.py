"""What somebody says of an application that is on no list."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jendela.people.agencies.models import Agency
from jendela.registry.applications.models import Application
from jendela.ui.forms import PlainForm

TOO_LONG = _("Terlalu panjang: %(show_value)d huruf. Paling banyak %(limit_value)d.")


def _text(label: Any, longest: int, *, hint: Any = "", required: Any = "", rows: int = 0) -> forms.CharField:
    messages = {"max_length": TOO_LONG, **({"required": required} if required else {})}
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=longest,
        required=bool(required),
        widget=widget,
        error_messages=messages,
    )


class ReportForm(PlainForm):
    """A name is enough."""

    nama = _text(_("Nama aplikasi"), 200, required=_("Tulis nama aplikasinya."),
                 hint=_("Nama yang dipakai sehari-hari. Singkatan boleh."))  # fmt: skip
    guna = _text(_("Gunanya"), 2000, rows=3, hint=_("Untuk apa aplikasi ini. Satu kalimat cukup."))
    alamat = _text(_("Alamat web atau nama di toko aplikasi"), 300, hint=_("Bila Anda tahu."))
    catatan = _text(
        _("Dari mana Anda tahu?"), 500, rows=2, hint=_("Contoh: dipakai di kantor saya sejak 2024.")
    )

    def clean_nama(self) -> str:
        said = " ".join(str(self.cleaned_data["nama"]).replace("\x00", "").split())
        if not any(letter.isalpha() for letter in said):
            raise forms.ValidationError(gettext("Tulis namanya dengan huruf."))
        return said

    def values(self) -> dict[str, str]:
        got = self.cleaned_data
        return {"name": got["nama"], "purpose": got["guna"], "url": got["alamat"], "note": got["catatan"]}


class PublicReportForm(ReportForm):
    catatan = _text(
        _("Dari mana Anda tahu?"), 500, rows=2, hint=_("Jangan tulis NIK, nomor telepon atau nama orang.")
    )
    site = forms.CharField(required=False, label=_("Jangan isi kolom ini"))

    def clean_site(self) -> str:
        """A field that people do not see: what fills it is a machine."""
        if self.cleaned_data["site"]:
            raise forms.ValidationError(gettext("Kosongkan kolom ini."))
        return ""


def agency_field(
    label: Any, empty: Any, *, required: Any = "", hint: Any = ""
) -> "forms.ModelChoiceField[Agency]":
    messages = {
        "invalid_choice": _("Pilih salah satu dari daftar."),
        **({"required": required} if required else {}),
    }
    return forms.ModelChoiceField(
        label=label, help_text=hint, queryset=Agency.objects.none(), empty_label=empty, to_field_name="slug",
        required=bool(required), error_messages=messages,
    )  # fmt: skip


class StaffReportForm(ReportForm):
    pemilik = agency_field(
        _("Kira-kira milik siapa"), _("Belum tahu"), hint=_("Instansi itu akan ditanya. Boleh keliru.")
    )
    beda = forms.BooleanField(label=_("Bukan salah satu dari itu. Tetap laporkan."), required=False)

    def __init__(self, data: Any, *, owners: QuerySet[Agency]) -> None:
        super().__init__(data)
        self.fields["pemilik"].queryset = owners  # type: ignore[attr-defined]


class HandOnForm(PlainForm):
    """'Bukan milik kami': whose it may be."""

    pemilik = agency_field(
        _("Milik siapa?"), _("Pilih instansi"), required=_("Pilih instansi yang perlu ditanya.")
    )
    alasan = _text(_("Alasan"), 300)

    def __init__(self, data: Any, *, owners: QuerySet[Agency], initial: dict[str, str] | None = None) -> None:
        super().__init__(data, auto_id="id_lain_%s", initial=initial)
        self.fields["pemilik"].queryset = owners  # type: ignore[attr-defined]


class RefuseForm(PlainForm):
    alasan = _text(_("Mengapa bukan aplikasi?"), 300, required=_("Tulis alasannya, supaya pelapor mengerti."))

    def __init__(self, data: Any) -> None:
        super().__init__(data, auto_id="id_bukan_%s")


class KnownForm(PlainForm):
    """'Sudah tercatat': which one, by its address or name."""

    kode = _text(
        _("Alamat atau nama catatan yang sudah ada"), 200, required=_("Tulis nama catatan yang sudah ada.")
    )

    def application(self, find: Callable[[str], list[Application]]) -> Application | None:
        """The one record that is meant; None, with an error, for none or several."""
        found = find(self.cleaned_data["kode"].rstrip("/").rsplit("/", 1)[-1])
        if len(found) == 1:
            return found[0]
        text = gettext("Kami menemukan %(n)s catatan. Salin alamat catatan itu.") % {"n": len(found)}
        self.add_error("kode", text)
        return None
