"""Holidays as a table that comes in and goes out: next year's decree is imported, not programmed."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy

from jendela.common.audit import Actor, snapshot
from jendela.common.exchange.cells import CellType, Choice, Day, Web
from jendela.common.exchange.kinds import Column, Current, Key, Kind, Row
from jendela.common.workdays.actions import put_holidays, remove_holidays
from jendela.common.workdays.choices import HolidayKind
from jendela.common.workdays.models import Holiday
from jendela.common.workdays.reads import holidays

FIELDS = {"nama": "name", "jenis": "kind", "dasar_hukum": "decree", "sumber": "source_url"}


class Holidays(Kind):
    key = "hari-libur"
    title = gettext_lazy("Hari libur")
    sentence = gettext_lazy(
        "Libur nasional, cuti bersama dan libur daerah. Tenggat hari kerja dihitung dengan ini."
    )
    icon = "calendar-off"
    everywhere = True
    key_columns = ("tanggal",)
    columns = (
        Column(
            "tanggal", gettext_lazy("Tanggal"), gettext_lazy("Satu baris untuk setiap hari."), "2026-12-25", Day(),
            required=True, also=("hari", "tgl", "date"),
        ),
        Column(
            "nama", gettext_lazy("Nama"), gettext_lazy("Nama hari libur seperti tertulis di keputusan."),
            "Kelahiran Yesus Kristus", CellType(160), required=True, also=("keterangan", "hari libur", "peringatan"),
        ),
        Column(
            "jenis", gettext_lazy("Jenis"), gettext_lazy("Libur nasional, cuti bersama, atau libur daerah."),
            "nasional", Choice({one.value: one.label for one in HolidayKind}), required=True,
        ),
        Column(
            "dasar_hukum", gettext_lazy("Dasar hukum"), gettext_lazy("Keputusan yang menetapkannya, dengan nomor."),
            "SKB 3 Menteri 1497/2025, 2/2025, 5/2025", CellType(300), required=True, also=("dasar", "skb", "keputusan"),
        ),
        Column(
            "sumber", gettext_lazy("Sumber"), gettext_lazy("Alamat web tempat keputusan itu dapat dilihat."),
            "https://www.menpan.go.id/", Web(500), also=("sumber_url", "url sumber"),
        ),
    )  # fmt: skip

    def texts(self, row: Holiday) -> dict[str, str]:
        return {"tanggal": row.date.isoformat(), **{key: getattr(row, name) for key, name in FIELDS.items()}}

    def current(self, keys: Sequence[Key], *, lock: bool = False) -> dict[Key, Current]:
        return {
            (day.isoformat(),): Current(self.settle(self.texts(row)), None, str(row))
            for day, row in self.found(keys, lock=lock).items()
        }

    def found(self, keys: Sequence[Key], *, lock: bool = False) -> dict[datetime.date, Holiday]:
        return holidays([datetime.date.fromisoformat(key[0]) for key in keys], lock=lock)

    def all_keys(self, scope: frozenset[int] | None) -> Iterator[tuple[Key, str]]:
        for row in Holiday.objects.order_by("date").iterator(chunk_size=1000):
            yield (row.date.isoformat(),), str(row)

    def check(self, rows: Sequence[Row]) -> None:
        for row in rows:
            if not row.label:
                row.label = row.values.get("nama", "")

    def apply(self, rows: Sequence[Row], *, by: Actor) -> None:
        known = self.found([row.key for row in rows], lock=True)
        new, changed, before = [], [], {}
        for row in rows:
            day = datetime.date.fromisoformat(row.key[0])
            target = known.get(day)
            if target is None:
                target = Holiday(date=day)
                new.append(target)
            else:
                before[target.pk] = snapshot(target)
                changed.append(target)
            for key, name in FIELDS.items():
                if key in row.values:
                    setattr(target, name, row.values[key])
        put_holidays(new=new, changed=changed, before=before, by=by)

    def remove(self, keys: Sequence[Key], *, by: Actor) -> dict[Key, str]:
        remove_holidays(rows=list(self.found(keys, lock=True).values()), by=by)
        return {}

    def export(self, scope: frozenset[int] | None, filters: Mapping[str, str]) -> Iterator[Mapping[str, str]]:
        rows = Holiday.objects.order_by("date")
        if (year := filters.get("tahun", "")).isdecimal() and len(year) == 4:
            rows = rows.filter(date__year=int(year))
        return (self.settle(self.texts(row)) for row in rows.iterator(chunk_size=1000))

    def filters(self) -> Sequence[tuple[str, Any, Sequence[tuple[str, Any]]]]:
        years = [str(day.year) for day in Holiday.objects.dates("date", "year", order="DESC")]
        return [("tahun", gettext_lazy("Tahun"), [(year, year) for year in years])]
