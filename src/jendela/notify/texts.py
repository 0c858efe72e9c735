"""What messages say: short, one idea a sentence, no link that asks for a code, no name, no identity number."""

from dataclasses import dataclass
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _


class UnknownTemplateError(Exception):
    """No text has this name."""


@dataclass(frozen=True)
class Text:
    subject: str  # e-mail alone
    body: str


def text_of(template: str, values: dict[str, Any], language: str) -> Text:
    """The words of a message in the language of its reader. Raises UnknownTemplateError."""
    with translation.override(language):
        if template not in TEMPLATES:
            raise UnknownTemplateError(template)
        return TEMPLATES[template](values)


def _code(values: dict[str, Any]) -> Text:
    body = (
        _("%(code)s adalah kode Jendela Anda. Berlaku %(minutes)s menit. Jangan beri tahu siapa pun.")
        % values
    )
    ignore = _("Tidak meminta kode? Abaikan pesan ini.")
    return Text(_("Kode Jendela Anda: %(code)s") % values, f"{body} {ignore}")


def _taken(values: dict[str, Any]) -> Text:
    return Text(
        _("Alamat ini sudah dipakai di Jendela"),
        _(
            "Seseorang ingin memakai alamat atau nomor ini untuk akun Jendela lain. "
            "Kami tidak mengubah apa pun. Anda tidak perlu berbuat apa-apa."
        ),
    )


def _contact_changed(values: dict[str, Any]) -> Text:
    return Text(
        _("Alamat akun Jendela Anda diganti"),
        _(
            "Akun Jendela Anda sekarang memakai alamat atau nomor lain. "
            "Bukan Anda yang mengganti? Hubungi pengelola Jendela hari ini juga."
        ),
    )


def _account_made(values: dict[str, Any]) -> Text:
    return Text(
        _("Akun Jendela Anda sudah dibuat"),
        _(
            "Undangan ke alamat ini diterima, dan akun Jendela dibuat untuknya. "
            "Bukan Anda yang menerima? Hubungi pengelola Jendela hari ini juga."
        ),
    )


def _factor_added(values: dict[str, Any]) -> Text:
    return Text(
        _("Pengaman baru di akun Jendela Anda"),
        _(
            "Satu pengaman ditambahkan ke akun Jendela Anda. "
            "Bukan Anda yang menambahkan? Hubungi pengelola Jendela hari ini juga."
        ),
    )


def _factor_removed(values: dict[str, Any]) -> Text:
    return Text(
        _("Pengaman akun Jendela Anda berubah"),
        _(
            "Satu pengaman dihapus dari akun Jendela Anda, atau kode cadangannya diganti. "
            "Bukan Anda yang melakukan? Hubungi pengelola Jendela hari ini juga."
        ),
    )


TEMPLATES = {
    "code": _code,
    "taken": _taken,
    "contact_changed": _contact_changed,
    "account_made": _account_made,
    "factor_added": _factor_added,
    "factor_removed": _factor_removed,
}
