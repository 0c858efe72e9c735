"""Templates, letters that were made, and the rows of an annex."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from jendela.people.access.choices import Permission
from jendela.people.access.policy import agencies_for
from jendela.people.agencies.models import Agency
from jendela.registry.applications.choices import RecordState, Visibility
from jendela.registry.applications.models import Application, ApplicationFunction, ValueSource
from jendela.registry.letters import cells
from jendela.registry.letters.columns import COLUMNS, NUMBER, Cell
from jendela.registry.letters.models import LetterIssue, LetterTemplate
from jendela.registry.letters.policy import sees_owners_cells
from jendela.registry.links.reads import running_links

SIZE = 30  # letters on a page
ANCESTORS = "node" + "__parent" * 6  # some reference trees have seven levels
MOST_ROWS = 5000  # applications of one annex; more is an export


def templates() -> list[LetterTemplate]:
    return list(LetterTemplate.objects.filter(retired_at__isnull=True))


def template(slug: str) -> LetterTemplate | None:
    return LetterTemplate.objects.filter(slug=slug, retired_at__isnull=True).first()


def agencies(viewer: Any) -> list[Agency]:
    """Agencies for which the viewer may write: those that own an application, and his own."""
    own = agencies_for(viewer, Permission.READ_REGISTRY)
    rows = Agency.objects.order_by("short_name")
    if own is not None:
        return list(rows.filter(pk__in=own))
    owners = Application.objects.filter(record_state=RecordState.REGISTERED).values("owner_id")
    return list(rows.filter(pk__in=owners))


def writes_for_all(viewer: Any) -> bool:
    return agencies_for(viewer, Permission.READ_REGISTRY) is None


def issues(viewer: Any, *, before: int | None = None) -> tuple[list[LetterIssue], int | None]:
    """Letters that the viewer may open, newest first, and the key to go on with."""
    rows = LetterIssue.objects.select_related("agency", "template").defer("rows", "headings")
    own = agencies_for(viewer, Permission.READ_REGISTRY)
    if own is not None:
        rows = rows.filter(agency__in=own)
        edit = agencies_for(viewer, Permission.EDIT_REGISTRY)
        if edit is not None:
            rows = rows.filter(Q(owner_only=False) | Q(agency__in=edit))
    elif not sees_owners_cells(viewer, None):
        rows = rows.filter(owner_only=False)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows.order_by("-pk")[: SIZE + 1])
    return found[:SIZE], found[SIZE - 1].pk if len(found) > SIZE else None


def issue(number: int) -> LetterIssue | None:
    return LetterIssue.objects.select_related("agency", "template").filter(pk=number).first()


def issues_of_bundle(bundle: int) -> list[LetterIssue]:
    """Made by a personal link, newest first."""
    rows = LetterIssue.objects.filter(bundle=bundle).select_related("template").defer("rows", "headings")
    return list(rows.order_by("-pk")[:SIZE])


@dataclass(frozen=True)
class Sheet:
    """An annex frozen: rows of cells, and whether some are for the owner alone."""

    rows: list[list[cells.Frozen]]
    owner_only: bool


def applications_of(agency_id: int | None) -> QuerySet[Application]:
    rows = Application.objects.filter(record_state=RecordState.REGISTERED)
    return rows if agency_id is None else rows.filter(owner_id=agency_id)


def annex(keys: Sequence[str], *, agency_id: int | None, visible: Collection[str]) -> Sheet:
    """The applications of an agency (None: all of the register) by name, with these columns. `visible`: the
    visibilities of columns that the reader sees. A constant number of queries."""
    rows = _with_parts(
        applications_of(agency_id).select_related("owner"),
        {need for key in keys for need in COLUMNS[key].needs.split()},
    )
    found = list(rows.order_by("name", "pk")[:MOST_ROWS])
    sources = _sources(found, keys)
    seen = {key: COLUMNS[key].visibility in visible for key in keys}
    return Sheet(
        [
            [_cell(key, place, row, sources.get(row.pk, {}), seen[key]) for key in keys]
            for place, row in enumerate(found, start=1)
        ],
        any(COLUMNS[key].visibility == Visibility.OWNER and seen[key] for key in keys),
    )


def _cell(
    key: str, place: int, row: Application, sources: Mapping[str, ValueSource], seen: bool
) -> cells.Frozen:
    if key == NUMBER:
        return cells.freeze(Cell(place))
    return cells.freeze(COLUMNS[key].cell(row, sources)) if seen else cells.hidden()


def _with_parts(rows: QuerySet[Application], needs: Iterable[str]) -> QuerySet[Application]:
    parts: dict[str, Callable[[], list[Any]]] = {
        "uses": lambda: ["uses__agency"],
        "datasets": lambda: ["datasets"],
        "links": lambda: [
            Prefetch("links_in", running_links().select_related("source").order_by("pk")),
            Prefetch("links_out", running_links().select_related("target").order_by("pk")),
        ],
        "functions": lambda: [Prefetch("functions", ApplicationFunction.objects.select_related(ANCESTORS))],
        "services": lambda: ["ways__service"],
    }
    for need in sorted(set(needs) - {"sources"}):
        rows = rows.prefetch_related(*parts.get(need, lambda need=need: [need])())
    return rows


def _sources(rows: Iterable[Application], keys: Sequence[str]) -> dict[int, dict[str, ValueSource]]:
    names = [key for key in keys if COLUMNS[key].needs == "sources"]
    found: dict[int, dict[str, ValueSource]] = {}
    if names:
        keys_of_rows = [one.pk for one in rows]
        for one in ValueSource.objects.filter(application__in=keys_of_rows, field__in=names):
            found.setdefault(one.application_id, {})[one.field] = one
    return found


def any_template(slug: str) -> LetterTemplate | None:
    """Retired ones too."""
    return LetterTemplate.objects.filter(slug=slug).first()
