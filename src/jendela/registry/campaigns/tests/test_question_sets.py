"""Question sets on screen: looked at, copied, the copy changed; what was asked stays."""

from typing import Any

import pytest
from tests.people import client_of

from jendela.registry.campaigns.actions import question_sets as actions
from jendela.registry.campaigns.answers import most_asked
from jendela.registry.campaigns.models import Bundle, Question, QuestionSet, Round
from jendela.registry.campaigns.reads.sheet import questions_of
from jendela.registry.campaigns.tests.test_screens import FORM
from jendela.registry.campaigns.tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
HOME = "/kelola/pemutakhiran/pertanyaan/"
WORDS = {"text": "Siapa penanggung jawab keamanannya?", "required": "on", "condition": ""}


def original(key: str = "pendek") -> QuestionSet:
    return QuestionSet.objects.get(key=key)


def copied(world: World, key: str = "pendek") -> QuestionSet:
    return actions.copy_set(question_set=original(key), title="Putaran kedua", by=world.by)


def words_of(row: QuestionSet) -> list[str]:
    return [one.text for one in questions_of(row.pk)]


@pytest.mark.parametrize("who", ["operator", "head", "other_operator"])
def test_only_who_runs_rounds_sees_them(world: World, who: str) -> None:
    made = copied(world)
    client = client_of(getattr(world, who))
    for tail in ("", "pendek/", "pendek/salin/", f"{made.key}/isian/", f"{made.key}/ubah/dipakai/"):
        assert client.get(f"{HOME}{tail}").status_code == 404
    assert client.post(f"{HOME}{made.key}/buang/").status_code == 404
    assert QuestionSet.objects.filter(pk=made.pk).exists()


def test_a_set_is_shown_with_its_conditions_in_words(world: World) -> None:
    client = client_of(world.team)
    assert "Paling banyak 12 pertanyaan untuk satu aplikasi, dari 13." in client.get(HOME).content.decode()
    page = client.get(f"{HOME}putaran-pertama/").content.decode()
    assert "hanya bila “Masih dipakai?” dijawab" in page
    assert "dijawab selain" in page
    assert "Kumpulan bawaan tidak diubah di sini" in page
    assert "lakukan" not in page


def test_copied_and_changed_the_original_stays(world: World) -> None:
    client = client_of(world.team)
    before = words_of(original())
    answer = client.post(f"{HOME}pendek/salin/", {"title": "Putaran kedua"})
    assert answer.status_code == 302
    made = QuestionSet.objects.get(key="putaran-kedua")
    assert words_of(made) == before
    given = {**WORDS, "text": "Masih dipakai sehari-hari?", "hint": "Pilih satu."}
    assert client.post(f"{HOME}{made.key}/ubah/dipakai/", given).status_code == 302
    client.post(f"{HOME}{made.key}/urutan/biaya/", {"lakukan": "naik"})
    client.post(f"{HOME}{made.key}/urutan/pengelola/", {"lakukan": "hapus"})
    assert words_of(made) == ["Masih dipakai sehari-hari?", "Berapa biayanya tahun ini?"]
    assert words_of(original()) == before


def test_a_name_that_is_taken_is_said(world: World) -> None:
    answer = client_of(world.team).post(f"{HOME}pendek/salin/", {"title": original().title})
    assert answer.status_code == 400
    assert "Nama ini sudah dipakai kumpulan lain." in answer.content.decode()


def test_what_a_round_asked_cannot_be_changed(world: World) -> None:
    made = copied(world)
    world.sent(key=made.key)
    client = client_of(world.team)
    page = client.get(f"{HOME}{made.key}/").content.decode()
    assert "Sudah dipakai sebuah putaran, jadi tidak dapat diubah" in page
    assert f"{HOME}{made.key}/salin/" in page
    for tail, data in (
        ("ubah/dipakai/", WORDS),
        ("urutan/biaya/", {"lakukan": "hapus"}),
        ("sendiri/", {**WORDS, "own_kind": "text"}),
    ):
        answer = client.post(f"{HOME}{made.key}/{tail}", data)
        assert answer["Location"].endswith("berhenti=terkunci")
    client.post(f"{HOME}{made.key}/buang/")
    assert words_of(made) == words_of(original())


def test_a_set_of_the_table_cannot_be_changed(world: World) -> None:
    with pytest.raises(actions.CannotChangeError):
        actions.remove_question(question=original().questions.get(key="biaya"), by=world.by)


def test_an_own_question_and_one_that_depends_on_it(world: World) -> None:
    made = copied(world)
    client = client_of(world.team)
    choices = {"own_kind": "choice", "choices": "Ada\nTidak ada\n\n"}
    assert client.post(f"{HOME}{made.key}/sendiri/", {**WORDS, **choices}).status_code == 302
    first = made.questions.get(own_kind="choice")
    assert first.choices == [["Ada", "Ada"], ["Tidak ada", "Tidak ada"]]
    word = f"answer:{first.key}:in:0"
    page = client.get(f"{HOME}{made.key}/sendiri/").content.decode()
    assert f'value="{word}"' in page
    later = {**WORDS, "text": "Siapa namanya?", "own_kind": "text", "condition": word}
    client.post(f"{HOME}{made.key}/sendiri/", later)
    second = made.questions.get(own_kind="text")
    assert second.condition == [{"answer": first.key, "op": "in", "value": ["Ada"]}]
    for act in ("hapus", "turun"):
        answer = client.post(f"{HOME}{made.key}/urutan/{first.key}/", {"lakukan": act})
        assert answer["Location"].endswith("berhenti=syarat")
    fewer = client.post(f"{HOME}{made.key}/ubah/{first.key}/", {**WORDS, "choices": "Tidak ada\nLain"})
    assert fewer.status_code == 400
    assert "bergantung pada pilihan yang dihapus" in fewer.content.decode()
    assert [one.key for one in questions_of(made.pk)][-2:] == [first.key, second.key]


@pytest.mark.parametrize(
    ("tail", "data", "words"),
    [
        ("sendiri/", {"text": ""}, "Tulis pertanyaannya."),
        ("sendiri/", {"own_kind": ""}, "Pilih satu dari daftar."),
        ("sendiri/", {"own_kind": "choice", "choices": "Ada"}, "Tulis sedikitnya dua pilihan."),
        ("sendiri/", {"own_kind": "text", "condition": "answer:x:in:0"}, "Pilih satu dari daftar."),
        ("isian/", {"kind": "field"}, "Centang isian yang ditanyakan."),
        ("isian/", {"kind": "uses", "record": ["url"]}, "Ada isian yang dicentang"),
        ("isian/", {"kind": "field", "record": ["state"]}, "Pilih satu dari daftar."),
    ],
)
def test_what_cannot_be_is_said(world: World, tail: str, data: dict[str, str], words: str) -> None:
    made = copied(world)
    answer = client_of(world.team).post(f"{HOME}{made.key}/{tail}", {**WORDS, **data})
    assert answer.status_code == 400
    assert words in answer.content.decode()
    assert made.questions.count() == original().questions.count()


def test_fields_of_the_register_and_rows_can_be_asked(world: World) -> None:
    made = copied(world)
    client = client_of(world.team)
    client.post(f"{HOME}{made.key}/isian/", {**WORDS, "kind": "field", "record": ["url", "hosting"]})
    client.post(f"{HOME}{made.key}/isian/", {**WORDS, "kind": "uses"})
    asked = questions_of(made.pk)[-2:]
    assert [(one.kind, one.fields) for one in asked] == [("field", ["url", "hosting"]), ("uses", [])]


def test_a_thirteenth_question_is_stopped(world: World) -> None:
    made = copied(world, "putaran-pertama")
    values = {"text": "Satu lagi?", "kind": "own", "own_kind": "text"}
    with pytest.raises(actions.TooManyError):
        actions.add_question(question_set=made, values=values, by=world.by)
    answer = client_of(world.team).post(f"{HOME}{made.key}/sendiri/", {**WORDS, "own_kind": "text"})
    assert "lebih dari 12 pertanyaan" in answer.content.decode()
    dead = {**values, "condition": [{"field": "state", "op": "in", "value": ["mati"]}]}
    actions.add_question(question_set=made, values=dead, by=world.by)  # asked instead of others
    assert made.questions.count() == 14


def test_a_set_of_the_table_with_too_many_can_still_be_made_shorter(world: World) -> None:
    made = copied(world)
    more = [
        Question(question_set=made, key=f"q-{number}", kind="own", own_kind="text", text="?", position=number)
        for number in range(10, 22)
    ]
    Question.objects.bulk_create(more)  # fifteen
    actions.change_question(question=more[0], values={"text": "Apa?"}, by=world.by)
    actions.move_question(question=more[1], up=True, by=world.by)
    actions.remove_question(question=more[2], by=world.by)
    assert made.questions.count() == 14
    values = {"text": "Satu lagi?", "kind": "own", "own_kind": "text"}
    with pytest.raises(actions.TooManyError):
        actions.add_question(question_set=made, values=values, by=world.by)


def test_a_round_without_a_question_is_not_sent(world: World) -> None:
    made = copied(world)
    row = world.round(key=made.key)
    for one in questions_of(made.pk)[::-1]:
        actions.remove_question(question=one, by=world.by)
    client = client_of(world.team)
    page = client.post(f"/kelola/pemutakhiran/{row.slug}/kirim/", follow=True).content.decode()
    assert "Kumpulan pertanyaannya kosong." in page
    assert not Bundle.objects.exists()
    assert f'value="{made.key}"' not in client.get("/kelola/pemutakhiran/baru/").content.decode()


def test_most_counts_what_is_asked_together() -> None:
    def question(key: str, *condition: Any) -> Question:
        return Question(key=key, condition=list(condition))

    yes = {"answer": "a", "op": "in", "value": ["ya"]}
    no = {"answer": "a", "op": "not_in", "value": ["ya"]}
    unknown = {"field": "url", "op": "unknown", "value": [""]}
    known = {"field": "url", "op": "known", "value": [""]}
    assert most_asked([]) == 0
    assert most_asked([question("a"), question("b", yes), question("c", yes), question("d", no)]) == 3
    assert most_asked([question("a", unknown), question("b", known), question("c", yes, known)]) == 2


def test_a_copy_can_be_chosen_for_a_round_and_thrown_away_without_one(world: World) -> None:
    made, other = copied(world), copied(world)
    client = client_of(world.team)
    assert f'value="{made.key}"' in client.get("/kelola/pemutakhiran/baru/").content.decode()
    client.post("/kelola/pemutakhiran/baru/", {**FORM, "question_set": made.key})
    assert Round.objects.get().question_set == made
    client.post(f"{HOME}{other.key}/buang/")
    assert client.post(f"{HOME}{made.key}/buang/")["Location"].endswith("berhenti=dipakai")
    assert set(QuestionSet.objects.exclude(made_by="")) == {made}
