"""One record: its values with their sources, its parts, its history, and where its old addresses lead."""

import datetime
import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from jendela.people.access.policy import own_agencies
from jendela.people.agencies.models import Agency
from jendela.people.agencies.reads import UNDO
from jendela.registry.applications.choices import RecordState, Visibility
from jendela.registry.applications.fields import BY_NAME, EXTRA, FIELDS, Field, extra_field, groups_with
from jendela.registry.applications.models import (
    Application,
    ApplicationFunction,
    ApplicationPerson,
    ApplicationUse,
    Approval,
    AttributeDefinition,
    Change,
    Cost,
    FormerSlug,
    FunctionNode,
    Interface,
    LegalBasis,
    ValueSource,
    Version,
)
from jendela.registry.applications.parts import BY_KEY
from jendela.registry.applications.specifications import SPECIFICATIONS
from jendela.registry.applications.values import PART, value_of
from jendela.registry.applications.words import label_of, record_state_words, value_words

ACTS = 10
VERSIONS = f"{PART}versions"
MOST_MERGES = 10


def record(slug: str) -> Application | None:
    """An application with all that stands in its head."""
    rows = Application.objects.select_related("owner", "replacement__owner", "merged_into")
    return rows.filter(slug=slug).first()


def leads_to(slug: str) -> str:
    """Where an old address leads: the slug of the record that stands, or ''."""
    former = FormerSlug.objects.select_related("application__merged_into").filter(slug=slug).first()
    merged = Application.objects.select_related("merged_into").filter(slug=slug, merged_into__isnull=False)
    row = former.application if former is not None else merged.first()
    for _step in range(MOST_MERGES):  # merged into one that was merged itself
        if row is None or row.merged_into is None:
            break
        row = row.merged_into
    return row.slug if row is not None and row.slug != slug else ""


MOST_NAMED = 5


def named(text: str, *, but: Application | None = None) -> list[Application]:
    """Registered applications of this very name or address (slug), else those whose words hold all of it: at most
    MOST_NAMED, two queries."""
    said = " ".join(text.replace("\x00", "").split())[:200]
    rows = Application.objects.filter(record_state=RecordState.REGISTERED).select_related("owner")
    if but is not None:
        rows = rows.exclude(pk=but.pk)
    found = list(rows.filter(Q(name__iexact=said) | Q(slug=said)).order_by("pk")[:MOST_NAMED])
    if found or not said:
        return found
    for word in said.split()[:6]:
        rows = rows.filter(search_text__icontains=word)
    return list(rows.order_by("name", "pk")[:MOST_NAMED])


def speaker(viewer: Any, agency: Agency) -> str:
    """In whose name a statement stands: the agency's own people speak for it, others for the team that keeps this."""
    if agency.pk in own_agencies(viewer):
        return agency.name
    team = Agency.objects.filter(slug="diskominfo").values_list("name", flat=True).first()
    return team or _("Pengelola Jendela")


MOST_NODES = 60


def function_node(code: str) -> FunctionNode | None:
    return FunctionNode.objects.filter(pk=code.replace("\x00", "")[:30], valid_to__isnull=True).first()


def has_approval(application: Application) -> bool:
    """Do approvals drive its life cycle?"""
    return Approval.objects.filter(application=application, positive=True).exists()


def attributes() -> list[AttributeDefinition]:
    """Extra attributes in their order, retired ones last."""
    rows = AttributeDefinition.objects.order_by("position", "label")
    return sorted(rows, key=lambda one: one.retired_at is not None)


def function_nodes(text: str = "", *, limit: int = MOST_NODES) -> list[FunctionNode]:
    """Entries of the trees by code; `text` narrows to those whose code, name or words for searching hold it all."""
    rows = FunctionNode.objects.select_related("parent").filter(valid_to__isnull=True)
    for word in text.replace("\x00", "").split()[:6]:
        rows = rows.filter(Q(name__icontains=word) | Q(keywords__icontains=word) | Q(code__istartswith=word))
    return list(rows.order_by("code")[:limit])


def extra_fields(*, retired: bool = False) -> list[Field]:
    """Attributes that were added without code, in their order; retired ones are not asked for."""
    rows = AttributeDefinition.objects.order_by("position", "label")
    if not retired:
        rows = rows.filter(retired_at__isnull=True)
    return [extra_field(one) for one in rows]


def sources_of(application: Application) -> dict[str, ValueSource]:
    """Who said each value, by the name of its field."""
    return {one.field: one for one in ValueSource.objects.filter(application=application)}


@dataclass(frozen=True)
class Shown:
    """One value as a page shows it; `words` is '' when nothing is known."""

    field: Field
    value: Any
    words: str
    source: ValueSource | None

    @property
    def anchor(self) -> str:
        return f"isi-{self.field.name.replace('.', '-').replace('_', '-')}"


@dataclass(frozen=True)
class ShownGroup:
    key: str
    label: str
    values: list[Shown]

    @property
    def unknown(self) -> int:
        return sum(not one.words for one in self.values)


def shown_groups(
    application: Application,
    sources: Mapping[str, ValueSource],
    extras: Iterable[Field],
    visible: Collection[str],
) -> list[ShownGroup]:
    """The fields that may be seen, by group, each with its source. No query."""
    found = []
    for group, fields in groups_with(extras):
        values = [shown(application, one, sources) for one in fields if one.visibility in visible]
        if values:
            found.append(ShownGroup(group.key, str(group.label), values))
    return found


def shown(application: Application, one: Field, sources: Mapping[str, ValueSource]) -> Shown:
    value = value_of(application, one.name)
    return Shown(one, value, value_words(one, value), sources.get(one.name))


@dataclass(frozen=True)
class YearOfCost:
    year: int
    total: Decimal
    rows: list[Cost]


@dataclass(frozen=True)
class Parts:
    """Everything an application has several of."""

    people: list[ApplicationPerson]
    past_people: list[ApplicationPerson]
    uses: list[ApplicationUse]
    functions: list[ApplicationFunction]
    suggested: list[ApplicationFunction]
    versions: list[Version]
    costs: list[YearOfCost]
    approvals: list[Approval]
    legal_bases: list[LegalBasis]
    interfaces: list[Interface]


def parts_of(application: Application) -> Parts:
    """Eight queries."""
    people = list(ApplicationPerson.objects.filter(application=application).order_by("role", "since", "pk"))
    now = timezone.localdate()
    functions = list(
        ApplicationFunction.objects.filter(application=application)
        .select_related("node__parent")
        .order_by("-main", "node_id")
    )
    uses = ApplicationUse.objects.filter(application=application).select_related("agency")
    return Parts(
        people=[one for one in people if one.until is None or one.until >= now],
        past_people=[one for one in people if one.until is not None and one.until < now],
        uses=list(uses.order_by("agency__short_name")),
        functions=[one for one in functions if one.confirmed_at is not None],
        suggested=[one for one in functions if one.confirmed_at is None],
        versions=list(Version.objects.filter(application=application).order_by("-current", "-year", "-pk")),
        costs=by_year(Cost.objects.filter(application=application).order_by("-year", "kind")),
        approvals=list(Approval.objects.filter(application=application).order_by("-date", "-pk")),
        legal_bases=list(LegalBasis.objects.filter(application=application).order_by("kind", "pk")),
        interfaces=list(Interface.objects.filter(application=application).order_by("name")),
    )


def by_year(costs: Iterable[Cost]) -> list[YearOfCost]:
    """Costs in order of their years, each with its sum."""
    found = []
    for year, rows in groupby(costs, key=lambda one: one.year):
        kept = list(rows)
        found.append(YearOfCost(year, sum((one.amount for one in kept), Decimal(0)), kept))
    return found


@dataclass(frozen=True)
class Line:
    """One field of an act, before and after in words."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Act:
    """What somebody changed at once."""

    batch: uuid.UUID
    at: datetime.datetime
    stated_by: str
    typed_by: str
    source: str
    source_url: str
    reason: str
    undoes: bool
    undone: bool
    by_id: int | None
    lines: list[Line] = field(default_factory=list)

    def may_undo(self, viewer: Any, *, manages: bool) -> bool:
        """One's own act within a day; who keeps the register may take back those of others as well."""
        if self.undoes or self.undone or timezone.now() - self.at > UNDO:
            return False
        return manages or (self.by_id is not None and self.by_id == viewer.pk)


def hidden_fields(visible: Collection[str], extras: Iterable[Field]) -> Q:
    """Changes in the history that a viewer with these visibilities does not see; of attributes that were added all
    but those in `extras` that may be seen."""
    fields = [one.name for one in FIELDS if one.visibility not in visible]
    parts = [f"{PART}{one.key}" for one in BY_KEY.values() if one.visibility not in visible]
    seen = [one.name for one in extras if one.visibility in visible]
    return Q(field__in=fields + parts) | (Q(field__startswith=EXTRA) & ~Q(field__in=seen))


def history(
    application: Application,
    *,
    visible: Collection[str],
    extras: Sequence[Field] = (),
    before: int | None = None,
    size: int = ACTS,
) -> tuple[list[Act], str]:
    """The newest acts before a number, and the key of those that follow ('' when there are none): four queries.
    Rows of one act stand together; what the viewer may not see is left out. `extras`: with the retired ones."""
    rows = Change.objects.filter(application=application).exclude(hidden_fields(visible, extras))
    if before is not None:
        rows = rows.filter(pk__lt=before)
    read = list(rows.select_related("by").order_by("-pk")[: size * 12])
    acts = [list(group) for _batch, group in groupby(read, key=lambda one: one.batch)]
    more = len(acts) > size or len(read) == size * 12
    if len(read) == size * 12 and len(acts) > 1 and len(acts) <= size:
        acts.pop()  # it may go on behind the last row that was read
    acts = acts[:size]
    batches = [one[0].batch for one in acts]
    undone = set(Change.objects.filter(undoes__in=batches).values_list("undoes", flat=True))
    names = _Names([change for act in acts for change in act])
    found = [_act(one, extras, names, undone, visible) for one in acts]
    return found, str(acts[-1][-1].pk) if more and acts else ""


def act(application: Application, batch: uuid.UUID) -> Act | None:
    """One act on this application, to be taken back: three queries."""
    rows = list(
        Change.objects.filter(application=application, batch=batch).select_related("by").order_by("-pk")
    )
    if not rows:
        return None
    undone = set(Change.objects.filter(undoes=batch).values_list("undoes", flat=True))
    return _act(rows, [], _Names([]), undone)


def touched(batch: uuid.UUID) -> list[Application]:
    """Every application an act changed: one query."""
    keys = Change.objects.filter(batch=batch).values("application")
    return list(Application.objects.filter(pk__in=keys).order_by("pk"))


class _Names:
    """Names of agencies and applications that changes point to: two queries."""

    def __init__(self, changes: Sequence[Change]) -> None:
        keys: dict[str, set[int]] = {"owner": set(), "replacement": set()}
        for one in changes:
            if one.field in keys:
                keys[one.field] |= {key for key in (one.before, one.after) if isinstance(key, int)}
        self.found: dict[str, dict[int, str]] = {
            "owner": dict(Agency.objects.filter(pk__in=keys["owner"]).values_list("pk", "short_name")),
            "replacement": dict(
                Application.objects.filter(pk__in=keys["replacement"]).values_list("pk", "name")
            ),
        }

    def words(self, name: str, value: Any) -> str | None:
        if name == "record_state":
            return record_state_words(value) if value else ""
        if name in self.found and isinstance(value, int):
            return self.found[name].get(value, str(value))
        return None


def _specification_lines(one: Change, visible: Collection[str]) -> list[Line]:
    """What changed of the machine and the provider of a version, as far as the viewer sees it."""
    before, after = one.before, one.after
    if one.field != VERSIONS or not isinstance(before, dict) or not isinstance(after, dict):
        return []
    label = f"{label_of(one.field)}, {after.get('words', '')}"
    return [
        Line(f"{label}: {each.label}", str(before.get(each.name) or ""), str(after.get(each.name) or ""))
        for each in SPECIFICATIONS
        if each.visibility in visible and (before.get(each.name) or "") != (after.get(each.name) or "")
    ]


def _act(
    changes: Sequence[Change],
    extras: Sequence[Field],
    names: _Names,
    undone: Collection[uuid.UUID | None],
    visible: Collection[str] = (),
) -> Act:
    first = changes[0]
    by_name = {one.name: one for one in extras}
    lines = []
    for one in reversed(changes):
        known = BY_NAME.get(one.field) or by_name.get(one.field)
        words = []
        for value in (one.before, one.after):
            told = names.words(one.field, value)
            words.append(value_words(known, value) if told is None else told)
        lines.append(Line(label_of(one.field, extras), *words))
        lines += _specification_lines(one, visible)
    return Act(
        batch=first.batch,
        at=first.at,
        stated_by=first.stated_by,
        typed_by=str(first.by.name) if first.by is not None else "",
        source=first.source,
        source_url=first.source_url,
        reason=first.reason,
        undoes=first.undoes is not None,
        undone=first.batch in undone,
        by_id=first.by_id,
        lines=lines,
    )


def is_public(application: Application) -> bool:
    """Does it have a page for everybody?"""
    return application.record_state == RecordState.REGISTERED


ALL = frozenset(Visibility.values)
