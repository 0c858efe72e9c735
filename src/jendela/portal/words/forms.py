"""Words that an editor typed: put in order, checked, never saved here."""

import re
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jendela.services.catalogue.choices import WordKind
from jendela.services.catalogue.reads.content import check
from jendela.services.search.choices import Language
from jendela.services.search.privacy import HIDDEN
from jendela.services.search.text import clean, tokens

LONGEST = 200  # signs of one line
MOST = 200  # lines of one list
LONGEST_LIST = 40_000
LONGEST_FORM = 60
LONGEST_MEANING = 120
_PERSONAL = re.compile(r"\d(?:[\s.()-]?\d){7,}|\S+@\S+")  # a telephone or identity number, an e-mail address


def lines(text: str) -> list[str]:
    """One entry a line or between semicolons, each once, spaces in order. Raises ValidationError in words."""
    found: dict[str, str] = {}
    for part in re.split(r"[\n;]", text.replace("\r", "\n")):
        line = " ".join("".join(sign if sign.isprintable() else " " for sign in part).split())
        if line:
            found.setdefault(line.casefold(), line)
    for line in found.values():
        check_line(line)
    if len(found) > MOST:
        raise forms.ValidationError(
            _("Terlalu banyak baris. Pilih %(most)s yang terpenting.") % {"most": MOST}
        )
    return list(found.values())


def check_line(line: str) -> None:
    """Raises ValidationError for a line that is too long, says nothing, or may hold personal data."""
    if len(line) > LONGEST:
        raise forms.ValidationError(
            _("Persingkat sampai %(longest)s huruf: “%(line)s”") % {"longest": LONGEST, "line": line[:40]}
        )
    if HIDDEN in line:
        raise forms.ValidationError(
            _("Hapus tanda # pada “%(line)s”. Itu bekas nomor atau nama orang.") % {"line": line[:60]}
        )
    if _PERSONAL.search(line):
        raise forms.ValidationError(_("Hapus nomor atau e-mail orang pada “%(line)s”.") % {"line": line[:60]})
    if not tokens(clean(line)):
        raise forms.ValidationError(_("Tulis dengan huruf atau angka: “%(line)s”") % {"line": line[:40]})


def _list(label: Any, hint: Any, rows: int) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows, "class": "words-list"})
    return forms.CharField(
        label=label, help_text=hint, required=False, max_length=LONGEST_LIST, widget=area, strip=False
    )


class WordsForm(forms.Form):
    """The three lists of a service."""

    phrases = _list(
        gettext_lazy("Ungkapan warga"),
        gettext_lazy("Kalimat seperti diucapkan warga. Satu baris satu ungkapan."),
        12,
    )
    keywords = _list(
        gettext_lazy("Kata kunci"), gettext_lazy("Kata atau singkatan yang khas. Satu baris satu kata."), 7
    )
    english = _list(gettext_lazy("Bahasa Inggris"), gettext_lazy("Nama dan sebutan dalam bahasa Inggris."), 5)

    def clean_phrases(self) -> list[str]:
        return lines(self.cleaned_data["phrases"])

    def clean_keywords(self) -> list[str]:
        return lines(self.cleaned_data["keywords"])

    def clean_english(self) -> list[str]:
        return lines(self.cleaned_data["english"])

    def clean(self) -> None:
        if not self.errors:
            for error in check("words", self.words()):
                self.add_error(None, error)

    def words(self) -> dict[str, list[str]]:
        data = self.cleaned_data
        return {
            WordKind.PHRASE.value: data["phrases"],
            WordKind.KEYWORD.value: data["keywords"],
            WordKind.ENGLISH.value: data["english"],
        }


class PhraseForm(forms.Form):
    """What residents say, for a service or topic of a list."""

    kata = forms.CharField(
        label=gettext_lazy("Kata yang ditambahkan"),
        help_text=gettext_lazy("Boleh Anda rapikan. Tanpa nama dan nomor orang."),
        max_length=LONGEST,
    )
    pilihan = forms.ChoiceField(label=gettext_lazy("Untuk layanan mana?"), widget=forms.RadioSelect)

    def __init__(
        self, *values: object, choices: list[tuple[str, str]], label: str = "", **named: object
    ) -> None:
        super().__init__(*values, **named)  # type: ignore[arg-type]
        field = cast(forms.ChoiceField, self.fields["pilihan"])
        field.choices = choices
        field.label = label or field.label
        field.error_messages["required"] = _("Pilih satu dulu.")
        field.error_messages["invalid_choice"] = _("Pilih satu dari daftar ini.")
        self.fields["kata"].error_messages["required"] = _("Tulis kata yang dipakai warga.")

    def clean_kata(self) -> str:
        return _one(self.cleaned_data["kata"])


class MeaningForm(forms.Form):
    """A form of the word list and what it stands for."""

    form = forms.CharField(
        label=gettext_lazy("Kata warga"),
        help_text=gettext_lazy("Satu kata atau singkatan, misalnya: ktp-an"),
        max_length=LONGEST_FORM,
    )
    meaning = forms.CharField(
        label=gettext_lazy("Artinya"),
        help_text=gettext_lazy("Dengan kata yang dipakai pada nama layanan."),
        max_length=LONGEST_MEANING,
    )
    language = forms.ChoiceField(label=gettext_lazy("Asal kata"), choices=Language.choices)

    def clean_form(self) -> str:
        return _one(self.cleaned_data["form"]).lower()

    def clean_meaning(self) -> str:
        return _one(self.cleaned_data["meaning"]).lower()

    def clean(self) -> None:
        data = self.cleaned_data
        if data.get("form") and tokens(data["form"]) == tokens(data.get("meaning", "")):
            self.add_error("meaning", _("Arti ini sama dengan katanya. Tulis kata lain."))


def _one(text: str) -> str:
    found = lines(text)
    if len(found) != 1:
        raise forms.ValidationError(_("Tulis satu saja."))
    return found[0]
