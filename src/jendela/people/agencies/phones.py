"""Phone numbers of offices: read as people write them, kept in one shape, refused in words."""

import re

from django.utils.translation import gettext as _

_ALLOWED = re.compile(r"^\+?[\d\s().\-/]+$")
SHORT = re.compile(r"^(?:1\d{2}|14\d{3}|1500\d{3})$")  # 112, 14045, 1500123: dialled as they are
_AREA_CODES_OF_TWO = ("21", "22", "24", "31", "61")  # Jakarta, Bandung, Semarang, Surabaya, Medan


class PhoneError(ValueError):
    """Says in words what is wrong with a number."""


def clean_phone(text: str) -> str:
    """A number as pages print it: '0531 21234', '0812 3456 7890', '112'; '' stays ''. Raises PhoneError."""
    text = " ".join(text.split())
    if not text:
        return ""
    if re.search(r"[^\W\d_]", text):
        raise PhoneError(_("Tulis angka saja. Keterangan lain tulis di catatan jam."))
    if not _ALLOWED.match(text):
        raise PhoneError(_("Tulis satu nomor saja, dengan angka."))
    digits = re.sub(r"\D", "", text)
    if text.startswith("+") and not digits.startswith("62"):
        raise PhoneError(_("Nomor luar negeri tidak bisa dipakai di sini."))
    if SHORT.match(digits):
        return digits
    if digits.startswith("62"):
        digits = "0" + digits[2:].removeprefix("0")
    if not digits.startswith("0"):
        raise PhoneError(_("Mulai dengan kode wilayah, misalnya 0531, atau 08."))
    return _grouped(digits)


def _grouped(digits: str) -> str:
    mobile = digits.startswith("08") and not digits.startswith("0800")
    shortest, longest = (10, 13) if mobile else (8, 12)
    if len(digits) < shortest:
        raise PhoneError(_("Nomor ini kurang angka. Periksa lagi."))
    if len(digits) > longest:
        raise PhoneError(_("Nomor ini kelebihan angka. Tulis satu nomor saja."))
    if digits[1] == "0" or len(set(digits[4:])) == 1:
        raise PhoneError(_("Nomor ini tampaknya hanya contoh. Tulis nomor yang bisa dihubungi."))
    if mobile:
        return " ".join(part for part in (digits[:4], digits[4:8], digits[8:]) if part)
    area = 3 if digits[1:3] in _AREA_CODES_OF_TWO else 4
    return f"{digits[:area]} {digits[area:]}"
