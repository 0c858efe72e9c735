"""What is typed about people at work, checked: filters, roles, days, invitations, hand-over."""

import datetime
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jendela.common.dates import today
from jendela.people.access.models import Membership
from jendela.people.access.policy import roles_to_give
from jendela.people.access.roles import ROLES
from jendela.people.accounts.models import User
from jendela.people.agencies.models import Agency
from jendela.people.members import reads
from jendela.people.members.actions import MOST_DAYS_AWAY, substitution_fits
from jendela.people.members.choices import RoleState
from jendela.people.members.reads import PeopleFilters, WorkHeld

LONGEST_TEXT = 80
EVERYWHERE = "semua"
LEAVE = "biarkan"
BAD_DAY = _("Tanggal ini tidak ada. Tulis seperti 2026-11-24.")


def _day(label: Any, *, required: bool = False, hint: Any = "", missing: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        help_text=hint,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": BAD_DAY, "required": missing},
    )


def _note(hint: Any) -> forms.CharField:
    return forms.CharField(label=_("Catatan"), required=False, max_length=200, help_text=hint)


class PeopleForm(forms.Form):
    """Filters of the list; a value that cannot be is left out."""

    q = forms.CharField(label=_("Nama atau e-mail"), required=False, max_length=LONGEST_TEXT)
    instansi = forms.ChoiceField(label=_("Instansi"), required=False)
    peran = forms.ChoiceField(label=_("Peran"), required=False)
    keadaan = forms.ChoiceField(label=_("Keadaan"), required=False, choices=RoleState.choices)

    def __init__(self, data: Any, *, agencies: Sequence[Agency], all_agencies: bool) -> None:
        super().__init__(data)
        choices: list[tuple[str, Any]] = [("", _("Semua"))]
        if all_agencies:
            choices.append((EVERYWHERE, _("Peran untuk semua instansi")))
        choices += [(one.slug, one.short_name) for one in agencies]
        self.fields["instansi"].choices = choices  # type: ignore[attr-defined]
        self.fields["peran"].choices = [  # type: ignore[attr-defined]
            ("", _("Semua peran")),
            *((code, role.label) for code, role in ROLES.items()),
        ]

    def filters(self) -> PeopleFilters:
        self.is_valid()
        got = self.cleaned_data
        return PeopleFilters(
            text=" ".join(got.get("q", "").split()),
            agency=got.get("instansi", ""),
            role=got.get("peran", ""),
            state=got.get("keadaan") or RoleState.NOW.value,
        )


class _RoleForm(forms.Form):
    """A role at an agency, as far as the viewer may give it."""

    def __init__(self, *args: Any, viewer: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        self.viewer = viewer
        agencies = reads.agencies_to_give(viewer)
        everywhere = bool(roles_to_give(viewer, None))
        codes = {code for one in agencies[:1] for code in roles_to_give(viewer, one.pk)}
        codes |= set(roles_to_give(viewer, None))
        self.fields["role"] = forms.ChoiceField(
            label=_("Peran"),
            choices=[
                (code, format_html("<span><b>{}</b>: {}</span>", role.label, role.sentence))
                for code, role in ROLES.items()
                if code in codes
            ],
            widget=forms.RadioSelect,
            error_messages={
                "required": _("Pilih satu peran."),
                "invalid_choice": _("Pilih salah satu peran."),
            },
        )
        self.fields["agency"] = forms.ModelChoiceField(
            label=_("Instansi"),
            queryset=agencies,
            required=not everywhere,
            empty_label=gettext("Pilih instansi"),
            help_text=_("Kosongkan untuk peran yang berlaku di semua instansi.") if everywhere else "",
            error_messages={
                "required": _("Pilih instansinya."),
                "invalid_choice": _("Pilih dari daftar ini."),
            },
        )
        self.order_fields(["email", "name", "role", "agency", "valid_from", "valid_to", "note"])

    def clean(self) -> dict[str, Any]:
        got = super().clean() or self.cleaned_data
        role, agency = got.get("role"), got.get("agency")
        if not role or "agency" in self.errors:
            return got
        if ROLES[role].everywhere and agency is not None:
            self.add_error("agency", _("Peran ini berlaku di semua instansi. Kosongkan pilihan instansi."))
        elif not ROLES[role].everywhere and agency is None:
            self.add_error("agency", _("Peran ini butuh satu instansi. Pilih instansinya."))
        elif role not in roles_to_give(self.viewer, agency.pk if agency else None):
            self.add_error("role", _("Peran ini tidak dapat Anda berikan di instansi itu."))
        return got


class GiveRoleForm(_RoleForm):
    valid_from = _day(_("Mulai tanggal"), hint=_("Kosong berarti hari ini."))
    valid_to = _day(_("Sampai tanggal"), hint=_("Hari terakhir. Kosong berarti sampai diakhiri."))
    note = _note(_("Misalnya nomor surat tugas."))

    def clean(self) -> dict[str, Any]:
        got = super().clean()
        first, last = got.get("valid_from") or today(), got.get("valid_to")
        if first < today():
            self.add_error("valid_from", _("Tanggal ini sudah lewat. Pilih hari ini atau sesudahnya."))
        elif last is not None and last < first:
            self.add_error("valid_to", _("Hari terakhir ini lebih awal dari hari mulai."))
        return got


class InviteForm(_RoleForm):
    email = forms.EmailField(
        label=_("Alamat e-mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": _("Isi alamat e-mail orang yang Anda undang."),
            "invalid": _("Alamat e-mail ini tidak lengkap."),
        },
    )
    name = forms.CharField(
        label=_("Nama"), max_length=120, error_messages={"required": _("Isi nama orang yang Anda undang.")}
    )
    valid_to = _day(_("Sampai tanggal"), hint=_("Hari terakhir. Kosong berarti sampai diakhiri."))
    note = _note(_("Misalnya nomor surat tugas."))

    def clean_valid_to(self) -> datetime.date | None:
        last: datetime.date | None = self.cleaned_data["valid_to"]
        if last is not None and last < today():
            raise forms.ValidationError(_("Tanggal ini sudah lewat."))
        return last


class EndForm(forms.Form):
    when = forms.ChoiceField(
        label=_("Kapan"),
        choices=[("now", _("Sekarang juga")), ("day", _("Setelah tanggal tertentu"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih kapan peran ini berakhir.")},
    )
    last_day = _day(_("Hari terakhir"), hint=_("Diisi bila Anda memilih tanggal tertentu."))
    note = _note(_("Misalnya pindah tugas, atau nomor suratnya."))

    def __init__(self, *args: Any, membership: Membership, **values: Any) -> None:
        super().__init__(*args, **values)
        self.membership = membership

    def clean(self) -> dict[str, Any]:
        got = super().clean() or self.cleaned_data
        if got.get("when") != "day" or "last_day" in self.errors:
            return got
        last, row = got.get("last_day"), self.membership
        if last is None:
            self.add_error("last_day", _("Isi hari terakhirnya."))
        elif last < max(today(), row.valid_from):
            self.add_error("last_day", _("Hari terakhir paling awal hari ini, atau hari peran itu mulai."))
        elif row.valid_to is not None and last >= row.valid_to:
            self.add_error("last_day", _("Peran ini sudah berakhir pada atau sebelum tanggal itu."))
        return got


class SubstituteForm(forms.Form):
    """Who stands in, among colleagues of the same agency, and for which days."""

    valid_from = _day(
        _("Hari pertama"), required=True, missing=_("Isi hari pertama cuti atau ketidakhadiran.")
    )
    valid_to = _day(_("Hari terakhir"), required=True, missing=_("Isi hari terakhirnya."))
    note = _note(_("Misalnya cuti tahunan, atau nomor suratnya."))

    def __init__(self, *args: Any, membership: Membership, people: Sequence[User], **values: Any) -> None:
        super().__init__(*args, **values)
        self.membership = membership
        self.fields["user"] = person_field(_("Siapa yang menggantikan"), people)
        self.order_fields(["user", "valid_from", "valid_to", "note"])

    def clean(self) -> dict[str, Any]:
        got = super().clean() or self.cleaned_data
        first, last = got.get("valid_from"), got.get("valid_to")
        if first is None or last is None:
            return got
        if first < max(today(), self.membership.valid_from):
            self.add_error("valid_from", _("Hari pertama paling awal hari ini, atau hari peran itu mulai."))
        elif last < first:
            self.add_error("valid_to", _("Hari terakhir ini lebih awal dari hari pertama."))
        elif (last - first).days >= MOST_DAYS_AWAY:
            self.add_error("valid_to", _("Paling lama satu tahun. Untuk lebih lama, beri peran biasa."))
        elif not substitution_fits(self.membership, first, last):
            self.add_error("valid_to", _("Peran yang digantikan berakhir lebih awal dari tanggal ini."))
        return got


def person_field(
    label: Any, people: Sequence[User], *, extra: Sequence[tuple[str, Any]] = ()
) -> forms.TypedChoiceField:
    """Colleagues as a list of radio buttons: it can be searched without JavaScript and read aloud."""
    by_key = {str(one.pk): one for one in people}
    return forms.TypedChoiceField(
        label=label,
        choices=[*((key, f"{one.name} ({one.email})") for key, one in by_key.items()), *extra],
        coerce=by_key.get,
        empty_value=None,
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih satu orang."), "invalid_choice": _("Pilih dari daftar ini.")},
    )


class ReleaseForm(forms.Form):
    """For each agency where there is work, who takes it; and why the person leaves."""

    note = _note(_("Misalnya pindah, pensiun, atau nomor suratnya."))

    def __init__(
        self, *args: Any, held: Sequence[WorkHeld], people: dict[int | None, list[User]], **values: Any
    ) -> None:
        super().__init__(*args, **values)
        self.held = held
        for one in held:
            place = one.agency.short_name if one.agency else _("semua instansi")
            self.fields[self.name_of(one.key)] = person_field(
                gettext("Siapa yang menerima pekerjaan di %(place)s") % {"place": place},
                people[one.key],
                extra=[(LEAVE, _("Biarkan dulu atas nama orang ini"))],
            )
        self.order_fields([*(self.name_of(one.key) for one in held), "note"])

    @staticmethod
    def name_of(key: int | None) -> str:
        return f"to_{key or 0}"

    @property
    def receivers(self) -> dict[int | None, User]:
        found = {one.key: self.cleaned_data.get(self.name_of(one.key)) for one in self.held}
        return {key: user for key, user in found.items() if user is not None}


class AcceptForm(forms.Form):
    name = forms.CharField(
        label=_("Nama Anda"),
        max_length=120,
        help_text=_("Nama ini tampak bagi rekan kerja Anda."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Isi nama Anda.")},
    )
