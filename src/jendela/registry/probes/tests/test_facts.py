"""Facts of what a probe saw, and their judgement by thresholds."""

import datetime
from dataclasses import replace
from typing import Any

import pytest

from jendela.registry.probes.choices import Fact, Level, Outcome, Verdict, Why
from jendela.registry.probes.facts import Certificate, Page, Seen, facts_of, site_of
from jendela.registry.probes.judging import Finding, Standing, judge
from jendela.registry.probes.robots import Robots, may_ask, seconds_between
from jendela.registry.probes.tests.test_page_check import GOOD
from jendela.registry.probes.thresholds import thresholds

URL = "https://layanan.contoh.id/"
NOW = datetime.datetime(2026, 11, 24, 3, tzinfo=datetime.UTC)
LIMITS = thresholds(NOW.date())
UP = Standing(Verdict.UP)
PAGE = Page(
    url=URL,
    status=200,
    headers={"content-type": "text/html; charset=utf-8", "content-encoding": "gzip"},
    body=GOOD.encode(),
    size=900,
    complete=True,
    hops=(URL,),
    first_byte_ms=120,
    total_ms=400,
)
TRUSTED = Certificate("layanan.contoh.id", valid=True, not_after=NOW + datetime.timedelta(days=60))


def seen(page: Page | None = PAGE, **values: Any) -> Seen:
    return Seen(**{"asked": URL, "page": page, "certificate": TRUSTED, "forced": True, **values})


def findings(what: Seen, standing: Standing = UP) -> dict[Fact, Finding]:
    return {one.fact: one for one in judge(facts_of(what).facts, standing, LIMITS, NOW)}


def test_a_good_page_is_good_throughout() -> None:
    found = facts_of(seen())
    assert (found.outcome, found.why) == (Outcome.ANSWERED, Why.NONE)
    assert found.columns["size_bytes"] == 900
    assert found.columns["access_issues"] == 0
    assert {one.level for one in findings(seen()).values()} == {Level.GOOD}


@pytest.mark.parametrize(
    ("status", "outcome", "why"),
    [
        (204, Outcome.ANSWERED, Why.NONE),
        (401, Outcome.ANSWERED, Why.NONE),
        (403, Outcome.ANSWERED, Why.NONE),
        (429, Outcome.ANSWERED, Why.NONE),
        (404, Outcome.FAILED, Why.GONE),
        (410, Outcome.FAILED, Why.GONE),
        (500, Outcome.FAILED, Why.SERVER),
        (503, Outcome.FAILED, Why.SERVER),
    ],
)
def test_status_classes(status: int, outcome: Outcome, why: Why) -> None:
    found = facts_of(seen(replace(PAGE, status=status)))
    assert (found.outcome, found.why, found.columns["status"]) == (outcome, why, status)


def test_of_an_error_page_neither_speed_nor_obstacles_are_said() -> None:
    found = findings(seen(replace(PAGE, status=500)), Standing(Verdict.FAILING, NOW.date(), 1))
    assert {found[each].level for each in (Fact.SPEED, Fact.SIZE, Fact.ACCESS)} == {Level.UNKNOWN}


def test_an_untrusted_certificate_is_no_dead_application() -> None:
    bad = Certificate("layanan.contoh.id", valid=False, problem="self-signed certificate")
    found = facts_of(seen(None, certificate=bad))
    assert (found.outcome, found.columns["tls_valid"]) == (Outcome.ANSWERED, False)
    assert findings(seen(None, certificate=bad))[Fact.CERTIFICATE].level is Level.HELP


def test_a_silent_server_failed() -> None:
    found = facts_of(seen(None, certificate=None, why=Why.SILENT))
    assert (found.outcome, found.why) == (Outcome.FAILED, Why.SILENT)
    assert "status" not in found.columns


@pytest.mark.parametrize(
    "why", [Why.ROBOTS, Why.ROBOTS_BROKEN, Why.INTERNAL, Why.LEADS_INSIDE, Why.BAD_ADDRESS]
)
def test_what_was_not_asked_is_no_failure(why: Why) -> None:
    found = seen(None, certificate=None, why=why)
    assert facts_of(found).outcome is Outcome.SKIPPED
    assert findings(found, Standing(Verdict.SKIPPED))[Fact.REACH].level is Level.UNKNOWN


@pytest.mark.parametrize(
    ("days", "level", "words"),
    [(-1, Level.HELP, "Habis pada"), (5, Level.WATCH, "Segera habis"), (60, Level.GOOD, "berlaku sampai")],
)
def test_certificates_by_date(days: int, level: Level, words: str) -> None:
    one = replace(TRUSTED, not_after=NOW + datetime.timedelta(days=days))
    found = findings(seen(certificate=one))[Fact.CERTIFICATE]
    assert found.level is level
    assert words in found.words


def test_https_that_is_not_forced_and_http_alone() -> None:
    assert findings(seen(forced=False))[Fact.HTTPS].level is Level.WATCH
    plain = seen(
        replace(PAGE, url="http://layanan.contoh.id/"), certificate=None, forced=False, offered=False
    )
    assert findings(plain)[Fact.HTTPS].level is Level.HELP
    assert findings(plain)[Fact.CERTIFICATE].level is Level.UNKNOWN
    assert "padahal servernya punya" in findings(replace(plain, offered=True))[Fact.HTTPS].words


def test_another_site_at_the_end_is_said() -> None:
    found = findings(
        seen(replace(PAGE, url="https://parkir.example/masuk", hops=(URL, "https://parkir.example/masuk")))
    )
    assert found[Fact.REDIRECT].level is Level.WATCH
    assert "parkir.example" in found[Fact.REDIRECT].words
    assert site_of("https://www.layanan.contoh.id/x") == site_of(URL)


def test_slow_and_heavy_by_threshold() -> None:
    found = findings(seen(replace(PAGE, total_ms=LIMITS.slow_ms + 1, size=LIMITS.heavy_bytes + 1)))
    assert (found[Fact.SPEED].level, found[Fact.SIZE].level) == (Level.WATCH, Level.WATCH)
    found = findings(seen(replace(PAGE, total_ms=LIMITS.slow_ms, size=LIMITS.heavy_bytes)))
    assert (found[Fact.SPEED].level, found[Fact.SIZE].level) == (Level.GOOD, Level.GOOD)


def test_a_strange_charset_is_read_all_the_same() -> None:
    page = replace(PAGE, headers={"content-type": "text/html; charset=klingon"})
    assert facts_of(seen(page)).facts["page"]["lang"] == "id"


def test_what_is_no_html_has_no_obstacles() -> None:
    page = replace(PAGE, headers={"content-type": "application/pdf"})
    assert findings(seen(page))[Fact.ACCESS].level is Level.UNKNOWN


@pytest.mark.parametrize(
    ("status", "text", "allowed"),
    [
        (404, "", True),
        (301, "", True),
        (503, "", None),
        (200, "User-agent: *\nDisallow: /admin", True),
        (200, "User-agent: *\nDisallow: /", False),
        (200, "User-agent: Jendela\nDisallow: /\n\nUser-agent: *\nDisallow:", False),
        (200, "<html>halaman depan</html>", True),
    ],
)
def test_robots(status: int, text: str, allowed: bool | None) -> None:
    assert may_ask(Robots(status, text), URL) is allowed


@pytest.mark.parametrize(
    ("robots", "seconds"),
    [
        (None, 10),
        (Robots(404), 10),
        (Robots(200, "User-agent: *\nCrawl-delay: 3"), 10),
        (Robots(200, "User-agent: *\nCrawl-delay: 60"), 60),
        (Robots(200, "User-agent: *\nCrawl-delay: 99999"), 600),
        (Robots(200, "User-agent: *\nCrawl-delay: pelan"), 10),
    ],
)
def test_the_pause_that_a_host_asks_for(robots: Robots | None, seconds: int) -> None:
    assert seconds_between(robots, 10) == seconds


def test_thresholds_are_known_before_their_first_day() -> None:
    assert thresholds(datetime.date(2020, 1, 1)) == LIMITS
