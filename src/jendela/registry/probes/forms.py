"""What is typed about probes, checked: a dispute, its answer, a host of the inner network."""

import datetime
import ipaddress
import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jendela.common.dates import today
from jendela.registry.probes.thresholds import thresholds
from jendela.ui.forms import PlainForm

SHORTEST_REASON = 10
LONGEST_REASON = 1000
_HOST = re.compile(r"(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*")


def _reason(label: Any, hint: Any, missing: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        min_length=SHORTEST_REASON,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": missing,
            "min_length": gettext_lazy("Tulis sedikit lebih jelas, paling sedikit 10 huruf."),
            "max_length": gettext_lazy("Terlalu panjang. Paling banyak 1.000 huruf."),
        },
    )


class DisputeForm(PlainForm):
    reason = _reason(
        gettext_lazy("Mengapa hasil ini tidak tepat?"),
        gettext_lazy("Contoh: alamat ini memang hanya dapat dibuka dari jaringan kantor."),
        gettext_lazy("Tulis alasannya, supaya Diskominfo dapat memeriksanya."),
    )


class AnswerForm(PlainForm):
    """Accepted needs a last day; rejected needs none."""

    ACCEPT, REJECT = "terima", "tolak"
    decision = forms.ChoiceField(
        label=gettext_lazy("Jawaban Anda"),
        choices=[
            (ACCEPT, gettext_lazy("Terima: kesampingkan hasil ini sampai tanggal tertentu")),
            (REJECT, gettext_lazy("Tidak diterima: hasil pemeriksaan tetap berlaku")),
        ],
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Pilih salah satu."),
            "invalid_choice": gettext_lazy("Pilih salah satu."),
        },
    )
    until = forms.DateField(
        label=gettext_lazy("Dikesampingkan sampai"),
        required=False,
        help_text=gettext_lazy("Diisi bila diterima. Paling lama satu tahun, lalu ditinjau lagi."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": gettext_lazy("Tanggal ini tidak ada. Tulis seperti 2026-11-24.")},
    )
    answer = _reason(
        gettext_lazy("Penjelasan untuk instansi"),
        gettext_lazy("Instansi membaca kalimat ini."),
        gettext_lazy("Tulis penjelasan untuk instansi."),
    )

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("decision") == self.ACCEPT and "until" not in self.errors:
            until = found.get("until")
            last = today() + datetime.timedelta(days=thresholds(today()).aside_days)
            if until is None:
                self.add_error("until", _("Isi sampai tanggal berapa hasil ini dikesampingkan."))
            elif not today() < until <= last:
                self.add_error("until", _("Pilih tanggal sesudah hari ini, paling lama satu tahun."))
        return found


class HostForm(PlainForm):
    host = forms.CharField(
        label=gettext_lazy("Nama host"),
        max_length=253,
        help_text=gettext_lazy(
            "Hanya namanya, tanpa https dan tanpa garis miring. Contoh: simpeg.kotimkab.lan. Bila layanannya di pintu"
            " (port) lain, tulis juga: simpeg.kotimkab.lan:9000"
        ),
        error_messages={
            "required": gettext_lazy("Isi nama host."),
            "max_length": gettext_lazy("Nama ini terlalu panjang."),
        },
    )
    reason = _reason(
        gettext_lazy("Mengapa boleh diperiksa?"),
        gettext_lazy("Contoh: server absensi di ruang server Diskominfo."),
        gettext_lazy("Tulis alasannya. Alasan ini tercatat."),
    )

    def clean_host(self) -> str:
        host: str = self.cleaned_data["host"].strip().lower().rstrip(".")
        name, colon, port = host.rpartition(":")
        if not (colon and port.isdecimal()) or _address(host) is not None:
            name, port = host, ""
        address = _address(name.strip("[]"))
        if (_HOST.fullmatch(name) is None and address is None) or (port and not 0 < int(port[:6]) < 65536):
            raise forms.ValidationError(
                _("Ini belum nama host. Contoh: simpeg.kotimkab.lan, atau simpeg.kotimkab.lan:8080")
            )
        return host


def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        return None
