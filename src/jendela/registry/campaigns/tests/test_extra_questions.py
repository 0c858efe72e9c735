"""Questions on attributes that were added without code: asked, answered, written to the record, offline too."""

import re
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.people import client_of

from jendela.common.audit import Actor
from jendela.common.tables import Report, Row, RowError, TableError
from jendela.registry.applications.actions import add_attribute, retire_attribute, set_values
from jendela.registry.applications.models import AttributeDefinition, ValueSource
from jendela.registry.campaigns.actions import answering
from jendela.registry.campaigns.actions.offline import take_workbook
from jendela.registry.campaigns.actions.question_sets import add_question, copy_set
from jendela.registry.campaigns.choices import Say
from jendela.registry.campaigns.imports import QUESTIONS, _condition, load_questions
from jendela.registry.campaigns.models import Bundle, QuestionSet, Round
from jendela.registry.campaigns.reads.sheet import sheet
from jendela.registry.campaigns.tests.answering import Phone
from jendela.registry.campaigns.tests.test_answering import fill, item_of
from jendela.registry.campaigns.tests.test_workbook import File
from jendela.registry.campaigns.tests.world import PROVENANCE, World, actor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
APP = "Aplikasi Satu"


def attribute(label: str, kind: str, *choices: str) -> str:
    values = {"label": label, "kind": kind, "choices": list(choices), "hint": "", "visibility": "pemerintah"}
    return f"extra.{add_attribute(values=values, by=Actor('uji')).key}"


@pytest.fixture
def names(world: World) -> list[str]:
    return [
        attribute("Bahasa layanan", "choice", "Indonesia", "Dayak"),
        attribute("Ada cadangan", "yes_no"),
        attribute("Cara bayar", "choices", "Tunai", "QRIS"),
        attribute("Jumlah server", "number"),
    ]


@pytest.fixture
def round_(world: World, names: list[str]) -> Round:
    made = copy_set(question_set=QuestionSet.objects.get(key="pendek"), title="Tambahan", by=world.by)
    words = {"text": "Bagaimana layanannya?", "kind": "field", "fields": names}
    add_question(question_set=made, values=words, by=world.by)
    backup = [{"field": names[1], "op": "in", "value": [False]}]
    later = {"text": "Kenapa belum ada?", "kind": "own", "own_kind": "text", "condition": backup}
    add_question(question_set=made, values=later, by=world.by)
    return world.sent(key=made.key)


KEY = "bagaimana-layanannya"


def said(world: World, row: Round) -> Bundle:
    """Answered on the holder's own pages."""
    phone = Phone(world, row)
    parts = {"bahasa_layanan": "Dayak", "ada_cadangan": "tidak", "cara_bayar": ["QRIS"], "jumlah_server": "2"}
    answer = phone.say(APP, KEY, **{f"extra-{name}": value for name, value in parts.items()})
    assert answer.status_code == 302
    return world.bundle(row)


def test_they_are_offered_and_shown_with_their_labels(world: World, names: list[str]) -> None:
    made = copy_set(question_set=QuestionSet.objects.get(key="pendek"), title="Tambahan", by=world.by)
    url = f"/kelola/pemutakhiran/pertanyaan/{made.key}/isian/"
    retire_attribute(attribute=AttributeDefinition.objects.get(key="jumlah_server"), by=world.by)
    page = client_of(world.team).get(url).content.decode()
    assert f'value="{names[0]}"' in page
    assert f'value="{names[3]}"' not in page
    data = {"text": "Bahasanya?", "kind": "field", "record": [names[0]], "required": "on"}
    assert client_of(world.team).post(url, data).status_code == 302
    shown = client_of(world.team).get(f"/kelola/pemutakhiran/pertanyaan/{made.key}/").content.decode()
    assert "Bahasa layanan" in shown


def test_answered_on_the_phone_and_written_to_the_record(
    world: World, round_: Round, names: list[str]
) -> None:
    bundle = said(world, round_)
    value = item_of(bundle, APP).answers[KEY]["value"]
    assert value == dict(zip(names, ["Dayak", False, ["QRIS"], 2], strict=True))
    asked = sheet(bundle, item=item_of(bundle, APP).pk).items[0].asked
    words = next(one.words for one in asked if one.question.key == KEY)
    assert words == ["Bahasa layanan: Dayak", "Ada cadangan: tidak", "Cara bayar: QRIS", "Jumlah server: 2"]
    assert asked[-1].question.text == "Kenapa belum ada?"  # no spare copy was said just now
    fill(bundle, world)
    answering.submit(bundle=bundle, by=actor(world.operator))
    world.first.refresh_from_db()
    assert world.first.extra == {
        "bahasa_layanan": "Dayak", "ada_cadangan": False, "cara_bayar": ["QRIS"], "jumlah_server": 2,
    }  # fmt: skip
    source = ValueSource.objects.get(application=world.first, field=names[0])
    assert (source.stated_by, source.source) == ("Dinas Contoh", round_.title)


def test_what_the_record_knows_is_shown_and_confirmed(world: World, round_: Round, names: list[str]) -> None:
    set_values(application=world.first, values={names[0]: "Indonesia"}, by=world.by, provenance=PROVENANCE)
    phone = Phone(world, round_)
    page = phone.get(f"{phone.item(APP).pk}/{KEY}/").content.decode()
    assert re.search(r'value="Indonesia"[^>]* checked', page)
    assert "Masih benar seperti tercatat" in page
    phone.tap(APP, "benar", KEY)
    assert item_of(phone.bundle, APP).answers[KEY]["say"] == Say.SAME


@pytest.mark.parametrize(
    ("part", "value"), [("bahasa_layanan", "Latin"), ("ada_cadangan", "mungkin"), ("jumlah_server", "dua")]
)
def test_what_an_attribute_cannot_hold_is_said(world: World, round_: Round, part: str, value: str) -> None:
    phone = Phone(world, round_)
    answer = phone.say(APP, KEY, **{f"extra-{part}": value})
    assert answer.status_code == 400
    assert KEY not in item_of(phone.bundle, APP).answers


def test_offline_and_back(world: World, round_: Round, names: list[str]) -> None:
    bundle = world.bundle(round_)
    file = File(bundle)
    texts = ["dayak", "Ya", "tunai; QRIS", 3]
    for name, text in zip(names, texts, strict=True):
        file.write(APP, KEY, text, name)
    done = take_workbook(bundle=bundle, data=file.data(), by=actor(world.operator))
    assert (done.saved, done.problems) == (1, [])
    value = item_of(bundle, APP).answers[KEY]["value"]
    assert value == dict(zip(names, ["Dayak", True, ["Tunai", "QRIS"], 3], strict=True))
    again = File(bundle)
    cells = [again.page[f"F{again.row(APP, KEY, name)}"].value for name in names]
    assert cells == ["Dayak", "ya", "Tunai\nQRIS", "3"]


def test_a_word_that_is_no_choice_is_named_by_its_row(world: World, round_: Round, names: list[str]) -> None:
    bundle = world.bundle(round_)
    file = File(bundle)
    file.write(APP, KEY, "Latin", names[0])
    done = take_workbook(bundle=bundle, data=file.data(), by=actor(world.operator))
    assert [(one.row, one.why) for one in done.problems] == [
        (file.row(APP, KEY, names[0]), "Latin tidak ada di daftar pilihan.")
    ]


def test_own_choices_go_offline_and_back(world: World) -> None:
    made = copy_set(question_set=QuestionSet.objects.get(key="pendek"), title="Sendiri", by=world.by)
    choices = [["a", "Ada"], ["t", "Tidak ada"]]
    for text, kind, given in (("Ada server?", "choice", choices), ("Siap?", "yes_no", [])):
        values = {"text": text, "kind": "own", "own_kind": kind, "choices": given}
        add_question(question_set=made, values=values, by=world.by)
    bundle = world.bundle(world.sent(key=made.key))
    file = File(bundle)
    file.write(APP, "ada-server", "tidak ADA")
    file.write(APP, "siap", "Ya")
    done = take_workbook(bundle=bundle, data=file.data(), by=actor(world.operator))
    assert done.problems == []
    found = item_of(bundle, APP).answers
    assert (found["ada-server"]["value"], found["siap"]["value"]) == ({"value": "t"}, {"value": "ya"})
    again = File(bundle)
    assert again.page[f"F{again.row(APP, 'ada-server')}"].value == "Tidak ada"


def test_the_table_may_name_them(world: World, names: list[str], tmp_path: Path) -> None:
    def write(name: str) -> None:
        row = f"coba,1,bahasa,field,{name},,,Bahasanya?,,{name} belum_diketahui,ya"
        (tmp_path / "questions.csv").write_text(",".join(QUESTIONS) + f"\n{row}\n")

    (tmp_path / "question_sets.csv").write_text("kunci,judul,berlaku_sejak,dasar\ncoba,Coba,2026-01-01,Uji\n")
    write(names[0])
    load_questions(tmp_path, by=world.by, report=Report())
    row = QuestionSet.objects.get(key="coba").questions.get()
    assert row.fields == [names[0]]
    assert row.condition == [{"field": names[0], "op": "unknown", "value": [""]}]
    write("extra.tidak_ada")
    with pytest.raises(TableError):
        load_questions(tmp_path, by=world.by, report=Report())


def test_they_cost_one_query_for_a_whole_set(world: World, round_: Round) -> None:
    bundle = world.bundle(round_)
    with CaptureQueriesContext(connection) as queries:
        sheet(bundle)
    attributes = [one for one in queries.captured_queries if "registry_applications_attribute" in one["sql"]]
    assert len(attributes) == 1


def test_a_condition_on_an_attribute_compares_what_the_record_holds(world: World) -> None:
    """'ya' of a table is True in the record, '5' is 5; an attribute that nobody added is named."""
    for key, kind in (("daring", "yes_no"), ("kantor", "number")):
        AttributeDefinition.objects.create(key=key, label=key, kind=kind)
    errors: list[RowError] = []
    row = Row("questions.csv", 2, {"syarat": ""})
    assert _condition(row, "extra.daring adalah ya", errors)["value"] == [True]
    assert _condition(row, "extra.kantor adalah 5|6", errors)["value"] == [5, 6]
    assert errors == []
    _condition(row, "extra.tidak-ada adalah ya", errors)
    assert [one.column for one in errors] == ["syarat"]
