"""Question sets and the ladder of reminders from their tables (question_sets.csv, questions.csv, ladder.csv). They are
the same for every regency, so they lie with the code; a set that was asked stays as it was."""

import datetime
import re
from pathlib import Path
from typing import Any

from jendela.common.audit import Actor
from jendela.common.tables import Report, Row, RowError, TableError, read_table
from jendela.registry.applications.choices import ValueKind
from jendela.registry.applications.fields import BY_NAME, EXTRA
from jendela.registry.campaigns.actions.questions import put_ladder, put_questions
from jendela.registry.campaigns.choices import OwnKind, QuestionKind, Recipient
from jendela.registry.campaigns.models import LadderStep, Question, QuestionSet
from jendela.registry.campaigns.models.questions import fields_named

HERE = Path(__file__).parent
SETS = ("kunci", "judul", "berlaku_sejak", "dasar")
QUESTIONS = (
    "kumpulan", "urutan", "kunci", "jenis", "isian", "bentuk", "pilihan", "teks", "petunjuk", "syarat", "wajib",
)  # fmt: skip
LADDER = ("hari_kerja", "kepada", "terakhir", "berlaku_sejak", "berlaku_sampai", "dasar")
CONDITION = re.compile(r"^(?P<name>\S+) (?P<op>adalah|bukan|diketahui|belum_diketahui)(?: (?P<value>\S+))?$")
OPERATORS = {"adalah": "in", "bukan": "not_in", "diketahui": "known", "belum_diketahui": "unknown"}


def load_questions(directory: Path, *, by: Actor, report: Report) -> None:
    """Read the tables of `directory` where it has them, else those of this folder; write all or nothing."""
    errors: list[RowError] = []
    sets = [_set(row, errors) for row in read_table(_file(directory, "question_sets.csv"), SETS)]
    rows = read_table(_file(directory, "questions.csv"), QUESTIONS, unique=("kumpulan", "kunci"))
    keys = {one.key for one in sets}
    questions: dict[str, list[Question]] = {key: [] for key in keys}
    for row in rows:
        if row["kumpulan"] not in keys:
            errors.append(row.error("kumpulan", f"tidak dikenal: {row['kumpulan']}"))
            continue
        questions[row["kumpulan"]].append(_question(row, errors))
    steps = [_step(row, errors) for row in read_table(_file(directory, "ladder.csv"), LADDER)]
    if errors:
        raise TableError(errors)
    for one in sets:
        if not put_questions(question_set=one, questions=questions[one.key], by=by):
            report.notes.append(
                f"Pertanyaan {one.key} sudah pernah dikirim atau disusun di layar, tidak diubah"
            )
    put_ladder(steps=steps, by=by)
    report.add("Pertanyaan pemutakhiran", sum(len(one) for one in questions.values()))


def _file(directory: Path, name: str) -> Path:
    return directory / name if (directory / name).exists() else HERE / name


def _day(row: Row, column: str, errors: list[RowError]) -> datetime.date | None:
    if not row[column]:
        return None
    try:
        return datetime.date.fromisoformat(row[column])
    except ValueError:
        errors.append(row.error(column, f"bukan tanggal: {row[column]}"))
        return None


def _set(row: Row, errors: list[RowError]) -> QuestionSet:
    day = _day(row, "berlaku_sejak", errors)
    if day is None:
        errors.append(row.error("berlaku_sejak", "kosong"))
    return QuestionSet(
        key=row["kunci"], title=row["judul"], valid_from=day or datetime.date.min, citation=row["dasar"]
    )


def _question(row: Row, errors: list[RowError]) -> Question:
    fields = row.parts("isian", "|")
    known = fields_named(fields)
    for name in fields:
        if name not in known:
            errors.append(row.error("isian", f"tidak dikenal: {name}"))
    if row["jenis"] not in QuestionKind.values:
        errors.append(row.error("jenis", f"tidak dikenal: {row['jenis']}"))
    if (row["jenis"] == QuestionKind.OWN) is not (row["bentuk"] in OwnKind.values):
        errors.append(row.error("bentuk", "hanya dan selalu untuk pertanyaan sendiri"))
    if row["jenis"] == QuestionKind.FIELD and not fields:
        errors.append(row.error("isian", "kosong"))
    if not row["urutan"].isdigit():
        errors.append(row.error("urutan", f"bukan angka: {row['urutan']}"))
    return Question(
        key=row["kunci"],
        kind=row["jenis"],
        fields=fields,
        own_kind=row["bentuk"],
        choices=[one.split("=", 1) if "=" in one else [one, one] for one in row.parts("pilihan", "|")],
        text=row["teks"],
        hint=row["petunjuk"],
        condition=[_condition(row, one, errors) for one in row.parts("syarat", ";")],
        required=row["wajib"] == "ya",
        position=int(row["urutan"]) if row["urutan"].isdigit() else 0,
    )


YES_NO = {"ya": True, "tidak": False}


def _condition(row: Row, text: str, errors: list[RowError]) -> dict[str, Any]:
    match = CONDITION.match(text)
    if match is None:
        errors.append(row.error("syarat", f"tidak terbaca: {text}"))
        return {}
    name = match["name"]
    source = "field" if name in BY_NAME or name.startswith(EXTRA) else "answer"
    values: list[Any] = (match["value"] or "").split("|")
    if name.startswith(EXTRA):
        field = fields_named([name]).get(name)
        if field is None:
            errors.append(row.error("syarat", f"isian tambahan tidak dikenal: {name}"))
        elif field.kind == ValueKind.YES_NO:
            values = [YES_NO.get(one, one) for one in values]
        elif field.kind == ValueKind.NUMBER:
            values = [int(one) if one.isdecimal() else one for one in values]
    return {source: name, "op": OPERATORS[match["op"]], "value": values}


def _step(row: Row, errors: list[RowError]) -> LadderStep:
    if row["kepada"] not in Recipient.values:
        errors.append(row.error("kepada", f"tidak dikenal: {row['kepada']}"))
    if not re.fullmatch(r"-?\d{1,3}", row["hari_kerja"]):
        errors.append(row.error("hari_kerja", f"bukan angka: {row['hari_kerja']}"))
    return LadderStep(
        offset=int(row["hari_kerja"]) if re.fullmatch(r"-?\d{1,3}", row["hari_kerja"]) else 0,
        recipient=row["kepada"],
        last=row["terakhir"] == "ya",
        valid_from=_day(row, "berlaku_sejak", errors) or datetime.date.min,
        valid_to=_day(row, "berlaku_sampai", errors),
        citation=row["dasar"],
    )
