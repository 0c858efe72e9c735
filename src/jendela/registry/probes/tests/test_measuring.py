"""Servers as they are: well kept, silent, untrusted, leading inside, forbidding. All of them on loopback, which is
allowed here by its name."""

from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
import trustme

from jendela.registry.probes import measuring
from jendela.registry.probes.choices import Outcome, Why
from jendela.registry.probes.facts import Seen, facts_of
from jendela.registry.probes.robots import Robots
from jendela.registry.probes.tests.servers import certified, issuers, page, redirect, say, serving, silent
from jendela.registry.probes.tests.world import HTML

HERE = frozenset({"localhost"})
FREE = Robots(404)


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measuring, "TIMEOUT", 2.0)


@pytest.fixture
def trusted(authority: trustme.CA, tmp_path: Path, settings: Any) -> None:
    settings.PROBES_CA_FILE = issuers(authority, tmp_path)


def look(url: str, robots: Robots | None = FREE) -> Seen:
    return measuring.measure(url, allowed=HERE, robots=robots).seen


def test_a_page_over_http() -> None:
    with serving() as server:
        measured = measuring.measure(server.url, allowed=HERE, robots=None)
    assert server.asked == ["/robots.txt", "/"]
    assert server.agents == {"Jendela/1 (+http://localhost:8000/cara-kerja/)"}, "it says who asks"
    assert measured.robots == Robots(404)
    found = facts_of(measured.seen)
    assert found.outcome is Outcome.ANSWERED
    assert found.facts["size"]["compressed"] is True
    assert 0 < found.facts["size"]["bytes"] < len(HTML)
    assert found.facts["page"]["title"] == "A"
    assert found.facts["speed"]["total_ms"] >= found.facts["speed"]["first_byte_ms"]
    assert (found.columns["https"], found.columns["https_forced"]) == (False, False)


def test_robots_that_were_read_today_are_not_asked_again() -> None:
    with serving() as server:
        assert measuring.measure(server.url, allowed=HERE, robots=FREE).robots is None
    assert server.asked == ["/"]


def test_robots_that_forbid_are_honoured() -> None:
    rules = b"User-agent: *\nDisallow: /\n"
    with serving({"/robots.txt": lambda handler: say(handler, body=rules)}) as server:
        measured = measuring.measure(server.url, allowed=HERE, robots=None)
    assert server.asked == ["/robots.txt"], "the page is not asked"
    assert measured.seen.why is Why.ROBOTS
    assert measured.robots is not None
    assert "Disallow: /" in measured.robots.text


def test_robots_that_fail_leave_the_page_alone() -> None:
    with serving({"/robots.txt": lambda handler: say(handler, 503)}) as server:
        assert look(server.url, None).why is Why.ROBOTS_BROKEN
    assert server.asked == ["/robots.txt"]


def test_a_trusted_certificate_with_its_end(authority: trustme.CA, trusted: None) -> None:
    with serving(context=certified(authority, days=40)) as server:
        found = facts_of(look(server.url))
    assert (found.outcome, found.columns["https"], found.columns["tls_valid"]) == (
        Outcome.ANSWERED,
        True,
        True,
    )
    assert found.columns["tls_not_after"] is not None
    assert found.columns["https_forced"] is None, "the twin of an unusual port is not known"


@pytest.mark.parametrize(("forced", "expected"), [(True, True), (False, False)])
def test_is_https_forced(
    forced: bool, expected: bool, authority: trustme.CA, trusted: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(context=certified(authority)) as safe:
        first = redirect(safe.url) if forced else page
        with serving({"/": first}) as plain:
            monkeypatch.setattr(measuring, "TWINS", {safe.port: plain.port, plain.port: safe.port})
            assert look(safe.url).forced is expected
            asked_plain = look(plain.url)
    assert asked_plain.forced is expected
    assert asked_plain.offered is True


def test_nobody_on_the_plain_port_is_as_good(
    authority: trustme.CA, trusted: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving() as gone:
        pass
    with serving(context=certified(authority)) as safe:
        monkeypatch.setattr(measuring, "TWINS", {safe.port: gone.port})
        assert look(safe.url).forced is True


@pytest.mark.parametrize(
    ("names", "days", "problem"), [((), -1, "expired"), (("lain.contoh.id",), 90, "wrong_host")]
)
def test_certificates_that_are_not_good(
    names: tuple[str, ...], days: int, problem: str, authority: trustme.CA, trusted: None
) -> None:
    with serving(context=certified(authority, *names, days=days)) as server:
        seen = look(server.url, None)
    found = facts_of(seen)
    assert found.outcome is Outcome.ANSWERED, "somebody is there"
    assert found.facts["tls"]["problem"] == problem
    assert (found.columns["tls_valid"], found.columns["status"]) == (False, 200)
    assert found.columns["tls_not_after"] is not None


def test_a_certificate_of_an_unknown_issuer() -> None:
    with serving(context=certified(trustme.CA())) as server:
        found = facts_of(look(server.url))
    assert found.outcome is Outcome.ANSWERED
    assert found.columns.get("tls_valid") in (False, None), "None where this machine trusts nobody"


def test_a_dead_page_behind_a_bad_certificate_is_dead(authority: trustme.CA, trusted: None) -> None:
    broken = {"/": lambda handler: say(handler, 500)}
    with serving(broken, context=certified(authority, "lain.contoh.id")) as server:
        found = facts_of(look(server.url))
    assert (found.outcome, found.why, found.columns["tls_valid"]) == (Outcome.FAILED, Why.SERVER, False)


def test_a_server_that_never_answers() -> None:
    with silent() as server:
        assert look(server.url).why is Why.SILENT
        assert look(server.url, None).why is Why.SILENT


def test_a_server_that_drips_is_left_at_the_deadline() -> None:
    import time

    def drip(handler: Any) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "10000")
        handler.end_headers()
        for _byte in range(60):
            handler.wfile.write(b"x")
            handler.wfile.flush()
            time.sleep(0.1)

    with serving({"/": drip}) as server:
        assert look(server.url).why is Why.SILENT


def test_nobody_listens_and_a_name_that_is_none() -> None:
    with serving() as server:
        pass
    assert look(server.url).why is Why.CONNECTION
    assert look("http://tidak-ada.invalid/").why in (Why.NAME, Why.SILENT)


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://127.0.0.1/", Why.INTERNAL),
        ("https://10.0.0.8/masuk", Why.INTERNAL),
        ("http://169.254.169.254/latest/", Why.INTERNAL),
        ("http://8.8.8.8:22/", Why.PORT),
        ("ftp://contoh.id/", Why.BAD_ADDRESS),
        ("http://orang:sandi@contoh.id/", Why.BAD_ADDRESS),
        ("javascript:alert(1)", Why.BAD_ADDRESS),
    ],
)
def test_what_is_never_asked(url: str, why: Why) -> None:
    found = facts_of(look(url, None))
    assert (found.outcome, found.why) == (Outcome.SKIPPED, why)


def test_a_redirect_into_the_own_network_is_not_followed() -> None:
    with serving() as inner:
        for target, why in (
            ("http://127.0.0.1/", Why.LEADS_INSIDE),
            (f"http://127.0.0.1:{inner.port}/", Why.PORT),
        ):
            with serving({"/": redirect(target)}) as server:
                seen = look(server.url)
            assert seen.why is why
            assert facts_of(seen).outcome is Outcome.SKIPPED
        assert inner.asked == []


def test_robots_that_lead_inside_are_no_rules() -> None:
    leads = {"/robots.txt": redirect("http://127.0.0.1/robots.txt")}
    with serving(leads) as server:
        assert look(server.url, None).page is not None


def test_redirects_in_a_circle_and_a_chain() -> None:
    with serving({"/": redirect("/a"), "/a": redirect("/")}) as server:
        found = facts_of(look(server.url))
        assert (found.outcome, found.why) == (Outcome.FAILED, Why.CIRCLE)
    with serving({"/": redirect("/a"), "/a": redirect("/b"), "/b": page}) as server:
        found = facts_of(look(server.url))
        assert [hop.rsplit("/", 1)[1] for hop in found.facts["redirects"]["hops"]] == ["", "a"]
        assert found.facts["redirects"]["final"].endswith("/b")
        assert found.columns["other_host"] is False


def test_a_huge_page_is_cut_and_a_bomb_stays_packed(monkeypatch: pytest.MonkeyPatch) -> None:
    import gzip

    monkeypatch.setattr(measuring, "MOST_PAGE", 10_000)
    monkeypatch.setattr(measuring, "MOST_UNPACKED", 50_000)
    bomb = gzip.compress(b"0" * 5_000_000)
    replies = {
        "/": lambda handler: say(handler, body=b"x" * 20_000, Content_Type="text/html"),
        "/bom": lambda handler: say(
            handler, body=bomb[:9_000], Content_Encoding="gzip", Content_Type="text/html"
        ),
        "/rusak": lambda handler: say(
            handler, body=b"no gzip", Content_Encoding="gzip", Content_Type="text/html"
        ),
    }
    with serving(replies) as server:
        assert facts_of(look(server.url)).facts["size"] == {
            "bytes": 10_000,
            "compressed": False,
            "complete": False,
        }
        packed = look(f"{server.url}bom").page
        assert packed is not None
        assert len(packed.body) == 50_000
        wrong = look(f"{server.url}rusak").page
        assert wrong is not None
        assert wrong.body == b""


def no_http(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"220 smtp ready\r\n")


def test_a_server_that_speaks_no_http() -> None:
    with serving({"/": no_http}) as server:
        assert look(server.url).why is Why.BROKEN
