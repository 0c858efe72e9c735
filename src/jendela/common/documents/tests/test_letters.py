"""Letters as DOCX, as PDF and as a page: what stands in them, what is empty, what must never be lacking."""

import datetime
import io
import re
import zipfile
from typing import Any

import docx
import pytest
from django.test import Client
from django.utils import translation
from tests.pdf import needs_pdf, pages, unpacked

from jendela.common.documents import (
    Letter,
    LetterKind,
    PdfMissingError,
    Signer,
    Table,
    pdf_available,
    pdf_missing,
    to_docx,
    to_html,
    to_pdf,
)
from jendela.common.documents import pdf as pdf_module
from jendela.common.documents.letter import DOTS, MARK, SHORT_DOTS, words_of
from jendela.common.documents.tests.letters import DAY, letter, table

KINDS = list(LetterKind)


def opened(one: Letter) -> Any:
    return docx.Document(io.BytesIO(to_docx(one)))


def texts(document: Any) -> str:
    """All text in the order of the body."""
    return "\n".join(
        "".join(node.itertext()) for node in document.element.body.iter() if node.tag.endswith("}p")
    )


def page(one: Letter) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", to_html(one)))


def test_a_note_of_the_house() -> None:
    found = texts(opened(letter()))
    places = [
        found.index(part)
        for part in (
            "PEMERINTAH KABUPATEN CONTOH", "DINAS CONTOH", "NOTA DINAS", "Yth.", "1. Kepala Dinas Satu",
            "2. Kepala Dinas Dua", "Dari", "Tembusan", "Sekretaris Contoh", "Tanggal", "24 November 2026", "Nomor",
            "Sifat", "Biasa", "Lampiran", "Hal", "Pemutakhiran daftar barang", "Kami mohon", "Yang kami minta",
            "1.\tBaca.", "Tenggat", "30 Desember 2026", "Daftar barang", "Barang <1> & lain", "1.250.000",
            "Sumber: catatan contoh", "Terima kasih.", "Kepala Dinas Contoh,", "NIP ", "Disiapkan dari",
        )
    ]  # fmt: skip
    assert places == sorted(places)


def test_a_letter_to_others() -> None:
    found = texts(opened(letter(LetterKind.SURAT, to_place="di Tempat Contoh")))
    places = [
        found.index(part)
        for part in (
            "Contoh, 24 November 2026", "Nomor", "Hal", "Yth.", "1. Kepala Dinas Satu", "di Tempat Contoh",
            "Kami mohon", "Kepala Dinas Contoh,", "Tembusan:", "Sekretaris Contoh",
        )
    ]  # fmt: skip
    assert places == sorted(places)
    assert "NOTA DINAS" not in found


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_empty_is_a_line_to_fill_in(kind: LetterKind) -> None:
    bare = Letter(kind=kind, subject="Uji", to=[], signer=Signer(""), simulated=False)
    for found in (texts(opened(bare)), page(bare)):
        assert DOTS in found
        assert f"NIP {SHORT_DOTS}" in found
        assert "Lampiran" not in found
        assert "None" not in found
        assert not re.search(r": (?:-|N/A|0)\s", found)


def test_who_signs() -> None:
    named = letter(signer=Signer("Kepala Dinas Contoh", name="Ani Contoh", rank="Pembina", nip="000000"))
    assert named.signature_lines() == (["Kepala Dinas Contoh,"], ["Ani Contoh", "Pembina", "NIP 000000"])
    without = letter(signer=Signer("Camat Contoh", name="Ani Contoh"))
    assert without.signature_lines() == (["Camat Contoh,"], ["Ani Contoh"])


@pytest.mark.parametrize("kind", KINDS)
def test_a_simulated_letter_says_so_on_every_page(kind: LetterKind) -> None:
    example, real = letter(kind, simulated=True), letter(kind)
    document = opened(example)
    assert MARK in texts(document)
    assert len(document.sections) == 2
    assert all(MARK in "".join(p.text for p in one.header.paragraphs) for one in document.sections)
    assert MARK in document.core_properties.title
    assert MARK in to_html(example)
    again = opened(real)
    assert MARK not in texts(again) + "".join(p.text for p in again.sections[0].header.paragraphs)
    assert MARK not in again.core_properties.title
    assert MARK not in to_html(real)


def test_tables_of_a_document_repeat_their_header_and_keep_rows_whole() -> None:
    document = opened(letter(blocks=[table(200)]))
    tables = [one for one in document.tables if one.style is not None and one.style.name == "Table Grid"]
    assert [len(one.rows) for one in tables] == [201, 4]
    first = tables[0].rows[0]._tr
    assert first.xpath("w:trPr/w:tblHeader")
    assert tables[0].rows[1]._tr.xpath("w:trPr/w:cantSplit")
    assert not tables[0].rows[1]._tr.xpath("w:trPr/w:tblHeader")
    assert [cell.text for cell in tables[0].rows[2].cells] == [
        "2", "Barang <2> & lain", "2.500.000", "24 November 2026",
    ]  # fmt: skip
    wide = document.sections[1]
    assert wide.page_width > wide.page_height
    assert document.sections[0].page_width < document.sections[0].page_height


def test_facts_of_the_file() -> None:
    document = opened(letter())
    assert document.core_properties.title == "Nota dinas: Pemutakhiran daftar barang"
    assert document.core_properties.language == "id-ID"
    assert document.core_properties.author == "Kepala Dinas Contoh"
    assert 'w:lang w:val="id-ID"' in document.styles.element.xml


@pytest.mark.parametrize("kind", KINDS)
def test_dates_and_numbers_are_indonesian_in_an_english_page(kind: LetterKind) -> None:
    with translation.override("en"):
        for found in (texts(opened(letter(kind))), page(letter(kind))):
            assert "30 Desember 2026" in found
            assert "2.500.000" in found
            assert "December" not in found


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, ""),
        (0, "0"),
        (1234567, "1.234.567"),
        (1234.5, "1.234,5"),
        (DAY, "24 November 2026"),
        (datetime.datetime(2026, 1, 2, 3, 4), "2 Januari 2026"),
        (" a \n b\t c", "a\nb c"),
        ("a\x00\x0bb\ud800", "a\nb"),
    ],
)
def test_values_in_words(value: Any, words: str) -> None:
    assert words_of(value) == words


def test_texts_that_would_break_a_file() -> None:
    nasty = 'x\x00\x0b<w:p/>&amp; "kutip" \ud800\uffff</td>'
    one = letter(subject=nasty, opening=[nasty], blocks=[Table([nasty], [[nasty]])], to=[nasty])
    document = opened(one)
    assert '<w:p/>&amp; "kutip"' in texts(document)
    html = to_html(one)
    assert "<w:p/>" not in html
    assert "&lt;w:p/&gt;&amp;amp;" in html


def test_rows_of_a_table() -> None:
    short = Table(["A", "B"], [["x"]])
    assert "x" in texts(opened(letter(blocks=[short])))
    with pytest.raises(ValueError, match="more cells"):
        to_docx(letter(blocks=[Table(["A"], [["x", "y"]])]))
    empty = Table(["A", "B"], [], title="Kosong")
    assert "Kosong" in texts(opened(letter(blocks=[empty])))


def test_the_page_has_no_style_and_names_its_rows() -> None:
    html = to_html(letter())
    assert "style" not in html
    assert html.count('scope="row"') == 10
    assert html.count('scope="col"') == 8
    assert 'lang="id"' in html


@needs_pdf
def test_a_pdf() -> None:
    pdf = unpacked(to_pdf(letter(simulated=True)))
    assert pdf.startswith(b"%PDF-1.7")
    assert b"/Lang (id-ID)" in pdf
    assert b"/MarkInfo" in pdf
    assert b"/StructTreeRoot" in pdf
    title = "Nota dinas: Pemutakhiran daftar barang (CONTOH".encode("utf-16-be")
    assert title in pdf or title.hex().encode() in pdf.lower()
    assert b"+Arimo" in pdf  # the font that lies beside the code, whatever the system has


@needs_pdf
def test_a_long_table_goes_over_pages() -> None:
    one = to_pdf(letter(blocks=[], annexes=[]))
    many = to_pdf(letter(blocks=[table(60)], annexes=[]))
    assert pages(one) == 1
    assert pages(many) >= 2


@needs_pdf
def test_a_pdf_fetches_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    fetcher = pdf_module._fetcher()
    for url in ("http://127.0.0.1:9/x.png", "https://contoh.id/", "file:///etc/passwd", "data:text/plain,x"):
        with pytest.raises(ValueError, match="fetches nothing"):
            fetcher.fetch(url)
    assert fetcher.fetch((pdf_module.FONTS / pdf_module.FACES[0][0]).as_uri())


def test_without_pango_the_sentence_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, client: Client, db: None
) -> None:
    monkeypatch.setattr(pdf_module, "_missing_libraries", lambda: ("libpango-1.0.so.0",))
    assert not pdf_available()
    assert "sudo apt install libpango" in pdf_missing()
    with pytest.raises(PdfMissingError, match="sudo apt install"):
        to_pdf(letter())
    assert to_docx(letter())
    assert to_html(letter())
    state = client.get("/healthz").json()
    assert state["pdf"] == {"ok": False, "message": pdf_missing()}


def test_a_docx_is_a_plain_package() -> None:
    with zipfile.ZipFile(io.BytesIO(to_docx(letter()))) as package:
        assert package.testzip() is None
        assert not [name for name in package.namelist() if "vba" in name.lower()]
