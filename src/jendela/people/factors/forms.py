"""What people type or their device answers, checked."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jendela.ui.forms import PlainForm, code_field

LONGEST_ANSWER = 20_000


class TypedCodeForm(PlainForm):
    """A password of the app, or a recovery code."""

    code = code_field(
        _("Kode dari aplikasi, atau kode cadangan"),
        hint=_("Kode aplikasi 6 angka. Kode cadangan 8 angka."),
        required=_("Isi kodenya."),
        max_length=_("Kode paling panjang 8 angka."),
        wrong=_("Kode ini tidak cocok, atau sudah dipakai. Tunggu kode berikutnya."),
    )


class AppCodeForm(PlainForm):
    """The first password of a new app."""

    code = code_field(
        _("Kode 6 angka dari aplikasi"),
        required=_("Isi kode yang tampil di aplikasi."),
        max_length=_("Kode hanya 6 angka."),
        wrong=_("Kode ini tidak cocok. Periksa jam ponsel Anda, lalu coba kode berikutnya."),
    )


class AnswerField(forms.JSONField):
    """What a device answers: short, and never shown again, for it fits one challenge only. Whoever sends it is not
    known yet, so nothing in it may break the page."""

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str) and len(value) > LONGEST_ANSWER:
            raise self._unreadable(value)
        try:
            return super().to_python(value)
        except (RecursionError, ValueError):  # too deep, or a number of thousands of digits
            raise self._unreadable(value) from None

    def _unreadable(self, value: Any) -> forms.ValidationError:
        return forms.ValidationError(self.error_messages["invalid"], code="invalid", params={"value": value})

    def bound_data(self, data: Any, initial: Any) -> Any:
        return ""

    def prepare_value(self, value: Any) -> Any:
        return ""


class PasskeyForm(PlainForm):
    """The answer of the device, filled in by ui/js/passkey.js."""

    answer = AnswerField(
        widget=forms.HiddenInput,
        error_messages={
            "required": _("Perangkat Anda belum menjawab. Tekan tombolnya lagi."),
            "invalid": _("Jawaban perangkat Anda tidak terbaca. Coba lagi."),
            "wrong": _("Kunci sandi ini tidak dikenal, atau waktunya habis. Coba lagi."),
        },
    )


class NewPasskeyForm(PasskeyForm):
    name = forms.CharField(
        label=_("Nama kunci ini"),
        help_text=_("Supaya Anda mengenalinya. Contoh: ponsel saya."),
        max_length=60,
        error_messages={
            "required": _("Beri nama, misalnya: ponsel saya."),
            "max_length": _("Paling panjang 60 huruf."),
        },
    )
