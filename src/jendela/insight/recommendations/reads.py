"""Every query on recommendations."""

import datetime
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from jendela.common.dates import today
from jendela.insight.recommendations.choices import OPEN, RUNNING, State, Verdict
from jendela.insight.recommendations.evidence import gather
from jendela.insight.recommendations.findings import Finding
from jendela.insight.recommendations.models import Letter, Reach, Recommendation
from jendela.insight.recommendations.rules import RULES, Rule, look, sentence
from jendela.people.access.audit_words import Target
from jendela.people.access.choices import Permission
from jendela.people.access.models import Membership
from jendela.people.access.policy import agencies_for, has_permission
from jendela.people.access.roles import ROLES
from jendela.people.agencies.models import Agency
from jendela.registry.applications.models import Application
from jendela.ui.templatetags.ui import path

SIZE = 50
AGENCIES = 40  # on the page of findings at once
NAMED = 12  # applications named in a group
MOST_GROUPS = 500
EXPORT = 5_000  # rows of a table
MOST = 500  # findings that one act may give


@dataclass(frozen=True)
class Chosen:
    """Filters of a list; an empty value does not narrow."""

    state: str = ""
    rule: str = ""
    agency: str = ""  # slug
    late: bool = False  # not answered after its last day
    measure: bool = False  # done, and its effect is to be looked at

    @property
    def any(self) -> bool:
        return any((self.state, self.rule, self.agency, self.late, self.measure))


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
    """The weightiest first: one query. `after` is 'weight-key'. Without a state to look for, what is running."""
    rows = narrowed(visible(viewer), chosen)
    if not (chosen.state or chosen.late or chosen.measure):
        rows = rows.filter(state__in=RUNNING)
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
    if chosen.measure:
        rows = rows.filter(state=State.DONE, measure_on__lte=today())
    return rows


def states(viewer: Any) -> dict[str, int]:
    """How many in each state: one query."""
    rows = visible(viewer).order_by().values_list("state").annotate(number=Count("pk"))
    return dict(rows)


@dataclass(frozen=True)
class Group:
    """Findings of one rule at one agency, not given yet; `names` are the first of its applications."""

    key: str  # 'agency:rule', as a form sends it
    rule: str
    number: int
    names: tuple[str, ...]


def findings_by_agency(
    chosen: Chosen = Chosen(), *, most: int = AGENCIES
) -> tuple[list[tuple[Agency, list[Group]]], int, int]:
    """What was found and not given yet, by agency and rule, the weightiest first, then the most: at most `most`
    agencies, how many more there are, and the number of all findings. Three queries."""
    numbers: dict[int, Counter[str]] = {}
    rows = narrowed(Recommendation.objects.filter(state=State.FOUND), chosen).order_by()
    for key, rule, number in rows.values_list("agency", "rule").annotate(number=Count("pk")):
        numbers.setdefault(key, Counter())[rule] += number
    agencies = {row.pk: row for row in Agency.objects.filter(pk__in=numbers)}
    order = sorted(numbers, key=lambda key: (-_heaviest(numbers[key]), -sum(numbers[key].values()), key))
    shown = order[:most]
    names: dict[tuple[int, str], list[str]] = {}
    named = rows.filter(agency__in=shown).order_by("application__name", "pk")
    for agency, rule, name in named.values_list("agency", "rule", "application__name"):
        names.setdefault((agency, rule), []).append(name)
    found = []
    for key in shown:
        rules = sorted(numbers[key], key=lambda rule: -(RULES[rule].weight if rule in RULES else 0))
        groups = [
            Group(f"{key}:{rule}", rule, numbers[key][rule], tuple(dict.fromkeys(names[key, rule][:NAMED])))
            for rule in rules
        ]
        found.append((agencies[key], groups))
    return found, len(order) - len(shown), sum(sum(rules.values()) for rules in numbers.values())


def _heaviest(rules: Collection[str]) -> int:
    return max((RULES[rule].weight for rule in rules if rule in RULES), default=0)


def found_in(groups: Collection[str]) -> list[Recommendation]:
    """Findings of the groups a form sends ('agency:rule'), the weightiest first, at most MOST: one query."""
    wanted = Q(pk__in=())
    for group in list(groups)[:MOST_GROUPS]:
        agency, _colon, rule = group.partition(":")
        if agency.isdecimal() and len(agency) < 10 and rule in RULES:
            wanted |= Q(agency=int(agency), rule=rule)
    rows = Recommendation.objects.filter(wanted, state=State.FOUND).select_related("application", "agency")
    return list(rows.order_by("agency__short_name", "agency", "-weight", "pk")[:MOST])


def answerers(agencies: Collection[int]) -> list[Membership]:
    """Who may answer for these agencies today, with agency and person: one query."""
    roles = [code for code, role in ROLES.items() if Permission.ANSWER_ADVICE in role.permissions]
    rows = Membership.objects.holding().filter(agency__in=agencies, role__in=roles, user__is_active=True)
    return list(rows.select_related("user", "agency").order_by("agency", "pk"))


def agencies_with_advice(viewer: Any) -> list[tuple[str, str]]:
    """(slug, name) of the agencies that something was given or found for, for the filter: one query."""
    rows = visible(viewer).order_by("agency__short_name").values_list("agency__slug", "agency__short_name")
    return list(dict.fromkeys(rows.distinct()))


def recommendation(viewer: Any, number: int) -> Recommendation | None:
    """One that the viewer may see, with answers and notes."""
    rows = visible(viewer).prefetch_related("answers", "notes", "letters")
    return rows.filter(pk=number).first()


def of_application(application_id: int) -> list[Recommendation]:
    """What was given about an application, the newest first: one query."""
    rows = Recommendation.objects.filter(application=application_id, given_at__isnull=False)
    return list(rows.select_related("agency").order_by("-pk"))


def waiting_at(agency_id: int) -> int:
    """How many wait for the agency's first answer: one query."""
    return Recommendation.objects.filter(agency=agency_id, state=State.GIVEN).count()


def weightiest(application_id: int) -> Recommendation | None:
    """The newest of the weightiest ever found about an application, with its answers: two queries."""
    rows = Recommendation.objects.filter(application=application_id).select_related("application", "agency")
    return rows.prefetch_related("answers").order_by("-weight", "-pk").first()


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


def now(row: Recommendation) -> Finding | None:
    """What the rule says of the application today, beside the facts as they were given; None when it is no more."""
    rule = RULES.get(row.rule)
    if rule is None:
        return None
    application = Application.objects.select_related("owner", "probe_state").get(pk=row.application_id)
    [evidence] = gather([application], today())
    found = rule.look(evidence)
    return next((one for one in found if one.part == row.part), found[0])


@dataclass(frozen=True)
class Reached:
    """How many applications a rule applied to at the last look at all of them, and why not to the others."""

    applies: int
    total: int
    judged_at: datetime.datetime
    others: Sequence[tuple[str, int]]  # the most first


def reached(rule: str) -> Reached | None:
    """None before the first look: one query. A rule may find several things at one application; each application
    counts once for each verdict and reason."""
    rows = list(Reach.objects.filter(rule=rule).order_by("-number", "why"))
    if not rows:
        return None
    others = [(row.why, row.number) for row in rows if row.verdict != Verdict.APPLIES]
    return Reached(
        applies=sum(row.number for row in rows if row.verdict == Verdict.APPLIES),
        total=sum(row.number for row in rows),
        judged_at=rows[0].judged_at,
        others=others,
    )


def may_read_reasons(viewer: Any, application: Application) -> bool:
    """Those who read the advice of its owner, and agencies that were given some about it."""
    if has_permission(viewer, Permission.READ_ADVICE, application.owner_id):
        return True
    return visible(viewer).filter(application=application, state__in=OPEN).exists()


def late_and_measure(viewer: Any) -> tuple[int, int]:
    """How many are answered too late, and how many that are done wait for a look at their effect: one query."""
    late = Count("pk", filter=Q(state=State.GIVEN, due_on__lt=today()))
    measure = Count("pk", filter=Q(state=State.DONE, measure_on__lte=today()))
    found = visible(viewer).order_by().aggregate(late=late, measure=measure)
    return found["late"], found["measure"]


def letters(viewer: Any, keys: Collection[int]) -> list[Letter]:
    """Letters to agencies whose advice the viewer reads: one query."""
    rows = Letter.objects.filter(pk__in=keys).select_related("agency")
    own = agencies_for(viewer, Permission.READ_ADVICE)
    return list((rows if own is None else rows.filter(agency__in=own)).order_by("agency__short_name"))


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
