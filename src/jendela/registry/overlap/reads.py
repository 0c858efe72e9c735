"""Every query on pairs, merges and requests."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from jendela.common.dates import today
from jendela.people.access.audit_words import Target
from jendela.people.access.choices import Permission
from jendela.people.access.policy import agencies_for
from jendela.registry.applications.models import Application
from jendela.registry.overlap.choices import PairKind, RequestState, Verdict
from jendela.registry.overlap.models import DataPair, Merge, Pair, Request
from jendela.ui.templatetags.ui import path

SIZE = 30


@dataclass(frozen=True)
class Page:
    rows: Sequence[Any]
    next_key: str


@dataclass(frozen=True)
class Counts:
    """Pairs that wait, by kind, and of those decided how many were the same."""

    waiting: dict[str, int]
    decided: int
    same: int


def waits() -> Q:
    """Not decided, or its review has come."""
    return Q(gone_at__isnull=True) & (Q(verdict="") | Q(review_on__lte=today()))


def own(viewer: Any) -> frozenset[int] | None:
    """Agencies whose pairs the viewer sees: None for those who keep the register or read it everywhere."""
    found = agencies_for(viewer, Permission.READ_REGISTRY)
    return None if found is None else frozenset(found)


def pairs(viewer: Any) -> QuerySet[Pair]:
    rows = Pair.objects.select_related("a__owner", "b__owner")
    scope = own(viewer)
    return rows if scope is None else rows.filter(Q(a__owner__in=scope) | Q(b__owner__in=scope))


def data_pairs(viewer: Any) -> QuerySet[DataPair]:
    rows = DataPair.objects.select_related("a__producer", "b__producer", "a__application", "b__application")
    scope = own(viewer)
    return rows if scope is None else rows.filter(Q(a__producer__in=scope) | Q(b__producer__in=scope))


def page(rows: QuerySet[Any], *, waiting: bool, after: str = "", size: int = SIZE) -> Page:
    """The most alike first: one query. `after` is 'key of the last row'."""
    rows = rows.filter(waits()) if waiting else rows.exclude(verdict="")
    if after.isdecimal() and len(after) < 18:
        last = rows.model._default_manager.filter(pk=int(after)).values_list("score", flat=True).first()
        if last is not None:
            rows = rows.filter(Q(score=last, pk__gt=int(after)) | Q(score__lt=last))
    found = list(rows.order_by("-score", "pk")[: size + 1])
    return Page(found[:size], str(found[size - 1].pk) if len(found) > size else "")


def counts(viewer: Any) -> Counts:
    """Two queries."""
    rows = (
        pairs(viewer)
        .order_by()
        .values_list("kind")
        .annotate(
            waiting=Count("pk", filter=waits()),
            decided=Count("pk", filter=~Q(verdict="")),
            same=Count("pk", filter=Q(verdict__in=(Verdict.MERGED, Verdict.MERGE_LATER))),
        )
    )
    found = {kind: (waiting, decided, same) for kind, waiting, decided, same in rows}
    waiting = {kind: found.get(kind, (0, 0, 0))[0] for kind in PairKind.values}
    waiting["data"] = data_pairs(viewer).filter(waits()).count()
    twice = found.get(PairKind.DUPLICATE.value, (0, 0, 0))
    return Counts(waiting, twice[1], twice[2])


def count_waiting(viewer: Any) -> int:
    """For the menu: every question that nobody has answered, of applications, functions and data."""
    return sum(rows.filter(waits()).count() for rows in (pairs(viewer), data_pairs(viewer)))


def pair(viewer: Any, number: int) -> Pair | None:
    return pairs(viewer).filter(pk=number).first()


def data_pair(viewer: Any, number: int) -> DataPair | None:
    return data_pairs(viewer).filter(pk=number).first()


def of_application(application_id: int) -> list[Pair]:
    """What may be like an application and is not decided to be different: one query."""
    rows = Pair.objects.filter(Q(a=application_id) | Q(b=application_id), gone_at=None)
    return list(
        rows.exclude(verdict=Verdict.DIFFERENT).select_related("a__owner", "b__owner").order_by("-score")
    )


def merge_of(merged_id: int) -> Merge | None:
    """The merge by which a record went into another, as it stands."""
    rows = Merge.objects.select_related("standing", "merged")
    return rows.filter(merged=merged_id, undone_at=None).first()


def merges_into(standing_id: int) -> list[Merge]:
    rows = Merge.objects.select_related("merged__owner").filter(standing=standing_id, undone_at=None)
    return list(rows)


def parts_left(merged: Application) -> int:
    """How many rows stayed with a merged record because the standing one had the same."""
    row = merge_of(merged.pk)
    return sum(len(keys) for keys in row.ended.values()) if row else 0


def requests(viewer: Any) -> QuerySet[Request]:
    """Those who keep the register see all that were sent and their own agencies' drafts; others their agencies'."""
    rows = Request.objects.select_related("agency", "function", "made_by", "application")
    scope = agencies_for(viewer, Permission.EDIT_REGISTRY)
    if scope is None:
        return rows.exclude(state=RequestState.DRAFT) | rows.filter(made_by=viewer.pk)
    return rows.filter(agency__in=scope)


def request_page(viewer: Any, *, state: str = "", after: str = "", size: int = SIZE) -> Page:
    """The newest first: one query."""
    rows = requests(viewer)
    if state:
        rows = rows.filter(state=state)
    if after.isdecimal() and len(after) < 18:
        rows = rows.filter(pk__lt=int(after))
    found = list(rows.order_by("-pk")[: size + 1])
    return Page(found[:size], str(found[size - 1].pk) if len(found) > size else "")


def request(viewer: Any, number: int) -> Request | None:
    return requests(viewer).filter(pk=number).first()


def count_requests(viewer: Any) -> int:
    """For the menu: what waits for a decision, or for the agency's answer to a question."""
    state = (
        RequestState.SENT
        if agencies_for(viewer, Permission.MANAGE_REGISTRY) is None
        else RequestState.RETURNED
    )
    return requests(viewer).filter(state=state).count()


def _numbers(keys: Collection[str]) -> list[int]:
    return [int(key) for key in keys if key.isdecimal()]


def pair_targets(keys: Collection[str]) -> dict[str, Target]:
    rows = Pair.objects.filter(pk__in=_numbers(keys)).select_related("a", "b")
    return {
        str(row.pk): Target(f"{row.a.name} ~ {row.b.name}", path(f"/kelola/kemiripan/{row.pk}/"))
        for row in rows
    }


def request_targets(keys: Collection[str]) -> dict[str, Target]:
    rows = Request.objects.filter(pk__in=_numbers(keys))
    return {str(row.pk): Target(row.name, path(f"/kelola/usulan-aplikasi/{row.pk}/")) for row in rows}
