"""Judging applications again, and keeping what was judged."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from jendela.common.dates import today
from jendela.registry.applications.choices import RecordState
from jendela.registry.applications.models import Application
from jendela.registry.scores.choices import Result, Side
from jendela.registry.scores.completeness import Completeness, completeness
from jendela.registry.scores.facts import Facts, gather
from jendela.registry.scores.judging import Judged, fit, judge, rank_of, time_of
from jendela.registry.scores.models import Score
from jendela.registry.scores.tables import weights

BATCH = 500
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
