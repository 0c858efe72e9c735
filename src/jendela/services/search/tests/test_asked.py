"""What residents asked: merged by meaning, most asked first, within the agencies one may see."""

import datetime

import pytest
from pytest_django import DjangoAssertNumQueries
from tests.people import agency

from jendela.common.audit import SYSTEM
from jendela.common.dates import today
from jendela.services.catalogue.choices import RuleScope
from jendela.services.catalogue.models import Service
from jendela.services.search import actions, reads
from jendela.services.search.choices import QueryState
from jendela.services.search.models import QueryCount
from jendela.services.search.norm import norm
from jendela.services.search.privacy import UNKNOWN

pytestmark = pytest.mark.django_db


def asked(query: str, count: int, *, days_ago: int = 0, confident: bool = False, near: str = "") -> None:
    day = today() - datetime.timedelta(days=days_ago)
    QueryCount.objects.create(
        query=query,
        norm=norm(query),
        day=day,
        count=count,
        confident=confident,
        top_kind="service" if near else "",
        top_key=near,
    )


def service(slug: str, owner: str) -> Service:
    number = Service.objects.count() + 1
    return Service.objects.create(
        number=number, slug=slug, name=slug, owner=agency(owner), rule_scope=RuleScope.REGENCY
    )


def queries(page: reads.AskedPage) -> list[str]:
    return [row.query for row in page.rows]


def test_newest_days_first_for_the_plain_list(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    asked("lama", 100, days_ago=1)
    asked("jarang", 1)
    asked("sering", 9)
    asked("terjawab", 50, confident=True)
    with django_assert_num_queries(1):
        assert [row.query for row in reads.unanswered()] == ["sering", "jarang", "lama"]
    assert [row.query for row in reads.unanswered(limit=1)] == ["sering"]


def test_merged_over_days_and_forms(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    asked("izin perahu", 3)
    asked("perahu izin", 4, days_ago=2)
    asked("izin perahu", 2, days_ago=3)
    asked("ktp", 8)
    asked("lama sekali", 99, days_ago=40)
    asked("terjawab", 50, confident=True)
    asked(UNKNOWN, 70)
    with django_assert_num_queries(1):
        rows = reads.asked_page(agencies=None).rows
    assert [(row.query, row.times, sorted(row.forms)) for row in rows] == [
        ("perahu izin", 9, ["izin perahu", "perahu izin"]),
        ("ktp", 8, ["ktp"]),
    ]
    assert reads.unnamed() == 70
    assert reads.count_open(None) == 2


def test_rows_from_before_the_norm_was_kept() -> None:
    QueryCount.objects.create(query="izin perahu", day=today(), count=3, confident=False)
    assert queries(reads.asked_page(agencies=None)) == ["izin perahu"]
    found = reads.one_asked("izin perahu", agencies=None)
    assert found is not None
    assert found.times == 3


def test_pages_follow_each_other_without_gaps() -> None:
    names = ["aa", "bb", "cc", "dd", "ee", "ff", "gg"]
    for place, name in enumerate(names):
        asked(name, 5 if place < 4 else 2)
    seen: list[str] = []
    after = ""
    for _turn in range(4):
        page = reads.asked_page(agencies=None, after=after, size=2)
        seen += queries(page)
        after = page.next_key
    assert (seen, after) == (names, "")
    with pytest.raises(ValueError, match="invalid literal"):
        reads.asked_page(agencies=None, after="x.y")


def test_only_near_own_services_or_near_none() -> None:
    service("kapal", "Dinas Perhubungan")
    service("sekolah", "Dinas Pendidikan")
    asked("perahu", 3, near="kapal")
    asked("guru", 2, near="sekolah")
    asked("entah", 1)
    transport = agency("Dinas Perhubungan").pk
    assert queries(reads.asked_page(agencies={transport})) == ["perahu", "entah"]
    assert queries(reads.asked_page(agencies=None, owner=transport)) == ["perahu"]
    assert queries(reads.asked_page(agencies=frozenset())) == ["entah"]
    assert reads.count_open({transport}) == 2
    assert reads.one_asked("guru", agencies={transport}) is None


def test_done_is_open_again_when_asked_on_a_later_day() -> None:
    asked("perahu", 3, days_ago=2)
    mark = actions.mark_query(query="PERAHU!", state=QueryState.DONE, by=SYSTEM)
    assert reads.count_open(None) == 0
    assert queries(reads.asked_page(agencies=None, state=QueryState.DONE)) == ["perahu"]
    mark.until = today() - datetime.timedelta(days=1)
    mark.save()
    asked("perahu", 1)
    assert reads.count_open(None) == 1


def test_not_ours_stays_so_and_can_be_taken_back() -> None:
    asked("jodoh", 3)
    actions.mark_query(query="jodoh", state=QueryState.NOT_OURS, by=SYSTEM)
    asked("jodoh", 3, days_ago=1)
    assert reads.count_open(None) == 0
    assert queries(reads.asked_page(agencies=None, state="")) == ["jodoh"]
    assert actions.open_query(query="jodoh", by=SYSTEM) is True
    assert actions.open_query(query="jodoh", by=SYSTEM) is False
    assert reads.count_open(None) == 1


def test_counts_are_written_with_their_norm() -> None:
    actions.add_query_counts([(("hilang ktp", "0", "", ""), 2), (("ktp hilang", "0", "", ""), 1)])
    assert [(row.query, row.times) for row in reads.asked_page(agencies=None).rows] == [("hilang ktp", 3)]


def test_what_led_to_a_service() -> None:
    asked("perahu", 3, near="kapal")
    asked("perahu", 2, near="kapal", days_ago=1)
    asked("kapal", 9, near="kapal", confident=True)
    asked("guru", 9, near="sekolah", confident=True)
    assert [(one.query, one.times, one.confident) for one in reads.led_to("kapal")] == [
        ("kapal", 9, True),
        ("perahu", 5, False),
    ]
