"""Identity numbers (NIK): PPKKCC DDMMYY SSSS, as Dukcapil gives them. No check digit exists; what cannot be a number is
refused, what is only unusual is a warning."""

import datetime
import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

PROVINCES = frozenset(
    [
        *range(11, 20),
        21,
        *range(31, 37),
        *range(51, 54),
        *range(61, 66),
        *range(71, 77),
        81,
        82,
        *range(91, 98),
    ]
)
WOMEN = 40  # added to the day of birth
LENGTH = 16


class NikError(ValueError):
    """Why a text is not an identity number, in words for its owner."""


@dataclass(frozen=True)
class Nik:
    number: str
    born: datetime.date
    woman: bool
    warnings: tuple[str, ...]


def parse_nik(text: str, today: datetime.date) -> Nik:
    """Read a number, written with or without spaces and dots. Raises NikError."""
    number = re.sub(r"[\s.\-]", "", text)
    if not (number.isascii() and number.isdigit()):
        raise NikError(_("NIK hanya berisi angka."))
    if len(number) != LENGTH:
        raise NikError(_("NIK berisi 16 angka. Yang Anda tulis %(count)d angka.") % {"count": len(number)})
    if int(number[:2]) not in PROVINCES:
        raise NikError(_("Dua angka pertama bukan kode provinsi. Periksa lagi di KTP atau KK."))
    if number[12:] == "0000":
        raise NikError(_("Empat angka terakhir tidak boleh 0000. Periksa lagi di KTP atau KK."))
    day = int(number[6:8])
    woman = day > WOMEN
    year = int(number[10:12])
    century = 1900 if year > today.year % 100 else 2000
    try:
        born = datetime.date(century + year, int(number[8:10]), day - WOMEN if woman else day)
    except ValueError:
        raise NikError(_("Angka ke-7 sampai ke-12 bukan tanggal lahir. Periksa lagi.")) from None
    return Nik(number, born, woman, tuple(_warnings(number, born, today)))


def _warnings(number: str, born: datetime.date, today: datetime.date) -> list[str]:
    found = []
    if not number.startswith("6202"):
        found.append(_("NIK ini pertama kali dicatat di luar Kotawaringin Timur. Itu boleh."))
    elif not 1 <= int(number[4:6]) <= 17:
        found.append(_("Kode kecamatan di NIK ini tidak kami kenali. Itu boleh, tetapi periksa lagi."))
    if born > today:
        found.append(_("Tanggal lahir di NIK ini belum terjadi. Periksa lagi."))
    return found


def mask_nik(number: str) -> str:
    """Area and serial stay, the birth date is hidden: 620206******0001."""
    return f"{number[:6]}******{number[12:]}" if number else ""
