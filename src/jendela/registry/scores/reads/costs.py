"""What each function costs: only confirmed functions (business processes, RAB) and only costs that somebody stated."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, QuerySet, Sum

from jendela.registry.applications.choices import RecordState
from jendela.registry.applications.models import BUSINESS, ApplicationFunction, Cost, FunctionNode


@dataclass(frozen=True)
class FunctionCost:
    """`amount` is rupiah of the year, None where no cost of any of its applications is known. An application with
    several functions counts in each of them: the rows do not add up."""

    node: FunctionNode
    applications: int
    with_cost: int
    amount: Decimal | None


def _confirmed() -> QuerySet[ApplicationFunction]:
    return ApplicationFunction.objects.filter(
        confirmed_at__isnull=False, node__tree=BUSINESS, application__record_state=RecordState.REGISTERED
    )


def years() -> list[int]:
    """Years with costs, newest first."""
    return list(Cost.objects.order_by("-year").values_list("year", flat=True).distinct())


def per_function(year: int) -> list[FunctionCost]:
    """Functions with applications, the dearest first and the unknown last: two queries."""
    confirmed = _confirmed()
    nodes: dict[str, FunctionNode] = {}
    holders: dict[str, list[int]] = {}
    for one in confirmed.select_related("node").order_by("node_id"):
        nodes[one.node_id] = one.node
        holders.setdefault(one.node_id, []).append(one.application_id)
    sums = costs_of({key for keys in holders.values() for key in keys}, year)
    found = []
    for code, keys in holders.items():
        told = [sums[key] for key in keys if key in sums]
        found.append(FunctionCost(nodes[code], len(keys), len(told), sum(told, Decimal()) if told else None))
    return sorted(found, key=lambda row: (row.amount is None, -(row.amount or 0), row.node.code))


def costs_of(keys: set[int], year: int) -> dict[int, Decimal]:
    """Sum of the costs of a year by application; one without any is not in it."""
    rows = Cost.objects.filter(application__in=keys, year=year).order_by().values_list("application")
    return dict(rows.annotate(total=Sum("amount")))


def coverage(year: int) -> tuple[int, int]:
    """Registered applications with a cost of the year, and with any confirmed function."""
    costs = Cost.objects.filter(year=year, application__record_state=RecordState.REGISTERED)
    numbers = [
        rows.aggregate(number=Count("application", distinct=True))["number"] for rows in (costs, _confirmed())
    ]
    return numbers[0], numbers[1]


def of_function(
    code: str, year: int
) -> tuple[FunctionNode | None, Sequence[tuple[ApplicationFunction, Decimal | None]]]:
    """One function with its applications and what each costs: three queries."""
    node = FunctionNode.objects.filter(code=code, tree=BUSINESS).first()
    rows = list(
        _confirmed().filter(node=code).select_related("application__owner").order_by("application__name")
    )
    sums = costs_of({one.application_id for one in rows}, year)
    return node, [(one, sums.get(one.application_id)) for one in rows]
