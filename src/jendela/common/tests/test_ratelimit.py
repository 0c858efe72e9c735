"""Limits count per key and window and are shared by processes."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from jendela.common.ratelimit import address_of, hit


def test_requests_beyond_the_limit_are_refused_until_the_window_ends() -> None:
    verdicts = [hit("t1", "a", limit=3, seconds=60, now=1000.0) for _ in range(5)]
    assert [v.allowed for v in verdicts] == [True, True, True, False, False]
    assert verdicts[0].remaining == 2
    assert verdicts[-1].reset == 21  # the window 960..1020 ends in 20 s
    assert hit("t1", "a", limit=3, seconds=60, now=1020.0).allowed


def test_keys_and_scopes_do_not_touch_each_other() -> None:
    for _ in range(3):
        hit("t2", "a", limit=2, seconds=60, now=1000.0)
    assert hit("t2", "b", limit=2, seconds=60, now=1000.0).allowed
    assert hit("t3", "a", limit=2, seconds=60, now=1000.0).allowed


@given(st.integers(min_value=1, max_value=50), st.integers(min_value=1, max_value=60))
def test_never_more_than_the_limit(limit: int, requests: int) -> None:
    key = f"{limit}/{requests}/{id(object())}"
    allowed = sum(hit("t4", key, limit=limit, seconds=10, now=5.0).allowed for _ in range(requests))
    assert allowed <= limit or allowed == requests


def test_another_process_sees_the_same_counts(tmp_path: Path) -> None:
    program = """
import sys
from pathlib import Path
from django.conf import settings
settings.configure(RUN_DIR=Path(sys.argv[1]), SECRET_KEY="k", TRUSTED_PROXIES=0)
from jendela.common.ratelimit import hit
print(sum(hit("s", "k", limit=5, seconds=60, now=1000.0).allowed for _ in range(4)))
"""
    command = [sys.executable, "-c", program, str(tmp_path)]
    environment = {"PYTHONPATH": str(settings.PACKAGE.parent)}
    first = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    second = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    assert (first.stdout.strip(), second.stdout.strip()) == ("4", "1")


def test_the_address_is_that_of_the_last_trusted_proxy(settings: object) -> None:
    meta = {"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": "6.6.6.6, 203.0.113.9"}
    assert address_of(meta) == "10.0.0.1"  # a header alone is not believed
    settings.TRUSTED_PROXIES = 1  # type: ignore[attr-defined]
    assert address_of(meta) == "203.0.113.9"


@pytest.mark.parametrize(
    ("entry", "address"),
    [
        ("203.0.113.9:51234", "203.0.113.9"),
        ("[2001:db8::1]:443", "2001:db8::1"),
        ("2001:db8::1", "2001:db8::1"),
        ("fe80::1%eth0", "fe80::1"),
        ("unknown", "10.0.0.1"),
        ("1.2.3", "10.0.0.1"),
    ],
)
def test_what_a_proxy_writes_becomes_an_address_or_is_passed_over(
    settings: Settings, entry: str, address: str
) -> None:
    settings.TRUSTED_PROXIES = 1
    assert address_of({"HTTP_X_FORWARDED_FOR": entry, "REMOTE_ADDR": "10.0.0.1"}) == address


def test_addresses_of_one_ipv6_network_count_together() -> None:
    found = [hit("t6", f"2001:db8:1:2::{n:x}", limit=3, seconds=60, now=1000.0).allowed for n in range(5)]
    assert found == [True, True, True, False, False]
    assert hit("t6", "2001:db8:1:3::1", limit=3, seconds=60, now=1000.0).allowed


def test_ipv4_addresses_written_as_ipv6_count_each_alone() -> None:
    found = [hit("t7", f"::ffff:192.0.2.{n}", limit=1, seconds=60, now=1000.0).allowed for n in range(3)]
    assert found == [True, True, True]
    assert not hit("t7", "192.0.2.0", limit=1, seconds=60, now=1000.0).allowed
