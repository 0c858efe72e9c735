"""Every change of probes. What the schedule does by itself is seen in the rows of runs and probes; what people do, and
each run, has an audit row."""

import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from jendela.common import ratelimit
from jendela.common.audit import SYSTEM, Actor, record
from jendela.common.dates import today
from jendela.common.jobs import enqueue
from jendela.registry.applications.models import Application
from jendela.registry.probes import schedule
from jendela.registry.probes.choices import DisputeState, Fact, Level, Outcome, Verdict
from jendela.registry.probes.facts import Facts
from jendela.registry.probes.judging import Standing, judge
from jendela.registry.probes.models import AllowedHost, Dispute, Probe, ProbedHost, ProbeRun, ProbeState
from jendela.registry.probes.policy import may_answer, may_dispute
from jendela.registry.probes.robots import Robots, seconds_between
from jendela.registry.probes.thresholds import thresholds

ASKED_AN_HOUR = 4  # times one application may be asked for by hand
KEPT_DAYS = 730


class NotAllowedError(Exception):
    """The actor may not do this here."""


class TooOftenError(Exception):
    """This application was asked for several times within the hour."""


class AlreadyDisputedError(Exception):
    """The fact carries a dispute that waits for its answer."""


class NothingToDisputeError(Exception):
    """There is no such fact, or it is fine, or it is not known."""


class ClosedError(Exception):
    """The dispute was answered, withdrawn or settled already."""


class BadUntilError(Exception):
    """The last day of setting aside is not ahead, or too far."""


@transaction.atomic
def plan_run(*, now: datetime.datetime, most: int) -> int:
    """Ask for probes of what is due, the longest waiting first, one of each host; returns how many. Each planned one
    is put off, so that a second run at the same time asks for others."""
    chosen = schedule.due(now, most)
    later = now + schedule.CLAIM
    ProbeState.objects.bulk_create(
        [
            ProbeState(application_id=pk, asked="", verdict=Verdict.SKIPPED, claimed_until=later)
            for pk in chosen
        ],
        update_conflicts=True,
        unique_fields=["application"],
        update_fields=["claimed_until"],
    )
    for pk in chosen:
        enqueue("registry_probes.probe", application_id=pk)
    run = ProbeRun.objects.create(at=now, planned=len(chosen))
    if chosen:
        record(by=SYSTEM, action="probes.plan_run", target=run, after={"planned": len(chosen)})
    return len(chosen)


@transaction.atomic
def ask_probe(*, application: Application, by: Actor) -> None:
    """ "Periksa sekarang". Raises NotAllowedError, TooOftenError."""
    if by.user is None or not may_dispute(by.user, application):
        raise NotAllowedError
    if not ratelimit.hit("probe_now", str(application.pk), limit=ASKED_AN_HOUR, seconds=3600).allowed:
        raise TooOftenError
    enqueue("registry_probes.probe", application_id=application.pk)
    record(by=by, action="probes.ask_probe", target=application, after={"url": application.url})


@transaction.atomic
def keep_probe(*, application_id: int, found: Facts, at: datetime.datetime) -> Probe:
    """Write what a probe saw, say where the application stands now, and settle disputes whose fact has changed."""
    state = ProbeState.objects.select_for_update(of=("self",)).filter(application_id=application_id).first()
    columns = {name: found.columns.get(name) for name in schedule.COLUMNS} | {"asked": found.columns["asked"]}
    probe = Probe.objects.create(
        application_id=application_id,
        at=at,
        outcome=found.outcome,
        why=found.why,
        facts=found.facts,
        **columns,
    )
    streak = schedule.streak(state, probe, thresholds(timezone.localdate(at)))
    ProbeState.objects.update_or_create(
        application_id=application_id,
        defaults={"latest": probe, "at": at, "why": found.why, "claimed_until": None, **columns, **streak},
    )
    _settle(probe, Standing(streak["verdict"], streak["failing_since"], streak["failed_days"]))
    return probe


def _settle(probe: Probe, standing: Standing) -> None:
    """A disputed fact that was seen to be otherwise carries no mark any more."""
    if probe.outcome == Outcome.SKIPPED:
        return
    standing_disputes = Dispute.objects.select_for_update().filter(
        Q(state=DisputeState.OPEN) | Q(state=DisputeState.ACCEPTED, until__gte=timezone.localdate(probe.at)),
        application_id=probe.application_id,
    )
    rows = list(standing_disputes)
    if not rows:
        return
    limits = thresholds(timezone.localdate(probe.at))
    levels = {one.fact: one.level for one in judge(probe.facts, standing, limits, probe.at)}
    for row in rows:
        now = levels[Fact(row.fact)]
        if now not in (Level.UNKNOWN, row.level):
            before = row.state
            row.state, row.closed_at = DisputeState.SETTLED, probe.at
            row.save(update_fields=["state", "closed_at"])
            record(
                by=SYSTEM,
                action="probes.settle",
                target=row,
                before={"state": before},
                after={"state": row.state},
            )


@transaction.atomic
def dispute_fact(*, application: Application, fact: Fact, reason: str, by: Actor) -> Dispute:
    """Contest a fact of the latest probe. Raises NotAllowedError, NothingToDisputeError, AlreadyDisputedError."""
    if by.user is None or not may_dispute(by.user, application):
        raise NotAllowedError
    state = ProbeState.objects.select_related("latest").filter(application=application).first()
    if state is None or state.latest is None or state.asked != application.url:
        raise NothingToDisputeError
    now = timezone.now()
    standing = Standing(state.verdict, state.failing_since, state.failed_days)
    findings = judge(state.latest.facts, standing, thresholds(timezone.localdate(now)), now)
    found = next(one for one in findings if one.fact == fact)
    if found.level in (Level.GOOD, Level.UNKNOWN):
        raise NothingToDisputeError
    try:
        with transaction.atomic():
            row = Dispute.objects.create(
                application=application,
                probe=state.latest,
                fact=fact,
                level=found.level,
                said=found.words[:400],
                reason=reason,
                agency_id=application.owner_id,
                made_by_id=by.user.pk,
                made_by_name=by.name[:120],
                made_at=now,
            )
    except IntegrityError:
        raise AlreadyDisputedError from None
    record(by=by, action="probes.dispute_fact", target=row, after={"fact": fact.value, "reason": reason})
    enqueue("registry_probes.tell_disputed", dispute_id=row.pk)
    return row


@transaction.atomic
def withdraw_dispute(*, dispute: Dispute, by: Actor) -> None:
    """Take an open dispute back. Raises NotAllowedError, ClosedError."""
    if by.user is None or not may_dispute(by.user, dispute.application):
        raise NotAllowedError
    row = _locked_open(dispute)
    row.state, row.closed_at = DisputeState.WITHDRAWN, timezone.now()
    row.save(update_fields=["state", "closed_at"])
    record(by=by, action="probes.withdraw_dispute", target=row, before={"state": DisputeState.OPEN.value})


@transaction.atomic
def answer_dispute(
    *, dispute: Dispute, accepted: bool, answer: str, until: datetime.date | None, by: Actor
) -> Dispute:
    """Kominfo's answer: accepted sets the fact aside through a day, rejected says why. Raises NotAllowedError,
    ClosedError, BadUntilError."""
    if by.user is None or not may_answer(by.user):
        raise NotAllowedError
    limits = thresholds(today())
    if accepted and (until is None or not today() < until <= today() + datetime.timedelta(limits.aside_days)):
        raise BadUntilError
    row = _locked_open(dispute)
    row.state = DisputeState.ACCEPTED if accepted else DisputeState.REJECTED
    row.until = until if accepted else None
    row.answer, row.answered_by_name, row.closed_at = answer, by.name[:120], timezone.now()
    row.save(update_fields=["state", "until", "answer", "answered_by_name", "closed_at"])
    after: dict[str, Any] = {
        "state": row.state.value,
        "answer": answer,
        "until": row.until.isoformat() if row.until else None,
    }
    record(
        by=by,
        action="probes.answer_dispute",
        target=row,
        before={"state": DisputeState.OPEN.value},
        after=after,
    )
    if row.made_by_id != by.user.pk:
        enqueue("registry_probes.tell_answered", dispute_id=row.pk)
    return row


def _locked_open(dispute: Dispute) -> Dispute:
    row = Dispute.objects.select_for_update().get(pk=dispute.pk)
    if row.state != DisputeState.OPEN:
        raise ClosedError
    return row


@transaction.atomic
def allow_host(*, host: str, reason: str, by: Actor) -> AllowedHost:
    """A host of the inner network may be asked, by this name alone. The same one again changes nothing. Raises
    NotAllowedError."""
    if by.user is None or not may_answer(by.user):
        raise NotAllowedError
    held = AllowedHost.objects.filter(host=host, ended_at__isnull=True).first()
    if held is not None:
        return held
    row = AllowedHost.objects.create(
        host=host, reason=reason, by_id=by.user.pk, by_name=by.name[:120], at=timezone.now()
    )
    _due_again(host)
    record(by=by, action="probes.allow_host", target=row, after={"host": host, "reason": reason})
    return row


def _due_again(host: str) -> None:
    """Applications that were left out because of their host wait no longer."""
    ProbeState.objects.filter(verdict=Verdict.SKIPPED, asked__icontains=f"//{host}").update(next_at=None)


@transaction.atomic
def end_allowed_host(*, row: AllowedHost, by: Actor) -> None:
    """The host is asked no more; a second call changes nothing. Raises NotAllowedError."""
    if by.user is None or not may_answer(by.user):
        raise NotAllowedError
    if AllowedHost.objects.filter(pk=row.pk, ended_at__isnull=True).update(ended_at=timezone.now()):
        record(by=by, action="probes.end_allowed_host", target=row, before={"host": row.host})


@transaction.atomic
def take_turn(*, origin: str, now: datetime.datetime) -> bool:
    """Is it our turn at this host? Then nobody else asks it until `give_back`, or the lease ends."""
    ProbedHost.objects.get_or_create(origin=origin)
    free = Q(free_at__isnull=True) | Q(free_at__lte=now)
    return ProbedHost.objects.filter(free, origin=origin).update(free_at=now + schedule.LEASE) == 1


def give_back(*, origin: str, now: datetime.datetime, robots: Robots | None = None) -> None:
    """The next one may ask after the pause that our manners, or its robots.txt, demand."""
    pause = seconds_between(robots, settings.PROBES_HOST_PAUSE)
    ProbedHost.objects.filter(origin=origin).update(free_at=now + datetime.timedelta(seconds=pause))


def keep_robots(*, origin: str, robots: Robots, at: datetime.datetime) -> None:
    """What robots.txt of a host says, for a day (RFC 9309, 2.4)."""
    text = robots.text.replace("\0", "")
    ProbedHost.objects.filter(origin=origin).update(robots=text, robots_status=robots.status, robots_at=at)


@transaction.atomic
def forget_probes(*, now: datetime.datetime) -> int:
    """History older than two years goes, except the latest probe of each application; runs older than 90 days too."""
    old = Probe.objects.filter(at__lt=now - datetime.timedelta(days=KEPT_DAYS))
    gone = old.exclude(pk__in=ProbeState.objects.filter(latest__isnull=False).values("latest")).delete()[0]
    ProbeRun.objects.filter(at__lt=now - datetime.timedelta(days=90)).delete()
    return gone
