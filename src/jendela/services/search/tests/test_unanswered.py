"""What residents did not find: newest days first, most asked first, and nothing that was answered."""

import datetime

import pytest
from pytest_django import DjangoAssertNumQueries

from jendela.common.dates import today
from jendela.services.search.models import QueryCount
from jendela.services.search.reads import unanswered

pytestmark = pytest.mark.django_db


def asked(query: str, count: int, *, days_ago: int = 0, confident: bool = False) -> None:
    day = today() - datetime.timedelta(days=days_ago)
    QueryCount.objects.create(query=query, day=day, count=count, confident=confident)


def test_order_and_limit(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    asked("lama", 100, days_ago=1)
    asked("jarang", 1)
    asked("sering", 9)
    asked("terjawab", 50, confident=True)
    with django_assert_num_queries(1):
        assert [row.query for row in unanswered()] == ["sering", "jarang", "lama"]
    assert [row.query for row in unanswered(limit=1)] == ["sering"]
