"""Every query about probes: where applications stand, in words for staff and for the public, lists, history, disputes,
and whether probing itself still runs."""

import datetime
import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from jendela.common import outgoing
from jendela.common.paging import Page, keyset
from jendela.people.access.audit_words import Target
from jendela.people.access.choices import Module
from jendela.people.access.models import Membership
from jendela.people.access.policy import is_open_for_anyone
from jendela.people.agencies.models import Agency
from jendela.registry.applications.models import Application
from jendela.registry.probes.choices import DisputeState, Fact, Level, Narrow, Outcome, Verdict, Why
from jendela.registry.probes.judging import Finding, Standing, failed_words, judge, why_words
from jendela.registry.probes.models import AllowedHost, Dispute, Probe, ProbedHost, ProbeRun, ProbeState
from jendela.registry.probes.policy import COUNTED, answering_roles, may_answer, visible_to
from jendela.registry.probes.robots import FRESH, Robots
from jendela.registry.probes.thresholds import Thresholds, thresholds

SIZE = 50
HISTORY = 60
LONGEST_TEXT = 80


@dataclass(frozen=True)
class Watch:
    """Is probing itself alive? `since`: when the last run was, if it has stopped; None with `stopped`: it never ran."""

    on: bool
    stopped: bool
    since: datetime.datetime | None

    @property
    def words(self) -> str:
        """What a page says above old facts; '' while all is well."""
        if not self.on:
            return _("Pemeriksaan sedang dimatikan di sini.")
        if self.stopped and self.since:
            day = date_format(timezone.localtime(self.since), "j F Y")
            return _("Pemeriksaan berhenti sejak %(day)s. Yang tertulis di sini keadaan lama.") % {"day": day}
        return ""


@dataclass(frozen=True)
class ProbeSummary:
    """Where an application stands, for any page. `current` is False when nothing is known of its address of today."""

    application_id: int
    current: bool
    verdict: str
    at: datetime.datetime | None
    words: str  # for staff
    public_words: str  # for the public
    findings: tuple[Finding, ...]
    disputed: frozenset[str]  # facts with an open dispute
    aside: dict[str, datetime.date]  # facts set aside, through which day

    @property
    def open_findings(self) -> list[Finding]:
        """What asks for something, without what is set aside."""
        wanting = (Level.WATCH, Level.HELP)
        return [one for one in self.findings if one.level in wanting and one.fact not in self.aside]


@dataclass(frozen=True)
class Chosen:
    """Filters of the list; an empty value does not narrow."""

    narrow: str = ""
    agency: str = ""  # slug
    text: str = ""

    @property
    def any(self) -> bool:
        return bool(self.narrow or self.agency or self.text)


def watch(now: datetime.datetime | None = None) -> Watch:
    """One query. A module that is closed is not probed, which is no failure."""
    moment = now or timezone.now()
    on = settings.PROBES and is_open_for_anyone(Module.REGISTRY)
    if not on:
        return Watch(False, False, None)
    last = ProbeRun.objects.order_by("-at").values_list("at", flat=True).first()
    days = thresholds(timezone.localdate(moment)).stalled_days
    stopped = last is not None and moment - last > datetime.timedelta(days=days)
    return Watch(True, stopped, last if stopped else None)


def latest_for(
    application_ids: Collection[int], now: datetime.datetime | None = None
) -> dict[int, ProbeSummary]:
    """The newest probe of each application in words, whether there is one or not: four queries for any number."""
    rows = Application.objects.filter(pk__in=application_ids).select_related("probe_state__latest")
    return {one.application_id: one for one in summaries(rows, watch(now), now)}


def summaries(
    rows: Iterable[Application], watching: Watch, now: datetime.datetime | None = None
) -> list[ProbeSummary]:
    """Summaries of applications that were read with their state: one query more, for disputes."""
    found = list(rows)
    moment = now or timezone.now()
    limits = thresholds(timezone.localdate(moment))
    day = timezone.localdate(moment)
    disputed: dict[int, set[str]] = defaultdict(set)
    aside: dict[int, dict[str, datetime.date]] = defaultdict(dict)
    standing = Dispute.objects.filter(_mark(day), application__in=[one.pk for one in found]).order_by("pk")
    for pk, fact, until in standing.values_list("application_id", "fact", "until"):
        if until is None:
            disputed[pk].add(fact)
        else:
            aside[pk][fact] = until
    return [
        _summary(one, watching, limits, moment, disputed=frozenset(disputed[one.pk]), aside=aside[one.pk])
        for one in found
    ]


def _mark(day: datetime.date) -> Q:
    return Q(state=DisputeState.OPEN) | Q(state=DisputeState.ACCEPTED, until__gte=day)


def _summary(
    one: Application,
    watching: Watch,
    limits: Thresholds,
    now: datetime.datetime,
    *,
    disputed: frozenset[str],
    aside: dict[str, datetime.date],
) -> ProbeSummary:
    state: ProbeState | None = getattr(one, "probe_state", None)
    if not one.url or state is None or state.latest is None or state.asked != one.url:
        words = never_words(one, watching, moved=state is not None and state.latest is not None)
        return ProbeSummary(one.pk, False, "", None, words, _("Belum pernah diperiksa."), (), disputed, aside)
    standing = Standing(state.verdict, state.failing_since, state.failed_days)
    return ProbeSummary(
        application_id=one.pk,
        current=True,
        verdict=state.verdict,
        at=state.at,
        words=staff_words(state, standing),
        public_words=public_words(state, disputed, aside),
        findings=tuple(judge(state.latest.facts, standing, limits, now)),
        disputed=disputed,
        aside=aside,
    )


def never_words(one: Application, watching: Watch, *, moved: bool) -> str:
    if not one.url:
        return _("Tidak diperiksa karena alamatnya belum dicatat.")
    if not watching.on:
        return _("Belum pernah diperiksa: pemeriksaan dimatikan di sini.")
    if moved:
        return _("Alamatnya berubah. Alamat baru belum pernah diperiksa.")
    return _("Belum pernah diperiksa.")


def staff_words(state: ProbeState, standing: Standing) -> str:
    if state.verdict == Verdict.UP:
        return _("Terjangkau.")
    if state.verdict == Verdict.SKIPPED:
        return _("Tidak diperiksa karena %(why)s.") % {"why": why_words(state.why)}
    return failed_words(standing, state.why)


def public_words(state: ProbeState, disputed: Collection[str], aside: Collection[str]) -> str:
    """'Diperiksa 24 November 2026: terjangkau.' Always with its day, so that old is never shown as today."""
    day = date_format(timezone.localtime(state.at), "j F Y") if state.at else ""
    if state.verdict == Verdict.SKIPPED or Fact.REACH in aside:
        return _("Belum dapat kami pastikan dari luar.")
    if state.verdict == Verdict.UP:
        return _("Diperiksa %(day)s: terjangkau.") % {"day": day}
    if state.verdict == Verdict.FAILING:
        return _("Diperiksa %(day)s: belum pasti terjangkau.") % {"day": day}
    if Fact.REACH in disputed:
        return _("Diperiksa %(day)s: tidak terjangkau. Instansinya membantah, sedang diperiksa.") % {
            "day": day
        }
    return _("Diperiksa %(day)s: tidak terjangkau.") % {"day": day}


def _unless_aside(fact: Fact, day: datetime.date) -> Q:
    """Not set aside. As a list of keys, which the database reads once, not for each row."""
    accepted = Dispute.objects.filter(fact=fact, state=DisputeState.ACCEPTED, until__gte=day)
    return ~Q(pk__in=accepted.order_by().values("application"))


def narrowing(now: datetime.datetime) -> dict[str, Q]:
    """The condition of each filter over applications; the same thresholds as in judging.py."""
    day = timezone.localdate(now)
    limits = thresholds(day)
    current = Q(probe_state__asked=F("url")) & ~Q(url="")
    soon = now + datetime.timedelta(days=limits.certificate_days)
    certificate = Q(probe_state__tls_valid=False) | Q(probe_state__tls_not_after__lte=soon)
    no_https = Q(probe_state__https=False) | Q(probe_state__https_forced=False)
    slow = Q(probe_state__total_ms__gt=limits.slow_ms) & _unless_aside(Fact.SPEED, day)
    heavy = Q(probe_state__size_bytes__gt=limits.heavy_bytes) & _unless_aside(Fact.SIZE, day)
    opened = Dispute.objects.filter(state=DisputeState.OPEN).order_by().values("application")
    never = Q(probe_state__isnull=True) | ~Q(probe_state__asked=F("url"))
    return {
        Narrow.UNREACHABLE: current & Q(probe_state__verdict=Verdict.DOWN) & _unless_aside(Fact.REACH, day),
        Narrow.FAILING: current & Q(probe_state__verdict=Verdict.FAILING) & _unless_aside(Fact.REACH, day),
        Narrow.CERTIFICATE: current & certificate & _unless_aside(Fact.CERTIFICATE, day),
        Narrow.NO_HTTPS: current & no_https & _unless_aside(Fact.HTTPS, day),
        Narrow.SLOW: current & (slow | heavy),
        Narrow.ACCESS: current & Q(probe_state__access_issues__gt=0) & _unless_aside(Fact.ACCESS, day),
        Narrow.DISPUTED: Q(pk__in=opened),
        Narrow.SKIPPED: Q(url="") | current & Q(probe_state__verdict=Verdict.SKIPPED),
        Narrow.NEVER: ~Q(url="") & never,
    }


def _chosen(viewer: Any, chosen: Chosen) -> QuerySet[Application]:
    rows = visible_to(viewer)
    if chosen.agency:
        rows = rows.filter(owner__slug=chosen.agency)
    for word in chosen.text.split()[:6]:
        rows = rows.filter(Q(name__icontains=word) | Q(url__icontains=word))
    return rows


def page(viewer: Any, chosen: Chosen, *, after: str = "", size: int = SIZE) -> Page[Application]:
    """Applications in the order of their addresses here, with owner, state and latest probe: three queries, so
    that facts are read for the rows of the page and not for all that are sorted."""
    rows = _chosen(viewer, chosen).select_related("owner").prefetch_related("probe_state__latest")
    if chosen.narrow:
        rows = rows.filter(narrowing(timezone.now())[chosen.narrow])
    return keyset(rows, field="slug", after=after, size=size)


def counts(viewer: Any, chosen: Chosen) -> dict[str, int]:
    """How many applications each filter would leave, and '' for all: one query."""
    found = {f"n_{name}": Count("pk", filter=each) for name, each in narrowing(timezone.now()).items()}
    numbers = _chosen(viewer, chosen).order_by().aggregate(n_=Count("pk"), **found)
    return {name.removeprefix("n_"): number for name, number in numbers.items()}


def agencies(viewer: Any) -> list[Agency]:
    """Owners of applications whose probes the viewer sees, by name."""
    owners = visible_to(viewer).order_by().values("owner")
    return list(Agency.objects.filter(pk__in=owners).only("slug", "short_name").order_by("short_name"))


def application(viewer: Any, slug: str) -> Application | None:
    return visible_to(viewer).select_related("owner", "probe_state__latest").filter(slug=slug).first()


def history(one: Application, *, limit: int = HISTORY) -> list[Probe]:
    """The latest probes of an application, newest first, without their facts."""
    return list(one.probes.defer("facts").order_by("-id")[:limit])


def disputes_of(one: Application) -> list[Dispute]:
    return list(one.probe_disputes.select_related("agency").order_by("-id")[:HISTORY])


def dispute(viewer: Any, slug: str, number: int) -> Dispute | None:
    rows = Dispute.objects.select_related("application__owner", "agency")
    return rows.filter(pk=number, application__slug=slug, application__in=visible_to(viewer)).first()


def count_waiting(viewer: Any) -> int:
    """For the menu: disputes that wait for who answers them; for others, what asks for something."""
    if may_answer(viewer):
        return Dispute.objects.filter(state=DisputeState.OPEN).count()
    asked = narrowing(timezone.now())
    wanting = asked[Narrow.UNREACHABLE] | asked[Narrow.CERTIFICATE]
    return visible_to(viewer).filter(wanting).count()


@dataclass(frozen=True)
class Expiring:
    """A certificate that ends soon, or has ended."""

    application_id: int
    slug: str
    name: str
    owner_id: int
    not_after: datetime.datetime


def expiring(
    days: int, now: datetime.datetime | None = None, *, owners: Collection[int] | None = None
) -> list[Expiring]:
    """Certificates that end within so many days or have ended, by date; without those set aside: one query."""
    rows = (
        _expiring(days, now or timezone.now(), owners)
        .order_by("probe_state__tls_not_after", "pk")
        .values_list("pk", "slug", "name", "owner_id", "probe_state__tls_not_after")
    )
    return [Expiring(pk, slug, name, owner, ends) for pk, slug, name, owner, ends in rows if ends is not None]


def count_expiring(days: int, *, owners: Collection[int] | None = None) -> int:
    return _expiring(days, timezone.now(), owners).count()


def _expiring(days: int, moment: datetime.datetime, owners: Collection[int] | None) -> QuerySet[Application]:
    rows = Application.objects.filter(
        _unless_aside(Fact.CERTIFICATE, timezone.localdate(moment)),
        probe_state__asked=F("url"),
        probe_state__tls_not_after__lte=moment + datetime.timedelta(days=days),
        record_state__in=COUNTED,
    )
    return rows if owners is None else rows.filter(owner__in=owners)


NETWORK = (Why.NAME, Why.CONNECTION, Why.SILENT)
IN_A_ROW, APPLICATIONS, WITHIN = 8, 6, datetime.timedelta(hours=12)


def own_network_fails(now: datetime.datetime) -> bool:
    """Did the last eight probes of many applications all fail to reach anybody? Then it is our line that is broken,
    and nobody else's application is called silent for it."""
    tried = Probe.objects.filter(at__gt=now - WITHIN).exclude(outcome=Outcome.SKIPPED).order_by("-at", "-id")
    last = list(tried.values_list("application_id", "why")[:IN_A_ROW])
    return (
        len(last) == IN_A_ROW
        and all(why in NETWORK for _pk, why in last)
        and len({pk for pk, _why in last}) >= APPLICATIONS
    )


@dataclass(frozen=True)
class ToProbe:
    """What a probe needs of an application: its address, and when that was last asked."""

    url: str
    at: datetime.datetime | None


def to_probe(application_id: int) -> ToProbe | None:
    """None for an application that is gone, merged, refused, or without an address."""
    rows = Application.objects.filter(pk=application_id, record_state__in=COUNTED).exclude(url="")
    found = rows.values_list("url", "probe_state__at", "probe_state__asked").first()
    if found is None:
        return None
    url, at, asked = found
    return ToProbe(url, at if asked == url else None)


def robots(origin: str, now: datetime.datetime | None = None) -> Robots | None:
    """What robots.txt of a host said within the last day; None: ask again."""
    fresh = (now or timezone.now()) - FRESH
    rows = ProbedHost.objects.filter(origin=origin, robots_at__gt=fresh, robots_status__isnull=False)
    found = rows.values_list("robots_status", "robots").first()
    return Robots(found[0], found[1]) if found and found[0] is not None else None


def allowed_hosts() -> list[AllowedHost]:
    return list(AllowedHost.objects.filter(ended_at__isnull=True).order_by("host"))


def allowed_names() -> frozenset[str]:
    """Hosts of the inner network that may be asked, each with one port: those of the web where none was named, so that
    an address cannot lead to other servers of the same machine."""
    hosts = AllowedHost.objects.filter(ended_at__isnull=True).values_list("host", flat=True)
    return frozenset(name for host in hosts for name in _with_ports(host))


def _with_ports(host: str) -> list[str]:
    plain = f"[{host}]" if host.count(":") > 1 and not host.startswith("[") else host
    if re.search(r":\d+$", plain.rpartition("]")[2]):
        return [plain]
    return [f"{plain}:{port}" for port in sorted(outgoing.PORTS)]


def answerers(*, but: int | None) -> list[str]:
    """Addresses of those who answer disputes today, without one account: one query."""
    rows = Membership.objects.holding().filter(role__in=answering_roles(), user__is_active=True)
    found = rows.exclude(user=but).order_by().values_list("user__email", flat=True)
    return sorted({email for email in found if email})


def dispute_targets(keys: Collection[str]) -> dict[str, Target]:
    rows = Dispute.objects.filter(pk__in=[key for key in keys if key.isdigit()]).select_related("application")
    return {
        str(one.pk): Target(one.application.name, f"/kelola/pemeriksaan/{one.application.slug}/")
        for one in rows
    }


def host_targets(keys: Collection[str]) -> dict[str, Target]:
    rows = AllowedHost.objects.filter(pk__in=[key for key in keys if key.isdigit()])
    return {str(one.pk): Target(one.host, "/kelola/pemeriksaan-jaringan/") for one in rows}
