"""Icons: which Tabler icons Jendela uses, and how they become one sprite.

The drawings in ``icons/`` are copies of the Tabler outline set (MIT, see ``icons/LICENSE``).
``python -m jendela.ui.icons`` writes ``static/icons.svg``, one ``<symbol id="i-NAME">`` a drawing.
``python -m jendela.ui.icons FOLDER`` first copies the drawings named in NAMES from a Tabler
package (its folder ``icons/outline``). Draw with ``{% icon 'map-pin' %}``.
"""

import re
import shutil
import sys
from pathlib import Path

HERE = Path(__file__).parent
DRAWINGS = HERE / "icons"
SPRITE = HERE / "static" / "icons.svg"

NAMES: tuple[str, ...] = (
    # ways of getting about the pages
    "search", "arrow-right", "arrow-left", "chevron-right", "external-link", "home", "language", "x",
    # the four answers and the checklist
    "file-text", "map-pin", "clock", "coin", "checklist", "help-circle", "check", "circle-check",
    # ways to obtain a service
    "device-mobile", "building", "building-community", "users", "brand-whatsapp", "phone", "mail", "world",
    # what one can do with a page
    "printer", "volume", "player-stop", "copy", "share", "eraser", "download", "edit", "message-report", "qrcode",
    # notices
    "info-circle", "alert-triangle", "shield-check", "flask", "certificate", "ambulance",
    # life events and subjects
    "baby-carriage", "hearts", "truck", "candle", "briefcase", "building-store", "heartbeat", "plant-2", "school",
    "id", "home-hand", "wallet", "car", "tree", "gavel", "apps",
    # the loop, data and staff
    "list-search", "app-window", "chart-bar", "bulb", "map-2", "database", "refresh", "link", "calendar", "user",
    # the rooms of staff
    "message", "upload", "history", "key", "fingerprint", "lock", "logout", "login", "plus", "trash", "eye", "abc",
    "list-details", "toggle-right", "table-import", "signature", "user-plus", "user-check", "calendar-off", "replace",
    "git-compare", "settings", "device-floppy", "arrow-back-up", "device-desktop", "users-group", "flag", "archive",
)  # fmt: skip

_PATH = re.compile(r"<(?:path|circle|rect|line|polyline)\b[^>]*/>", re.DOTALL)
_EMPTY = 'd="M0 0h24v24H0z"'


def symbol(name: str, drawing: str) -> str:
    """One drawing as a symbol; the invisible square Tabler adds to each drawing is left out."""
    paths = [
        re.sub(r"\s+", " ", path).replace(" />", "/>")
        for path in _PATH.findall(drawing)
        if _EMPTY not in path
    ]
    return f'<symbol id="i-{name}" viewBox="0 0 24 24">{"".join(paths)}</symbol>'


def build_sprite() -> str:
    """All drawings as one SVG file. Lines are styled where they are used: by the tag and by .icon in base.css."""
    symbols = (symbol(name, (DRAWINGS / f"{name}.svg").read_text("utf-8")) for name in sorted(NAMES))
    return f'<svg xmlns="http://www.w3.org/2000/svg">{"".join(symbols)}</svg>\n'


def copy_drawings(source: Path) -> None:
    """Take the named drawings from a Tabler package and drop those no longer named."""
    for old in DRAWINGS.glob("*.svg"):
        old.unlink()
    for name in NAMES:
        shutil.copyfile(source / f"{name}.svg", DRAWINGS / f"{name}.svg")


def main(arguments: list[str]) -> None:
    if arguments:
        copy_drawings(Path(arguments[0]))
    SPRITE.write_text(build_sprite(), "utf-8")
    print(f"{len(NAMES)} icons, {SPRITE.stat().st_size} bytes: {SPRITE.name}")


if __name__ == "__main__":
    main(sys.argv[1:])
