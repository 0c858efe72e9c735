"""The facts that rules look at, beyond those of scores: data typed again, shared applications, who needs the data, and
which agency of the regency answers.
A whole batch in a constant number of queries."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Window
from django.db.models.functions import DenseRank

from jendela.people.agencies.choices import AgencyKind, Level
from jendela.people.agencies.models import Agency
from jendela.registry.applications.choices import ApplicationClass, RecordState, UseState
from jendela.registry.applications.itself import SLUG
from jendela.registry.applications.models import BUSINESS, Application, ApplicationFunction, ApplicationUse
from jendela.registry.datasets.models import Element
from jendela.registry.links.choices import LinkState, Method
from jendela.registry.links.models import Link, SourceRule
from jendela.registry.links.reads import standing
from jendela.registry.scores import facts as scores


@dataclass(frozen=True)
class Evidence:
    """One application on a day."""

    facts: scores.Facts
    retyped: tuple[Link, ...] = ()  # links into it by hand that run
    shared: tuple[
        tuple[str, str], ...
    ] = ()  # (name, slug) of general applications with the same confirmed function
    needed_by: tuple[str, ...] = ()  # names of applications that hold the same standard elements
    right_source_of: tuple[str, ...] = ()
    answers: Agency | None = None  # the owner, else the first agency that confirmed its use, else the keeper
    users: tuple[str, ...] = ()  # agencies of the regency that confirmed their use

    @property
    def application(self) -> Application:
        return self.facts.application

    @property
    def on(self) -> datetime.date:
        return self.facts.on


NEEDED = 5  # other holders of the same data that a recommendation names


@dataclass
class _Batch:
    retyped: dict[int, list[Link]] = field(default_factory=dict)
    shared: dict[int, list[tuple[str, str]]] = field(default_factory=dict)
    needed: dict[int, set[str]] = field(default_factory=dict)
    sources: dict[int, list[str]] = field(default_factory=dict)
    users: dict[int, list[Agency]] = field(default_factory=dict)


def gather(rows: Sequence[Application], on: datetime.date) -> list[Evidence]:
    """Evidence of these applications, in their order."""
    keys = [row.pk for row in rows]
    batch = _Batch()
    _retyped(keys, batch)
    _shared(keys, batch)
    _needed(keys, batch)
    _users(keys, batch)
    keeper = register_keeper()
    for rule in SourceRule.objects.filter(application__in=keys, valid_from__lte=on):
        if rule.valid_to is None or rule.valid_to >= on:
            batch.sources.setdefault(rule.application_id, []).append(rule.words)
    return [
        Evidence(
            facts=one,
            retyped=tuple(batch.retyped.get(one.application.pk, ())),
            shared=tuple(batch.shared.get(one.application.pk, ())),
            needed_by=tuple(sorted(batch.needed.get(one.application.pk, ()))[:NEEDED]),
            right_source_of=tuple(batch.sources.get(one.application.pk, ())),
            answers=_answers(one.application, batch, keeper),
            users=tuple(user.short_name for user in batch.users.get(one.application.pk, ())),
        )
        for one in scores.gather(rows, on)
    ]


def register_keeper() -> Agency | None:
    """The agency that keeps the register: the owner of the register's own record."""
    rows = Application.objects.filter(slug=SLUG, owner__level=Level.REGENCY).select_related("owner")
    found = rows.exclude(owner__kind=AgencyKind.DISSOLVED).first()
    return found.owner if found else None


def _answers(row: Application, batch: _Batch, keeper: Agency | None) -> Agency | None:
    if row.owner.level == Level.REGENCY:
        return row.owner
    return next(iter(batch.users.get(row.pk, ())), keeper)


def _users(keys: Sequence[int], batch: _Batch) -> None:
    rows = ApplicationUse.objects.filter(
        application__in=keys, state=UseState.CONFIRMED, agency__level=Level.REGENCY
    )
    rows = rows.exclude(agency__kind=AgencyKind.DISSOLVED)
    for one in rows.select_related("agency").order_by("answered_at", "pk"):
        batch.users.setdefault(one.application_id, []).append(one.agency)


def _retyped(keys: Sequence[int], batch: _Batch) -> None:
    rows = standing().filter(target__in=keys, method=Method.RETYPED)
    rows = rows.exclude(state__in=(LinkState.PLANNED, LinkState.STOPPED))
    for row in rows.select_related("source", "target").order_by("pk"):
        batch.retyped.setdefault(row.target_id, []).append(row)


def _shared(keys: Sequence[int], batch: _Batch) -> None:
    """General applications (Umum) with a function that a person confirmed for both."""
    own = ApplicationFunction.objects.filter(
        application__in=keys, node__tree=BUSINESS, confirmed_at__isnull=False
    )
    nodes: dict[str, set[int]] = {}
    for key, node in own.values_list("application", "node"):
        nodes.setdefault(node, set()).add(key)
    general = ApplicationFunction.objects.filter(
        node__in=nodes,
        confirmed_at__isnull=False,
        application__app_class=ApplicationClass.GENERAL,
        application__record_state=RecordState.REGISTERED,
    )
    for one in general.select_related("application").order_by("application__name"):
        for key in nodes[one.node_id] - {one.application_id}:
            pair = (one.application.name, one.application.slug)
            if pair not in batch.shared.setdefault(key, []):
                batch.shared[key].append(pair)


def _needed(keys: Sequence[int], batch: _Batch) -> None:
    """The first other applications, by name, that keep the same standard elements (confirmed by a person): they could
    take them here."""
    confirmed = Element.objects.filter(
        standard__isnull=False, suggested=False, dataset__application__isnull=False
    )
    own: dict[str, set[int]] = {}
    for code, key in confirmed.filter(dataset__application__in=keys).values_list(
        "standard", "dataset__application"
    ):
        if code is not None and key is not None:
            own.setdefault(code, set()).add(key)
    place = Window(
        DenseRank(),
        partition_by="standard",
        order_by=("dataset__application__name", "dataset__application"),
    )
    first = confirmed.filter(standard__in=own).annotate(place=place).filter(place__lte=NEEDED + 1)
    others: dict[str, list[tuple[int, str]]] = {}
    rows = first.values_list("standard", "dataset__application", "dataset__application__name")
    for code, other, name in rows.order_by("place"):
        others.setdefault(str(code), []).append((other or 0, str(name)))
    for code, holders in own.items():
        for key in holders:
            names = (name for other, name in others.get(code, ()) if other != key)
            batch.needed.setdefault(key, set()).update(names)
