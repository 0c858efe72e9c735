"""Population figures, points and boundaries as tables that come in and go out."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, ClassVar

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jendela.common.audit import Actor, snapshot
from jendela.common.exchange.cells import (
    CellError,
    CellType,
    Code,
    Degree,
    Number,
    PartialDay,
    Raw,
    Web,
    Whole,
    Year,
    clean,
)
from jendela.common.exchange.kinds import Column, Current, Key, Kind, Row
from jendela.people.areas import actions, geometry
from jendela.people.areas.choices import AreaKind
from jendela.people.areas.models import Area, AreaBoundary, AreaPoint, PopulationFigure

CODE = Code(r"\d{2}(?:\.\d{2}(?:\.\d{2}(?:\.\d{4})?)?)?", gettext_lazy("kode wilayah seperti 62.02.01"), 13)
AREA = Column(
    "kode_wilayah",
    gettext_lazy("Kode wilayah"),
    gettext_lazy("Kode Kemendagri dengan titik. Tulis sebagai teks."),
    "62.02.06",
    CODE,
    required=True,
    also=("kode", "kode kemendagri", "kode desa", "kode kecamatan", "wilayah"),
)
SOURCE = Column(
    "sumber",
    gettext_lazy("Sumber"),
    gettext_lazy("Alamat web tempat angka atau letak ini dapat dilihat."),
    "https://kotimkab.bps.go.id/",
    Web(500),
    required=True,
    also=("sumber_url", "url sumber", "tautan sumber"),
)
SOURCE_DATE = Column(
    "tanggal_sumber",
    gettext_lazy("Tanggal sumber"),
    gettext_lazy("Kapan sumber itu terbit. Cukup tahun atau bulan bila hanya itu yang diketahui."),
    "2026-02-28",
    PartialDay(30),
    also=("sumber_tanggal",),
)
NOTE = Column(
    "catatan",
    gettext_lazy("Catatan"),
    gettext_lazy("Yang perlu diketahui pembaca tentang baris ini."),
    "Angka sementara.",
    CellType(2000, lines=True),
    also=("keterangan",),
)


def _number(text: str) -> int | None:
    return int(text) if text else None


def _text(value: Any) -> str:
    return "" if value is None else str(value)


class AreaKindOfRows(Kind):
    """What the three have in common: rows of one table, each tied to an area, written by one action."""

    everywhere = True
    model: ClassVar[type[Model]]
    put: ClassVar[Callable[..., None]]

    def texts(self, row: Any) -> dict[str, str]:
        raise NotImplementedError

    def fill(self, row: Any, values: Mapping[str, str]) -> None:
        raise NotImplementedError

    def make(self, key: Key) -> Any:
        raise NotImplementedError

    def where(self, keys: Sequence[Key]) -> Q:
        """Rows of the areas of these keys, at least; the exact ones are picked from them."""
        return Q(area_id__in={key[0] for key in keys})

    def label(self, row: Any) -> str:
        return str(row.area)

    def found(self, keys: Sequence[Key], *, lock: bool = False) -> dict[Key, tuple[Any, dict[str, str]]]:
        rows: QuerySet[Any] = self.model._default_manager.filter(self.where(keys)).order_by("pk")
        rows = rows.select_for_update(of=("self",)) if lock else rows
        wanted = set(keys)
        known = {}
        for row in rows.select_related("area"):
            texts = self.settle(self.texts(row))
            key = tuple(texts[name] for name in self.key_columns)
            if key in wanted:
                known[key] = (row, texts)
        return known

    def current(self, keys: Sequence[Key], *, lock: bool = False) -> dict[Key, Current]:
        found = self.found(keys, lock=lock)
        return {key: Current(texts, None, self.label(row)) for key, (row, texts) in found.items()}

    def all_keys(self, scope: frozenset[int] | None) -> Iterator[tuple[Key, str]]:
        for row in self._rows():
            texts = self.settle(self.texts(row))
            yield tuple(texts[name] for name in self.key_columns), self.label(row)

    def _rows(self) -> Iterator[Any]:
        rows = self.model._default_manager.select_related("area").order_by("area_id", "pk")
        return rows.iterator(chunk_size=1000)

    def check(self, rows: Sequence[Row]) -> None:
        codes = {row.values.get("kode_wilayah", "") for row in rows}
        known = {area.code: area for area in Area.objects.filter(code__in=codes)}
        for row in rows:
            area = known.get(row.values.get("kode_wilayah", ""))
            if area is None:
                row.wrong("kode_wilayah", _("tidak ada di daftar wilayah kami."))
            elif not row.label:
                row.label = self.label_of_new(area, row)
            self.check_row(row)

    def label_of_new(self, area: Area, row: Row) -> str:
        return str(area)

    def check_row(self, row: Row) -> None:
        """What the kind checks across columns."""

    def apply(self, rows: Sequence[Row], *, by: Actor) -> None:
        known = self.found([row.key for row in rows])
        new, changed, before = [], [], {}
        for row in rows:
            target = known[row.key][0] if row.key in known else self.make(row.key)
            if row.key in known:
                before[target.pk] = snapshot(target)
                changed.append(target)
            else:
                new.append(target)
            self.fill(target, row.values)
        type(self).put(new=new, changed=changed, before=before, by=by)

    def remove(self, keys: Sequence[Key], *, by: Actor) -> dict[Key, str]:
        actions.remove_rows(rows=[row for row, _texts in self.found(keys, lock=True).values()], by=by)
        return {}

    def finish(self, *, by: Actor) -> None:
        actions.tell_areas_changed()

    def export(self, scope: frozenset[int] | None, filters: Mapping[str, str]) -> Iterator[Mapping[str, str]]:
        district = filters.get("kecamatan", "")
        for row in self._rows():
            if not district or row.area_id == district or row.area_id.startswith(f"{district}."):
                yield self.settle(self.texts(row))

    def filters(self) -> Sequence[tuple[str, Any, Sequence[tuple[str, Any]]]]:
        districts = Area.objects.filter(kind=AreaKind.DISTRICT).order_by("name").values_list("code", "name")
        return [("kecamatan", gettext_lazy("Kecamatan"), list(districts))]


class Population(AreaKindOfRows):
    """Figures of several sources stand side by side: area, year, time, series and source make a row."""

    key = "penduduk"
    title = gettext_lazy("Angka penduduk")
    sentence = gettext_lazy("Jumlah penduduk menurut wilayah, tahun dan sumber.")
    icon = "users"
    model = PopulationFigure
    put = staticmethod(actions.put_figures)
    key_columns = ("kode_wilayah", "tahun", "waktu", "jenis_data", "sumber")
    columns = (
        AREA,
        Column(
            "tahun", gettext_lazy("Tahun"), gettext_lazy("Tahun angka ini."), "2025", Year(1900, 2100), required=True,
        ),
        Column(
            "waktu", gettext_lazy("Waktu"), gettext_lazy("Bila bukan sepanjang tahun: semester atau tanggal."),
            "semester II", CellType(80), also=("keterangan_waktu", "periode"),
        ),
        Column(
            "jenis_data", gettext_lazy("Jenis data"), gettext_lazy("Sensus, proyeksi, atau data kependudukan."),
            "proyeksi", CellType(80), required=True, also=("seri",),
        ),
        Column(
            "penduduk", gettext_lazy("Jumlah penduduk"), gettext_lazy("Orang. Kosong bila sumber tidak menyebut."),
            "12.345", Whole(), also=("jumlah", "jiwa"),
        ),
        Column("laki_laki", gettext_lazy("Laki-laki"), gettext_lazy("Orang."), "6.300", Whole(), also=("l", "pria")),
        Column("perempuan", gettext_lazy("Perempuan"), gettext_lazy("Orang."), "6.045", Whole(), also=("p", "wanita")),
        Column(
            "kepadatan", gettext_lazy("Kepadatan"), gettext_lazy("Orang untuk setiap kilometer persegi."), "45,2",
            Number(2, 0, 9_999_999), also=("kepadatan_per_km2",),
        ),
        SOURCE,
        SOURCE_DATE,
        NOTE,
    )  # fmt: skip

    def texts(self, row: PopulationFigure) -> dict[str, str]:
        return {
            "kode_wilayah": row.area_id,
            "tahun": str(row.year),
            "waktu": row.period,
            "jenis_data": row.series,
            "penduduk": _text(row.people),
            "laki_laki": _text(row.men),
            "perempuan": _text(row.women),
            "kepadatan": _text(row.density),
            "sumber": row.source_url,
            "tanggal_sumber": row.source_date,
            "catatan": row.note,
        }

    def make(self, key: Key) -> PopulationFigure:
        area, year, period, series, source = key
        return PopulationFigure(area_id=area, year=int(year), period=period, series=series, source_url=source)

    def fill(self, row: PopulationFigure, values: Mapping[str, str]) -> None:
        for name, field in (("penduduk", "people"), ("laki_laki", "men"), ("perempuan", "women")):
            if name in values:
                setattr(row, field, _number(values[name]))
        if "kepadatan" in values:
            row.density = Decimal(values["kepadatan"]) if values["kepadatan"] else None
        row.source_date = values.get("tanggal_sumber", row.source_date)
        row.note = values.get("catatan", row.note)

    def check_row(self, row: Row) -> None:
        people, men, women = (row.get(name) for name in ("penduduk", "laki_laki", "perempuan"))
        if people and men and women and int(men) + int(women) != int(people):
            total = int(men) + int(women)
            row.wrong("penduduk", _("laki-laki dan perempuan berjumlah %(total)s.") % {"total": total})

    def label(self, row: PopulationFigure) -> str:
        return f"{row.area}, {row.year}"

    def label_of_new(self, area: Area, row: Row) -> str:
        return f"{area}, {row.values.get('tahun', '')}"


class Points(AreaKindOfRows):
    key = "titik"
    title = gettext_lazy("Titik di peta")
    sentence = gettext_lazy("Letak kantor, puskesmas, sekolah, dermaga dan tempat lain.")
    icon = "map-pin"
    model = AreaPoint
    put = staticmethod(actions.put_points)
    point = ("lon", "lat")
    key_columns = ("kode_wilayah", "jenis", "nama")
    columns = (
        AREA,
        Column(
            "jenis", gettext_lazy("Jenis"), gettext_lazy("Tempat apa ini."), "puskesmas", CellType(60), required=True,
            also=("kategori", "tipe"),
        ),
        Column(
            "nama", gettext_lazy("Nama"), gettext_lazy("Nama tempat seperti tertulis di sumber."),
            "Puskesmas Baamang I", CellType(200), required=True, also=("nama tempat",),
        ),
        Column(
            "lat", gettext_lazy("Lintang"), gettext_lazy("Derajat; di selatan khatulistiwa dengan tanda kurang."),
            "-2.534", Degree(-90, 180), required=True, also=("latitude", "y"),
        ),
        Column(
            "lon", gettext_lazy("Bujur"), gettext_lazy("Derajat."), "112.953", Degree(-90, 180), required=True,
            also=("longitude", "lng", "long", "x"),
        ),
        SOURCE,
        SOURCE_DATE,
        NOTE,
    )  # fmt: skip

    def texts(self, row: AreaPoint) -> dict[str, str]:
        return {
            "kode_wilayah": row.area_id,
            "jenis": row.kind,
            "nama": row.name,
            "lat": str(row.lat),
            "lon": str(row.lon),
            "sumber": row.source_url,
            "tanggal_sumber": row.source_date,
            "catatan": row.note,
        }

    def make(self, key: Key) -> AreaPoint:
        return AreaPoint(area_id=key[0], kind=key[1], name=key[2])

    def fill(self, row: AreaPoint, values: Mapping[str, str]) -> None:
        for name, field in (("lat", "lat"), ("lon", "lon")):
            if name in values:
                setattr(row, field, Decimal(values[name]))
        row.source_url = values.get("sumber", row.source_url)
        row.source_date = values.get("tanggal_sumber", row.source_date)
        row.note = values.get("catatan", row.note)

    def check_row(self, row: Row) -> None:
        lon, lat = row.get("lon"), row.get("lat")
        if not lon or not lat:
            return
        try:
            geometry.check_place(float(lon), float(lat))
        except geometry.ShapeError as error:
            row.wrong("lat", str(error))

    def where(self, keys: Sequence[Key]) -> Q:
        return Q(area_id__in={key[0] for key in keys}, name__in={key[2] for key in keys})

    def label(self, row: AreaPoint) -> str:
        return row.name

    def label_of_new(self, area: Area, row: Row) -> str:
        return row.values.get("nama", "")


class Shape(CellType):
    """GeoJSON of a Polygon or MultiPolygon, checked and with six decimals."""

    def read_text(self, text: str) -> str:
        try:
            return geometry.text_of(geometry.read_shape(text))
        except geometry.ShapeError as error:
            raise CellError(str(error)) from None

    def read_value(self, raw: Raw) -> str:
        return self.read_text(str(raw))

    def settle(self, text: str) -> str:
        return clean(text)

    def words(self, text: str) -> str:
        if not text:
            return ""
        data = json.loads(text)
        return _("%(kind)s dengan %(points)s titik") % {
            "kind": data["type"],
            "points": sum(len(ring) for ring in geometry.rings(data)),
        }


class Boundaries(AreaKindOfRows):
    key = "batas"
    title = gettext_lazy("Batas wilayah")
    sentence = gettext_lazy("Garis batas kabupaten, kecamatan dan desa dari satu sumber.")
    icon = "map-2"
    model = AreaBoundary
    put = staticmethod(actions.put_boundaries)
    shape = "geometry"
    key_columns = ("kode_wilayah",)
    columns = (
        AREA,
        Column(
            "geometry", gettext_lazy("Garis batas"), gettext_lazy("Polygon atau MultiPolygon, dari GeoJSON."),
            '{"type":"Polygon","coordinates":[[[112.9,-2.5],[113.0,-2.5],[113.0,-2.6],[112.9,-2.5]]]}',
            Shape(), required=True, also=("geometri", "geojson"),
        ),
        SOURCE,
        SOURCE_DATE,
        Column(
            "lisensi", gettext_lazy("Lisensi"), gettext_lazy("Izin memakai garis batas ini."), "CC BY 4.0",
            CellType(120), also=("licence", "license"),
        ),
        NOTE,
    )  # fmt: skip

    def texts(self, row: AreaBoundary) -> dict[str, str]:
        return {
            "kode_wilayah": row.area_id,
            "geometry": geometry.text_of(row.geometry),
            "sumber": row.source_url,
            "tanggal_sumber": row.source_date,
            "lisensi": row.licence,
            "catatan": row.note,
        }

    def make(self, key: Key) -> AreaBoundary:
        return AreaBoundary(area_id=key[0])

    def fill(self, row: AreaBoundary, values: Mapping[str, str]) -> None:
        if "geometry" in values:
            row.geometry = json.loads(values["geometry"])
        row.source_url = values.get("sumber", row.source_url)
        row.source_date = values.get("tanggal_sumber", row.source_date)
        row.licence = values.get("lisensi", row.licence)
        row.note = values.get("catatan", row.note)
