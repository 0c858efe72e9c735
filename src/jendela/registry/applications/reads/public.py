"""The register of applications as the public sees it, and its facts in words: state with the date of its source,
evidence."""

import html
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jendela.common.dates import parse_partial
from jendela.common.models import AuditEntry
from jendela.people.agencies.reads import UNDO
from jendela.registry.applications.choices import (
    ApplicationAudience,
    ApplicationState,
    Evidence,
    OperatorLevel,
    RecordState,
)
from jendela.registry.applications.models import Application

MOST_WORDS = 6  # of a text that filters


@dataclass(frozen=True)
class Filters:
    """What narrows the list; an empty value does not."""

    level: str = ""
    audience: str = ""
    state: str = ""
    owner: str = ""  # slug of an agency
    text: str = ""

    @property
    def active(self) -> bool:
        return any((self.level, self.audience, self.state, self.owner, self.text))


@dataclass(frozen=True)
class Entry:
    """An application as a list shows it, in the active language. The texts are escaped for HTML once: a list of all
    of them is then quick to draw."""

    slug: str
    name: str
    purpose: str
    owner: str
    owner_slug: str
    owner_phone: str
    level: str
    level_words: str
    state: str
    state_words: str
    evidence_words: str
    task: str
    works: bool
    url: str


@dataclass(frozen=True)
class Number:
    """How many applications have a value."""

    value: str
    label: str
    count: int


@dataclass(frozen=True)
class Overview:
    """The whole register in numbers."""

    total: int
    levels: list[Number]
    states: list[Number]
    audiences: list[Number]

    def level(self, value: str) -> int:
        return next((number.count for number in self.levels if number.value == value), 0)


@dataclass(frozen=True)
class Task:
    """What staff want to do; groups the staff window."""

    value: str
    slug: str
    label: str
    count: int


@dataclass(frozen=True)
class Listed:
    entries: list[Entry]
    next_key: str
    found: int


def registered() -> QuerySet[Application]:
    """What stands in the register for everybody: no reports that wait for an owner, nothing merged or refused."""
    return Application.objects.filter(record_state=RecordState.REGISTERED)


def overview() -> Overview:
    """Counts by operator level, state and audience, over the whole register: one query."""
    levels: Counter[str] = Counter()
    states: Counter[str] = Counter()
    audiences: Counter[str] = Counter()
    rows = registered().order_by().values_list("operator_level", "state", "audience")
    for level, state, audience, number in rows.annotate(number=Count("pk")):
        levels[level] += number
        states[state] += number
        audiences[audience] += number
    return Overview(
        total=sum(levels.values()),
        levels=_numbers(OperatorLevel.choices, levels),
        states=_numbers(ApplicationState.choices, states),
        audiences=_numbers(ApplicationAudience.choices, audiences),
    )


def _numbers(choices: Iterable[tuple[str, object]], counts: Counter[str]) -> list[Number]:
    return [Number(value, str(label), counts[value]) for value, label in choices if counts[value]]


def owners() -> list[tuple[str, str]]:
    """Slug and short name of every agency that owns an application."""
    rows = registered().order_by().values_list("owner__slug", "owner__short_name").distinct()
    return [(_safe(slug), _safe(name)) for slug, name in sorted(rows, key=lambda row: row[1].lower())]


def list_applications(filters: Filters, *, after: str = "", size: int = 100) -> Listed:
    """One page of the register by name, and how many are found: two queries."""
    rows = narrowed(_for_lists(), filters)
    found = rows.order_by().count()
    in_order = rows.annotate(first=Lower("name")).order_by("first", "pk")
    number, _sign, name = after.partition("~")
    if number.isascii() and number.isdigit() and len(number) < 18:
        in_order = in_order.filter(first__gte=name).filter(Q(first__gt=name) | Q(pk__gt=int(number)))
    read: list[Any] = list(in_order[: size + 1])
    shown = read[:size]
    next_key = f"{shown[-1].pk}~{shown[-1].first}" if len(read) > size else ""
    return Listed(_entries(shown), next_key, found)


def _for_lists() -> QuerySet[Application]:
    """Only the columns that `entry` needs."""
    own = (
        "slug",
        "name",
        "name_en",
        "purpose",
        "operator_level",
        "state",
        "state_as_of",
        "evidence",
        "task",
        "url",
    )
    of_owner = ("owner__slug", "owner__short_name", "owner__phone")
    return registered().select_related("owner").only(*own, *of_owner)


def narrowed(rows: QuerySet[Application], filters: Filters) -> QuerySet[Application]:
    """The rows that fit; every word of the text must be found in a name, purpose, function, task or owner."""
    if filters.level:
        rows = rows.filter(operator_level=filters.level)
    if filters.audience == ApplicationAudience.BOTH:
        rows = rows.filter(audience=ApplicationAudience.BOTH)
    elif filters.audience:
        rows = rows.filter(audience__in=[filters.audience, ApplicationAudience.BOTH])
    if filters.state:
        rows = rows.filter(state=filters.state)
    if filters.owner:
        rows = rows.filter(owner__slug=filters.owner)
    for word in filters.text.split()[:MOST_WORDS]:
        rows = rows.filter(search_text__icontains=word)
    return rows


def work_tools(filters: Filters, *, task: str = "") -> list[Entry]:
    """What staff use themselves (internal and both audiences), by task and name: one query."""
    rows = narrowed(_for_lists().exclude(audience=ApplicationAudience.PUBLIC), filters)
    if task:
        rows = rows.filter(task=task)
    return _entries(rows.order_by("task", Lower("name")))


def tasks() -> list[Task]:
    """The tasks of the staff window with their numbers, by name: one query."""
    rows = (
        registered()
        .exclude(audience=ApplicationAudience.PUBLIC)
        .order_by()
        .values_list("task", "task_en")
        .annotate(number=Count("pk"))
    )
    english = _english()
    found = [
        Task(task, slugify(task), (task_en if english and task_en else task) or _("Lain-lain"), number)
        for task, task_en, number in rows
    ]
    return sorted(found, key=lambda one: (not one.value, one.label.lower()))


def application(slug: str) -> Application | None:
    """One application that stands in the register, with its owner and what takes over from it."""
    return registered().select_related("owner", "replacement").filter(slug=slug).first()


def others_of_owner(one: Application, *, limit: int = 12) -> list[Entry]:
    """Other applications of the same owner, by name."""
    rows = _for_lists().filter(owner=one.owner_id).exclude(pk=one.pk)
    return _entries(rows.order_by(Lower("name"))[:limit])


def working_for_same_matter(one: Application, *, limit: int = 5) -> list[Entry]:
    """Applications in use for the same matter (the part of `function` before a colon), residents' ones first."""
    matter = one.function.split(":")[0].strip()
    rows = _for_lists().filter(state=ApplicationState.IN_USE, function__istartswith=matter)
    return _entries(rows.exclude(pk=one.pk).order_by("-audience", Lower("name"))[:limit])


def entry(row: Application) -> Entry:
    """A row in the words of the active language."""
    return _entry(row, _english())


def _entries(rows: Iterable[Application]) -> list[Entry]:
    english = _english()
    return [_entry(row, english) for row in rows]


def _entry(row: Application, english: bool) -> Entry:
    language = "en" if english else "id"
    return Entry(
        slug=_safe(row.slug),
        name=_safe((english and row.name_en) or row.name),
        purpose=_safe(row.purpose),
        owner=_safe(row.owner.short_name),
        owner_slug=_safe(row.owner.slug),
        owner_phone=_safe(row.owner.phone),
        level=_safe(row.operator_level),
        level_words=_level_words(row.operator_level, language),
        state=_safe(row.state),
        state_words=_state_words(row.state, row.state_as_of, language),
        evidence_words=_evidence_words(row.evidence, language),
        task=row.task,
        works=row.works,
        url=_safe(row.url if row.works else ""),
    )


def _safe(text: str) -> SafeString:
    return SafeString(html.escape(text))


def name_of(row: Application) -> str:
    return row.name_en if row.name_en and _english() else row.name


def state_words(row: Application) -> str:
    """'dipakai, menurut sumber Oktober 2025' in the active language."""
    return _state_words(row.state, row.state_as_of, get_language() or "id")


def date_words(value: str) -> str:
    """A partial date in words, or '' when it is not known."""
    try:
        date = parse_partial(value)
    except ValueError:
        return value
    return date.words() if date else ""


def _english() -> bool:
    return (get_language() or "").startswith("en")


@lru_cache(maxsize=2048)
def _state_words(state: str, as_of: str, language: str) -> str:
    """Cached by language: the active one must be `language`."""
    date = date_words(as_of)
    if not date:
        return _safe(_undated(state))
    sentences = {
        ApplicationState.IN_USE: _("dipakai, menurut sumber %(date)s"),
        ApplicationState.PLANNED: _("baru rencana, menurut sumber %(date)s"),
        ApplicationState.INTRODUCED: _("pernah diperkenalkan, menurut sumber %(date)s"),
        ApplicationState.DEAD: _("tidak berfungsi, menurut sumber %(date)s"),
        ApplicationState.UNKNOWN: _("belum diketahui dipakai atau tidak, sumber %(date)s"),
    }
    return _safe(sentences[ApplicationState(state)] % {"date": date})


def _undated(state: str) -> str:
    sentences = {
        ApplicationState.IN_USE: _("dipakai, menurut sumber tanpa tanggal"),
        ApplicationState.PLANNED: _("baru rencana, menurut sumber tanpa tanggal"),
        ApplicationState.INTRODUCED: _("pernah diperkenalkan, menurut sumber tanpa tanggal"),
        ApplicationState.DEAD: _("tidak berfungsi, menurut sumber tanpa tanggal"),
        ApplicationState.UNKNOWN: _("belum diketahui dipakai atau tidak"),
    }
    return sentences[ApplicationState(state)]


@lru_cache(maxsize=32)
def _level_words(level: str, language: str) -> str:
    return _safe(str(OperatorLevel(level).label))


@lru_cache(maxsize=32)
def _evidence_words(evidence: str, language: str) -> str:
    return _safe(str(Evidence(evidence).label))


def last_address_edit(application: Application) -> AuditEntry | None:
    """The change of address that can still be taken back: the last one, at most a day old, and no undoing."""
    entry = (
        AuditEntry.objects.filter(
            target_type="registry_applications.application",
            target_key=str(application.pk),
            action__in=("applications.set_address", "applications.undo_address"),
        )
        .order_by("-id")
        .first()
    )
    if entry is None or entry.action != "applications.set_address" or timezone.now() - entry.at > UNDO:
        return None
    return entry
