"""The form of one question: native controls, filled with the answer or the record, read back into the shape of
answers.py. Nothing is saved here; what cannot be is said by cleaning.py and put beside its field."""

import datetime
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from jendela.common import money
from jendela.common.dates import today
from jendela.registry.applications.choices import CostKind, ValueKind
from jendela.registry.applications.fields import UNKNOWN, Field
from jendela.registry.applications.paths import field_id
from jendela.registry.campaigns.choices import OwnKind, QuestionKind
from jendela.registry.campaigns.cleaning import MOST_ROWS
from jendela.registry.campaigns.models import Bundle
from jendela.registry.campaigns.reads import picking
from jendela.registry.campaigns.reads.sheet import Asked
from jendela.registry.links.choices import Method
from jendela.ui.forms import PlainForm

DAYS = ["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"]
AS_IT_IS = "0"  # of candidates for a name: none of these
ROW_PARTS: dict[str, tuple[str, ...]] = {
    QuestionKind.DATASETS: ("name", "personal"),
    QuestionKind.LINKS_IN: ("words", "application", "pick", "data", "method", "hours"),
    QuestionKind.LINKS_OUT: ("words", "application", "pick", "data", "method", "hours"),
    QuestionKind.COST: ("kind", "amount", "fund"),
}


class AnswerForm(PlainForm):
    """`rows` is how many rows a list question shows; `read()` gives the value, `show_errors` takes those of
    cleaning."""

    def __init__(self, asked: Asked, bundle: Bundle, data: QueryDict | None = None) -> None:
        self.asked, self.bundle = asked, bundle
        self.kind = QuestionKind(asked.question.kind)
        self.value: dict[str, Any] = dict(asked.initial)
        self.rows = self._number_of_rows(data)
        self.searched = data.get("search", "").strip() if data else ""
        super().__init__(data, initial=self._initial())
        self.fields.update(self._build(data))

    def _number_of_rows(self, data: QueryDict | None) -> int:
        if self.kind not in ROW_PARTS:
            return 0
        if data is None:
            return max(len(self.value.get("rows") or []), 1)
        shown = data.get("rows", "1")
        number = int(shown) if shown.isascii() and shown.isdigit() else 1
        return min(max(number, 1) + (data.get("say") == "tambah"), MOST_ROWS)

    # what the form begins with

    def _initial(self) -> dict[str, Any]:
        if self.kind in ROW_PARTS:
            found: dict[str, Any] = {"none": bool(self.value.get("none"))}
            if self.kind == QuestionKind.COST:
                found["year"] = self.value.get("year") or today().year
            rows = self.value.get("rows") or []
            names = picking.names(rows)
            for number, row in enumerate(rows):
                found.update(_row_initial(number, row, names))
            return found
        if self.kind == QuestionKind.USES:
            chosen = [str(one) for one in self.value.get("agencies") or []]
            return {"agencies": chosen, "others": self.value.get("others", "")}
        return {field_id(name): _shown(value) for name, value in self.value.items() if value is not None}

    # the controls

    def _build(self, data: QueryDict | None) -> dict[str, forms.Field]:
        match self.kind:
            case QuestionKind.FIELD:
                return {field_id(one.name): _control(one) for one in self.asked.fields}
            case QuestionKind.PEOPLE:
                return {
                    "operating_unit": _text(_("Bidang atau seksi"), 200),
                    "name": _text(_("Nama pengelola"), 120),
                    "position": _text(_("Jabatannya"), 120),
                }
            case QuestionKind.USES:
                return self._uses(data)
            case QuestionKind.OWN:
                return {"value": _own(self.asked)}
        found: dict[str, forms.Field] = {}
        for number in range(self.rows):
            found.update(self._row(number, data))
        found["none"] = forms.BooleanField(label=NONE[self.kind](), required=False)
        return found

    def _uses(self, data: QueryDict | None) -> dict[str, forms.Field]:
        chosen = {int(one) for one in self.value.get("agencies") or []}
        if data is not None:
            picked = data.getlist("agencies") + data.getlist("more")
            chosen = {int(one) for one in picked if one.isascii() and one.isdigit() and len(one) < 12}
        near, rest = picking.agencies(self.bundle.agency_id, chosen, self.searched)
        return {
            "agencies": _boxes(_("Yang memakai"), near),
            "more": _boxes(_("Perangkat daerah lain"), rest),
            "others": _text(_("Pemakai lain"), 300, hint=_("Contoh: semua desa, puskesmas, sekolah negeri.")),
        }

    def _row(self, number: int, data: QueryDict | None) -> dict[str, forms.Field]:
        n = f"{number}-"
        if self.kind == QuestionKind.DATASETS:
            choices = [("", _("Belum tahu")), ("ya", _("Ya")), ("tidak", _("Tidak"))]
            return {
                f"{n}name": _text(_("Nama data"), 200),
                f"{n}personal": _select(_("Ada data pribadinya?"), choices),
            }
        if self.kind == QuestionKind.COST:
            kinds = [("", _("Pilih jenisnya")), *CostKind.choices]
            return {
                f"{n}kind": _select(_("Jenis biaya"), kinds),
                f"{n}amount": _text(
                    _("Jumlah dalam rupiah"), 60, hint=_("Contoh: 1.200.000 atau Rp 1,2 M."), mode="text"
                ),
                f"{n}fund": _text(_("Sumber dana"), 120, hint=_("Contoh: APBD 2026.")),
            }
        methods = [
            ("", _("Belum tahu")),
            *((value, label) for value, label in Method.choices if value != UNKNOWN),
        ]
        found: dict[str, forms.Field] = {
            f"{n}words": _text(_("Nama aplikasi"), 200),
            f"{n}application": forms.CharField(required=False, widget=forms.HiddenInput),
            f"{n}data": _text(_("Data apa"), 300, hint=_("Contoh: data pegawai.")),
            f"{n}method": _select(_("Caranya"), methods),
            f"{n}hours": _text(
                _("Jam sebulan"), 10, hint=_("Hanya bila diketik ulang. Perkiraan boleh."), mode="decimal"
            ),
        }
        candidates = self._candidates(number, data)
        if candidates:
            options = [
                *((str(key), name) for key, name in candidates),
                (AS_IT_IS, _("Bukan, tulis apa adanya")),
            ]
            found[f"{n}pick"] = forms.ChoiceField(
                label=_("Yang dimaksud"), choices=options, required=False, widget=forms.RadioSelect
            )
        return found

    def _candidates(self, number: int, data: QueryDict | None) -> list[tuple[int, str]]:
        """Applications that the typed name may mean, when it is not exactly one of them."""
        if data is None:
            return []
        words = " ".join(data.get(f"{number}-words", "").split())
        known = picking.names([{"application": data.get(f"{number}-application")}])
        if not words or words.casefold() in {name.casefold() for name in known.values()}:
            return []
        exact, near = picking.applications(words)
        return [] if exact else near

    # reading back

    def read(self) -> dict[str, Any]:
        """The value as typed, for `save_answers`. Call after `is_valid()`, also when that said no."""
        got = self.cleaned_data
        match self.kind:
            case QuestionKind.FIELD:
                return {one.name: _plain(got.get(field_id(one.name))) for one in self.asked.fields}
            case QuestionKind.PEOPLE | QuestionKind.OWN:
                return {name: _plain(got.get(name)) for name in self.fields}
            case QuestionKind.USES:
                return {
                    "agencies": [*got.get("agencies", []), *got.get("more", [])],
                    "others": got.get("others", ""),
                }
        found: dict[str, Any] = {
            "rows": [self._read_row(number, got) for number in range(self.rows)],
            "none": bool(got.get("none")),
        }
        if self.kind == QuestionKind.COST:
            found["year"] = self.value.get("year") or today().year
        return found

    def _read_row(self, number: int, got: Mapping[str, Any]) -> dict[str, Any]:
        row = {
            part: got.get(f"{number}-{part}", "")
            for part in ROW_PARTS[self.kind]
            if part not in ("pick", "application")
        }
        if self.kind in (QuestionKind.LINKS_IN, QuestionKind.LINKS_OUT):
            row["application"] = self._application(number, got)
        if self.kind == QuestionKind.COST and row["amount"]:
            try:
                amount = money.parse(row["amount"])
            except money.AmountError as error:
                self.add_error(f"{number}-amount", str(error))
            else:
                row["amount"] = "" if amount is None else str(int(amount))
        return row

    def _application(self, number: int, got: Mapping[str, Any]) -> int | None:
        """The key that the name stands for: as before, exactly named, or picked; None for a name alone."""
        words = " ".join(str(got.get(f"{number}-words") or "").split())
        if not words:
            return None
        picked = str(got.get(f"{number}-pick") or "")
        if picked and picked != AS_IT_IS:
            return int(picked)
        known = picking.names([{"application": got.get(f"{number}-application")}])
        for key, name in known.items():
            if name.casefold() == words.casefold():
                return key
        exact, _near = picking.applications(words)
        if exact is None and f"{number}-pick" in self.fields and not picked:
            self.add_error(f"{number}-pick", _("Pilih aplikasi yang dimaksud, atau tulis apa adanya."))
        return exact

    def show_errors(self, errors: Mapping[str, str]) -> None:
        """Errors of cleaning beside their fields; those of the whole above the form."""
        for name, sentence in errors.items():
            field = name.replace(".", "-")
            self.add_error(field if field in self.fields else None, sentence)

    # for the page

    @property
    def is_list(self) -> bool:
        return self.kind in ROW_PARTS

    @property
    def row_groups(self) -> list[list[Any]]:
        """The bound fields of each row, a choice among candidates right below the name."""
        order = {part: place for place, part in enumerate(ROW_PARTS.get(self.kind, ()))}
        found = []
        for number in range(self.rows):
            names = [name for name in self.fields if name.startswith(f"{number}-")]
            names.sort(key=lambda name: order[name.partition("-")[2]])
            found.append([self[name] for name in names])
        return found

    @property
    def plain_fields(self) -> list[Any]:
        return [self[name] for name in self.fields]


NONE: dict[str, Any] = {
    QuestionKind.DATASETS: lambda: _("Tidak ada data di dalamnya"),
    QuestionKind.LINKS_IN: lambda: _("Tidak dari aplikasi mana pun"),
    QuestionKind.LINKS_OUT: lambda: _("Tidak ke aplikasi mana pun"),
    QuestionKind.COST: lambda: _("Tidak ada biaya tahun ini"),
}


def _row_initial(number: int, row: Mapping[str, Any], names: Mapping[int, str]) -> dict[str, Any]:
    found = {f"{number}-{part}": value for part, value in row.items() if value not in (None, UNKNOWN)}
    key = row.get("application")
    if key:
        found[f"{number}-words"] = names.get(int(key), row.get("words", ""))
    if isinstance(row.get("hours"), float):
        found[f"{number}-hours"] = f"{row['hours']:g}".replace(".", ",")
    if isinstance(row.get("amount"), int):
        found[f"{number}-amount"] = f"{row['amount']:,}".replace(",", ".")
    return found


def _shown(value: Any) -> Any:
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    return "" if value == UNKNOWN else value


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime.date) else value


def _text(label: Any, longest: int, *, hint: Any = "", mode: str = "") -> forms.CharField:
    attrs = {"autocomplete": "off", **({"inputmode": mode} if mode else {})}
    return forms.CharField(
        label=label,
        help_text=hint,
        required=False,
        max_length=longest,
        widget=forms.TextInput(attrs=attrs),
        error_messages={"max_length": _("Terlalu panjang. Paling banyak %(n)s huruf.") % {"n": longest}},
    )


def _select(label: Any, choices: Sequence[tuple[Any, Any]]) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=choices,
        required=False,
        error_messages={"invalid_choice": _("Pilih satu dari daftar.")},
    )


def _boxes(label: Any, options: Sequence[tuple[int, str]]) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        choices=[(str(key), name) for key, name in options],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Pilih instansi dari daftar.")},
    )


def _radio(label: Any, choices: Sequence[tuple[Any, Any]], *, hint: Any = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        help_text=hint,
        choices=choices,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Pilih satu dari daftar.")},
    )


def _day(label: Any, *, hint: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=hint,
        required=False,
        input_formats=DAYS,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Tulis tanggal yang ada, misalnya 24/11/2026.")},
    )


def _control(field: Field) -> forms.Field:
    """The control of a field of the register."""
    make = CONTROLS.get(field.kind)
    if make is not None:
        return make(field)
    longest, mode = {ValueKind.NUMBER: (20, "numeric"), ValueKind.URL: (500, "url")}.get(
        field.kind, (300, "")
    )
    return _text(field.label, longest, hint=field.hint, mode=mode)


def _choice(field: Field) -> forms.Field:
    options = [(value, label) for value, label in field.options() if value != UNKNOWN]
    return _radio(field.label, options, hint=field.hint)


def _choices(field: Field) -> forms.Field:
    return forms.MultipleChoiceField(
        label=field.label,
        help_text=field.hint,
        choices=field.options(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


def _long(field: Field) -> forms.Field:
    area = forms.Textarea(attrs={"rows": 4})
    return forms.CharField(label=field.label, help_text=field.hint, required=False, widget=area)


CONTROLS: dict[ValueKind, Callable[[Field], forms.Field]] = {
    ValueKind.CHOICE: _choice,
    ValueKind.CHOICES: _choices,
    ValueKind.YES_NO: lambda field: _radio(
        field.label, [("ya", _("Ya")), ("tidak", _("Tidak"))], hint=field.hint
    ),
    ValueKind.LONG: _long,
    ValueKind.DATE: lambda field: _day(field.label, hint=field.hint),
}


def _own(asked: Asked) -> forms.Field:
    question = asked.question
    match question.own_kind:
        case OwnKind.CHOICE:
            return _radio(question.text, [(one[0], one[1]) for one in question.choices])
        case OwnKind.YES_NO:
            return _radio(question.text, [("ya", _("Ya")), ("tidak", _("Tidak"))])
        case OwnKind.DATE:
            return _day(question.text)
        case OwnKind.NUMBER:
            return _text(question.text, 20, mode="numeric")
    return forms.CharField(
        label=question.text, required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )
