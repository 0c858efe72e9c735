"""What the organiser types about question sets, checked; nothing is saved here."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jendela.registry.campaigns.choices import OwnKind, QuestionKind
from jendela.registry.campaigns.models import Question, QuestionSet
from jendela.registry.campaigns.reads import questions as reads
from jendela.registry.campaigns.reads.sheet import questions_of
from jendela.ui.forms import PlainForm

KEEP = "tetap"  # a condition that the list cannot say stays as it is
MOST_CHOICES = 20
LONGEST_CHOICE = 100
MOST_FIELDS = 4  # on one page of a phone
PICK = _("Pilih satu dari daftar.")


class CopyForm(PlainForm):
    title = forms.CharField(
        label=_("Nama kumpulan yang baru"),
        max_length=120,
        help_text=_("Contoh: Pertanyaan putaran kedua."),
        error_messages={"required": _("Tulis namanya."), "max_length": _("Paling banyak 120 huruf.")},
    )

    def clean_title(self) -> str:
        title: str = self.cleaned_data["title"]
        if QuestionSet.objects.filter(title__iexact=title).exists():
            raise forms.ValidationError(_("Nama ini sudah dipakai kumpulan lain."))
        return title


class QuestionForm(PlainForm):
    """The words of a question, whether it must be answered, and when it is asked."""

    text = forms.CharField(
        label=_("Bunyi pertanyaannya"),
        max_length=200,
        error_messages={"required": _("Tulis pertanyaannya."), "max_length": _("Paling banyak 200 huruf.")},
    )
    hint = forms.CharField(
        label=_("Petunjuk menjawab"),
        required=False,
        max_length=300,
        error_messages={"max_length": _("Paling banyak 300 huruf.")},
    )
    condition = forms.ChoiceField(
        label=_("Kapan ditanyakan"),
        required=False,
        help_text=_("Menurut jawaban atas pertanyaan sebelumnya, atau isi catatan."),
        error_messages={"invalid_choice": PICK},
    )
    required = forms.BooleanField(
        label=_("Harus dijawab. Belum tahu juga jawaban."), required=False, initial=True
    )

    def __init__(self, data: Any, *, row: QuestionSet, question: Question | None = None) -> None:
        there = questions_of(row.pk)
        keys = [one.key for one in there]
        earlier = there[: keys.index(question.key)] if question else there
        self.conditions = reads.conditions(earlier)
        initial: dict[str, Any] = {}
        self.stored: list[dict[str, Any]] = question.condition if question else []
        word = self.conditions.word_of(self.stored)
        if question is not None:
            initial = {
                "text": question.text,
                "hint": question.hint,
                "required": question.required,
                "condition": KEEP if word is None else word,
                "choices": "\n".join(str(one[1]) for one in question.choices),
            }
        super().__init__(data, initial=initial)
        keep = [(KEEP, gettext("Seperti sekarang"))] if word is None else []
        fields: Any = self.fields
        fields["condition"].choices = [("", gettext("Selalu")), *keep, *self.conditions.groups]

    def clean_condition(self) -> list[dict[str, Any]]:
        word = self.cleaned_data["condition"]
        if word == KEEP:
            return self.stored
        return [self.conditions.by_word[word]] if word else []

    def values(self) -> dict[str, Any]:
        """As actions take them."""
        return {name: self.cleaned_data[name] for name in ("text", "hint", "condition", "required")}


class ChoicesForm(QuestionForm):
    """With the choices of a question of one's own."""

    choices = forms.CharField(
        label=_("Pilihannya"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Satu baris satu pilihan. Hanya untuk jawaban berupa pilihan."),
    )

    def __init__(self, data: Any, *, row: QuestionSet, question: Question | None = None) -> None:
        super().__init__(data, row=row, question=question)
        self.known = {str(one[1]): one[0] for one in question.choices} if question else {}
        order = ["text", "hint", "own_kind", "choices", "condition", "required"]
        self.order_fields(order)

    def clean_choices(self) -> list[list[str]]:
        lines = [" ".join(line.split()) for line in str(self.cleaned_data["choices"]).splitlines()]
        found = list(dict.fromkeys(line for line in lines if line))
        if len(found) > MOST_CHOICES or any(len(line) > LONGEST_CHOICE for line in found):
            raise forms.ValidationError(_("Paling banyak 20 pilihan, masing-masing 100 huruf."))
        choices = [[self.known.get(line, line), line] for line in found]
        if len({value for value, _label in choices}) < len(choices):
            raise forms.ValidationError(_("Ada dua pilihan yang sama. Bedakan bunyinya."))
        return choices

    def clean(self) -> dict[str, Any]:
        got: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.is_choice:
            got["choices"] = []
        elif len(got.get("choices") or []) < 2 and "choices" not in self.errors:
            self.add_error("choices", _("Tulis sedikitnya dua pilihan."))
        return got

    @property
    def is_choice(self) -> bool:
        return True

    def values(self) -> dict[str, Any]:
        return {**super().values(), "choices": self.cleaned_data["choices"]}


class OwnQuestionForm(ChoicesForm):
    """A new question that no field of the register holds."""

    own_kind = forms.ChoiceField(
        label=_("Jawabannya berupa"),
        choices=OwnKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": PICK, "invalid_choice": PICK},
    )

    @property
    def is_choice(self) -> bool:
        return self.cleaned_data.get("own_kind") == OwnKind.CHOICE

    def values(self) -> dict[str, Any]:
        return {**super().values(), "kind": QuestionKind.OWN, "own_kind": self.cleaned_data["own_kind"]}


class FieldQuestionForm(QuestionForm):
    """A new question on what the register holds: some of its fields, or one kind of rows."""

    kind = forms.ChoiceField(
        label=_("Yang ditanyakan"),
        widget=forms.RadioSelect,
        error_messages={"required": PICK, "invalid_choice": PICK},
    )
    record = forms.MultipleChoiceField(
        label=_("Isian catatan"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Sampai empat isian dalam satu pertanyaan. Isian yang sudah ditanyakan tidak tampil."),
        error_messages={"invalid_choice": PICK},
    )

    def __init__(self, data: Any, *, row: QuestionSet) -> None:
        super().__init__(data, row=row)
        fields: Any = self.fields
        fields["kind"].choices = [
            (QuestionKind.FIELD, gettext("Isian catatan yang dicentang di bawah")),
            *reads.free_kinds(row),
        ]
        fields["kind"].initial = QuestionKind.FIELD
        fields["record"].choices = [(one.name, one.label) for one in reads.free_fields(row)]
        self.order_fields(["text", "hint", "kind", "record", "condition", "required"])

    def clean(self) -> dict[str, Any]:
        got: dict[str, Any] = super().clean() or self.cleaned_data
        chosen = got.get("record") or []
        if got.get("kind") == QuestionKind.FIELD and not chosen and "record" not in self.errors:
            self.add_error("record", _("Centang isian yang ditanyakan."))
        if len(chosen) > MOST_FIELDS:
            self.add_error("record", _("Paling banyak empat isian."))
        if got.get("kind") != QuestionKind.FIELD and chosen:
            self.add_error("record", _("Ada isian yang dicentang, tetapi yang dipilih bukan isian catatan."))
        return got

    def values(self) -> dict[str, Any]:
        kind = self.cleaned_data["kind"]
        fields = ["operating_unit"] if kind == QuestionKind.PEOPLE else self.cleaned_data["record"]
        return {**super().values(), "kind": kind, "fields": fields}
