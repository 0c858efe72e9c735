"""Judging applications again, and keeping what was judged; the weekly message about due dates."""

import datetime
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext

from jendela.common.audit import Actor, record
from jendela.common.dates import today
from jendela.common.encryption import encrypt
from jendela.common.jobs import enqueue
from jendela.common.workdays.counting import is_working_day
from jendela.registry.applications.choices import RecordState
from jendela.registry.applications.models import Application
from jendela.registry.scores.choices import Result, Side
from jendela.registry.scores.completeness import Completeness, completeness
from jendela.registry.scores.facts import Facts, gather
from jendela.registry.scores.judging import Judged, fit, judge, rank_of, time_of
from jendela.registry.scores.models import DueMail, Score
from jendela.registry.scores.reads.dues import Deadline, due_for_mail, receivers
from jendela.registry.scores.tables import thresholds, weights

BATCH = 500
LINES = 30  # of one message; more are counted
FIELDS = [
    "completeness",
    "rank",
    "passed",
    "failed",
    "unknown",
    "functional",
    "technical",
    "time",
    "judged_at",
]


@dataclass(frozen=True)
class Judgement:
    """All that was judged of one application."""

    facts: Facts
    judged: list[Judged]
    completeness: Completeness
    score: Score  # not saved


def judgement(facts: Facts) -> Judgement:
    """Pure: from facts to what is kept."""
    judged, complete = judge(facts), completeness(facts.known, weights(facts.on))
    functional, technical = (fit(judged, side, facts.on) for side in (Side.FUNCTION, Side.TECHNIQUE))
    results = [found.result for _check, found in judged]
    score = Score(
        application=facts.application,
        completeness=complete.percent,
        rank=rank_of(judged),
        passed=results.count(Result.PASSED),
        failed=results.count(Result.FAILED),
        unknown=results.count(Result.UNKNOWN),
        functional=functional.percent,
        technical=technical.percent,
        time=time_of(functional, technical, facts.on),
        judged_at=timezone.now(),
    )
    return Judgement(facts, judged, complete, score)


@transaction.atomic
def judge_batch(*, keys: Sequence[int]) -> int:
    """Judge these applications and keep the scores; a derived number, so the trail of changes is not written. Returns
    how many. A constant number of statements."""
    rows = list(Application.objects.filter(pk__in=keys).select_related("owner").order_by("pk"))
    scores = [judgement(facts).score for facts in gather(rows, today())]
    Score.objects.bulk_create(
        scores, update_conflicts=True, unique_fields=["application"], update_fields=FIELDS
    )
    for row, score in zip(rows, scores, strict=True):
        row.completeness = score.completeness
    Application.objects.bulk_update(rows, ["completeness"], batch_size=BATCH)
    return len(rows)


def judge_all() -> int:
    """Every registered application, batch by batch."""
    keys = list(
        Application.objects.filter(record_state=RecordState.REGISTERED)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    return sum(judge_batch(keys=keys[start : start + BATCH]) for start in range(0, len(keys), BATCH))


@transaction.atomic
def remind_dues(*, by: Actor) -> int:
    """One message a person about all that is due at the agencies he answers for, at most one a week, and so many a day;
    who waited longest is first. Nothing on a day that is no working day. Returns how many are written to."""
    day = today()
    if not is_working_day(day):
        return 0
    limits = thresholds(day)
    due = due_for_mail(day)
    own: dict[int, list[int]] = {}
    people: dict[int, Any] = {}
    for agency, users in receivers(due).items():
        for user in users:
            people[user.pk] = user
            own.setdefault(user.pk, []).append(agency)
    written = {row.user_id: row for row in DueMail.objects.select_for_update().filter(user__in=people)}
    since = day - datetime.timedelta(days=limits["surat_jeda_hari"].value)
    free = [key for key in people if key not in written or written[key].day <= since]
    free.sort(key=lambda key: (written[key].day if key in written else datetime.date.min, key))
    chosen = free[: limits["surat_banjir"].value]
    if not chosen:
        return 0
    rows = []
    for key in chosen:
        found = sorted(
            {one for agency in own[key] for one in due[agency]}, key=lambda one: (one.day, one.name)
        )
        rows.append(DueMail(user=people[key], day=day, number=len(found)))
        enqueue(
            "notify.send", channel="email", to=encrypt(people[key].email), template="dues",
            values=encrypt(json.dumps(_words(found, day))), language="id",
        )  # fmt: skip
    DueMail.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["user"], update_fields=["day", "number"]
    )
    target = ("registry_scores.duemail", "*")
    after = {"messages": len(chosen), "waiting": len(free) - len(chosen)}
    record(by=by, action="scores.remind_dues", target=target, after=after)
    return len(chosen)


def _words(found: Sequence[Deadline], day: datetime.date) -> dict[str, Any]:
    with translation.override("id"):
        lines = [
            f"- {one.name}: {one.kind.label}, {date_format(one.day, 'j F Y')}"
            + (f" ({gettext('lewat')})" if one.day < day else "")
            for one in found[:LINES]
        ]
        if len(found) > LINES:
            lines.append(gettext("- dan %(number)s lagi") % {"number": len(found) - LINES})
    return {"number": len(found), "lines": "\n".join(["", *lines, ""])}
