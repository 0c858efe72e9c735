"""Standards in the shape of the national catalogue (SIPPN): title, SK, the six components of group A, and the address
of SP4N-LAPOR!. The national site has no way to write into it, so this is copied by hand."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from openpyxl import Workbook

from jendela.common.dates import today
from jendela.common.exchange.formula import protect
from jendela.common.exchange.writing import csv_lines
from jendela.registry.applications.models import Application
from jendela.services.catalogue.choices import StandardState
from jendela.services.catalogue.reads.service import COMPLAINTS
from jendela.services.catalogue.reads.versions import Record

HEADS = (
    "Nama layanan", "Instansi", "Keadaan", "No. SK", "Tanggal SK", "Berlaku sejak", "Persyaratan",
    "Sistem, Mekanisme dan Prosedur", "Waktu Penyelesaian", "Biaya/Tarif", "Produk Pelayanan", "Pengaduan Layanan",
    "SP4N-LAPOR!", "Alamat halaman",
)  # fmt: skip
LONGEST_CELL = 32_767
NUMBERED = ("A1", "A2")


def complaints_address() -> str:
    """The address of SP4N-LAPOR! as the register knows it."""
    return Application.objects.filter(name=COMPLAINTS).values_list("url", flat=True).first() or ""


def as_json(records: Sequence[Record]) -> dict[str, Any]:
    lapor = complaints_address()
    return {
        "keterangan": note(),
        "tanggal": today().isoformat(),
        "layanan": [_values(record, lapor) for record in records],
    }


def note() -> str:
    return (
        "Standar pelayanan menurut susunan SIPPN: judul, nomor SK, komponen penyampaian pelayanan. "
        "Hanya yang keadaannya 'berlaku' sudah ditetapkan dengan SK."
    )


def _values(record: Record, lapor: str) -> dict[str, Any]:
    standard, content = record.standard, record.content
    decreed = standard.state == StandardState.IN_FORCE
    complaint = content["complaint"]
    return {
        "judul": record.service.name,
        "instansi": record.service.owner.name,
        "keadaan": standard.state if decreed else f"{standard.state}, bukan standar",
        "no_sk": standard.decree_number or None,
        "tanggal_sk": standard.decree_date.isoformat() if standard.decree_date else None,
        "berlaku_sejak": standard.valid_from.isoformat() if decreed and standard.valid_from else None,
        "persyaratan": content["A1"].splitlines(),
        "sistem_mekanisme_dan_prosedur": content["A2"].splitlines(),
        "waktu_penyelesaian": content["A3"] or None,
        "biaya_tarif": content["A4"].splitlines(),
        "produk_pelayanan": content["A5"] or None,
        "pengaduan_layanan": {
            "cara": content["A6"] or None,
            "petugas": complaint["officer"] or None,
            "sarana": complaint["channel"] or None,
        },
        "lapor": lapor or None,
        "halaman": f"{settings.PUBLIC_URL}/layanan/{record.service.slug}/",
    }


def _rows(records: Sequence[Record]) -> Iterator[list[str]]:
    lapor = complaints_address()
    for record in records:
        values = _values(record, lapor)
        complaint = (text for text in values["pengaduan_layanan"].values() if text)
        cells = [
            values["judul"], values["instansi"], values["keadaan"], values["no_sk"], values["tanggal_sk"],
            values["berlaku_sejak"], _numbered(values["persyaratan"]),
            _numbered(values["sistem_mekanisme_dan_prosedur"]), values["waktu_penyelesaian"],
            "\n".join(values["biaya_tarif"]), values["produk_pelayanan"], "\n".join(complaint), values["lapor"],
            values["halaman"],
        ]  # fmt: skip
        yield [protect(cell or "") for cell in cells]


def _numbered(lines: list[str]) -> str:
    return "\n".join(f"{number}. {line}" for number, line in enumerate(lines, start=1))


def as_csv(records: Sequence[Record]) -> str:
    return "\ufeff" + "".join(csv_lines([list(HEADS), *_rows(records)]))


def as_xlsx(records: Sequence[Record]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Standar pelayanan"))
    for letter in "ABCDEFGHIJKLMN":
        sheet.column_dimensions[letter].width = 28
    sheet.freeze_panes = "B2"
    sheet.append(list(HEADS))
    for row in _rows(records):
        sheet.append([cell[:LONGEST_CELL] for cell in row])
    sheet.append([])
    sheet.append([note()])
    target = BytesIO()
    book.save(target)
    return target.getvalue()
