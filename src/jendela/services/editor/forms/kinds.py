"""Forms of parts that are one thing: a text, a time, fees, the complaint officer, words, short texts."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jendela.services.catalogue.choices import TimeUnit
from jendela.services.editor.compose import (
    FeeFields,
    TimeFields,
    compose_fees,
    compose_free,
    compose_time,
    fields_of_fees,
    fields_of_time,
    free_note,
)
from jendela.services.editor.forms.fields import Rupiah, WholeNumber, wording
from jendela.services.editor.reading import WORD_KINDS

MOST_NUMBER = 32767


class TextForm(forms.Form):
    text = wording(_("Tulisan Anda"), rows=10)

    def set_up(self, *, lists: bool) -> None:
        if lists:
            self.fields["text"].help_text = _("Satu baris untuk satu hal. Nomor dan tanda tidak perlu.")

    @classmethod
    def initial_of(cls, value: Any) -> dict[str, Any]:
        return {"text": value or ""}

    def value(self) -> str:
        return str(self.cleaned_data["text"])


class TimeForm(forms.Form):
    NUMBER, WORDS = "angka", "kata"

    how = forms.ChoiceField(
        label=_("Bagaimana menyebut waktunya?"),
        choices=[(NUMBER, _("Dengan angka")), (WORDS, _("Dengan kalimat, bila tidak bisa dengan angka"))],
        widget=forms.RadioSelect,
    )
    shortest = WholeNumber(label=_("Paling cepat"), required=False, min_value=0, max_value=MOST_NUMBER)
    longest = WholeNumber(
        label=_("Paling lama"),
        required=False,
        min_value=0,
        max_value=MOST_NUMBER,
    )
    unit = forms.ChoiceField(
        label=_("Satuan"), choices=TimeUnit.choices, initial=TimeUnit.WORKING_DAY.value, required=False
    )
    counts_from = wording(_("Dihitung sejak"), hint=_("Contoh: berkas lengkap"), most=200)
    words = wording(_("Kalimatnya"), hint=_("Contoh: menunggu jadwal sidang keliling"), rows=3, most=300)

    @classmethod
    def initial_of(cls, value: Any) -> dict[str, Any]:
        fields = fields_of_time(value or "")
        if fields is None and value:
            return {"how": cls.WORDS, "words": value}
        if fields is None:
            return {"how": cls.NUMBER}
        return {
            "how": cls.NUMBER,
            "shortest": fields.shortest if fields.shortest != fields.longest else None,
            "longest": fields.longest,
            "unit": fields.unit,
            "counts_from": fields.counts_from,
        }

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        shortest, longest = data.get("shortest"), data.get("longest")
        both = shortest is not None and longest is not None
        if data.get("how") == self.NUMBER and both and shortest > longest:  # type: ignore[operator]
            self.add_error("longest", _("Paling lama harus sama atau lebih dari paling cepat."))
        return data

    def value(self) -> str:
        data = self.cleaned_data
        if data["how"] == self.WORDS:
            return " ".join(data["words"].split())
        longest = data["longest"] if data["longest"] is not None else data["shortest"]
        if longest is None:
            return ""
        shortest = data["shortest"] if data["shortest"] is not None else longest
        unit = data["unit"] or TimeUnit.WORKING_DAY.value
        return compose_time(TimeFields(shortest, longest, unit, data["counts_from"]))


class FeeForm(forms.Form):
    FREE, LINES, WORDS = "gratis", "rincian", "kata"

    how = forms.ChoiceField(
        label=_("Berapa bayarnya?"),
        choices=[
            (FREE, _("Gratis")),
            (LINES, _("Ada biaya, saya tulis rinciannya")),
            (WORDS, _("Dengan kalimat, bila tidak bisa dirinci")),
        ],
        required=False,
        widget=forms.RadioSelect,
    )
    free_note = wording(_("Keterangan untuk gratis"), hint=_("Contoh: untuk lembar pertama"), most=200)
    words = wording(
        _("Kalimatnya"), hint=_("Contoh: menurut peraturan daerah tentang retribusi"), rows=3, most=1000
    )

    @classmethod
    def initial_of(cls, value: Any) -> dict[str, Any]:
        if not value:
            return {}
        note = free_note(value)
        if note is not None:
            return {"how": cls.FREE, "free_note": note}
        if fields_of_fees(value) is not None:
            return {"how": cls.LINES}
        return {"how": cls.WORDS, "words": value}

    @classmethod
    def rows_of(cls, value: Any) -> list[dict[str, str]]:
        if not value or free_note(value) is not None:
            return []
        return [
            {"label": line.label, "amount": line.amount, "note": line.note}
            for line in fields_of_fees(value) or []
        ]

    def value_with(self, rows: list[dict[str, str]]) -> str:
        how = self.cleaned_data["how"]
        if how == self.FREE:
            return compose_free(self.cleaned_data["free_note"])
        if how == self.WORDS:
            return str(self.cleaned_data["words"])
        return compose_fees([FeeFields(row["label"], row["amount"], row["note"]) for row in rows])


class FeeRow(forms.Form):
    part = "A4"
    label = wording(_("Untuk apa"), hint=_("Contoh: Paspor biasa 48 halaman"), most=200)
    amount = Rupiah(label=_("Jumlah (rupiah)"), required=False, help_text=_("Contoh: 50.000"))
    note = wording(_("Keterangan"), most=200)

    @classmethod
    def blank(cls, row: dict[str, str]) -> bool:
        return not any(row.values())


class ComplaintForm(forms.Form):
    officer = wording(
        _("Petugas pengaduan"),
        hint=_("Tulis nama dan jabatannya. Undang-undang meminta petugas ini disebut."),
        most=150,
    )
    channel = wording(
        _("Cara menghubungi"),
        hint=_("Nomor telepon, alamat, e-mail, atau kotak pengaduan."),
        rows=3,
        most=300,
    )

    @classmethod
    def initial_of(cls, value: Any) -> dict[str, Any]:
        return dict(value or {})

    def value(self) -> dict[str, str]:
        return {key: self.cleaned_data[key] for key in ("officer", "channel")}


class WordsForm(forms.Form):
    ungkapan = wording(
        _("Ungkapan warga"), hint=_("Seperti warga bertanya, satu baris satu: ktp saya hilang"), rows=6
    )
    kata = wording(_("Kata kunci"), hint=_("Satu baris satu kata: ktp, e-ktp"), rows=6)
    english = wording(_("Kata bahasa Inggris"), hint=_("Untuk pendatang: lost id card"), rows=4)

    @classmethod
    def initial_of(cls, value: Any) -> dict[str, Any]:
        return {kind: "\n".join((value or {}).get(kind, ())) for kind in WORD_KINDS}

    def value(self) -> dict[str, list[str]]:
        return {kind: self.cleaned_data[kind].splitlines() for kind in WORD_KINDS}


class TextsForm(forms.Form):
    audience = wording(_("Untuk siapa"), hint=_("Contoh: warga yang pindah ke Kotim"), most=300)
    product = wording(_("Yang didapat warga"), hint=_("Contoh: kartu keluarga baru"), most=300)
    note = wording(_("Catatan"), hint=_("Hal lain yang perlu diketahui sebelum berangkat."), rows=4)
    name_en = wording(_("Nama dalam bahasa Inggris"), most=200)

    @classmethod
    def initial_of(cls, value: Any) -> dict[str, Any]:
        return dict(value or {})

    def value(self) -> dict[str, str]:
        return {key: self.cleaned_data[key] for key in ("name_en", "audience", "product", "note")}
