"""What an agency writes about an application it wants, and what Diskominfo decides."""

import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jendela.common.dates import today
from jendela.common.money import AmountError, parse
from jendela.registry.applications.choices import CostKind, Hosting
from jendela.registry.overlap.choices import RefusalReason, RequestState
from jendela.registry.overlap.suggesting import nodes
from jendela.ui.forms import PlainForm

COST_ROWS = 3
DECISIONS = [
    (RequestState.APPROVED.value, _("Setujui: instansi boleh merencanakannya")),
    (RequestState.REFUSED.value, _("Tidak disetujui, dengan alasan")),
    (RequestState.RETURNED.value, _("Tanya dulu")),
]


def _text(label: Any, hint: Any = "", *, required: bool = False, rows: int = 3) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class RequestForm(PlainForm):
    """Only the name is needed to keep it; the rest before it is sent. Fields are those of the model."""

    without_app = _text(
        _("Apa yang sudah dicoba tanpa aplikasi baru?"),
        _("Aturan, cara kerja, orang, atau aplikasi yang sudah ada. Masalah tidak selalu butuh aplikasi."),
    )
    problem = _text(_("Masalah siapa yang diselesaikan?"), _("Sebut orangnya, jumlahnya, dan buktinya."))
    name = forms.CharField(
        label=_("Nama aplikasi yang diusulkan"),
        max_length=200,
        error_messages={"required": _("Tulis nama sementaranya.")},
    )
    purpose = _text(_("Gunanya"), _("Untuk apa aplikasi ini, dalam satu atau dua kalimat."), rows=2)
    function = forms.ChoiceField(label=_("Fungsi"), required=False)
    users = forms.CharField(label=_("Siapa pemakainya, berapa orang"), required=False, max_length=300)
    why_not_existing = _text(
        _("Mengapa yang sudah ada tidak cukup?"), _("Jawab untuk setiap aplikasi mirip yang ditemukan.")
    )
    data_needed = _text(_("Data yang dibutuhkan dan sumbernya"), rows=2)
    integration = _text(_("Akan terhubung dengan apa"), rows=2)
    legal_basis = forms.CharField(label=_("Dasar hukum"), required=False, max_length=300)
    hosting = forms.ChoiceField(label=_("Tempat server"), required=False)

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        blank = [("", _("Belum dipilih"))]
        own = [(row.code, f"{row.name} ({row.code})") for row in nodes()]
        self.fields["function"].choices = blank + own  # type: ignore[attr-defined]
        self.fields["hosting"].choices = [  # type: ignore[attr-defined]
            *blank,
            *(choice for choice in Hosting.choices if choice[0] != Hosting.UNKNOWN),
        ]
        for number in range(COST_ROWS):
            self.fields[f"year-{number}"] = forms.IntegerField(
                label=_("Tahun"), required=False, min_value=2000, max_value=2100,
                error_messages={"invalid": _("Tulis tahun dengan empat angka.")},
            )  # fmt: skip
            self.fields[f"kind-{number}"] = forms.ChoiceField(
                label=_("Jenis biaya"), required=False, choices=[("", _("Belum dipilih")), *CostKind.choices]
            )
            self.fields[f"amount-{number}"] = forms.CharField(
                label=_("Jumlah"),
                required=False,
                max_length=40,
                help_text=_("Contoh: 150 juta atau 150.000.000."),
            )

    def cost_rows(self) -> list[tuple[Any, Any, Any]]:
        return [(self[f"year-{n}"], self[f"kind-{n}"], self[f"amount-{n}"]) for n in range(COST_ROWS)]

    def clean(self) -> dict[str, Any]:
        got = super().clean() or {}
        plan = []
        for number in range(COST_ROWS):
            year, kind = got.get(f"year-{number}"), got.get(f"kind-{number}")
            said = got.get(f"amount-{number}", "")
            if not (year or kind or said):
                continue
            try:
                amount = parse(said)
            except AmountError as error:
                self.add_error(f"amount-{number}", str(error))
                continue
            if amount is None or not year or not kind:
                self.add_error(
                    f"amount-{number}", _("Isi tahun, jenis dan jumlahnya, atau kosongkan ketiganya.")
                )
                continue
            plan.append({"year": year, "kind": kind, "amount": str(amount)})
        got["cost_plan"] = plan
        return got

    def values(self) -> dict[str, Any]:
        """For the action: fields of the model."""
        got = self.cleaned_data
        names = ("without_app", "problem", "name", "purpose", "users", "why_not_existing", "data_needed", "integration",
                 "legal_basis", "hosting", "cost_plan")  # fmt: skip
        node = next((row for row in nodes() if row.code == got["function"]), None)
        return {**{name: got[name] for name in names}, "function": node}


class DecisionForm(PlainForm):
    state = forms.ChoiceField(
        label=_("Keputusan"), choices=DECISIONS, widget=forms.RadioSelect,
        error_messages={"required": _("Pilih salah satu.")},
    )  # fmt: skip
    reasons = forms.MultipleChoiceField(
        label=_("Alasan tidak disetujui"), required=False, choices=RefusalReason.choices,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    cited = forms.MultipleChoiceField(
        label=_("Aplikasi yang disebut"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Yang sebaiknya dipakai atau dikembangkan."),
    )  # fmt: skip
    answer = _text(_("Penjelasan untuk pengusul"), required=True, rows=4)
    number = forms.CharField(label=_("Nomor surat"), required=False, max_length=100)
    date = forms.DateField(
        label=_("Tanggal keputusan"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Isi tanggalnya."), "invalid": _("Tanggal ini tidak ada.")},
    )  # fmt: skip

    def __init__(self, *args: Any, found: list[dict[str, Any]], **values: Any) -> None:
        super().__init__(*args, **values)
        self.fields["date"].initial = today()
        self.fields["answer"].error_messages["required"] = _("Tulis penjelasannya.")
        choices = [(one["slug"] or one["name"], f"{one['name']} ({one['owner']})") for one in found]
        self.fields["cited"].choices = choices  # type: ignore[attr-defined]
        if not choices:
            del self.fields["cited"]

    def clean_date(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["date"]
        if day > today():
            raise forms.ValidationError(_("Tanggal keputusan belum tiba."))
        return day

    def clean(self) -> dict[str, Any]:
        got = super().clean() or {}
        if got.get("state") == RequestState.REFUSED and not got.get("reasons"):
            self.add_error("reasons", _("Pilih paling sedikit satu alasan."))
        return got
