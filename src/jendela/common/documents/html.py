"""A letter as a fragment of a page: classes only, no styles inside."""

from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from jendela.common.documents.letter import (
    DOTS,
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


def to_html(letter: Letter, *, level: int = 2) -> SafeString:
    """The letter as an <article class="letter">, for a page that people print. `level` is that of its title among the
    headings of the page."""
    above, below = letter.signature_lines()
    context = {
        "letter": letter,
        "level": level,
        "below_level": level + 1,
        "mark": MARK if letter.simulated else "",
        "letterhead": [plain(line) for line in letter.letterhead],
        "address": [] if letter.is_note else letter.address_lines(),
        "head": letter.head_rows(),
        "opening": [plain(text) for text in letter.opening],
        "blocks": [_block(block) for block in letter.blocks],
        "closing": [plain(text) for text in letter.closing],
        "above": above,
        "below": below,
        "copies": [] if letter.is_note or not letter.cc else counted(letter.cc),
        "copies_title": "Tembusan:",
        "title": letter.kind.value.upper(),
        "annexes": [
            {
                "title": plain(annex.title),
                "wide": annex.wide,
                "blocks": [_block(block) for block in annex.blocks],
            }
            for annex in letter.annexes
        ],
        "draft_note": plain(letter.draft_note),
    }
    return render_to_string("common/documents/pages/letter.html", context)


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Paragraph():
            return {"is": "paragraph", "text": plain(block.text)}
        case Heading():
            return {"is": "heading", "text": plain(block.text)}
        case Numbered():
            return {"is": "numbered", "items": [plain(item) for item in block.items]}
        case Facts():
            rows = [(plain(label), words_of(value) or DOTS) for label, value in block.rows]
            return {"is": "facts", "rows": rows}
        case Table():
            widths = [int(share * 1000) for share in shares(block)]
            return {
                "is": "table",
                "title": plain(block.title),
                "note": plain(block.note),
                "headers": [
                    (plain(header), width) for header, width in zip(block.headers, widths, strict=True)
                ],
                "rows": [[(words_of(value), is_number(value)) for value in row] for row in fitted(block)],
            }
