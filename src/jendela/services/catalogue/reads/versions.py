"""Versions as documents: one sheet of 14 components, what changed between neighbours, and the national record."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from jendela.services.catalogue.choices import ComponentGroup, StandardState
from jendela.services.catalogue.models import ComponentType, Publication, Service, Standard
from jendela.services.catalogue.reads.content import PUBLIC, Content, contents
from jendela.services.catalogue.reads.parts import BY_KEY, DELIVERY, OTHER_PARTS, STANDARD_PARTS, Shape

PAGE = 20  # versions on a page
MOST_OTHERS = 50


@dataclass(frozen=True)
class Line:
    """One component on the sheet. `items` are its lines; a component that is a list has more than one of them or is
    numbered all the same."""

    type: ComponentType
    items: list[str]
    numbered: bool


@dataclass(frozen=True)
class Document:
    """A version with all its components, known or not. `standard` is None where a service has none."""

    service: Service
    standard: Standard | None
    lines: list[Line]

    @property
    def known(self) -> int:
        return sum(bool(line.items) for line in self.lines)

    def of_group(self, group: ComponentGroup) -> list[Line]:
        return [line for line in self.lines if line.type.group == group]


@dataclass(frozen=True)
class Change:
    """What a version says otherwise than the one before it."""

    label: str
    label_en: str
    before: list[str]
    after: list[str]


@dataclass(frozen=True)
class Step:
    """A version in the history, with the changes it brought."""

    standard: Standard
    changes: list[Change]
    known: int


@dataclass(frozen=True)
class Record:
    """A service as the national catalogue prints it: title, SK, the components of group A."""

    service: Service
    standard: Standard
    content: Content


def find_service(slug: str) -> Service | None:
    """A service with its owner."""
    return Service.objects.select_related("owner").filter(slug=slug).first()


def document(slug: str, version: int | None = None) -> Document | None:
    """The public version of a service as a document, or the version of this number; five queries."""
    service = find_service(slug)
    if service is None:
        return None
    rows = Standard.objects.filter(service=service)
    standard = (
        rows.filter(state__in=PUBLIC).first() if version is None else rows.filter(version=version).first()
    )
    if standard is None and version is not None:
        return None
    content = contents([standard])[standard.pk] if standard else {}
    types = ComponentType.objects.filter(valid_to__isnull=True).order_by("position")
    lines = [
        Line(
            type=one,
            items=[line for line in content.get(one.code, "").splitlines() if line],
            numbered=one.code in BY_KEY and BY_KEY[one.code].shape is Shape.LINES,
        )
        for one in types
    ]
    return Document(service, standard, lines)


def history(
    service: Service, *, before: int | None = None, size: int = PAGE
) -> tuple[list[Step], int | None]:
    """A page of versions, the newest first, each with what it changed, and the version before which the next page
    begins; five queries."""
    rows = Standard.objects.filter(service=service).order_by("-version")
    page = list((rows if before is None else rows.filter(version__lt=before))[: size + 1])
    shown, more = page[:size], len(page) > size
    if not shown:
        return [], None
    older = rows.filter(version__lt=shown[-1].version).exclude(state=StandardState.WITHDRAWN).first()
    found = contents([*shown, older] if older else shown)
    types = {one.code: one for one in ComponentType.objects.all()}
    steps: list[Step] = []
    last = found[older.pk] if older else None
    for standard in reversed(shown):
        content = found[standard.pk]
        known = sum(bool(content[code]) for code in types if code in content)
        steps.append(Step(standard, _changes(last, content, types) if last is not None else [], known))
        if standard.state != StandardState.WITHDRAWN:  # the next one follows what stayed
            last = content
    return steps[::-1], shown[-1].version if more else None


def _changes(before: Content, after: Content, types: dict[str, ComponentType]) -> list[Change]:
    changes = []
    for part in STANDARD_PARTS:
        if before[part] == after[part]:
            continue
        one = types.get(part)
        label = one.name if one else str(BY_KEY[part].legal)
        english = one.name_en if one else ""
        changes.append(Change(label, english, _lines(before[part]), _lines(after[part])))
    return changes


def _lines(value: str | dict[str, str]) -> list[str]:
    if isinstance(value, dict):
        return [text for text in value.values() if text]
    return [line for line in value.splitlines() if line]


def other_publications(service: Service) -> list[Publication]:
    """What was changed without a new version: ways, words, life events, texts; the newest first."""
    rows = Publication.objects.filter(service=service, applied_at__isnull=False, withdrawn_at__isnull=True)
    return [row for row in rows.order_by("-id") if any(part in OTHER_PARTS for part in row.changes)]


def records(
    states: Sequence[StandardState] = (StandardState.IN_FORCE,), agencies: Collection[int] | None = None
) -> list[Record]:
    """Records for the national catalogue, by agency and name; three queries."""
    rows = Standard.objects.filter(state__in=states).select_related("service__owner")
    if agencies is not None:
        rows = rows.filter(service__owner__in=agencies)
    standards = list(rows.order_by("service__owner__short_name", "service__name"))
    found = contents(standards)
    return [
        Record(one.service, one, {part: found[one.pk][part] for part in (*DELIVERY, "complaint")})
        for one in standards
    ]
