"""Applications by how complete they are, and one of them judged now."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Avg, Count, Q, QuerySet

from jendela.registry.applications.choices import RecordState
from jendela.registry.applications.models import Application
from jendela.registry.scores.choices import Rank, Time
from jendela.registry.scores.models import Score

SIZE = 50


@dataclass(frozen=True)
class Chosen:
    """Filters of the list; an empty value does not narrow."""

    rank: str = ""
    time: str = ""
    agency: str = ""  # slug
    text: str = ""

    @property
    def any(self) -> bool:
        return any((self.rank, self.time, self.agency, self.text))


@dataclass(frozen=True)
class Page:
    rows: Sequence[Score]
    next_key: str


@dataclass(frozen=True)
class Agencies:
    """Mean completeness of an agency's applications."""

    slug: str
    short_name: str
    number: int
    percent: int


def _scores() -> QuerySet[Score]:
    return Score.objects.filter(application__record_state=RecordState.REGISTERED)


def narrowed(chosen: Chosen) -> QuerySet[Score]:
    rows = _scores()
    if chosen.rank:
        rows = rows.filter(rank=chosen.rank)
    if chosen.time:
        rows = rows.filter(time=chosen.time)
    if chosen.agency:
        rows = rows.filter(application__owner__slug=chosen.agency)
    for word in chosen.text.split()[:6]:
        rows = rows.filter(application__search_text__icontains=word)
    return rows


def page(chosen: Chosen, *, after: str = "", size: int = SIZE) -> Page:
    """The least complete first: one query. `after` is 'percent-key'; anything else begins at the start."""
    rows = narrowed(chosen).select_related("application__owner")
    percent, _dash, key = after.partition("-")
    if percent.isdecimal() and key.isdecimal() and len(after) < 24:
        later = Q(completeness=int(percent), application__gt=int(key)) | Q(completeness__gt=int(percent))
        rows = rows.filter(later, completeness__gte=int(percent))
    found = list(rows.order_by("completeness", "application")[: size + 1])
    last = found[size - 1] if len(found) > size else None
    return Page(found[:size], f"{last.completeness}-{last.application_id}" if last else "")


def numbers() -> tuple[dict[str, int], dict[str, int], int, float | None]:
    """How many by rank, by TIME class, in all, and their mean completeness: one query."""
    ranks, times, total, weighed = dict.fromkeys(Rank.values, 0), dict.fromkeys(Time.values, 0), 0, 0.0
    rows = _scores().order_by().values_list("rank", "time")
    for rank, time, number, mean in rows.annotate(number=Count("pk"), mean=Avg("completeness")):
        ranks[rank] += number
        times[time] += number
        total += number
        weighed += number * mean
    return ranks, times, total, weighed / total if total else None


def agencies() -> list[Agencies]:
    """Agencies by mean completeness, the least first: one query."""
    rows = (
        _scores()
        .order_by()
        .values_list("application__owner__slug", "application__owner__short_name")
        .annotate(number=Count("pk"), mean=Avg("completeness"))
        .order_by("mean", "application__owner__short_name")
    )
    return [Agencies(slug, name, number, round(mean)) for slug, name, number, mean in rows]


def application(slug: str) -> Application | None:
    """One registered application with its owner."""
    rows = Application.objects.select_related("owner")
    return rows.filter(slug=slug, record_state=RecordState.REGISTERED).first()


def score_of(application_id: int) -> Score | None:
    return Score.objects.filter(application=application_id).first()
