"""A change of words on the real data: what the trial shows is what happens once it is kept."""

from collections.abc import Iterator, Sequence
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from tests.people import member

from jendela.common.audit import SYSTEM, Actor
from jendela.common.dates import today
from jendela.common.models import AuditEntry, OutboxEvent
from jendela.common.tables import Report, TableError
from jendela.services.catalogue.choices import WordKind
from jendela.services.catalogue.models import Correction, Service, ServiceWord
from jendela.services.search import actions, imports, reads
from jendela.services.search.choices import ChangeKind, ChangeState, Kind, Origin, QueryState
from jendela.services.search.models import QueryCount, QueryMark, TestQuery, Topic, Variant, WordChange
from jendela.services.search.norm import norm
from jendela.services.search.reads import asking, trial
from jendela.services.search.reads.words import words_of

NEW = "ngasak tumbung gawai"  # words that no vocabulary knows
LOST_CARD = "penggantian-ktp-elektronik-hilang"
BIRTH = "service/pencatatan-kelahiran"


@pytest.fixture(autouse=True)
def searchable(region: None) -> Iterator[None]:
    actions.refresh_documents()
    reads.forget()
    yield
    reads.forget()


def service(slug: str = LOST_CARD) -> Service:
    return Service.objects.get(slug=slug)


def with_phrase(*phrases: str) -> dict[str, list[str]]:
    words = words_of(service())
    words[WordKind.PHRASE] += phrases
    return words


def tried(after: dict[str, list[str]], *, query: str = "", by: Actor = SYSTEM) -> WordChange:
    return actions.try_change(kind=ChangeKind.WORDS, target=LOST_CARD, after=after, by=by, query=query)


def ranks(now: asking.Ready, queries: Sequence[str]) -> list[tuple[list[tuple[str, float]], bool]]:
    found = []
    for query in queries:
        _answer, sure, hits = asking.find(now, query, limit=10)
        found.append(([(hit.item.key, round(hit.score, 4)) for hit in hits[:10]], sure))
    return found


def same_after_saving(change: trial.Change, row: WordChange) -> None:
    queries = [NEW, "ktp ilang", *TestQuery.objects.order_by("pk").values_list("query", flat=True)[:60]]
    promised = ranks(trial.changed(change), queries)
    assert promised != ranks(reads.ready(), queries)
    actions.keep_change(number=row.pk, accept_harm=True, by=SYSTEM)
    actions.refresh_documents()  # the job that the change has asked for
    reads.rebuild()
    assert ranks(reads.ready(), queries) == promised


def test_the_trial_of_words_is_what_comes() -> None:
    after = with_phrase(NEW)
    same_after_saving(trial.Change(ChangeKind.WORDS, LOST_CARD, after), tried(after))
    assert reads.search(NEW).results[0].slug == LOST_CARD


def test_the_trial_of_fewer_words_is_what_comes() -> None:
    after = {WordKind.PHRASE.value: [NEW], WordKind.KEYWORD.value: [], WordKind.ENGLISH.value: []}
    row = tried(after)
    assert row.harmed > 0
    same_after_saving(trial.Change(ChangeKind.WORDS, LOST_CARD, after), row)


def test_the_trial_of_a_meaning_is_what_comes() -> None:
    after = {"makna": ["akta kelahiran"], "bahasa": ["banjar"]}
    row = actions.try_change(kind=ChangeKind.MEANING, target="ngasak", after=after, by=SYSTEM)
    same_after_saving(trial.Change(ChangeKind.MEANING, "ngasak", after), row)
    variant = Variant.objects.get(form="ngasak")
    assert (variant.meaning, variant.language, variant.by_hand) == ("akta kelahiran", "banjar", True)
    actions.undo_change(number=row.pk, by=SYSTEM)
    assert not Variant.objects.filter(form="ngasak").exists()


def test_the_trial_of_a_topic_is_what_comes() -> None:
    topic = Topic.objects.filter(kind=Kind.ELSEWHERE).order_by("name")[0]
    after = {"ungkapan": [NEW]}
    row = actions.try_change(kind=ChangeKind.TOPIC, target=topic.key, after=after, by=SYSTEM)
    same_after_saving(trial.Change(ChangeKind.TOPIC, topic.key, after), row)
    assert reads.search(NEW).elsewhere == topic.key
    actions.undo_change(number=row.pk, by=SYSTEM)
    topic.refresh_from_db()
    assert topic.added == ""


def test_trying_changes_nothing_and_is_quick() -> None:
    before = words_of(service()), list(ServiceWord.objects.order_by("pk").values_list("pk", flat=True))
    found = ranks(reads.ready(), ["ktp ilang"])
    row = tried(with_phrase(NEW))
    assert (
        words_of(service()),
        list(ServiceWord.objects.order_by("pk").values_list("pk", flat=True)),
    ) == before
    assert ranks(reads.ready(), ["ktp ilang"]) == found
    assert row.state == ChangeState.TRIED
    assert row.report["seconds"] < 8  # 1.3 on an idle machine


def test_harm_needs_to_be_known() -> None:
    after: dict[str, list[str]] = {kind: [] for kind in WordKind.values}
    row = tried(after)
    assert row.harmed == row.report["worse_count"] > 0
    worse = row.report["worse"][0]
    assert {"query", "wanted", "before", "after"} <= set(worse)
    with pytest.raises(actions.HarmNotAcceptedError):
        actions.keep_change(number=row.pk, accept_harm=False, by=SYSTEM)
    assert words_of(service())[WordKind.PHRASE]
    actions.keep_change(number=row.pk, accept_harm=True, by=SYSTEM)
    assert words_of(service()) == after


def test_totals_and_places_are_those_of_the_search() -> None:
    tests = [(row.query, tuple(row.wanted)) for row in TestQuery.objects.order_by("pk")[:80]]
    now = reads.ready()
    report, answered = reads.compare(now, now, tests=tests, asked=["ktp ilang"])
    places = []
    for query, wanted in tests:
        keys = [f"{one.kind}/{one.slug}" for one in reads.search(query, limit=10).results]
        places.append(next((place for place, key in enumerate(keys, 1) if key in wanted), 0))
    assert report.before == report.after
    assert report.before.first == sum(place == 1 for place in places)
    assert report.before.three == sum(1 <= place <= 3 for place in places)
    assert (report.better, report.worse, report.asked_better, answered) == ([], [], [], [])


def test_a_better_place_is_seen_and_the_query_of_residents_is_done() -> None:
    QueryCount.objects.create(query=NEW, norm=norm(NEW), day=today(), count=4, confident=False)
    actions.add_test_query(query=NEW, wanted=[f"service/{LOST_CARD}"], by=SYSTEM)
    row = tried(with_phrase(NEW), query=NEW)
    better = {one["query"]: one for one in row.report["better"]}
    assert better[NEW]["before"]["place"] == 0
    assert better[NEW]["after"]["place"] == 1
    assert NEW in row.report["answered"]
    actions.keep_change(number=row.pk, accept_harm=True, by=SYSTEM)
    assert QueryMark.objects.get(norm=norm(NEW)).state == QueryState.DONE
    assert reads.count_open(None) == 0
    actions.undo_change(number=row.pk, by=SYSTEM)
    assert reads.count_open(None) == 1


def test_undo_brings_the_words_back_and_all_is_on_record() -> None:
    user = member("administrator")
    before = words_of(service())
    row = tried(with_phrase(NEW), by=Actor(user.name, user=user))
    events = OutboxEvent.objects.count()
    actions.keep_change(number=row.pk, accept_harm=True, by=Actor(user.name, user=user))
    assert OutboxEvent.objects.count() == events + 1
    assert service().taken_over_at is not None
    assert Correction.objects.filter(service=service(), text__contains="kata warga").count() == 1
    assert words_of(service())[WordKind.PHRASE][-1] == NEW
    actions.undo_change(number=row.pk, by=SYSTEM)
    assert words_of(service()) == before
    assert list(
        AuditEntry.objects.filter(action__startswith="search.")
        .order_by("pk")
        .values_list("action", flat=True)
    ) == ["search.try_change", "search.keep_change", "search.undo_change"]
    with pytest.raises(actions.ChangedMeanwhileError):
        actions.undo_change(number=row.pk, by=SYSTEM)


def test_words_changed_meanwhile_are_not_overwritten() -> None:
    first, second = tried(with_phrase(NEW)), tried(with_phrase("lain lagi"))
    actions.keep_change(number=first.pk, accept_harm=True, by=SYSTEM)
    with pytest.raises(actions.ChangedMeanwhileError):
        actions.keep_change(number=second.pk, accept_harm=True, by=SYSTEM)
    assert "lain lagi" not in words_of(service())[WordKind.PHRASE]
    third = tried(with_phrase("lain lagi"))
    actions.keep_change(number=third.pk, accept_harm=True, by=SYSTEM)
    with pytest.raises(actions.ChangedMeanwhileError):
        actions.undo_change(number=first.pk, by=SYSTEM)
    actions.cancel_change(number=second.pk, by=SYSTEM)
    second.refresh_from_db()
    assert second.state == ChangeState.CANCELLED


def test_loading_the_data_set_again_keeps_what_editors_wrote() -> None:
    change = tried(with_phrase(NEW))
    actions.keep_change(number=change.pk, accept_harm=True, by=SYSTEM)
    meaning = actions.try_change(
        kind=ChangeKind.MEANING, target="ngasak", after={"makna": ["mengurus"]}, by=SYSTEM
    )
    actions.keep_change(number=meaning.pk, accept_harm=True, by=SYSTEM)
    topic = Topic.objects.filter(kind=Kind.ELSEWHERE).order_by("name")[0]
    other = actions.try_change(kind=ChangeKind.TOPIC, target=topic.key, after={"ungkapan": [NEW]}, by=SYSTEM)
    actions.keep_change(number=other.pk, accept_harm=True, by=SYSTEM)
    own = actions.add_test_query(query=NEW, wanted=[BIRTH], by=SYSTEM)
    dropped = TestQuery.objects.filter(origin=Origin.TUNING)[0]
    actions.drop_test_query(number=dropped.pk, by=SYSTEM)
    number = TestQuery.objects.count()
    call_command("load_kotim", "--again", stdout=StringIO())
    assert words_of(service())[WordKind.PHRASE][-1] == NEW
    assert Variant.objects.filter(form="ngasak", by_hand=True).exists()
    assert Topic.objects.get(name=topic.name).added == NEW
    assert TestQuery.objects.get(query=NEW).wanted == own.wanted
    assert TestQuery.objects.get(query=dropped.query).active is False
    assert TestQuery.objects.count() == number


def test_the_held_out_set_is_not_loaded() -> None:
    origins = set(TestQuery.objects.values_list("origin", flat=True))
    assert origins == {Origin.EXAMPLE, Origin.TUNING}
    assert TestQuery.objects.count() == 553
    assert TestQuery.objects.filter(wanted=[]).count() == 66
    slugs = {f"service/{slug}" for slug in Service.objects.values_list("slug", flat=True)}
    assert {key for row in TestQuery.objects.all() for key in row.wanted} <= slugs


def test_a_test_query_of_a_service_that_is_gone_is_left_out(tmp_path: Path) -> None:
    table = tmp_path / "uji_pencarian.csv"
    table.write_text(
        "kueri,layanan_nama,asal,catatan\n"
        "ada,Penggantian KTP elektronik hilang|Layanan lama,contoh,\n"
        "lama,Layanan lama,contoh,\n"
        "bukan,,contoh,\n",
        encoding="utf-8",
    )
    report = Report()
    rows = imports._test_queries(table, report)
    assert [(row.query, row.wanted) for row in rows] == [("ada", [f"service/{LOST_CARD}"]), ("bukan", [])]
    assert report.notes == ["uji_pencarian.csv: kueri uji dilewati, layanannya tidak ada: lama"]
    table.write_text("kueri,layanan_nama,asal,catatan\nada,,rusak,\n", encoding="utf-8")
    with pytest.raises(TableError, match=r"uji_pencarian\.csv baris 2, kolom asal"):
        imports._test_queries(table, report)
