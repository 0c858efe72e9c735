"""Assets: the parts of the style sheet and of the script, and how they become one file each.

A page asks for one style sheet and one script, so that a weak signal costs two requests and not
twenty. No build tool: the parts are joined in the order below, comments and indents are left out.

``build(folder)`` writes ``jendela.css`` and ``jendela.js``.
``python -m jendela.ui.assets [FOLDER]`` does that too and prints what a visitor downloads.
"""

import gzip
import re
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
STATIC = HERE / "static"

CSS_PARTS: tuple[str, ...] = (
    "tokens.css",
    "base.css",
    "layout.css",
    "forms.css",
    "home.css",
    "service.css",
    "parts.css",
    "places.css",
    "directory.css",
    "public.css",
    "trust.css",
    "standards.css",
    "media.css",
)
STAFF_CSS_PARTS: tuple[str, ...] = (  # only on pages of people who sign in
    "staff.css",
    "agency.css",
    "members.css",
    "accounts.css",
    "words.css",
    "editor.css",
    "exchange.css",
    "letters.css",
    "reports.css",
    "register.css",
    "probes.css",
    "rounds.css",
    "links.css",
    "scores.css",
    "askers.css",
    "overlap.css",
    "advice.css",
)
JS_PARTS: tuple[str, ...] = (
    "store.js",
    "checklist.js",
    "speech.js",
    "actions.js",
    "area.js",
    "errors.js",
)
ANSWER_CSS_PARTS: tuple[str, ...] = ("answer.css",)  # only on pages of a personal link
ANSWER_JS_PARTS: tuple[str, ...] = ("answer.js",)
STAFF_JS_PARTS: tuple[str, ...] = ("autosave.js", "passkey.js", "exchange.js")

# Bytes after gzip; enforced by tests/test_assets.py.
BUDGETS: dict[str, int] = {"jendela.css": 13_312, "jendela.js": 4_096, "icons.svg": 5_632}

_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_JS_BLOCK_COMMENT = re.compile(r"^\s*/\*.*?\*/\s*$", re.DOTALL | re.MULTILINE)
_JS_LINE_COMMENT = re.compile(r"^\s*//.*$", re.MULTILINE)
_SPACES = re.compile(r"\s+")
_AROUND = re.compile(r"\s*([{};,])\s*")
_PROPERTY = re.compile(r"([{;][\w-]+): ")


def join_css(parts: tuple[str, ...] = CSS_PARTS) -> str:
    """Style parts as one text. Spaces inside values stay, so nothing changes its meaning."""
    text = "".join((HERE / "css" / part).read_text("utf-8") for part in parts)
    text = _SPACES.sub(" ", _CSS_COMMENT.sub("", text))
    text = _AROUND.sub(r"\1", text).replace(";}", "}")
    return _PROPERTY.sub(r"\1:", text).strip() + "\n"


def join_js(parts: tuple[str, ...] = JS_PARTS) -> str:
    """Script parts as one module. Lines stay lines; only whole-line comments are left out."""
    text = "\n".join((HERE / "js" / part).read_text("utf-8") for part in parts)
    text = _JS_LINE_COMMENT.sub("", _JS_BLOCK_COMMENT.sub("", text))
    return "\n".join(line.strip() for line in text.splitlines() if line.strip()) + "\n"


def build(target_dir: Path) -> Path:
    """Write the files into the folder (made if missing) and return it. An unchanged file is left alone."""
    target_dir.mkdir(parents=True, exist_ok=True)
    texts = {
        "jendela.css": join_css(),
        "jendela.js": join_js(),
        "jendela-staff.css": join_css(STAFF_CSS_PARTS),
        "jendela-staff.js": join_js(STAFF_JS_PARTS),
        "jendela-answer.css": join_css(ANSWER_CSS_PARTS),
        "jendela-answer.js": join_js(ANSWER_JS_PARTS),
    }
    for name, text in texts.items():
        target = target_dir / name
        if not target.exists() or target.read_text("utf-8") != text:
            target.write_text(text, "utf-8")
    return target_dir


def sizes(built: Path) -> list[tuple[str, int, int, int | None]]:
    """(name, bytes, bytes after gzip, budget after gzip or None) of every file a page may ask for."""
    files = [built / "jendela.css", built / "jendela.js", *sorted(STATIC.glob("*.*"))]
    rows: list[tuple[str, int, int, int | None]] = []
    for file in files:
        data = file.read_bytes()
        rows.append((file.name, len(data), len(gzip.compress(data, 9)), BUDGETS.get(file.name)))
    return rows


def main(arguments: list[str]) -> int:
    """Print the table; the exit code is 1 when a budget is broken."""
    broken = False
    with tempfile.TemporaryDirectory() as spare:
        built = build(Path(arguments[0]) if arguments else Path(spare))
        print(f"{'file':<16}{'bytes':>9}{'gzip':>9}{'budget':>9}")
        for name, size, packed, budget in sizes(built):
            over = budget is not None and packed > budget
            broken = broken or over
            print(f"{name:<16}{size:>9}{packed:>9}{budget or '':>9}{'  OVER' if over else ''}")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
