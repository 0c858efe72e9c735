"""A bundle as XLSX, to fill in without a connection: one row for each thing that is asked, with what the record says. A
file that comes back gives answers, and says by row what it could not read; nothing is saved here.

Columns: code (which row it is, and which saving it was made from), application, question, what is recorded, answer
("masih benar", "belum tahu", or empty), what to write instead. Long lists are one line an entry.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.worksheet.datavalidation import DataValidation

from jendela.common.exchange.formula import protect, release
from jendela.common.exchange.reading import FileRefusedError, recognise
from jendela.registry.campaigns.answers import Answer
from jendela.registry.campaigns.cells import help_of, read_value, text_of
from jendela.registry.campaigns.choices import QuestionKind, Say
from jendela.registry.campaigns.models import Question
from jendela.registry.campaigns.reads.sheet import Asked, ItemSheet, Sheet

SHEET = "Isian"
MOST_BYTES = 8_000_000
MOST_ROWS = 20_000
HEAD = PatternFill("solid", start_color="FFEAF1FB")
SAME, UNKNOWN = "masih benar", "belum tahu"
Where = tuple[int, str]  # key of an item, key of a question
CODE = re.compile(r"^(\d{1,18})\.([a-z0-9-]{1,40})(?:\.((?:extra\.)?[A-Za-z0-9_-]{1,40}))?@(\d{1,9})$")


@dataclass
class Problem:
    """A row that was not taken, in words."""

    row: int
    where: str
    why: str


@dataclass
class Taken:
    """What a file says: answers by item, with the saving they were made from; and what it does not."""

    answers: dict[int, dict[str, Answer]] = field(default_factory=dict)
    revisions: dict[int, int] = field(default_factory=dict)
    rows: dict[tuple[int, str], int] = field(default_factory=dict)  # where each answer stands
    problems: list[Problem] = field(default_factory=list)


class NotAWorkbookError(Exception):
    """The file is no XLSX, too large, or not the one of this bundle; the message says which."""


def file_of(found: Sheet) -> bytes:
    """The file of a bundle."""
    book = Workbook()
    page: Any = book.active
    page.title = SHEET
    title = f"{found.bundle.round.title}: {found.bundle.agency.short_name}"
    page.append([f"CONTOH. {title}" if found.bundle.round.simulated else title])
    page.append([_("Isi kolom E dan F. Kolom lain jangan diubah. Yang kosong tidak mengubah apa pun.")])
    page.append(
        [
            _("Kode"), _("Aplikasi"), _("Pertanyaan"), _("Yang tercatat"),
            _("Jawaban: masih benar atau belum tahu"), _("Atau tulis yang benar"),
        ]
    )  # fmt: skip
    for one in found.items:
        if one.is_locked:
            continue
        for code, asked, name in _rows(one):
            page.append([code, *(protect(cell) for cell in _cells(one, asked, name))])
    _dress(page)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _rows(one: ItemSheet) -> Iterator[tuple[str, Asked, str]]:
    for asked in one.asked:
        base = f"{one.item.pk}.{asked.question.key}"
        for name in _parts(asked.question):
            yield f"{base}{f'.{name}' if name else ''}@{one.item.revision}", asked, name


def _parts(question: Question) -> list[str]:
    if question.kind == QuestionKind.FIELD:
        return [one.name for one in question.record_fields]
    if question.kind == QuestionKind.PEOPLE:
        return ["operating_unit", "name", "position"]
    return [""]


PEOPLE = {"operating_unit": "Unit", "name": "Nama orangnya", "position": "Jabatannya"}


def _cells(one: ItemSheet, asked: Asked, name: str) -> list[str]:
    label = asked.question.text
    if name and len(_parts(asked.question)) > 1:
        part = PEOPLE.get(name) or str(asked.question.record_field(name).label)
        label = f"{label} {part}: {help_of(asked.question, name)}".rstrip(": ")
    else:
        label = f"{label} {help_of(asked.question, name)}".strip()
    recorded, answer, written = _recorded(asked, name), "", ""
    if asked.answer is not None:
        answer = {Say.SAME: SAME, Say.UNKNOWN: UNKNOWN}.get(Say(asked.answer.say), "")
        if asked.answer.say == Say.VALUE:
            written = text_of(asked.question, name, asked.answer.value, asked.words)
    return [one.item.application.name, label, recorded or _("belum kami ketahui"), answer, written]


def _recorded(asked: Asked, name: str) -> str:
    if asked.question.kind == QuestionKind.FIELD and len(asked.question.fields) > 1:
        label = f"{asked.question.record_field(name).label}: "
        return next((one.removeprefix(label) for one in asked.current if one.startswith(label)), "")
    if asked.question.kind == QuestionKind.PEOPLE:
        return "\n".join(asked.current) if name == "operating_unit" else ""
    return "\n".join(asked.current)


def _dress(page: Any) -> None:
    page["A1"].font = Font(bold=True)
    for cell in page[3]:
        cell.font, cell.fill = Font(bold=True), HEAD
    for column, width in {"A": 4, "B": 26, "C": 52, "D": 34, "E": 20, "F": 46}.items():
        page.column_dimensions[column].width = width
    for row in page.iter_rows(min_row=4):
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.protection = Protection(locked=cell.column < 5)
    page.freeze_panes = "C4"
    choice = DataValidation(type="list", formula1=f'"{SAME},{UNKNOWN}"', allow_blank=True)
    page.add_data_validation(choice)
    choice.add(f"E4:E{max(page.max_row, 4)}")


def read(data: bytes, found: Sheet, agencies: Mapping[str, int], applications: Mapping[str, int]) -> Taken:
    """What a file says. `agencies` and `applications` map names in small letters to keys. Raises NotAWorkbookError."""
    items = {one.item.pk: one for one in found.items}
    questions = {one.key: one for one in found.questions}
    taken = Taken()
    seen = 0
    parts: dict[Where, dict[str, str]] = {}
    for number, cells in _lines(data):
        match = CODE.match(cells[0])
        if match is None:
            continue
        seen += 1
        where, name = (int(match[1]), match[2]), match[3] or ""
        why = _not_of(where, name, items, questions)
        if why:
            taken.problems.append(Problem(number, cells[1], why))
            continue
        say, text = _said(cells[4], cells[5])
        if not say and not text:
            continue
        taken.revisions[where[0]] = int(match[4])
        taken.rows.setdefault(where, number)
        if text:
            parts.setdefault(where, {})[name] = text
        elif where not in parts:
            taken.answers.setdefault(where[0], {})[where[1]] = Answer(say)
    if not seen:
        raise NotAWorkbookError(_("Ini bukan berkas isian dari Jendela. Unduh lagi berkasnya, lalu isi."))
    for where, texts in parts.items():
        question = questions[where[1]]
        asked = next((one for one in items[where[0]].asked if one.question.key == where[1]), None)
        try:
            value = read_value(question, texts, dict(asked.initial) if asked else {}, agencies, applications)
        except ValueError as error:
            taken.problems.append(Problem(taken.rows[where], question.text, str(error)))
            taken.answers.get(where[0], {}).pop(where[1], None)
            continue
        taken.answers.setdefault(where[0], {})[where[1]] = Answer(Say.VALUE, value)
    return taken


def _not_of(
    where: Where, name: str, items: Mapping[int, ItemSheet], questions: Mapping[str, Question]
) -> str:
    """Why a row cannot be taken; '' when it can."""
    if where[0] not in items or where[1] not in questions or name not in _parts(questions[where[1]]):
        return _("Baris ini bukan dari isian ini.")
    return _("Aplikasi ini sudah dikirim.") if items[where[0]].is_locked else ""


def _said(answer: str, text: str) -> tuple[str, str]:
    """The two columns in which people write: what is written goes before a tick, and one column too early counts."""
    say = {SAME: Say.SAME, UNKNOWN: Say.UNKNOWN}.get(answer.casefold(), "")
    return ("", text) if text else (str(say), "" if say else answer)


def _lines(data: bytes) -> Iterator[tuple[int, list[str]]]:
    if len(data) > MOST_BYTES:
        raise NotAWorkbookError(_("Berkas ini terlalu besar."))
    _check(data)
    try:
        book = load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
        page = book[SHEET] if SHEET in book.sheetnames else book.worksheets[0]
        rows = page.iter_rows(max_col=6, max_row=MOST_ROWS, values_only=True)
        for number, row in enumerate(rows, start=1):
            cells = [_text(cell) for cell in (*row, None, None, None, None, None, None)[:6]]
            yield number, cells
    except Exception:  # a file made to break the reader may raise anything; the person gets one sentence
        raise NotAWorkbookError(_("Berkas ini rusak. Buka dan simpan ulang sebagai XLSX.")) from None


def _check(data: bytes) -> None:
    """Is it a spreadsheet, and not too much once its ZIP is opened? Before anything of it is unpacked."""
    if not data.startswith(b"PK"):
        raise NotAWorkbookError(_("Berkas ini bukan XLSX. Simpan sebagai XLSX, lalu unggah lagi."))
    with NamedTemporaryFile() as file:
        file.write(data)
        file.flush()
        try:
            recognise(Path(file.name))
        except FileRefusedError as error:
            raise NotAWorkbookError(str(error)) from None


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if hasattr(cell, "isoformat"):
        return str(cell.isoformat()[:10])
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return release(str(cell)).strip()
