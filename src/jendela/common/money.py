"""Amounts of rupiah as people write them: 'Rp 1,2 M', '350 juta', 'Rp1.200.000,00', '1.200.000,-'.

M is *miliar* (10^9), as in Indonesian budgets, jt is *juta* (10^6), rb is *ribu* (10^3), T is *triliun* (10^12). What
could be two amounts is refused, never guessed.
"""

import re
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _

UNITS = {
    "": 1,
    **dict.fromkeys(("rb", "ribu", "k"), 10**3),
    **dict.fromkeys(("jt", "jt.", "juta"), 10**6),
    **dict.fromkeys(("m", "mil", "mlr", "miliar", "milyar", "milliar", "m."), 10**9),
    **dict.fromkeys(("t", "tr", "triliun", "trilyun", "t."), 10**12),
}
MOST = Decimal("99999999999999.99")  # 14 digits before the comma, what a column of 16 digits holds
_SHAPE = re.compile(
    r"(?:rp\.?|idr)?\s*(\d[\d.,\s]*?)\s*([a-z]+\.?)?\s*(?:rupiah)?(?:,?\s*[-–—=]+)?", re.IGNORECASE
)
_POINTS = re.compile(r"\d{1,3}(?:\.\d{3})+")
_COMMAS = re.compile(r"\d{1,3}(?:,\d{3})+")


class AmountError(ValueError):
    """The text is no amount of rupiah, or could be two; the message says what to write."""


def parse(text: str) -> Decimal | None:
    """The amount in rupiah, with sen where they are written; None for an empty text. Raises AmountError."""
    said = " ".join(text.replace("\u00a0", " ").split())
    if not said:
        return None
    match = _SHAPE.fullmatch(said) if said.isprintable() and len(said) <= 60 else None
    if match is None or not match.group(1).isascii():
        raise AmountError(_unknown(said))
    digits, unit = match.group(1).replace(" ", "").rstrip(".,"), (match.group(2) or "").lower()
    unit = "" if unit == "rupiah" else unit
    if unit not in UNITS:
        raise AmountError(_unknown(said))
    amount = (_scaled if unit else _plain)(digits, said) * UNITS[unit]
    if amount > MOST:
        raise AmountError(_("%(text)s terlalu besar. Tulis jumlah dalam rupiah.") % {"text": said[:40]})
    return amount.quantize(Decimal("0.01"))


def _plain(digits: str, said: str) -> Decimal:
    """An amount without a unit: points group thousands, a comma begins the sen."""
    whole, _comma, rest = digits.rpartition(",") if digits.count(",") == 1 else (digits, "", "")
    if digits.isdigit() or _POINTS.fullmatch(digits):
        return Decimal(digits.replace(".", ""))
    if digits.count(",") > 1 and _COMMAS.fullmatch(digits):  # 1,200,000 as an English spreadsheet writes it
        return Decimal(digits.replace(",", ""))
    if (whole.isdigit() or _POINTS.fullmatch(whole)) and rest.isdigit() and len(rest) <= 2:
        return Decimal(f"{whole.replace('.', '')}.{rest}")
    if english := re.fullmatch(r"(\d{1,3}(?:,\d{3})+)\.(\d{2})", digits):
        return Decimal(f"{english.group(1).replace(',', '')}.{english.group(2)}")
    if _COMMAS.fullmatch(digits):
        raise AmountError(
            _("%(text)s bisa berarti dua jumlah. Tulis %(one)s bila itu ribuan.")
            % {"text": said[:40], "one": digits.replace(",", ".")}
        )
    raise AmountError(_unknown(said))


def _scaled(digits: str, said: str) -> Decimal:
    """A number before jt, M or T: 1,2 or 1.2. Three digits behind one sign could be thousands or a fraction."""
    if digits.isdigit():
        return Decimal(digits)
    if parts := re.fullmatch(r"(\d+)[.,](\d{1,2}|\d{4,6})", digits):
        return Decimal(f"{parts.group(1)}.{parts.group(2)}")
    if grouped := re.fullmatch(r"(\d{1,3}(?:\.\d{3})+),(\d{1,6})", digits):
        return Decimal(f"{grouped.group(1).replace('.', '')}.{grouped.group(2)}")
    if re.fullmatch(r"\d{1,3}[.,]\d{3}", digits):
        raise AmountError(
            _("%(text)s bisa berarti dua jumlah. Tulis seluruhnya, seperti 1.200.000.000.")
            % {"text": said[:40]}
        )
    raise AmountError(_unknown(said))


def _unknown(text: str) -> str:
    return _("bukan jumlah uang: %(text)s. Tulis seperti 1.200.000 atau Rp 1,2 M.") % {"text": text[:40]}


def full(amount: Decimal | int) -> str:
    """Every digit: Rp1.200.000, with sen only where there are some."""
    value = Decimal(amount)
    places = 0 if value == value.to_integral_value() else 2
    return f"Rp{number_format(value, places, use_l10n=True, force_grouping=True)}"


def short(amount: Decimal | int) -> str:
    """For a list or a chart: Rp1,2 miliar, Rp350 juta; the whole amount below a million."""
    value = Decimal(amount)
    for size, word in ((10**12, _("triliun")), (10**9, _("miliar")), (10**6, _("juta"))):
        if value >= size:
            number = (value / size).quantize(Decimal("0.1"))
            places = 0 if number == number.to_integral_value() else 1
            return f"Rp{number_format(number, places, use_l10n=True)} {word}"
    return full(value)
