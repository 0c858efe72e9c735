"""The facts about applications that are judged, gathered for a whole batch in a constant number of queries."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from jendela.common.dates import today
from jendela.registry.applications.choices import ApplicationState, UseState
from jendela.registry.applications.fields import FIELDS
from jendela.registry.applications.models import (
    BUSINESS,
    Application,
    ApplicationFunction,
    ApplicationPerson,
    ApplicationUse,
    Cost,
    Interface,
    LegalBasis,
)
from jendela.registry.applications.values import value_of
from jendela.registry.datasets.models import Dataset
from jendela.registry.links.choices import LinkState
from jendela.registry.links.models import StandAlone
from jendela.registry.links.reads import standing
from jendela.registry.probes import reads as probes
from jendela.registry.probes.reads import ProbeSummary


@dataclass(frozen=True)
class Facts:
    """What is known of one application on a day."""

    application: Application
    on: datetime.date
    known: frozenset[str]  # names of known fields, and '@people', '@functions' …
    people: int
    functions: int
    cost_year: int | None  # the newest year with a cost
    datasets: int
    described: int  # datasets with a description or definition
    links: int  # without planned ones and those that the other side denies
    broken: int  # links that are broken or stopped
    stands_alone: bool
    legal_bases: int
    uses: int
    probe: ProbeSummary | None


def gather(rows: Sequence[Application], on: datetime.date | None = None) -> list[Facts]:
    """Facts of these applications, in their order."""
    day, keys = on or today(), [row.pk for row in rows]
    people = _counted(ApplicationPerson.objects.filter(application__in=keys, until=None))
    functions = _counted(
        ApplicationFunction.objects.filter(
            application__in=keys, node__tree=BUSINESS, confirmed_at__isnull=False
        )
    )
    bases = _counted(LegalBasis.objects.filter(application__in=keys))
    uses = _counted(ApplicationUse.objects.filter(application__in=keys, state=UseState.CONFIRMED))
    years: dict[int, int] = {}
    for key, year in Cost.objects.filter(application__in=keys).values_list("application", "year"):
        years[key] = max(year, years.get(key, year))
    datasets, links = _datasets(keys), _links(keys)
    alone = set(
        StandAlone.objects.filter(application__in=keys, review_on__gte=day).values_list(
            "application", flat=True
        )
    )
    probed = probes.latest_for(keys)
    offering = _offering(keys) | alone
    found = []
    for row in rows:
        own, states = datasets.get(row.pk, (0, 0)), links.get(row.pk, [])
        parts = {
            "@people": people.get(row.pk), "@functions": functions.get(row.pk), "@costs": row.pk in years,
            "@datasets": own[0], "@links": states or row.pk in alone, "@legal_bases": bases.get(row.pk),
            # who uses a dead one is not asked, nor for an API of one that stands alone
            "@uses": uses.get(row.pk) or row.other_users or row.state == ApplicationState.DEAD,
            "@interfaces": row.pk in offering,
        }  # fmt: skip
        known = {field.name for field in FIELDS if field.is_known(value_of(row, field.name))}
        found.append(
            Facts(
                application=row,
                on=day,
                known=frozenset(known | {name for name, is_known in parts.items() if is_known}),
                people=people.get(row.pk, 0),
                functions=functions.get(row.pk, 0),
                cost_year=years.get(row.pk),
                datasets=own[0],
                described=own[1],
                links=len(states),
                broken=sum(state in (LinkState.BROKEN, LinkState.STOPPED) for state in states),
                stands_alone=row.pk in alone,
                legal_bases=bases.get(row.pk, 0),
                uses=uses.get(row.pk, 0),
                probe=probed.get(row.pk),
            )
        )
    return found


def _datasets(keys: Sequence[int]) -> dict[int, tuple[int, int]]:
    """How many an application holds, and how many of them are described."""
    described = Q(description__gt="") | Q(definition__gt="")
    rows = Dataset.objects.filter(application__in=keys).order_by().values_list("application")
    counted = rows.annotate(number=Count("pk"), told=Count("pk", filter=described))
    return {key: (number, told) for key, number, told in counted}


def _links(keys: Sequence[int]) -> dict[int, list[str]]:
    """States of the links of each."""
    links: dict[int, list[str]] = {}
    there = standing().exclude(state=LinkState.PLANNED).filter(Q(source__in=keys) | Q(target__in=keys))
    for source, target, state in there.values_list("source", "target", "state"):
        for key in (source, target):
            links.setdefault(key, []).append(state)
    return links


def _offering(keys: Sequence[int]) -> set[int]:
    """Those with an interface; one that stands alone with a reason is not asked for any."""
    return set(Interface.objects.filter(application__in=keys).values_list("application", flat=True))


def _counted(rows: QuerySet[Any]) -> dict[int, int]:
    return dict(rows.order_by().values_list("application").annotate(number=Count("pk")))
