"""Findings: made, renewed, closed. One that is gone is closed with a dated note, never silently; a no or a keep is
remembered and not asked again before its review."""

import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from jendela.common import content
from jendela.common.audit import Actor, record, record_many
from jendela.common.dates import months_after, today
from jendela.insight.recommendations.choices import OPEN, NoteKind, State, Verdict
from jendela.insight.recommendations.evidence import Evidence, gather
from jendela.insight.recommendations.findings import Finding
from jendela.insight.recommendations.models import Note, Reach, Recommendation
from jendela.insight.recommendations.rules import RULES, Rule, look
from jendela.insight.recommendations.thresholds import thresholds
from jendela.people.agencies.choices import AgencyKind
from jendela.people.agencies.models import Agency
from jendela.registry.applications.choices import RecordState
from jendela.registry.applications.models import Application

BATCH = 500
RESTING = (State.DECLINED, State.KEPT, State.WITHDRAWN)  # not asked again before their review
Reached = Counter[tuple[str, str, str]]  # rule, verdict, why: of how many applications


def find_all(*, by: Actor) -> tuple[int, int]:
    """Judge every registered application; returns how many were found and how many closed because facts changed."""
    keys = list(
        Application.objects.filter(record_state=RecordState.REGISTERED)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    found, closed = 0, close_unregistered(by=by)
    reach: Reached = Counter()
    for start in range(0, len(keys), BATCH):
        more, gone = find_batch(keys=keys[start : start + BATCH], by=by, reach=reach)
        found, closed = found + more, closed + gone
    _keep_reach(reach)
    return found, closed


@transaction.atomic
def find_batch(*, keys: Sequence[int], by: Actor, reach: Reached | None = None) -> tuple[int, int]:
    """Judge these applications, in a constant number of statements; into `reach` goes what the rules said of how
    many. Handlers may run it twice."""
    now, day = timezone.now(), today()
    rows = list(Application.objects.filter(pk__in=keys).select_related("owner", "probe_state").order_by("pk"))
    standing = {
        (one.rule, one.application_id, one.part): one
        for one in Recommendation.objects.select_for_update(of=("self",))
        .select_related("agency")
        .filter(application__in=keys, state__in=OPEN)
    }
    rested = set(
        Recommendation.objects.filter(application__in=keys, state__in=RESTING, review_on__gt=day).values_list(
            "rule", "application", "part"
        )
    )
    new, kept, renewed = [], set(), []
    with translation.override("id"):  # facts are kept in the language of the letters
        for evidence in gather(rows, day):
            findings = look(evidence)
            if reach is not None:
                reach.update(
                    {(rule.key, found.verdict, found.reason or found.why) for rule, found in findings}
                )
            for rule, finding in findings:
                key = (rule.key, evidence.application.pk, finding.part)
                if finding.verdict is not Verdict.APPLIES:
                    if finding.verdict in (Verdict.LACKS, Verdict.YOUNG):
                        kept |= {one for one in standing if one[:2] == key[:2]}
                    continue
                kept.add(key)
                if key in standing:
                    if _renew(standing[key], finding, _answering(standing[key], rule, evidence)):
                        renewed.append(standing[key])
                elif key not in rested:
                    new.append(_new(rule, finding, evidence, now))
        Recommendation.objects.bulk_create(new)
        Recommendation.objects.bulk_update(renewed, ["facts", "agency"], batch_size=200)
        gone = [one for key, one in standing.items() if key not in kept and one.rule in RULES]
        _close_gone(gone, now, by)
    if new or gone:
        content.changed()
    if new:
        record(by=by, action="recommendations.find", target=("insight_recommendations.recommendation", "*"),
               after={"found": len(new)})  # fmt: skip
    return len(new), len(gone)


@transaction.atomic
def _keep_reach(reach: Reached) -> None:
    """What the last look at all applications said of each rule; a derived number, as scores are."""
    Reach.objects.all().delete()
    now = timezone.now()
    Reach.objects.bulk_create(
        Reach(rule=rule, verdict=verdict, why=why[:300], number=number, judged_at=now)
        for (rule, verdict, why), number in sorted(reach.items())
    )


def _addressee(rule: Rule, evidence: Evidence) -> Agency:
    """Who answers: the owner, but for rules that ask the users of what the centre or the province runs."""
    return evidence.answers if rule.asks_users and evidence.answers else evidence.application.owner


def _answering(row: Recommendation, rule: Rule, evidence: Evidence) -> Agency:
    """Who was given an advice about what others run answers it, also when another agency confirms its use later."""
    agency = _addressee(rule, evidence)
    asked_users = rule.asks_users and agency.pk != evidence.application.owner_id
    if row.state == State.FOUND or not asked_users or row.agency.kind == AgencyKind.DISSOLVED:
        return agency
    return row.agency


def _new(rule: Rule, finding: Finding, evidence: Evidence, now: datetime.datetime) -> Recommendation:
    return Recommendation(
        rule=rule.key,
        application=evidence.application,
        part=finding.part,
        agency=_addressee(rule, evidence),
        action=rule.action,
        weight=rule.weight,
        facts=[asdict(one) for one in finding.facts],
        found_at=now,
    )


def _renew(row: Recommendation, finding: Finding, agency: Agency) -> bool:
    """Facts of what is not given yet follow the register; given ones stay as the agency read them. The agency follows
    the owner, also after a merger, and who answers for the use. Did anything change?"""
    facts = [asdict(one) for one in finding.facts] if row.state == State.FOUND else row.facts
    if facts == row.facts and row.agency_id == agency.pk:
        return False
    row.facts, row.agency = facts, agency
    return True


@transaction.atomic
def close_unregistered(*, by: Actor) -> int:
    """What stands about a record that was merged into another, refused, or is a concept again is closed as changed."""
    rows = Recommendation.objects.select_for_update(of=("self",)).filter(state__in=OPEN)
    gone = list(rows.exclude(application__record_state=RecordState.REGISTERED))
    if gone:
        with translation.override("id"):
            _close_gone(gone, timezone.now(), by)
        content.changed()
    return len(gone)


def _close_gone(rows: Sequence[Recommendation], now: datetime.datetime, by: Actor) -> None:
    """The facts changed: what was accepted is done, the rest is closed as changed."""
    words, day = _("Fakta di daftar aplikasi sudah berubah."), timezone.localdate(now)
    months = thresholds(day)["ukur_lagi"].value
    for row in rows:
        accepted = row.state in (State.ACCEPTED, State.PARTLY)
        row.state = State.DONE if accepted else State.GONE
        row.closed_at, row.closed_why = now, words
        row.measure_on = months_after(day, months) if accepted else None
    Recommendation.objects.bulk_update(rows, ["state", "closed_at", "closed_why", "measure_on"])
    Note.objects.bulk_create(
        Note(recommendation=one, kind=NoteKind.CLOSED, text=words, by=by.name[:120], at=now) for one in rows
    )
    record_many(
        by=by,
        action="recommendations.close_gone",
        changes=[(one, None, {"state": one.state}) for one in rows],
    )
