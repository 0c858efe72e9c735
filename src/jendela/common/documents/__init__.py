"""Formal letters and their annexes: one neutral structure, written as DOCX, as PDF and as a page to print.

A letter is always Indonesian and plain: what is not known is a dotted line to fill in by hand. The PDF needs pango of
the system; where it is missing, DOCX and the page remain, and `pdf_missing()` says the line that installs it.
"""

from jendela.common.documents.annex import annex_xlsx
from jendela.common.documents.html import to_html
from jendela.common.documents.letter import (
    Annex,
    Block,
    Facts,
    Heading,
    Letter,
    LetterKind,
    Numbered,
    Paragraph,
    Signer,
    Table,
)
from jendela.common.documents.pdf import PdfMissingError, pdf_available, pdf_missing, to_pdf

__all__ = [
    "Annex",
    "Block",
    "Facts",
    "Heading",
    "Letter",
    "LetterKind",
    "Numbered",
    "Paragraph",
    "PdfMissingError",
    "Signer",
    "Table",
    "annex_xlsx",
    "pdf_available",
    "pdf_missing",
    "to_docx",
    "to_html",
    "to_pdf",
]


def to_docx(letter: Letter) -> bytes:
    """The letter as DOCX: A4, Arial 11. The library is loaded at the first one, it takes some 20 MB."""
    from jendela.common.documents.docx import write_docx

    return write_docx(letter)
