"""Which addresses are called: the public internet at the ports of the web, and what somebody allowed by name."""

import ipaddress
import socket
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jendela.common.outgoing import (
    NotResolvedError,
    OutgoingError,
    RefusedAddressError,
    TimedOutError,
    fetch,
    inspect_tls,
)
from jendela.common.outgoing.addresses import PORTS, is_public, may_be_allowed, parse, resolve


@pytest.mark.parametrize(
    ("text", "public"),
    [
        ("8.8.8.8", True),
        ("103.28.12.1", True),
        ("127.0.0.1", False),
        ("127.255.255.254", False),
        ("0.0.0.0", False),  # noqa: S104
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("100.64.0.1", False),
        ("169.254.169.254", False),
        ("192.0.0.1", False),
        ("192.0.2.1", False),
        ("198.18.0.1", False),
        ("224.0.0.1", False),
        ("239.255.255.250", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::", False),
        ("fe80::1", False),
        ("fc00::1", False),
        ("fd12::1", False),
        ("ff02::1", False),
        ("::ffff:10.0.0.1", False),
        ("::ffff:8.8.8.8", True),
        ("::127.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b::808:808", True),
        ("64:ff9b:1::1", False),
        ("2002:7f00:1::", False),
        ("2002:808:808::", True),
        ("2001:db8::1", False),
        ("2001:0:5ef5:79fb::1", False),
        ("2404:6800:4003::1", True),
    ],
)
def test_what_is_public(text: str, public: bool) -> None:
    assert is_public(ipaddress.ip_address(text)) is public


@given(st.ip_addresses(v=4))
def test_an_address_wrapped_in_another_is_judged_by_itself(inner: ipaddress.IPv4Address) -> None:
    mapped = ipaddress.IPv6Address(f"::ffff:{inner}")
    translated = ipaddress.IPv6Address(int(ipaddress.IPv6Address("64:ff9b::")) + int(inner))
    assert is_public(inner) == is_public(mapped) == is_public(translated)


@given(st.one_of(st.ip_addresses(v=4), st.ip_addresses(v=6)))
def test_nothing_private_is_public(address: Any) -> None:
    if address.is_private or address.is_loopback or address.is_link_local or address.is_multicast:
        mapped = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None)
        wrapped = mapped is not None or address in ipaddress.ip_network("64:ff9b::/96")
        assert wrapped or not is_public(address)


@pytest.mark.parametrize(
    "text",
    ["169.254.169.254", "224.0.0.1", "0.0.0.0", "255.255.255.255", "fe80::1", "::", "::ffff:169.254.169.254"],  # noqa: S104
)
def test_what_nobody_may_allow(text: str) -> None:
    """Machines of a cloud answer their secrets at a link-local address."""
    assert not may_be_allowed(ipaddress.ip_address(text))


@pytest.mark.parametrize("text", ["127.0.0.1", "10.0.0.5", "192.168.3.4", "fd00::1", "::1", "8.8.8.8"])
def test_what_may_be_allowed_by_name(text: str) -> None:
    assert may_be_allowed(ipaddress.ip_address(text))


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("file:///etc/passwd", "scheme"),
        ("ftp://contoh.id/", "scheme"),
        ("gopher://contoh.id/", "scheme"),
        ("javascript:alert(1)", "scheme"),
        ("//contoh.id/", "scheme"),
        ("contoh.id", "scheme"),
        ("http://", "malformed"),
        ("http:///x", "malformed"),
        ("http://[::1", "malformed"),
        ("http://[v1.x]/", "malformed"),
        ("http://contoh.id:99999/", "malformed"),
        ("http://contoh.id:abc/", "malformed"),
        ("http://con toh.id/", "malformed"),
        ("http://contoh.id/a\r\nHost: x", "malformed"),
        ("http://contoh.id/\x00", "malformed"),
        ("http://-contoh.id/", "malformed"),
        ("http://contoh..%2f.id/", "malformed"),
        ("http://" + "a" * 3000, "malformed"),
        ("http://ani:rahasia@contoh.id/", "credentials"),
        ("http://contoh.id\\@127.0.0.1/", "credentials"),
        ("http://contoh.id:25/", "port"),
        ("http://contoh.id:6379/", "port"),
        ("https://contoh.id:0/", "port"),
        ("http://127.0.0.1/", "private"),
        ("http://127.1/", "private"),
        ("http://2130706433/", "private"),
        ("http://0x7f.0.0.1/", "private"),
        ("http://0177.0.0.1/", "private"),
        ("http://１２７.0.0.1/", "private"),
        ("http://[::1]/", "private"),
        ("http://[::ffff:7f00:1]/", "private"),
        ("http://localhost/", "private"),
        ("http://localhost./", "private"),
        ("http://169.254.169.254/latest/meta-data/", "private"),
    ],
)
def test_addresses_that_are_never_called(url: str, reason: str) -> None:
    with pytest.raises(RefusedAddressError) as refused:
        fetch(url, timeout=3)
    assert refused.value.reason == reason


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        target = parse(f"http://{text}")
    except RefusedAddressError:
        return
    assert target.host
    assert target.host.isascii()
    assert parse(target.url) == target


def test_how_an_address_is_called() -> None:
    assert parse("HTTP://Contoh.ID").url == "http://contoh.id/"
    assert parse("https://contoh.id:443/a%20b?q=é#x").url == "https://contoh.id/a%20b?q=%C3%A9"
    assert parse("http://jendéla.id:8080/").authority == "xn--jendla-eva.id:8080"
    assert parse("http://[2404:6800::0:1]/").authority == "[2404:6800::1]"


def answering(monkeypatch: pytest.MonkeyPatch, *answers: list[str] | Exception) -> list[str]:
    """The system's look-up says these, one after the other."""
    asked: list[str] = []
    rest = list(answers)

    def look_up(host: str, port: int, **_more: Any) -> list[Any]:
        asked.append(host)
        answer = rest.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (text, port)) for text in answer]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return asked


def soon() -> float:
    return time.monotonic() + 5


def test_only_the_public_addresses_of_a_name_are_called(monkeypatch: pytest.MonkeyPatch) -> None:
    answering(monkeypatch, ["10.0.0.1", "8.8.8.8", "127.0.0.1", "8.8.4.4"])
    found = resolve(parse("http://contoh.id/"), allow=(), ports=PORTS, deadline=soon())
    assert found == ["8.8.8.8", "8.8.4.4"]


def test_a_name_is_looked_up_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that answers differently a moment later leads nowhere else: the connection goes to what was judged."""
    asked = answering(monkeypatch, ["8.8.8.8"], ["127.0.0.1"])
    called: list[Any] = []

    def connect(_socket: socket.socket, address: Any) -> None:
        called.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket.socket, "connect", connect)
    with pytest.raises(OutgoingError):
        fetch("http://contoh.id/", timeout=3)
    assert asked == ["contoh.id"]
    assert called == [("8.8.8.8", 80)]


def test_a_name_that_leads_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    answering(monkeypatch, socket.gaierror(-2, "Name or service not known"))
    with pytest.raises(NotResolvedError):
        fetch("http://tidak-ada.contoh.id/", timeout=3)


def test_a_look_up_that_takes_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    def sleep(*_parts: Any, **_more: Any) -> list[Any]:
        time.sleep(1)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", sleep)
    with pytest.raises(TimedOutError) as late:
        fetch("http://lama.contoh.id/", timeout=0.1)
    assert late.value.reason == "resolve"


@pytest.mark.parametrize(
    ("allow", "called"),
    [
        (["127.0.0.1"], True),
        (["127.0.0.1:9"], True),
        (["127.0.0.1:10"], False),
        (["localhost"], False),
        ([""], False),
        ([], False),
    ],
)
def test_allowed_is_a_name_and_perhaps_a_port(allow: list[str], called: bool) -> None:
    target = parse("http://127.0.0.1:9/")
    if called:
        assert resolve(target, allow=allow, ports=PORTS, deadline=soon()) == ["127.0.0.1"]
        return
    with pytest.raises(RefusedAddressError):
        resolve(target, allow=allow, ports=PORTS, deadline=soon())


def test_certificates_of_inner_hosts_are_not_looked_at() -> None:
    with pytest.raises(RefusedAddressError):
        inspect_tls("127.0.0.1")
    with pytest.raises(RefusedAddressError):
        inspect_tls("::1")
