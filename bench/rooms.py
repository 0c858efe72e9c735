"""The rooms beside the register at the size of a province: 30,000 applications of 500 agencies with their scores, dates
that are due, probes, likely pairs, requests, advice, one round to all agencies and the letters. Each screen with its
statements, its time in the database and in all (median of five). What the worker does with them is timed once.

Rows lie on the database of bench/register.py. Scores, advice and the round are made by the rooms' own actions.

    ./jendela bench rooms            30,000 applications
    ./jendela bench rooms 5000       another number
"""

import datetime
import random
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any

import _registry
from _setup import headline, setup
from register import measure, people

NOW = datetime.datetime(2026, 11, 24, 3, tzinfo=datetime.UTC)
TITLE = "Ukur pemutakhiran"


def screens() -> list[tuple[str, str, str]]:
    """Name, address, who asks."""
    from jendela.insight.recommendations.models import Recommendation
    from jendela.registry.campaigns.models import Bundle, Round
    from jendela.registry.overlap.models import Pair, Request

    one = f"{_registry.MARK}00042"
    round_ = Round.objects.get(title=TITLE)
    bundle = Bundle.objects.filter(round=round_, agency__slug=f"{_registry.MARK}007").get()
    board = f"/kelola/pemutakhiran/{round_.slug}/"
    advice = (
        Recommendation.objects.filter(application__slug__startswith=_registry.MARK).order_by("-pk").first()
    )
    return [
        ("start of the rooms", "/kelola/", "team"),
        ("start of one agency", "/kelola/", "operator"),
        ("scores", "/kelola/nilai/", "team"),
        ("scores, two words", "/kelola/nilai/?q=kepegawaian+terpadu", "team"),
        ("scorecard", f"/kelola/nilai/aplikasi/{one}/", "team"),
        ("cost per function", "/kelola/nilai/biaya/", "team"),
        ("dates due", "/kelola/nilai/tenggat/", "team"),
        ("dates due of one agency", "/kelola/nilai/tenggat/", "operator"),
        ("probes", "/kelola/pemeriksaan/", "team"),
        ("probes, not reached", "/kelola/pemeriksaan/?saring=tidak_terjangkau", "team"),
        ("probes of one application", f"/kelola/pemeriksaan/{one}/", "team"),
        ("likely pairs", "/kelola/kemiripan/", "team"),
        ("one pair", f"/kelola/kemiripan/{Pair.objects.order_by('-pk')[0].pk}/", "team"),
        ("functions to confirm", "/kelola/kemiripan/fungsi/", "team"),
        ("requests", "/kelola/usulan-aplikasi/", "team"),
        ("one request", f"/kelola/usulan-aplikasi/{Request.objects.order_by('-pk')[0].pk}/", "team"),
        ("advice", "/kelola/rekomendasi/", "team"),
        ("advice to one agency", "/kelola/rekomendasi/", "operator"),
        ("one piece of advice", f"/kelola/rekomendasi/{advice.pk if advice else 0}/", "team"),
        ("rounds", "/kelola/pemutakhiran/", "team"),
        ("board of a round", board, "team"),
        ("one bundle", f"{board}isian/{bundle.pk}/", "team"),
        ("letter of the board", f"{board}surat/", "team"),
        ("letters", "/kelola/surat/", "team"),
        ("reports of unlisted", "/kelola/aplikasi/usulan/", "team"),
    ]


def fill() -> None:
    """Rows past the actions, the same every time, unless they are there."""
    from django.db import connection, transaction

    from jendela.registry.applications.models import Application
    from jendela.registry.overlap.models import Pair

    rows = list(Application.objects.filter(slug__startswith=_registry.MARK).order_by("pk"))
    if Pair.objects.filter(a__slug__startswith=_registry.MARK).exists():
        return
    chance = random.Random(31)  # noqa: S311  the same rows each time
    with transaction.atomic():
        _dates(rows, chance)
        _probes(rows, chance)
        _pairs(rows, chance)
        _requests(rows, chance)
        _members()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _dates(rows: list[Any], chance: random.Random) -> None:
    from jendela.registry.applications.models import Application

    for row in rows:
        if chance.random() < 0.2:
            row.contract_until = NOW.date() + datetime.timedelta(days=chance.randrange(-400, 700))
        if chance.random() < 0.1:
            row.registration_due = NOW.date() + datetime.timedelta(days=chance.randrange(-400, 1500))
        if chance.random() < 0.1:
            row.audit_date = NOW.date() - datetime.timedelta(days=chance.randrange(1500))
    names = ["contract_until", "registration_due", "audit_date"]
    Application.objects.bulk_update(rows, names, batch_size=2000)


def _probes(rows: list[Any], chance: random.Random) -> None:
    from jendela.registry.probes.models import Probe, ProbeState

    asked = [one for one in rows if one.url]
    looks = Probe.objects.bulk_create(
        (
            Probe(
                application=one, asked=one.url, at=NOW - datetime.timedelta(days=day),
                outcome="menjawab" if chance.random() < 0.85 else "gagal", status=200, https=True, tls_valid=True,
            )
            for one in asked
            for day in (14, 7, 0)
        ),
        batch_size=5000,
    )  # fmt: skip
    latest = {one.application_id: one for one in looks}
    ProbeState.objects.bulk_create(
        (
            ProbeState(
                application=one, latest=latest[one.pk], at=NOW, asked=one.url, https=True, tls_valid=True,
                verdict=chance.choices(["terjangkau", "gagal_baru", "tidak_terjangkau"], [7, 2, 1])[0],
                tls_not_after=NOW + datetime.timedelta(days=chance.randrange(-30, 400)), next_at=NOW,
            )
            for one in asked
        ),
        batch_size=5000,
    )  # fmt: skip


def _pairs(rows: list[Any], chance: random.Random) -> None:
    from jendela.registry.overlap.models import Pair

    seen: set[tuple[int, int]] = set()
    while len(seen) < len(rows) // 5:
        first, second = sorted(chance.sample(range(len(rows)), 2))
        seen.add((rows[first].pk, rows[second].pk))
    Pair.objects.bulk_create(
        (
            Pair(
                a_id=first, b_id=second, kind=chance.choice(["duplicate", "function"]), score=chance.random(),
                reasons=["Namanya mirip."], found_at=NOW,
            )
            for first, second in sorted(seen)
        ),
        batch_size=5000,
    )  # fmt: skip


def _requests(rows: list[Any], chance: random.Random) -> None:
    from jendela.registry.overlap.models import Request

    person = _user("ukur-pengusul@contoh.id", "Ukur")
    Request.objects.bulk_create(
        Request(
            agency_id=one.owner_id, state=chance.choice(["dikirim", "ditolak", "disetujui"]), made_by=person,
            name=f"Usul {one.name}"[:200], changed_at=NOW, sent_at=NOW, purpose=one.purpose,
        )
        for one in chance.sample(rows, len(rows) // 15)
    )  # fmt: skip


def _members() -> None:
    """One operator in every agency, so that a round reaches all."""
    from jendela.people.access.models import Membership
    from jendela.people.agencies.models import Agency

    places = list(Agency.objects.filter(slug__startswith=_registry.MARK).order_by("pk"))
    for place in places:
        person = _user(f"ukur-{place.slug}@contoh.id", f"Operator {place.short_name}")
        Membership.objects.create(user=person, agency=place, role="agency_operator", valid_from="2026-01-01")


def _user(address: str, name: str) -> Any:
    """People outlive the rows of a run before."""
    from jendela.people.accounts.models import User

    return User.objects.filter(email=address).first() or User.objects.create_user(address, name=name)


def timed(name: str, work: Callable[[], object]) -> None:
    begun = time.perf_counter()
    found = work()
    print(f"{name:<40}{time.perf_counter() - begun:>8.1f} s  {found if found is not None else ''}")


def ask_all() -> str:
    """A round to every agency, by the room's own actions, as a person would send it."""
    from jendela.common.audit import SYSTEM
    from jendela.registry.campaigns.actions import rounds, sending
    from jendela.registry.campaigns.models import QuestionSet, Round
    from jendela.registry.campaigns.targets import Filters

    if Round.objects.filter(title=TITLE).exists():
        return "there"
    row = rounds.make_round(
        question_set=QuestionSet.objects.get(key="pendek"), by=SYSTEM, title=TITLE, filters=Filters(),
        role="agency_operator", due_on=datetime.date(2026, 12, 7), approval_due_on=datetime.date(2026, 12, 14),
        attest_months=6, statement="Daftar ini benar.",
    )  # fmt: skip
    sent = sending.send_round(round_=row, by=SYSTEM, many=True)
    return f"{len(sent.bundles)} bundles, {sent.applications} applications"


def main(arguments: Sequence[str]) -> int:
    setup()
    from django.conf import settings
    from django.core.cache import cache

    from jendela.common.audit import SYSTEM
    from jendela.insight.recommendations import actions as advice
    from jendela.registry.scores import actions as scores

    settings.ALL_MODULES_OPEN, settings.STAFF_SECOND_FACTOR = True, False
    settings.ALLOWED_HOSTS = ["*"]
    cache.clear()
    number = int(arguments[0]) if arguments else _registry.APPLICATIONS
    begun = time.perf_counter()
    _registry.fill(number)
    fill()
    headline(f"The rooms beside the register with {number} applications", "django", "psycopg")
    print(f"rows made or found in {time.perf_counter() - begun:.0f} s\n")
    timed("scores of all", scores.judge_all)
    timed("advice to all, found and closed", lambda: advice.find_all(by=SYSTEM))
    timed("a round to all agencies", ask_all)
    clients = people()
    print(f"\n{'screen':<28}{'status':>7}{'statements':>12}{'db ms':>8}{'ms':>8}{'KB':>7}")
    broken = False
    for name, path, who in screens():
        status, queries, database, whole, size = measure(clients[who], path)
        broken = broken or status != 200
        print(f"{name:<28}{status:>7}{queries:>12}{database:>8.1f}{whole:>8.1f}{size / 1024:>7.0f}")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
