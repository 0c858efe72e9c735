"""Tokens: reads the colours of ``css/tokens.css`` and says which pairs meet on a page.

The list PAIRS is the promise: each pair reaches its bound of WCAG 2.2 (4.5 for text, 3 for edges and
drawings). A test checks it, and /gaya/ shows it. A new pair in the style sheet belongs here too.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

TOKENS = Path(__file__).parent / "css" / "tokens.css"
TEXT = 4.5
DRAWING = 3.0

_COLOUR = re.compile(r"--([a-z-]+):\s*(#[0-9a-f]{6})\b", re.IGNORECASE)


@dataclass(frozen=True)
class Pair:
    front: str
    back: str
    bound: float
    use: str


SOFT = ("blue-soft", "honey-soft", "ok-soft", "warn-soft", "danger-soft", "sim-soft")

PAIRS: tuple[Pair, ...] = (
    *(Pair("ink", back, TEXT, "Tulisan") for back in ("white", "sand", "honey", "focus", "line", *SOFT)),
    *(Pair("ink-soft", back, TEXT, "Keterangan") for back in ("white", "sand", "honey-soft", "blue-soft")),
    *(Pair("blue-night", back, TEXT, "Judul") for back in ("white", "sand", "blue-soft", "honey-soft")),
    *(Pair("blue-deep", back, TEXT, "Tautan") for back in ("white", "sand", *SOFT)),
    Pair("white", "blue-night", TEXT, "Kaki halaman dan dinding jendela"),
    Pair("white", "blue-deep", TEXT, "Tombol"),
    Pair("white", "blue", TEXT, "Tombol cari"),
    Pair("white", "danger", TEXT, "Tombol hapus"),
    Pair("focus", "blue-night", TEXT, "Tautan disentuh di kaki halaman"),
    *(Pair("honey-deep", back, TEXT, "Kata madu dan garis putus") for back in ("white", "sand", "honey-soft")),
    *(Pair("danger", back, TEXT, "Kesalahan") for back in ("white", "danger-soft")),
    *(Pair(front, "white", DRAWING, "Gambar kecil dan tepi") for front in ("blue", "edge", "ok", "warn", "sim")),
    Pair("ok", "ok-soft", DRAWING, "Gambar kecil"),
    Pair("warn", "warn-soft", DRAWING, "Gambar kecil"),
    Pair("sim", "sim-soft", DRAWING, "Gambar kecil"),
    Pair("honey", "blue-night", DRAWING, "Gambar kecil di kaki halaman"),
    Pair("focus", "ink", DRAWING, "Cincin fokus, dua warna"),
    Pair("ink", "white", DRAWING, "Cincin fokus di atas putih"),
    Pair("focus", "blue-night", DRAWING, "Cincin fokus di atas biru malam"),
)  # fmt: skip


@lru_cache(maxsize=1)
def colours() -> dict[str, str]:
    """Name and hexadecimal value of every colour token, in the order of the file."""
    return dict(_COLOUR.findall(TOKENS.read_text("utf-8")))


def luminance(value: str) -> float:
    """Relative luminance, 0 to 1, of ``#rrggbb`` (WCAG 2.2)."""
    parts = [int(value[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(front: str, back: str) -> float:
    """Contrast, 1 to 21, of two ``#rrggbb`` values (WCAG 2.2)."""
    light, dark = sorted((luminance(front), luminance(back)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def measured() -> list[tuple[Pair, float]]:
    """Every pair with its contrast."""
    known = colours()
    return [(pair, contrast(known[pair.front], known[pair.back])) for pair in PAIRS]
