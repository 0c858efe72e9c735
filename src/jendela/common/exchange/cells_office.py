"""Cells as lists of offices fill them: amounts in words of a budget, addresses without https://."""

import math
import re
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from jendela.common import money
from jendela.common.exchange.cells import CellError, CellType, Web, shown

_PLAIN = re.compile(r"[0-9]+(?:\.[0-9]+)?")


class WebOrHost(Web):
    """An address, also written without https:// as people do: sicantik.go.id."""

    _host = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}(?:[:/?#].*)?", re.IGNORECASE)

    def read_text(self, text: str) -> str:
        text = " ".join(text.split())
        return super().read_text(f"https://{text}" if self._host.fullmatch(text) else text)

    def looks_like(self, text: str) -> bool:
        return text.lower().startswith(("http://", "https://", "www."))


class Rupiah(CellType):
    """An amount of rupiah: 1.200.000, Rp 1,2 M, or a number cell."""

    is_number = True

    def read_text(self, text: str) -> str:
        try:
            amount = money.parse(text)
        except money.AmountError as error:
            raise CellError(str(error)) from None
        return "" if amount is None else self.settle(str(amount))

    def read_value(self, raw: Any) -> str:
        if isinstance(raw, bool) or not isinstance(raw, int | float) or not math.isfinite(raw):
            raise CellError(_("bukan jumlah uang: %(text)s") % {"text": shown(raw)})
        if not 0 <= raw <= money.MOST:
            raise CellError(_("di luar batas jumlah uang: %(text)s") % {"text": shown(raw)})
        return self.settle(str(Decimal(str(raw)).quantize(Decimal("0.01"))))

    def settle(self, text: str) -> str:
        """Without zeros at the end; what is no plain number, such as a cell as it was typed, stays."""
        return format(Decimal(text).normalize(), "f") if _PLAIN.fullmatch(text) else text

    def words(self, text: str) -> str:
        return money.full(Decimal(text)) if text else ""

    def out(self, text: str) -> str | int | float:
        return (float(text) if "." in text else int(text)) if text else ""

    def csv(self, text: str) -> str:
        return text.replace(".", ",")

    def looks_like(self, text: str) -> bool:
        return bool(re.match(r"rp\b", text, re.IGNORECASE))
