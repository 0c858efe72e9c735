"""Files of a dataset as two cells of a table: their formats and their addresses, in the same order with ; between."""

import re
from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jendela.common.exchange.cells import CellError, CellType, Web
from jendela.common.exchange.kinds import Column, Row
from jendela.registry.datasets.models import Resource

FORMAT, ADDRESS = "format", "tautan"
_BETWEEN = re.compile(r";?\s+|;(?=https?://)")  # an address may hold a ; itself


class Formats(CellType):
    def read_text(self, text: str) -> str:
        found = [" ".join(part.split()) for part in text.split(";") if part.strip()]
        if too_long := next((one for one in found if len(one) > 20), ""):
            raise CellError(_("bukan format berkas: %(text)s. Tulis seperti CSV.") % {"text": too_long[:60]})
        return "; ".join(found)


class Addresses(CellType):
    def read_text(self, text: str) -> str:
        one = Web(500)
        return "; ".join(dict.fromkeys(one.read_text(part) for part in addresses(text)))


COLUMNS = (
    Column(
        FORMAT, gettext_lazy("Format berkas"),
        gettext_lazy("Format setiap tautan, dipisah titik koma. Cukup satu bila sama semua."), "CSV", Formats(),
        also=("format data",),
    ),
    Column(
        ADDRESS, gettext_lazy("Tautan berkas"),
        gettext_lazy("Alamat web berkasnya, dipisah titik koma. Yang sudah tercatat tidak dihapus dari sini."),
        "https://data.contoh.go.id/balita.csv", Addresses(), also=("tautan", "link", "url"),
    ),
)  # fmt: skip


def addresses(text: str) -> list[str]:
    return [part for part in _BETWEEN.split(text) if part]


def cells(files: Mapping[str, str]) -> dict[str, str]:
    """Formats by address as the two cells."""
    return {FORMAT: "; ".join(files.values()), ADDRESS: "; ".join(files)}


def files_of(values: Mapping[str, str]) -> dict[str, str]:
    """Two complete cells as formats by address."""
    formats = [part.strip() for part in values.get(FORMAT, "").split(";")]
    return dict(zip(addresses(values.get(ADDRESS, "")), formats, strict=False))


def texts(rows: Iterable[Resource]) -> dict[str, str]:
    """As they were written down, one after the other."""
    return cells({one.url: one.format for one in sorted(rows, key=lambda one: one.pk)})


def check(row: Row) -> None:
    """Each address of the row has one format. What is right is settled: files that the database holds and the row does
    not name stay, and come first."""
    before = files_of(row.before.values) if row.before else {}
    if not {FORMAT, ADDRESS} & set(row.changes):
        return
    named = addresses(row.get(ADDRESS))
    formats = [part.strip() for part in row.get(FORMAT).split(";") if part.strip()]
    if not named:
        row.wrong(
            ADDRESS, _("kosong, padahal formatnya disebut. Isi alamat berkasnya, atau kosongkan formatnya.")
        )
        return
    if FORMAT not in row.values:
        formats = [before.get(one, "") for one in named]
    elif len(formats) == 1:
        formats *= len(named)
    if len(formats) != len(named) or not all(formats):
        row.wrong(
            FORMAT, _("jumlahnya tidak sama dengan jumlah tautan. Tulis satu format untuk setiap tautan.")
        )
        return
    row.values |= cells(before | dict(zip(named, formats, strict=True)))
