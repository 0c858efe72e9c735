"""Rows that are added, removed and moved with buttons that need no script: ways, life events, lines of a tariff.

Field names are 'cara-0-text'. One empty row is always at the end; rows with nothing in them are left out.
"""

import re
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from jendela.services.catalogue.choices import LocalOffice, WayKind
from jendela.services.catalogue.reads.content import MOST_ROWS
from jendela.services.editor.forms.fields import wording
from jendela.services.editor.reads.draft import Options

_DO = re.compile(r"^(naik|turun|hapus)-(\d{1,2})$")


class WayRow(forms.Form):
    part = "ways"
    kind = forms.ChoiceField(label=_("Jenis cara"), choices=WayKind.choices, required=False)
    text = wording(_("Nama cara ini"), hint=_("Contoh: Loket Disdukcapil"), most=200)
    office = forms.ChoiceField(label=_("Kantor"), required=False)
    application = forms.ChoiceField(label=_("Aplikasi"), required=False)
    local_office = forms.ChoiceField(
        label=_("Kantor di tempat tinggal warga"),
        choices=[("", _("Bukan")), *LocalOffice.choices],
        required=False,
    )
    phone = wording(_("Nomor telepon atau WhatsApp"), most=40)
    url = wording(_("Alamat situs"), hint=_("Mulai dengan https://"), most=300)
    detail = wording(_("Yang perlu diketahui sebelum memakai cara ini"), most=300)

    MORE = ("application", "local_office", "phone", "url")

    def set_up(self, options: Options) -> None:
        self.fields["office"].choices = options.offices  # type: ignore[attr-defined]
        self.fields["application"].choices = options.applications  # type: ignore[attr-defined]

    @property
    def more_filled(self) -> bool:
        return any(self[name].value() or self[name].errors for name in self.MORE)

    @classmethod
    def blank(cls, row: dict[str, str]) -> bool:
        return not any(value for key, value in row.items() if key != "kind")


class EventRow(forms.Form):
    part = "events"
    event = forms.ChoiceField(label=_("Peristiwa"), required=False)
    when = wording(
        _("Kapan dalam peristiwa itu"), hint=_("Contoh: paling lambat 60 hari sesudah lahir"), most=200
    )

    def set_up(self, options: Options) -> None:
        self.fields["event"].choices = options.events  # type: ignore[attr-defined]

    @classmethod
    def blank(cls, row: dict[str, str]) -> bool:
        return not row["event"]


class Rows:
    """The rows of a part as forms with one prefix each."""

    def __init__(
        self, kind: Any, prefix: str, values: list[dict[str, str]], data: QueryDict | None, options: Options
    ) -> None:
        self.kind, self.prefix = kind, prefix
        self.order: list[dict[str, str]] | None = None
        most = MOST_ROWS[kind.part]
        number = len(values) + (len(values) < most) if data is None else min(self._number(data), most)
        self.forms: list[Any] = []
        for at in range(number):
            initial = values[at] if data is None and at < len(values) else {}
            form = kind(data, initial=initial, prefix=f"{prefix}-{at}")
            if hasattr(form, "set_up"):
                form.set_up(options)
            self.forms.append(form)

    def _number(self, data: QueryDict) -> int:
        pattern = re.compile(rf"^{self.prefix}-(\d{{1,2}})-")
        return max((int(match[1]) + 1 for name in data if (match := pattern.match(name))), default=0)

    def is_valid(self) -> bool:
        return not [form for form in self.forms if not form.is_valid()]

    def shown(self) -> list[dict[str, str]]:
        """Every row as it stands in the form, the empty ones too."""
        return [{name: form.cleaned_data.get(name) or "" for name in form.fields} for form in self.forms]

    def move(self, asked: str) -> int | None:
        """Do 'naik-2', 'turun-0' or 'hapus-1' to the rows; returns the row to look at next."""
        self.order, at = moved(self.shown(), asked)
        return at

    def values(self) -> list[dict[str, str]]:
        rows = self.shown() if self.order is None else self.order
        return [row for row in rows if not self.kind.blank(row)]


def moved(rows: list[Any], asked: str) -> tuple[list[Any], int | None]:
    """The rows after 'naik-2', 'turun-0' or 'hapus-1' (positions of the shown rows), and where to look next."""
    match = _DO.match(asked)
    if match is None or int(match[2]) >= len(rows):
        return rows, None
    at, rows = int(match[2]), list(rows)
    if match[1] == "hapus":
        del rows[at]
        return rows, max(at - 1, 0)
    to = at - 1 if match[1] == "naik" else at + 1
    if 0 <= to < len(rows):
        rows[at], rows[to] = rows[to], rows[at]
        at = to
    return rows, at
