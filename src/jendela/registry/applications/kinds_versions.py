"""Versions of applications with their contracts and machines, as a table."""

from collections.abc import Mapping
from typing import ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jendela.common.exchange.cells import CellType, Day, Year
from jendela.common.exchange.cells_office import Rupiah
from jendela.common.exchange.kinds import Column, Row
from jendela.registry.applications.kinds_parts import APPLICATION, FUND, PartRows, note
from jendela.registry.applications.models import Version
from jendela.registry.applications.specifications import OF_OWNER, SPECIFICATIONS


class Versions(PartRows):
    key = "versi-aplikasi"
    title = gettext_lazy("Versi dan kontrak aplikasi")
    sentence = gettext_lazy("Versi setiap aplikasi, dengan penyedia, kontrak dan masa berlakunya.")
    icon = "history"
    part = "versions"
    model = Version
    key_columns = ("aplikasi", "versi")
    fields: ClassVar[Mapping[str, str]] = {
        "versi": "number", "tahun": "year", "masukan": "inputs", "luaran": "outputs", "penyedia": "vendor",
        "nomor_kontrak": "contract_number", "kontrak_mulai": "contract_from", "kontrak_sampai": "contract_until",
        "nilai_kontrak": "contract_value", "sumber_dana": "fund",
        **{one.column: one.name for one in SPECIFICATIONS}, "server": "server", "catatan": "note",
    }  # fmt: skip

    def owner_columns(self) -> frozenset[str]:
        return frozenset({"nilai_kontrak", *(one.column for one in SPECIFICATIONS if one.name in OF_OWNER)})

    columns = (
        APPLICATION,
        Column("versi", gettext_lazy("Nomor versi"), gettext_lazy("Seperti disebut penyedianya."), "2.1", CellType(40),
               required=True, also=("nomor versi", "versi aplikasi")),
        Column("tahun", gettext_lazy("Tahun"), gettext_lazy("Empat angka."), "2026", Year(1980, 2100)),
        Column("masukan", gettext_lazy("Masukan"), gettext_lazy("Data yang masuk."), "Data pasien",
               CellType(2000, lines=True), also=("input",)),
        Column("luaran", gettext_lazy("Luaran"), gettext_lazy("Yang dihasilkan."), "Laporan",
               CellType(2000, lines=True), also=("output",)),
        Column("penyedia", gettext_lazy("Penyedia"), gettext_lazy("Perusahaan atau instansi pembuatnya."),
               "PT Contoh", CellType(200), also=("vendor", "rekanan")),
        Column("nomor_kontrak", gettext_lazy("Nomor kontrak"), gettext_lazy("Nomor SPK."), "027/10/2026",
               CellType(100), also=("spk", "nomor spk", "nama kontrak")),
        Column("kontrak_mulai", gettext_lazy("Kontrak mulai"), gettext_lazy("Tanggal."), "2026-01-05", Day()),
        Column("kontrak_sampai", gettext_lazy("Kontrak sampai"), gettext_lazy("Tanggal."), "2026-12-31", Day(),
               also=("akhir kontrak",)),
        Column("nilai_kontrak", gettext_lazy("Nilai kontrak"), gettext_lazy("Dalam rupiah."), "150000000", Rupiah(),
               also=("nilai",)),
        FUND,
        *(Column(one.column, one.label, one.hint or gettext_lazy("Dari mesin yang menjalankannya."), one.example,
                 CellType(one.longest), also=one.also) for one in SPECIFICATIONS),
        Column("server", gettext_lazy("Keterangan lain tentang server"), gettext_lazy("Bila ada."), "Dua mesin",
               CellType(300), also=("spesifikasi server", "spesifikasi")),
        note(2000),
    )  # fmt: skip

    def check_row(self, row: Row) -> None:
        begin, end = row.get("kontrak_mulai"), row.get("kontrak_sampai")
        if begin and end and end < begin:
            row.wrong("kontrak_sampai", _("lebih awal dari mulainya."))
