"""What Kominfo and heads type about rounds, checked; nothing is saved here."""

import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jendela.common.dates import today
from jendela.people.access.choices import Permission
from jendela.people.access.roles import ROLES
from jendela.people.agencies.choices import AgencyKind
from jendela.registry.applications.choices import ApplicationState, OperatorLevel
from jendela.registry.applications.fields import BY_NAME, MANDATORY
from jendela.registry.campaigns import targets
from jendela.registry.campaigns.answers import most_asked
from jendela.registry.campaigns.choices import STATEMENT
from jendela.registry.campaigns.days import shifted
from jendela.registry.campaigns.models import QuestionSet, Round
from jendela.registry.campaigns.reads.rounds import question_sets
from jendela.registry.campaigns.rules import ANSWER_DAYS, REVIEW_DAYS, SEAL_MONTHS, rule
from jendela.registry.campaigns.targets import Filters
from jendela.ui.forms import PlainForm

BAD_DAY = _("Tanggal ini tidak ada. Tulis seperti 2026-11-24.")
KINDS = [
    (value, label)
    for value, label in AgencyKind.choices
    if value in {"sekretariat", "inspektorat", "badan", "dinas", "satuan", "rsud", "bumd", "kecamatan"}
]


def day_field(label: Any, *, hint: Any = "", missing: Any = "", required: bool = True) -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=hint,
        required=required,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": BAD_DAY, "required": missing},
    )


class RoundForm(PlainForm):
    """A round: what is asked, of whom, by when, with which words."""

    title = forms.CharField(
        label=_("Nama putaran"),
        max_length=120,
        help_text=_("Tampak di surat. Contoh: Pemutakhiran daftar aplikasi, November 2026."),
        error_messages={"required": _("Tulis nama putaran."), "max_length": _("Paling banyak 120 huruf.")},
    )
    question_set = forms.ChoiceField(
        label=_("Pertanyaan"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih pertanyaannya.")},
    )
    role = forms.ChoiceField(
        label=_("Yang menjawab"),
        help_text=_("Aplikasi yang pengelolanya tercatat ditanyakan kepada pengelola itu."),
    )
    agencies = forms.MultipleChoiceField(
        label=_("Hanya instansi ini"), required=False, widget=forms.CheckboxSelectMultiple
    )
    kinds = forms.MultipleChoiceField(
        label=_("Hanya jenis instansi ini"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=KINDS,
    )
    states = forms.MultipleChoiceField(
        label=_("Hanya aplikasi yang"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=ApplicationState.choices,
    )
    operator_levels = forms.MultipleChoiceField(
        label=_("Hanya yang dijalankan"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=OperatorLevel.choices,
    )
    never_attested = forms.BooleanField(label=_("Hanya aplikasi yang belum dinyatakan benar"), required=False)
    unchanged_since = day_field(
        _("Hanya yang tidak berubah sejak"),
        required=False,
        hint=_("Kosongkan untuk semua."),
    )
    with_empty = forms.BooleanField(
        label=_("Tanyakan juga instansi yang belum punya aplikasi di daftar"), required=False
    )
    due_on = day_field(_("Dijawab paling lambat"), missing=_("Isi batas menjawab."))
    approval_due_on = day_field(_("Diperiksa Diskominfo paling lambat"), missing=_("Isi batas pemeriksaan."))
    attest_months = forms.IntegerField(
        label=_("Pernyataan kepala instansi berlaku (bulan)"),
        min_value=1,
        max_value=36,
        error_messages={
            "required": _("Isi jumlah bulan."),
            "invalid": _("Isi angka, misalnya 6."),
            "min_value": _("Paling sedikit 1 bulan."),
            "max_value": _("Paling banyak 36 bulan."),
        },
    )
    text = forms.CharField(
        label=_("Kata pembuka surat"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Dua atau tiga kalimat. Batas waktu dan tautan ditambahkan sendiri."),
    )
    statement = forms.CharField(
        label=_("Bunyi pernyataan kepala instansi"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Tulis bunyi pernyataannya.")},
    )

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        fields: Any = self.fields
        fields["question_set"].choices = [
            (
                one.key,
                gettext("%(title)s (paling banyak %(n)s pertanyaan)") % {"title": one.title, "n": most(one)},
            )
            for one in askable()
        ]
        fields["role"].choices = [
            (code, role.label)
            for code, role in ROLES.items()
            if Permission.EDIT_REGISTRY in role.permissions and not role.everywhere
        ]
        fields["agencies"].choices = [
            (str(one.pk), one.short_name) for one in targets.chosen_agencies(Filters())
        ]

    def clean_due_on(self) -> datetime.date:
        found: datetime.date = self.cleaned_data["due_on"]
        if found < today():
            raise forms.ValidationError(_("Tanggal ini sudah lewat."))
        return found

    def clean(self) -> dict[str, Any]:
        got: dict[str, Any] = super().clean() or self.cleaned_data
        due, approval = got.get("due_on"), got.get("approval_due_on")
        if due and approval and approval < due:
            self.add_error("approval_due_on", _("Harus sama atau sesudah batas menjawab."))
        return got

    def values(self) -> dict[str, Any]:
        """As actions take them."""
        got = self.cleaned_data
        filters = Filters(
            agencies=tuple(int(one) for one in got["agencies"]),
            kinds=tuple(got["kinds"]),
            states=tuple(got["states"]),
            operator_levels=tuple(got["operator_levels"]),
            never_attested=got["never_attested"],
            unchanged_since=got["unchanged_since"].isoformat() if got["unchanged_since"] else "",
            with_empty=got["with_empty"],
        )
        names = ("title", "role", "due_on", "approval_due_on", "attest_months", "text", "statement")
        return {"filters": filters, **{name: got[name] for name in names}}


def askable() -> list[QuestionSet]:
    """Sets with a question; one that is still empty asks nothing."""
    return [one for one in question_sets() if one.questions.all()]


def most(row: QuestionSet) -> int:
    return most_asked(list(row.questions.all()))


def start() -> dict[str, Any]:
    """What a new round begins with: deadlines counted from today by the rules."""
    due = shifted(today(), rule(ANSWER_DAYS, today()))
    return {
        "question_set": _next_set(),
        "role": "agency_operator",
        "due_on": due,
        "approval_due_on": shifted(due, rule(REVIEW_DAYS, today())),
        "attest_months": rule(SEAL_MONTHS, today()),
        "statement": STATEMENT,
        "with_empty": True,
    }


def _next_set() -> str:
    """The long set for the first round, the short one for those after it."""
    sets = sorted((one for one in question_sets() if not one.made_by), key=most, reverse=True)
    if not sets:
        return ""
    return (sets[-1] if Round.objects.filter(sent_at__isnull=False).exists() else sets[0]).key


def of_round(row: Round) -> dict[str, Any]:
    """A draft again in its form."""
    filters = Filters.of(row.filters)
    return {
        **{
            name: getattr(row, name)
            for name in ("title", "role", "due_on", "approval_due_on", "attest_months")
        },
        "text": row.text,
        "statement": row.statement,
        "question_set": row.question_set.key,
        "agencies": [str(one) for one in filters.agencies],
        "kinds": filters.kinds,
        "states": filters.states,
        "operator_levels": filters.operator_levels,
        "never_attested": filters.never_attested,
        "unchanged_since": filters.unchanged_since or None,
        "with_empty": filters.with_empty,
    }


class ExtendForm(PlainForm):
    due_on = day_field(_("Dijawab paling lambat"), missing=_("Isi batas menjawab."))
    approval_due_on = day_field(_("Diperiksa Diskominfo paling lambat"), missing=_("Isi batas pemeriksaan."))


class TextForm(PlainForm):
    """Kominfo's answer to a question."""

    text = forms.CharField(
        label=_("Jawaban Anda"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Tulis dulu jawabannya.")},
    )


class CallForm(PlainForm):
    note = forms.CharField(
        label=_("Hasil telepon"),
        max_length=300,
        help_text=_("Siapa yang dihubungi, dan apa katanya. Pengingat berhenti dua hari kerja."),
        error_messages={
            "required": _("Tulis hasil teleponnya."),
            "max_length": _("Paling banyak 300 huruf."),
        },
    )


class HandOverForm(PlainForm):
    name = forms.CharField(
        label=_("Nama rekan"), max_length=120, error_messages={"required": _("Tulis namanya.")}
    )
    email = forms.EmailField(
        label=_("Alamat e-mail kantornya"),
        error_messages={
            "required": _("Tulis alamat e-mailnya."),
            "invalid": _("Alamat ini belum lengkap. Contoh: nama@contoh.go.id"),
        },
    )
    reason = forms.CharField(label=_("Alasan"), required=False, max_length=300)


class DecideForm(PlainForm):
    """A tick and a note for each item that was sent: what is ticked goes back."""

    def __init__(self, *args: Any, items: list[Any], **values: Any) -> None:
        super().__init__(*args, **values)
        self.items = items
        for one in items:
            self.fields[f"back_{one.pk}"] = forms.BooleanField(
                label=gettext("Kembalikan untuk dilengkapi"), required=False
            )
            self.fields[f"note_{one.pk}"] = forms.CharField(
                label=gettext("Yang perlu dilengkapi"),
                required=False,
                max_length=500,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def clean(self) -> dict[str, Any]:
        got: dict[str, Any] = super().clean() or self.cleaned_data
        for one in self.items:
            if got.get(f"back_{one.pk}") and not str(got.get(f"note_{one.pk}") or "").strip():
                self.add_error(f"note_{one.pk}", _("Tulis yang perlu dilengkapi, supaya pengisinya tahu."))
            if got.get(f"note_{one.pk}") and not got.get(f"back_{one.pk}"):
                self.add_error(f"back_{one.pk}", _("Ada catatannya. Centang bila dikembalikan."))
        return got

    def returned(self) -> dict[int, str]:
        got = self.cleaned_data
        return {one.pk: got[f"note_{one.pk}"] for one in self.items if got[f"back_{one.pk}"]}


class AttestForm(PlainForm):
    agreed = forms.BooleanField(
        label=_("Saya kepala instansi ini, dan saya menyatakan yang tertulis di atas."),
        error_messages={"required": _("Centang dulu bila Anda setuju.")},
    )


class ExemptionForm(PlainForm):
    field = forms.ChoiceField(label=_("Isian"))
    reason = forms.CharField(
        label=_("Alasan"),
        max_length=300,
        help_text=_("Tercetak di pernyataan kepala instansi."),
        error_messages={"required": _("Tulis alasannya."), "max_length": _("Paling banyak 300 huruf.")},
    )
    until = day_field(_("Sampai tanggal"), missing=_("Isi tanggalnya."))

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        fields: Any = self.fields
        fields["field"].choices = [
            *((name, BY_NAME[name].label) for name in MANDATORY),
            ("uses", gettext("Dipakai instansi mana")),
        ]

    def clean_until(self) -> datetime.date:
        found: datetime.date = self.cleaned_data["until"]
        if found < today():
            raise forms.ValidationError(_("Tanggal ini sudah lewat."))
        return found


class WorkbookForm(PlainForm):
    file = forms.FileField(
        label=_("Berkas XLSX yang sudah diisi"), error_messages={"required": _("Pilih berkasnya dulu.")}
    )
