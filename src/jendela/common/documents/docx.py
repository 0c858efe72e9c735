"""A letter as DOCX, to be finished in any word processor."""

import datetime
from collections.abc import Sequence
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt

from jendela.common.documents.letter import (
    DOTS,
    LANGUAGE,
    MARK,
    Block,
    Facts,
    Heading,
    Letter,
    Numbered,
    Paragraph,
    Table,
    counted,
    fitted,
    is_number,
    plain,
    shares,
    words_of,
)

FONT = "Arial"
LONG_EDGE, SHORT_EDGE = Cm(29.7), Cm(21.0)
TWIPS = 635  # English metric units in a twentieth of a point
FACT_LABEL = 1900  # width of a label, in twentieths of a point


def write_docx(letter: Letter) -> bytes:
    """A4, Arial 11; rows of tables stay whole and their header is repeated on each page."""
    document = Document()
    _prepare(document, letter)
    if letter.simulated:
        _line(document, MARK, bold=True, align=WD_ALIGN_PARAGRAPH.CENTER)
    _letterhead(document, letter)
    if letter.is_note:
        _line(document, "NOTA DINAS", bold=True, size=13, align=WD_ALIGN_PARAGRAPH.CENTER, after=8)
    else:
        _line(document, letter.place_and_date, align=WD_ALIGN_PARAGRAPH.RIGHT, after=6)
    _facts(document, letter.head_rows())
    if letter.is_note:
        _rule(document.add_paragraph(), "single", 8)
    else:
        for line in ["", *letter.address_lines(), ""]:
            _line(document, line)
    for text in letter.opening:
        _text(document, text)
    for block in letter.blocks:
        _block(document, block)
    for text in letter.closing:
        _text(document, text)
    _signature(document, letter)
    if letter.draft_note:
        _line(document, plain(letter.draft_note), size=8.5, italic=True, before=14)
    _annexes(document, letter)
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _prepare(document: Any, letter: Letter) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = SHORT_EDGE, LONG_EDGE
    section.top_margin = section.bottom_margin = section.right_margin = Cm(2)
    section.left_margin = Cm(2.5)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(11)
    normal.paragraph_format.space_after = Pt(0)
    fonts = normal.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(script), FONT)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), LANGUAGE)
    normal.element.get_or_add_rPr().append(language)
    facts = document.core_properties
    facts.title, facts.subject = letter.file_title[:255], plain(letter.subject)[:255]
    facts.author, facts.language = plain(letter.from_ or letter.signer.title)[:255], LANGUAGE
    facts.comments, facts.last_modified_by = "", "Jendela"
    facts.created = facts.modified = datetime.datetime.now(datetime.UTC)
    if letter.simulated:  # on every page, not only the first
        section.header.paragraphs[0].add_run(MARK).bold = True
        section.header.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _page_numbers(section)


def _page_numbers(section: Any) -> None:
    paragraph = section.footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for name in ("PAGE", None, "NUMPAGES"):
        if name is None:
            paragraph.add_run(" / ").font.size = Pt(9)
            continue
        run = '<w:r><w:rPr><w:sz w:val="18"/></w:rPr><w:t>1</w:t></w:r>'
        xml = f'<w:fldSimple {nsdecls("w")} w:instr="{name}">{run}</w:fldSimple>'
        paragraph._p.append(parse_xml(xml))


def _line(
    document: Any,
    text: str,
    *,
    bold: bool = False,
    italic: bool = False,
    size: float = 0,
    align: Any = None,
    before: float = 0,
    after: float = 0,
) -> Any:
    paragraph = document.add_paragraph()
    run = paragraph.add_run(text)
    run.bold, run.italic = bold, italic
    if size:
        run.font.size = Pt(size)
    if align is not None:
        paragraph.alignment = align
    paragraph.paragraph_format.space_before = Pt(before)
    paragraph.paragraph_format.space_after = Pt(after)
    return paragraph


def _text(document: Any, text: str) -> None:
    _line(document, plain(text), align=WD_ALIGN_PARAGRAPH.JUSTIFY, before=3, after=4)


def _letterhead(document: Any, letter: Letter) -> None:
    last = None
    for number, line in enumerate(letter.letterhead):
        size, bold = ((13, False), (14, True), (9, False))[min(number, 2)]
        last = _line(document, plain(line), size=size, bold=bold, align=WD_ALIGN_PARAGRAPH.CENTER)
    if last is not None:
        _rule(last, "double", 6)
        last.paragraph_format.space_after = Pt(10)


def _rule(paragraph: Any, line: str, size: int) -> None:
    """A line below a paragraph; `size` in eighths of a point."""
    paragraph._p.get_or_add_pPr().append(
        parse_xml(
            f'<w:pBdr {nsdecls("w")}><w:bottom w:val="{line}" w:sz="{size}" w:space="4" w:color="auto"/></w:pBdr>'
        )
    )


def _block(document: Any, block: Block) -> None:
    match block:
        case Paragraph():
            _text(document, block.text)
        case Heading():
            _line(
                document, plain(block.text), bold=True, before=8, after=3
            ).paragraph_format.keep_with_next = True
        case Numbered():
            for number, item in enumerate(block.items, start=1):
                paragraph = _line(document, f"{number}.\t{plain(item)}", after=2)
                paragraph.paragraph_format.left_indent = Cm(0.9)
                paragraph.paragraph_format.first_line_indent = Cm(-0.9)
        case Facts():
            _facts(
                document,
                [(plain(label), (words_of(value) or DOTS).split("\n")) for label, value in block.rows],
            )
        case Table():
            _table(document, block)


def _text_width(document: Any) -> int:
    """Between the margins of the newest section, in twentieths of a point."""
    section = document.sections[-1]
    return int((section.page_width - section.left_margin - section.right_margin) / TWIPS)


def _facts(document: Any, rows: Sequence[tuple[str, Sequence[str]]]) -> None:
    rest = _text_width(document) - FACT_LABEL - 250
    widths = (FACT_LABEL, 250, rest)
    body = "".join(
        f"<w:tr>{_cell([label], widths[0])}{_cell([':'], widths[1])}{_cell(lines, widths[2])}</w:tr>"
        for label, lines in rows
    )
    _insert(document, body, widths, borders=False)


def _table(document: Any, table: Table) -> None:
    if table.title:
        _line(
            document, plain(table.title), bold=True, before=6, after=3
        ).paragraph_format.keep_with_next = True
    width = _text_width(document)
    widths = [int(share * width) for share in shares(table)]
    head = "".join(
        _cell([plain(header)], one, bold=True, shade=True, size=18)
        for header, one in zip(table.headers, widths, strict=True)
    )
    rows = [f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>"]
    for row in fitted(table):
        cells = "".join(
            _cell(words_of(value).split("\n"), one, right=is_number(value), size=18)
            for value, one in zip(row, widths, strict=True)
        )
        rows.append(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>")
    _insert(document, "".join(rows), widths, borders=True)
    _line(document, plain(table.note), size=8.5, italic=True, after=4)


def _insert(document: Any, rows: str, widths: Sequence[int], *, borders: bool) -> None:
    """A table as XML: the library's own way takes minutes for a thousand rows."""
    style = '<w:tblStyle w:val="TableGrid"/>' if borders else ""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    indent = '<w:tblInd w:w="0" w:type="dxa"/>'
    fixed = f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/>{indent}<w:tblLayout w:type="fixed"/>'
    xml = (
        f"<w:tbl {nsdecls('w')}><w:tblPr>{style}{fixed}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )
    body = document.element.body
    body.insert(len(body) - 1, parse_xml(xml))  # before the properties of the section


def _cell(
    lines: Sequence[str],
    width: int,
    *,
    bold: bool = False,
    shade: bool = False,
    right: bool = False,
    size: int = 22,
) -> str:
    """A cell with a paragraph for each line; `size` in half points."""
    look = f'<w:rPr>{"<w:b/>" if bold else ""}<w:sz w:val="{size}"/></w:rPr>'
    align = '<w:pPr><w:jc w:val="right"/></w:pPr>' if right else ""
    paragraphs = "".join(
        f'<w:p>{align}<w:r>{look}<w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>' for line in lines
    )
    fill = '<w:shd w:val="clear" w:color="auto" w:fill="EEEEEE"/>' if shade else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{fill}</w:tcPr>{paragraphs}</w:tc>'


def _signature(document: Any, letter: Letter) -> None:
    above, below = letter.signature_lines()
    lines = ["", *above, "", "", "", "", *below]
    for number, line in enumerate(lines):
        paragraph = _line(document, line)
        paragraph.paragraph_format.left_indent = Cm(8.5)
        paragraph.paragraph_format.keep_with_next = number < len(lines) - 1  # never a name alone on a page
    if letter.cc and not letter.is_note:
        _line(document, "Tembusan:", before=12)
        for line in counted(letter.cc):
            _line(document, line)


def _annexes(document: Any, letter: Letter) -> None:
    for annex in letter.annexes:
        section = document.add_section(WD_SECTION.NEW_PAGE)
        edges = (LONG_EDGE, SHORT_EDGE) if annex.wide else (SHORT_EDGE, LONG_EDGE)
        section.page_width, section.page_height = edges
        section.orientation = WD_ORIENT.LANDSCAPE if annex.wide else WD_ORIENT.PORTRAIT
        _line(document, plain(annex.title), bold=True, size=12, after=6)
        for block in annex.blocks:
            _block(document, block)
