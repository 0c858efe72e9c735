"""A letter as a PDF: tagged, with title and language, in the font that lies beside this file. Nothing is fetched from
anywhere: not the network, no other file."""

import ctypes
import sys
from functools import cache
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string

from jendela.common.documents.html import to_html
from jendela.common.documents.letter import Letter, Table, plain, shares

HERE = Path(__file__).parent
FONTS = HERE / "fonts"
FACES = (
    ("arimo-latin-400-normal.woff", "400", "normal"),
    ("arimo-latin-700-normal.woff", "700", "normal"),
    ("arimo-latin-400-italic.woff", "400", "italic"),
)
# what the library opens, by the name of Linux; elsewhere only importing it tells
LIBRARIES = (
    "libgobject-2.0.so.0",
    "libpango-1.0.so.0",
    "libharfbuzz.so.0",
    "libfontconfig.so.1",
    "libpangoft2-1.0.so.0",
)
INSTALL = "sudo apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"


class PdfMissingError(Exception):
    """This machine cannot make PDF; the message says what to install."""


def pdf_available() -> bool:
    return not pdf_missing()


def pdf_missing() -> str:
    """'' when PDF can be made, else one sentence with the line that installs what is missing. Opens the libraries,
    without the seconds and the memory that the writer of PDF itself takes."""
    if not _missing_libraries():
        return ""
    return f"PDF belum dapat dibuat di komputer ini. Pasang dengan: {INSTALL}"


@cache
def _missing_libraries() -> tuple[str, ...]:
    if not sys.platform.startswith("linux"):
        try:
            import weasyprint  # noqa: F401
        except (ImportError, OSError) as error:
            return (str(error),)
        return ()
    missing = []
    for name in LIBRARIES:
        try:
            ctypes.CDLL(name)
        except OSError:
            missing.append(name)
    return tuple(missing)


def to_pdf(letter: Letter) -> bytes:
    """Raises PdfMissingError where the system lacks pango."""
    if sentence := pdf_missing():
        raise PdfMissingError(sentence)
    import weasyprint  # some 60 MB and most of a second: only where a PDF is made
    from weasyprint.text.fonts import FontConfiguration

    context = {
        "title": letter.file_title,
        "author": plain(letter.from_ or letter.signer.title),
        "letter": to_html(letter, level=1),
    }
    page = render_to_string("common/documents/pages/letter_document.html", context)
    fonts = FontConfiguration()
    fetcher = _fetcher()
    sheet = weasyprint.CSS(string=_styles(letter), font_config=fonts, url_fetcher=fetcher)
    document = weasyprint.HTML(string=page, url_fetcher=fetcher)
    pdf: bytes = document.write_pdf(stylesheets=[sheet], font_config=fonts, pdf_variant="pdf/ua-1")
    return pdf


def _fetcher() -> Any:
    from weasyprint.urls import URLFetcher

    own = {(FONTS / name).as_uri() for name, _weight, _style in FACES}

    class OwnFontsOnly(URLFetcher):  # type: ignore[misc]  # the library has no types
        def fetch(self, url: str, headers: Any = None) -> Any:
            if url not in own:
                raise ValueError("a letter fetches nothing")
            return super().fetch(url, headers)

    return OwnFontsOnly(allowed_protocols=["file"], allow_redirects=False)


def _styles(letter: Letter) -> str:
    faces = "".join(
        f'@font-face{{font-family:Arimo;font-weight:{weight};font-style:{style};src:url("{(FONTS / name).as_uri()}")}}'
        for name, weight, style in FACES
        if (FONTS / name).exists()
    )
    blocks = [*letter.blocks, *(block for annex in letter.annexes for block in annex.blocks)]
    widths = {int(share * 1000) for block in blocks if isinstance(block, Table) for share in shares(block)}
    columns = "".join(f".letter-w{width}{{width:{width / 10}%}}" for width in sorted(widths))
    return faces + (HERE / "letter.css").read_text("utf-8") + columns
