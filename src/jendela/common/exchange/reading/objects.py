"""JSON: a list of flat objects, an object that holds one such list, or GeoJSON with its geometry in a column."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from jendela.common.exchange.cells import Raw, shown
from jendela.common.exchange.reading.table import FileRefusedError, Line, Table, check_headings, counted

GEOMETRY = "geometry"
LONGITUDE, LATITUDE = "lon", "lat"


def read_objects(path: Path) -> Table:
    """The table of a JSON file; rows are numbered by their place in the list. Raises FileRefusedError."""
    data = _load(path)
    is_map = isinstance(data, dict) and data.get("type") == "FeatureCollection"
    objects = [_feature(one) for one in _features(data)] if is_map else _list_of(data)
    headings: dict[str, None] = {}
    for place, one in enumerate(objects, start=1):
        if not isinstance(one, dict):
            raise FileRefusedError(_("Isi ke-%(place)s bukan objek. Tulis daftar objek.") % {"place": place})
        headings.update(dict.fromkeys(one))
    if not headings:
        raise FileRefusedError(_("Berkas ini tidak berisi tabel. Tulis daftar objek."))
    names = list(headings)
    texts = [shown(name) for name in names]  # a name may hold signs that no page and no table can
    check_headings(texts)

    def rows() -> Iterator[Line]:
        return counted(
            Line(place, [one.get(name) for name in names]) for place, one in enumerate(objects, start=1)
        )

    for place, one in enumerate(objects, start=1):
        for name, value in one.items():
            if isinstance(value, dict | list):
                raise FileRefusedError(
                    _("Isi ke-%(place)s: “%(name)s” bertingkat. Tulis satu nilai saja.")
                    % {"place": place, "name": shown(name)[:40]}
                )
    return Table(
        format="geojson" if is_map else "json",
        headings=texts,
        lines=rows,
        estimate=len(objects),
        notices=_notices(data) if is_map else [],
    )


def _load(path: Path) -> Any:
    try:
        return json.loads(path.read_bytes(), parse_constant=_refuse)
    except RecursionError:
        raise FileRefusedError(_("JSON ini terlalu bertingkat.")) from None
    except (ValueError, UnicodeDecodeError) as error:
        where = getattr(error, "lineno", 0)
        raise FileRefusedError(
            _("JSON ini rusak di baris %(line)s.") % {"line": where} if where else _("JSON ini rusak.")
        ) from None


def _refuse(word: str) -> Any:
    raise ValueError(word)


def _list_of(data: Any) -> list[Any]:
    if isinstance(data, dict):
        lists = [value for value in data.values() if isinstance(value, list)]
        if len(lists) == 1:
            return lists[0]
        raise FileRefusedError(_("JSON ini bukan daftar. Tulis daftar objek, satu untuk setiap baris."))
    return list(data)


def _features(data: dict[str, Any]) -> list[Any]:
    features = data.get("features")
    if not isinstance(features, list):
        raise FileRefusedError(_("GeoJSON ini tidak punya daftar “features”."))
    return features


def _feature(feature: Any) -> dict[str, Raw]:
    """Properties as columns; a point as longitude and latitude, anything else as text of its geometry."""
    if not isinstance(feature, dict):
        raise FileRefusedError(_("GeoJSON ini rusak: ada isi “features” yang bukan objek."))
    properties = feature.get("properties") or {}
    if not isinstance(properties, dict):
        raise FileRefusedError(_("GeoJSON ini rusak: “properties” bukan objek."))
    found: dict[str, Any] = dict(properties)
    if "id" in feature and "id" not in found and isinstance(feature["id"], str | int):
        found["id"] = feature["id"]
    shape = feature.get("geometry")
    if isinstance(shape, dict) and shape.get("type") == "Point":
        place = shape.get("coordinates")
        if isinstance(place, list) and len(place) >= 2:
            found[LONGITUDE], found[LATITUDE] = place[0], place[1]
    elif isinstance(shape, dict):
        plain = {"type": shape.get("type"), "coordinates": shape.get("coordinates")}
        found[GEOMETRY] = json.dumps(plain, separators=(",", ":"))
    return found


def _notices(data: dict[str, Any]) -> list[str]:
    """Coordinates of another system look like metres; the standard asks for degrees."""
    system = json.dumps(data.get("crs", ""))
    if system not in ('""', "null") and "CRS84" not in system and "4326" not in system:
        return [_("Berkas ini menyebut sistem koordinat lain. Kami membaca derajat WGS 84.")]
    return []
