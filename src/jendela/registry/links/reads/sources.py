"""Rules of the right source, and how far links follow them."""

import datetime
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q

from jendela.common.dates import today
from jendela.people.agencies.models import Agency
from jendela.registry.datasets.models import Element
from jendela.registry.links.models import SourceRule
from jendela.registry.links.reads.lists import standing


@dataclass(frozen=True)
class Share:
    """Of the links by which an agency gets ruled data, how many come from the right source. A link that carries two
    ruled things counts twice."""

    agency: str
    agency_slug: str
    right: int
    all: int


def rules(day: datetime.date | None = None, *, ended: bool = False) -> list[SourceRule]:
    """Rules in force on a day (or all), by their words, with applications and owners: one query."""
    rows = SourceRule.objects.select_related("application__owner", "element").order_by("words", "pk")
    return list(rows if ended else rows.filter(in_force(day or today())))


def in_force(day: datetime.date) -> Q:
    return Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gte=day))


def rule(number: int) -> SourceRule | None:
    return SourceRule.objects.select_related("application__owner", "element").filter(pk=number).first()


def right_source_shares(day: datetime.date | None = None) -> list[Share]:
    """By the agency that gets the data, the least right first. A link without a dataset, or whose dataset carries
    nothing ruled, gives no opinion; so does one that feeds the right source itself. Four queries."""
    standing_rules = rules(day)
    if not standing_rules:
        return []
    elements = {one.element_id for one in standing_rules if one.element_id}
    topics = [one for one in standing_rules if one.topic]
    carried: dict[int, set[str]] = defaultdict(set)
    pairs = Element.objects.filter(standard__in=elements, suggested=False).values_list("dataset", "standard")
    for dataset, code in pairs:
        carried[dataset].add(str(code))
    wanted = Q(dataset__in=list(carried))
    for one in topics:
        wanted |= Q(dataset__topic__startswith=one.topic)
    numbers: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    rows = standing().filter(wanted, dataset__isnull=False)
    fields = ("source_id", "target_id", "target__owner_id", "dataset_id", "dataset__topic")
    for source, target, owner, dataset, topic in rows.values_list(*fields):
        for one in standing_rules:
            applies = (
                one.element_id in carried[dataset]
                if one.element_id
                else bool(one.topic and topic.startswith(one.topic))
            )
            if applies and target != one.application_id:
                numbers[owner][1] += 1
                numbers[owner][0] += source == one.application_id
    agencies = Agency.objects.in_bulk(list(numbers))
    found = [
        Share(agencies[key].short_name, agencies[key].slug, right, total)
        for key, (right, total) in numbers.items()
    ]
    return sorted(found, key=lambda one: (one.right / one.all, -one.all, one.agency))
