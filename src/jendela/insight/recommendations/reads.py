"""Every query on recommendations."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from jendela.common.dates import today
from jendela.insight.recommendations.choices import OPEN, RUNNING, State, Verdict
from jendela.insight.recommendations.evidence import gather
from jendela.insight.recommendations.models import Letter, Recommendation
from jendela.insight.recommendations.rules import RULES, Finding, Rule, look, sentence
from jendela.people.access.audit_words import Target
from jendela.people.access.choices import Permission
from jendela.people.access.policy import agencies_for
from jendela.people.agencies.models import Agency
from jendela.registry.applications.models import Application
from jendela.ui.templatetags.ui import path

SIZE = 50


@dataclass(frozen=True)
class Chosen:
    """Filters of a list; an empty value does not narrow."""

    state: str = ""
    rule: str = ""
    agency: str = ""  # slug
    late: bool = False  # not answered after its last day

    @property
    def any(self) -> bool:
        return any((self.state, self.rule, self.agency, self.late))


@dataclass(frozen=True)
class Page:
    rows: Sequence[Recommendation]
    next_key: str


@dataclass(frozen=True)
class Decisions:
    """What counts is decisions, not dashboards."""

    found: int
    given: int
    answered: int
    accepted: int
    done: int
    late: int


def visible(viewer: Any) -> QuerySet[Recommendation]:
    """All for those who give advice or read it everywhere; of people at an agency what was given to it."""
    rows = Recommendation.objects.select_related("application__owner", "agency")
    if agencies_for(viewer, Permission.GIVE_ADVICE) is None:
        return rows
    own = agencies_for(viewer, Permission.READ_ADVICE)
    given = rows.filter(given_at__isnull=False)
    return given if own is None else given.filter(agency__in=own)


def page(viewer: Any, chosen: Chosen, *, after: str = "", size: int = SIZE) -> Page:
    """The weightiest first: one query. `after` is 'weight-key'."""
    rows = narrowed(visible(viewer), chosen)
    weight, _dash, key = after.partition("-")
    if weight.isdecimal() and key.isdecimal() and len(after) < 24:
        rows = rows.filter(Q(weight=int(weight), pk__gt=int(key)) | Q(weight__lt=int(weight)))
    found = list(rows.order_by("-weight", "pk")[: size + 1])
    last = found[size - 1] if len(found) > size else None
    return Page(found[:size], f"{last.weight}-{last.pk}" if last else "")


def narrowed(rows: QuerySet[Recommendation], chosen: Chosen) -> QuerySet[Recommendation]:
    if chosen.state:
        rows = rows.filter(state=chosen.state)
    if chosen.rule:
        rows = rows.filter(rule=chosen.rule)
    if chosen.agency:
        rows = rows.filter(agency__slug=chosen.agency)
    if chosen.late:
        rows = rows.filter(state=State.GIVEN, due_on__lt=today())
    return rows


def states(viewer: Any) -> dict[str, int]:
    """How many in each state: one query."""
    rows = visible(viewer).order_by().values_list("state").annotate(number=Count("pk"))
    return dict(rows)


def findings_by_agency() -> list[tuple[Agency, dict[str, int]]]:
    """What was found and not given yet, by agency and rule, the most first: two queries."""
    numbers: dict[int, Counter[str]] = {}
    rows = Recommendation.objects.filter(state=State.FOUND).order_by().values_list("agency", "rule")
    for key, rule, number in rows.annotate(number=Count("pk")):
        numbers.setdefault(key, Counter())[rule] += number
    agencies = {row.pk: row for row in Agency.objects.filter(pk__in=numbers)}
    order = sorted(numbers, key=lambda key: (-sum(numbers[key].values()), agencies[key].short_name))
    return [(agencies[key], dict(numbers[key])) for key in order]


def found_for(keys: Collection[int]) -> list[Recommendation]:
    """Findings by their keys, as they are still not given: one query."""
    rows = Recommendation.objects.filter(pk__in=keys, state=State.FOUND)
    return list(
        rows.select_related("application__owner", "agency").order_by("agency__short_name", "-weight", "pk")
    )


def recommendation(viewer: Any, number: int) -> Recommendation | None:
    """One that the viewer may see, with answers and notes."""
    rows = visible(viewer).prefetch_related("answers", "notes", "letters")
    return rows.filter(pk=number).first()


def of_application(application_id: int) -> list[Recommendation]:
    """What was given about an application, the newest first: one query."""
    rows = Recommendation.objects.filter(application=application_id, given_at__isnull=False)
    return list(rows.select_related("agency").order_by("-pk"))


def of_agency(agency_id: int) -> list[Recommendation]:
    """What waits for the agency's answer or is being done, by deadline: one query."""
    rows = Recommendation.objects.filter(agency=agency_id, state__in=RUNNING)
    return list(rows.select_related("application").order_by("due_on", "-weight", "pk"))


def why(application: Application) -> list[tuple[Rule, Finding]]:
    """What every rule says of an application now: applies, not, lacks which fact, too young."""
    row = Application.objects.select_related("owner", "probe_state").get(pk=application.pk)
    [evidence] = gather([row], today())
    order = [Verdict.APPLIES, Verdict.LACKS, Verdict.YOUNG, Verdict.NOT]
    return sorted(look(evidence), key=lambda pair: (order.index(pair[1].verdict), -pair[0].weight))


def decisions() -> Decisions:
    """Counts over all that was ever found: one query."""
    given = Q(given_at__isnull=False)
    found = Recommendation.objects.aggregate(
        found=Count("pk"),
        given=Count("pk", filter=given),
        answered=Count("pk", filter=Q(answered_at__isnull=False)),
        accepted=Count("pk", filter=Q(answers__kind__in=("terima", "sebagian")), distinct=True),
        done=Count("pk", filter=Q(state=State.DONE)),
        late=Count("pk", filter=Q(state=State.GIVEN, due_on__lt=today())),
    )
    return Decisions(**found)


def count_waiting(viewer: Any) -> int:
    """For the menu: what waits for the viewer's agencies; for those who give advice, findings not given yet."""
    if agencies_for(viewer, Permission.GIVE_ADVICE) is None:
        return Recommendation.objects.filter(state=State.FOUND).count()
    return visible(viewer).filter(state=State.GIVEN).count()


def letter(viewer: Any, number: int) -> Letter | None:
    """A letter to an agency whose advice the viewer reads, with its recommendations."""
    rows = Letter.objects.select_related("agency").prefetch_related(
        "recommendations__application__owner", "recommendations__answers"
    )
    own = agencies_for(viewer, Permission.READ_ADVICE)
    return (rows if own is None else rows.filter(agency__in=own)).filter(pk=number).first()


def words(row: Recommendation) -> str:
    """The advice in one sentence."""
    return sentence(row.rule, row.application.name)


def rule_of(row: Recommendation) -> Rule | None:
    return RULES.get(row.rule)


def is_open(row: Recommendation) -> bool:
    return row.state in OPEN


def recommendation_targets(keys: Collection[str]) -> dict[str, Target]:
    """How the trail names them."""
    rows = Recommendation.objects.filter(pk__in=[int(key) for key in keys if key.isdecimal()])
    return {
        str(row.pk): Target(words(row), path(f"/kelola/rekomendasi/{row.pk}/"))
        for row in rows.select_related("application")
    }
