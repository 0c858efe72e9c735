"""The list of staff over all applications: chips with their numbers, filters, three orders, keyset pages."""

import datetime
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, Lower

from jendela.registry.applications.choices import (
    ApplicationClass,
    ApplicationState,
    Hosting,
    LifeCycle,
    OperatorLevel,
    RecordState,
)
from jendela.registry.applications.models import Application, Cost
from jendela.registry.applications.reads.public import MOST_WORDS, Number

SIZE = 50
BY_NAME_ORDER, BY_CHANGE, BY_COMPLETENESS = "nama", "perubahan", "kelengkapan"
ORDERS = (BY_NAME_ORDER, BY_CHANGE, BY_COMPLETENESS)
NO_SERVER, NO_COST, NO_ATTESTATION = "server", "biaya", "pernyataan"
LACKS = (NO_SERVER, NO_COST, NO_ATTESTATION)


@dataclass(frozen=True)
class RegisterFilters:
    """What narrows the list of staff; an empty value does not. `owners` None: all agencies."""

    owners: frozenset[int] | None = None
    text: str = ""
    life_cycle: str = ""
    app_class: str = ""
    level: str = ""
    state: str = ""
    lacks: str = ""  # of LACKS
    record: str = RecordState.REGISTERED
    order: str = BY_NAME_ORDER

    @property
    def active(self) -> bool:
        return any((self.text, self.life_cycle, self.app_class, self.level, self.state, self.lacks))


@dataclass(frozen=True)
class RegisterCounts:
    """The numbers on the chips, over everything the scope holds: narrowing does not change them."""

    total: int
    life_cycles: list[Number]
    classes: list[Number]
    levels: list[Number]
    states: list[Number]
    no_server: int
    no_cost: int
    no_attestation: int
    records: dict[str, int] = field(default_factory=dict)  # by state of the record


@dataclass(frozen=True)
class RegisterPage:
    rows: list[Application]
    next_key: str
    found: int | None  # None: as many as the scope holds


def scope(filters: RegisterFilters) -> QuerySet[Application]:
    """The records of this state, of all agencies or of these."""
    rows = Application.objects.filter(record_state=filters.record)
    return rows if filters.owners is None else rows.filter(owner__in=filters.owners)


def register_counts(filters: RegisterFilters) -> RegisterCounts:
    """Three queries, whatever the number of applications."""
    tallies: dict[str, Counter[str]] = {
        name: Counter() for name in ("life_cycle", "app_class", "operator_level", "state")
    }
    total = no_server = no_attestation = 0
    attested = Case(When(attested_at__isnull=True, then=Value(False)), default=Value(True))
    rows = scope(filters).order_by().annotate(attested=attested).values(*tallies, "hosting", "attested")
    for row in rows.annotate(number=Count("pk")):
        number = row["number"]
        total += number
        no_server += number if row["hosting"] == Hosting.UNKNOWN else 0
        no_attestation += 0 if row["attested"] else number
        for name, tally in tallies.items():
            tally[row[name]] += number
    with_cost = scope(filters).filter(Exists(Cost.objects.filter(application=OuterRef("pk")))).order_by()
    return RegisterCounts(
        total=total,
        life_cycles=_numbers(LifeCycle, tallies["life_cycle"]),
        classes=_numbers(ApplicationClass, tallies["app_class"]),
        levels=_numbers(OperatorLevel, tallies["operator_level"]),
        states=_numbers(ApplicationState, tallies["state"]),
        no_server=no_server,
        no_cost=total - (with_cost.count() if total else 0),
        no_attestation=no_attestation,
        records=_records(filters.owners),
    )


def _records(owners: Collection[int] | None) -> dict[str, int]:
    rows = Application.objects.order_by()
    if owners is not None:
        rows = rows.filter(owner__in=owners)
    return dict(rows.values_list("record_state").annotate(Count("pk")))


def _numbers(choices: Any, tally: Counter[str]) -> list[Number]:
    return [Number(value, str(label), tally[value]) for value, label in choices.choices if tally[value]]


def register_rows(filters: RegisterFilters) -> QuerySet[Application]:
    """Everything the filters leave, in no order: for pages and for exports."""
    rows = scope(filters)
    same = {
        "life_cycle": filters.life_cycle,
        "app_class": filters.app_class,
        "operator_level": filters.level,
        "state": filters.state,
    }
    rows = rows.filter(**{name: value for name, value in same.items() if value})
    if filters.lacks == NO_SERVER:
        rows = rows.filter(hosting=Hosting.UNKNOWN)
    elif filters.lacks == NO_ATTESTATION:
        rows = rows.filter(attested_at__isnull=True)
    elif filters.lacks == NO_COST:
        rows = rows.filter(~Exists(Cost.objects.filter(application=OuterRef("pk"))))
    for word in filters.text.split()[:MOST_WORDS]:
        rows = rows.filter(search_text__icontains=word)
    return rows


def register_page(filters: RegisterFilters, *, after: str = "", size: int = SIZE) -> RegisterPage:
    """One page in the wanted order: two queries, the number found only when something narrows. `after` is the key of
    the last row seen; one that cannot be is passed over."""
    found = register_rows(filters).order_by().count() if filters.active else None
    read = list(register_query(filters, after=after, size=size + 1))
    shown = read[:size]
    return RegisterPage(shown, _key_of(shown[-1], filters.order) if len(read) > size else "", found)


def register_query(filters: RegisterFilters, *, after: str = "", size: int = SIZE) -> QuerySet[Application]:
    """The rows of one page, ordered, with the columns a list shows."""
    columns = (
        "slug", "name", "purpose", "operator_level", "app_class", "life_cycle", "state", "record_state", "completeness",
        "attested_at", "changed_at", "owner__slug", "owner__short_name",
    )  # fmt: skip
    rows = register_rows(filters).select_related("owner").only(*columns)
    seen = _key(after, filters.order)
    if filters.order == BY_CHANGE:
        rows = rows.order_by(F("changed_at").desc(), F("id").desc())
        if seen:
            rows = rows.filter(changed_at__lte=seen[0]).filter(Q(changed_at__lt=seen[0]) | Q(pk__lt=seen[1]))
        return rows[:size]
    first = Lower("name") if filters.order == BY_NAME_ORDER else Coalesce("completeness", Value(-1))
    rows = rows.annotate(first=first).order_by("first", "pk")
    if seen:
        rows = rows.filter(first__gte=seen[0]).filter(Q(first__gt=seen[0]) | Q(pk__gt=seen[1]))
    return rows[:size]


def _key_of(row: Any, order: str) -> str:
    first = row.changed_at.isoformat() if order == BY_CHANGE else row.first
    return f"{row.pk}~{first}"


def _key(text: str, order: str) -> tuple[Any, int] | None:
    number, _sign, first = text.partition("~")
    if not (number.isascii() and number.isdigit() and len(number) < 18):
        return None
    try:
        value: Any = first
        if order == BY_CHANGE:
            value = datetime.datetime.fromisoformat(first)
            value.astimezone(datetime.UTC)
        elif order == BY_COMPLETENESS:
            value = max(-1, min(100, int(first)))
    except (ValueError, OverflowError):
        return None
    return value, int(number)
