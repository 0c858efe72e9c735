"""Web addresses of applications: read as people paste them, refused in words."""

import ipaddress
from urllib.parse import urlsplit, urlunsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

LONGEST = 300
_is_url = URLValidator(schemes=["http", "https"])


class AddressError(ValueError):
    """Says in words what is wrong with an address."""


def clean_address(text: str) -> str:
    """An address a resident may be sent to; 'sicantik.go.id' becomes https. Raises AddressError."""
    text = text.strip()
    if not text:
        return ""
    if len(text) > LONGEST or any(sign.isspace() for sign in text):
        raise AddressError(_("Tempel satu alamat saja, tanpa spasi."))
    if "://" not in text:
        text = f"https://{text}"
    try:
        _is_url(text)
        parts = urlsplit(text)
        host = parts.hostname or ""
    except (ValidationError, ValueError):
        raise AddressError(_("Ini belum alamat web. Contoh: https://aplikasi.kotimkab.go.id")) from None
    if parts.username is not None or parts.password is not None:
        raise AddressError(_("Alamat ini memuat nama masuk atau sandi. Hapus dulu."))
    if not _is_public(host):
        raise AddressError(_("Alamat ini hanya jalan di jaringan kantor. Warga tidak bisa membukanya."))
    return urlunsplit((parts.scheme.lower(), parts.netloc.lower(), parts.path, parts.query, parts.fragment))


def _is_public(host: str) -> bool:
    """Not a bare number, and not a name that only an office network knows."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        last = host.rsplit(".", 1)[-1].lower()
        return "." in host and last not in ("local", "lan", "internal", "localhost", "test")
    return False
