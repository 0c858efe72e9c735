"""Shapes on the map as plain JSON: coordinates checked against the country, rings closed, and drawn as an SVG path.

Coordinates are degrees of WGS 84, longitude first (RFC 7946).
"""

import json
import math
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

# the bounds of Indonesia with its waters; what lies outside is a mistake, most often swapped coordinates
WEST, EAST, SOUTH, NORTH = 94.0, 142.0, -12.0, 7.0
MOST_POINTS = 100_000
Ring = Sequence[Sequence[float]]


class ShapeError(ValueError):
    """The shape cannot be used; the message says why."""


def check_place(lon: float, lat: float) -> None:
    """Raises ShapeError when the place is not in Indonesia, with a hint when the two are swapped."""
    if WEST <= lon <= EAST and SOUTH <= lat <= NORTH:
        return
    if WEST <= lat <= EAST and SOUTH <= lon <= NORTH:
        raise ShapeError(_("Lintang dan bujur tertukar. Bujur dulu (112,9), lalu lintang (-2,5)."))
    raise ShapeError(
        _("Letak %(lon)s; %(lat)s di luar Indonesia. Tulis dalam derajat.")
        % {"lon": f"{lon:g}", "lat": f"{lat:g}"}
    )


def read_shape(text: str) -> dict[str, Any]:
    """A Polygon or MultiPolygon from its GeoJSON text, with six decimals. Raises ShapeError."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        raise ShapeError(_("Batas ini bukan GeoJSON.")) from None
    if isinstance(data, dict) and data.get("type") == "Feature":
        data = data.get("geometry")
    kind = data.get("type") if isinstance(data, dict) else None
    if kind not in ("Polygon", "MultiPolygon"):
        raise ShapeError(
            _("Batas harus bidang (Polygon atau MultiPolygon), bukan %(kind)s.") % {"kind": kind or "?"}
        )
    polygons = data.get("coordinates")
    if kind == "Polygon":
        polygons = [polygons]
    if not isinstance(polygons, list) or not polygons:
        raise ShapeError(_("Batas ini tidak punya titik."))
    cleaned = [[_ring(ring) for ring in _rings(polygon)] for polygon in polygons]
    if sum(len(ring) for polygon in cleaned for ring in polygon) > MOST_POINTS:
        raise ShapeError(_("Batas ini terlalu rinci. Sederhanakan dulu."))
    return {"type": kind, "coordinates": cleaned[0] if kind == "Polygon" else cleaned}


def _rings(polygon: Any) -> list[Any]:
    if not isinstance(polygon, list) or not polygon:
        raise ShapeError(_("Batas ini tidak punya titik."))
    return polygon


def _ring(ring: Any) -> list[list[float]]:
    if not isinstance(ring, list) or len(ring) < 4:
        raise ShapeError(_("Satu garis batas punya kurang dari empat titik."))
    points = [_point(point) for point in ring]
    if points[0] != points[-1]:
        raise ShapeError(_("Satu garis batas tidak tertutup. Titik akhir harus sama dengan titik awal."))
    if len({tuple(point) for point in points}) < 3 or _doubled_area(points) == 0:
        raise ShapeError(_("Satu garis batas tidak mengelilingi apa pun."))
    return points


def _point(point: Any) -> list[float]:
    if not isinstance(point, list) or len(point) < 2:
        raise ShapeError(_("Ada titik batas yang bukan sepasang angka."))
    for value in point[:2]:
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            raise ShapeError(_("Ada titik batas yang bukan sepasang angka."))
    check_place(point[0], point[1])
    return [round(float(point[0]), 6), round(float(point[1]), 6)]


def _doubled_area(points: Ring) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(points))


def text_of(shape: dict[str, Any]) -> str:
    """The shape as one canonical line of text."""
    return json.dumps({"type": shape["type"], "coordinates": shape["coordinates"]}, separators=(",", ":"))


def rings(shape: dict[str, Any]) -> Iterator[Ring]:
    polygons = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
    for polygon in polygons:
        yield from polygon


def outline(shape: dict[str, Any], *, width: int = 320, fewest: float = 0.5) -> tuple[str, int, int]:
    """An SVG path with its width and height in user units. Degrees of longitude are narrowed by the cosine of the
    middle latitude; points nearer than `fewest` units to the last one drawn are left out."""
    points = [point for ring in rings(shape) for point in ring]
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    south, north = min(p[1] for p in points), max(p[1] for p in points)
    narrow = math.cos(math.radians((south + north) / 2))
    scale = width / max((east - west) * narrow, (north - south) * 0.75, 1e-9)
    drawn = []
    for ring in rings(shape):
        places = [((p[0] - west) * narrow * scale, (north - p[1]) * scale) for p in ring]
        kept = [places[0]]
        for place in places[1:-1]:
            if math.dist(place, kept[-1]) >= fewest:
                kept.append(place)
        if len(kept) >= 3:
            drawn.append("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in kept) + "Z")
    across = math.ceil((east - west) * narrow * scale)
    return "".join(drawn), max(across, 1), max(math.ceil((north - south) * scale), 1)
