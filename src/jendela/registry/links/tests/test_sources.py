"""Rules of the right source and how far links follow them."""

import datetime
from typing import Any

import pytest
from tests.people import agency

from jendela.common.audit import SYSTEM
from jendela.common.dates import today
from jendela.registry.applications.models import Application
from jendela.registry.datasets.models import Dataset, Element, StandardElement
from jendela.registry.datasets.tests.world import application, dataset
from jendela.registry.links import actions, reads
from jendela.registry.links.models import SourceRule

pytestmark = pytest.mark.django_db


@pytest.fixture
def nik() -> StandardElement:
    return StandardElement.objects.create(code="nik", name="NIK", definition="x", citation="x")


def link(source: Application, target: Application, **values: Any) -> None:
    given: dict[str, Any] = {
        "data": "NIK",
        "method": "api",
        "declared_by": source.owner,
        "declared_words": "x",
    } | values
    actions.declare_link(source=source, target=target, by=SYSTEM, **given)


def rule(right: Application, **values: Any) -> SourceRule:
    given: dict[str, Any] = {
        "words": "Kependudukan",
        "valid_from": today(),
        "citation": "UU 24/2013",
    } | values
    return actions.put_rule(application=right, by=SYSTEM, **given)


def holding(holder: Application, element: StandardElement, **values: Any) -> Dataset:
    row = dataset("Penduduk", holder, **values)
    Element.objects.create(dataset=row, name="nik", standard=element)
    return row


def test_without_a_rule_there_is_no_opinion(nik: StandardElement) -> None:
    right, target = application("SIAK", agency("dukcapil")), application("Gizi", agency("dinkes"))
    link(right, target, dataset=holding(right, nik))
    assert reads.right_source_shares() == []


def test_shares_by_element_with_numerator_and_denominator(nik: StandardElement) -> None:
    right, copy = application("SIAK", agency("dukcapil")), application("Salinan", agency("kominfo"))
    target = application("Gizi", agency("dinkes"))
    rule(right, element=nik)
    link(right, target, dataset=holding(right, nik))
    link(copy, target, dataset=holding(copy, nik))
    link(copy, target, data="lain")  # says nothing of what it carries: no opinion
    link(copy, right, dataset=Dataset.objects.get(application=copy))  # feeds the right source: no opinion
    (share,) = reads.right_source_shares()
    assert (share.agency, share.right, share.all) == ("dinkes", 1, 2)


def test_a_topic_holds_for_what_is_below_it() -> None:
    right, target = application("SIAK", agency("dukcapil")), application("Gizi", agency("dinkes"))
    rule(right, topic="RAD.01")
    link(right, target, dataset=dataset("Penduduk", right, topic="RAD.01.02"))
    assert [(one.right, one.all) for one in reads.right_source_shares()] == [(1, 1)]


def test_only_suggested_columns_carry_nothing(nik: StandardElement) -> None:
    right, target = application("SIAK", agency("dukcapil")), application("Gizi", agency("dinkes"))
    rule(right, element=nik)
    link(right, target, dataset=holding(right, nik))
    Element.objects.update(suggested=True)
    assert reads.right_source_shares() == []


def test_an_ended_rule_judged_before(nik: StandardElement) -> None:
    row = rule(application("SIAK"), element=nik, valid_from=today() - datetime.timedelta(days=10))
    actions.end_rule(rule=row, by=SYSTEM)
    assert reads.rules() == []
    assert [one.pk for one in reads.rules(today() - datetime.timedelta(days=5))] == [row.pk]
    young = rule(application("Lain"), element=nik)
    actions.end_rule(rule=young, by=SYSTEM)
    assert not SourceRule.objects.filter(pk=young.pk).exists()


def test_a_rule_is_of_an_element_or_of_a_topic(nik: StandardElement) -> None:
    right = application("SIAK")
    for values in ({}, {"element": nik, "topic": "RAD.01"}):
        with pytest.raises(ValueError, match="element"):
            rule(right, **values)


def test_statements_do_not_grow(nik: StandardElement, django_assert_num_queries: Any) -> None:
    right = application("SIAK", agency("dukcapil"))
    rule(right, element=nik)
    held = holding(right, nik)
    for one in range(6):
        link(right, application(f"T{one}", agency(f"dinas-{one}")), dataset=held)
    with django_assert_num_queries(4):
        assert len(reads.right_source_shares()) == 6
