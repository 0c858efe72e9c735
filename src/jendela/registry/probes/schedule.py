"""When to ask again: what is due, how long to wait after success and failure, and the streak of failures."""

import datetime
from typing import Any
from urllib.parse import urlsplit

from django.db.models import F, Q
from django.utils import timezone

from jendela.registry.applications.models import Application
from jendela.registry.probes.choices import Outcome, Verdict, Why
from jendela.registry.probes.models import Probe, ProbeState
from jendela.registry.probes.policy import COUNTED
from jendela.registry.probes.thresholds import Thresholds

CLAIM = datetime.timedelta(hours=6)  # a planned probe that was lost is planned again after this
LEASE = datetime.timedelta(minutes=3)  # longer than one whole probe may take
NIGHTLY = datetime.timedelta(hours=20)  # so that the next night is always due
LEFT_OUT = datetime.timedelta(days=7)
MOST_DAYS = 14  # between probes of a host that has long been silent
LOOKED_AT = 8  # due rows read for each one planned: many applications share a host
COLUMNS = (
    "status",
    "https",
    "https_forced",
    "tls_valid",
    "tls_not_after",
    "first_byte_ms",
    "total_ms",
    "size_bytes",
    "access_issues",
    "other_host",
)


def due(now: datetime.datetime, most: int) -> list[int]:
    """Ids of applications to ask now, at most `most`, the longest waiting first, one of each host."""
    fresh = Q(probe_state__isnull=True) | Q(probe_state__next_at__isnull=True)
    moved = Q(probe_state__at__isnull=False) & ~Q(probe_state__asked=F("url"))
    rows = (
        Application.objects.filter(record_state__in=COUNTED)
        .exclude(url="")
        .filter(fresh | Q(probe_state__next_at__lte=now) | moved)
        .exclude(probe_state__claimed_until__gt=now)
        .order_by(F("probe_state__next_at").asc(nulls_first=True), "pk")
        .values_list("pk", "url")[: most * LOOKED_AT]
    )
    chosen: list[int] = []
    hosts: set[str] = set()
    for pk, url in rows:
        host = urlsplit(url).hostname or ""
        if host not in hosts and len(chosen) < most:
            hosts.add(host)
            chosen.append(pk)
    return chosen


def origin_of(url: str) -> str:
    """'https://sipd.contoh.go.id:8443' of an address."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}".lower()


def streak(state: ProbeState | None, probe: Probe, limits: Thresholds) -> dict[str, Any]:
    """The columns of ProbeState after a probe: verdict, streak of failures by days in WIB, and when to ask again.
    Failures of an address that has changed since count no longer."""
    same = state if state is not None and state.asked == probe.asked else None
    if probe.outcome == Outcome.ANSWERED:
        return {
            "verdict": Verdict.UP,
            "failing_since": None,
            "failed_on": None,
            "failed_days": 0,
            "last_up_at": probe.at,
            "next_at": probe.at + NIGHTLY,
        }
    kept: dict[str, Any] = {
        "failing_since": same.failing_since if same else None,
        "failed_on": same.failed_on if same else None,
        "failed_days": same.failed_days if same else 0,
        "last_up_at": same.last_up_at if same else None,
    }
    if probe.outcome == Outcome.SKIPPED:
        wait = NIGHTLY if probe.why == Why.OWN_NETWORK else LEFT_OUT
        return kept | {"verdict": Verdict.SKIPPED, "next_at": probe.at + wait}
    day = timezone.localdate(probe.at)
    days = kept["failed_days"] + (kept["failed_on"] != day)
    over = max(0, days - limits.dead_days)
    return kept | {
        "verdict": Verdict.DOWN if days >= limits.dead_days else Verdict.FAILING,
        "failing_since": kept["failing_since"] or day,
        "failed_on": day,
        "failed_days": days,
        "next_at": probe.at + NIGHTLY + datetime.timedelta(days=min(MOST_DAYS, 2**over - 1)),
    }
