"""Certificates: good, self-signed, expired, for another host, of an unknown issuer; and servers that speak no TLS."""

import datetime
import socket
import ssl
import warnings
from pathlib import Path
from typing import Any

import pytest
import trustme

from jendela.common.outgoing import (
    ConnectionFailedError,
    TimedOutError,
    TlsError,
    TlsFault,
    fetch,
    inspect_tls,
)
from jendela.common.outgoing import tls as tls_module
from jendela.common.outgoing.tests.servers import plain, say, serving

HERE = ["127.0.0.1", "localhost"]
NOW = datetime.datetime.now(datetime.UTC)


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def issuers(authority: trustme.CA, tmp_path: Path) -> Path:
    path = tmp_path / "issuers.pem"
    authority.cert_pem.write_to_path(path)
    return path


def server_side(certificate: Any) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    return context


def self_signed(tmp_path: Path) -> ssl.SSLContext:
    """An authority that shows itself, as devices do that were set up with one command."""
    own = trustme.CA()
    (tmp_path / "own.pem").write_bytes(own.private_key_pem.bytes() + own.cert_pem.bytes())
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "own.pem")
    return context


def test_a_good_certificate(authority: trustme.CA, issuers: Path) -> None:
    until = NOW + datetime.timedelta(days=40)
    context = server_side(authority.issue_cert("localhost", "127.0.0.1", not_after=until))
    with serving(say(plain("200 OK", b"aman")), context) as server:
        answer = fetch(server.url(scheme="https", host="localhost"), allow=HERE, ca_file=issuers)
        seen = inspect_tls("127.0.0.1", server.port, allow=HERE, ca_file=issuers)
    assert answer.body == b"aman"
    assert answer.tls is not None
    for found in (answer.tls, seen):
        assert found.valid is True
        assert found.reason is TlsFault.NONE
        assert found.not_after is not None
        assert abs(found.not_after - until) < datetime.timedelta(seconds=2)
        assert found.version == "TLSv1.3"
        assert "trustme" in found.issuer
        assert set(found.names) == {"localhost", "127.0.0.1"}


def test_an_expired_certificate(authority: trustme.CA, issuers: Path) -> None:
    until = NOW - datetime.timedelta(days=3)
    begun = NOW - datetime.timedelta(days=90)
    context = server_side(authority.issue_cert("localhost", not_before=begun, not_after=until))
    with serving(say(plain("200 OK")), context) as server:
        with pytest.raises(TlsError) as bad:
            fetch(server.url(scheme="https", host="localhost"), allow=HERE, ca_file=issuers)
        seen = inspect_tls("localhost", server.port, allow=HERE, ca_file=issuers)
    assert bad.value.fault is TlsFault.EXPIRED
    assert (seen.valid, seen.reason) == (False, TlsFault.EXPIRED)
    assert seen.not_after is not None
    assert abs(seen.not_after - until) < datetime.timedelta(seconds=2)
    assert seen.detail
    assert server.requests == []  # nothing was sent to a server that nobody trusts


def test_a_certificate_of_tomorrow(authority: trustme.CA, issuers: Path) -> None:
    start = NOW + datetime.timedelta(days=1)
    context = server_side(
        authority.issue_cert("localhost", not_before=start, not_after=start + datetime.timedelta(days=1))
    )
    with serving(say(plain("200 OK")), context) as server:
        assert inspect_tls("localhost", server.port, allow=HERE, ca_file=issuers).reason is TlsFault.NOT_YET


def test_a_certificate_for_another_host(authority: trustme.CA, issuers: Path) -> None:
    context = server_side(authority.issue_cert("contoh.id"))
    with serving(say(plain("200 OK")), context) as server:
        for host in ("localhost", "127.0.0.1"):
            with pytest.raises(TlsError) as bad:
                fetch(server.url(scheme="https", host=host), allow=HERE, ca_file=issuers)
            assert bad.value.fault is TlsFault.WRONG_HOST
        seen = inspect_tls("localhost", server.port, allow=HERE, ca_file=issuers)
    assert (seen.valid, seen.reason, seen.names) == (False, TlsFault.WRONG_HOST, ("contoh.id",))


def test_a_certificate_signed_by_itself(issuers: Path, tmp_path: Path) -> None:
    with serving(say(plain("200 OK")), self_signed(tmp_path)) as server:
        with pytest.raises(TlsError) as bad:
            fetch(server.url(scheme="https"), allow=HERE, ca_file=issuers)
        seen = inspect_tls("127.0.0.1", server.port, allow=HERE, ca_file=issuers)
    assert bad.value.fault is TlsFault.SELF_SIGNED
    assert (seen.valid, seen.reason) == (False, TlsFault.SELF_SIGNED)
    assert seen.issuer == seen.subject


def test_an_unknown_issuer_and_a_machine_that_knows_none(
    authority: trustme.CA, issuers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context = server_side(trustme.CA().issue_cert("localhost"))
    with serving(say(plain("200 OK")), context) as server:
        seen = inspect_tls("localhost", server.port, allow=HERE, ca_file=issuers)
        assert (seen.valid, seen.reason) == (False, TlsFault.UNKNOWN_ISSUER)
        monkeypatch.setattr(tls_module, "knows_issuers", lambda _context: False)
        with pytest.raises(TlsError) as bad:
            fetch(server.url(scheme="https", host="localhost"), allow=HERE)
    assert bad.value.fault is TlsFault.NO_TRUST


def test_unchecked_on_request(tmp_path: Path) -> None:
    with serving(say(plain("200 OK", b"x")), self_signed(tmp_path)) as server:
        answer = fetch(server.url(scheme="https"), allow=HERE, verify=False)
    assert answer.status == 200
    assert answer.tls is not None
    assert answer.tls.valid is None  # nobody checked


def test_a_server_that_speaks_no_tls() -> None:
    """It waits for the end of a request that will never look like one, or answers in plain text."""
    with (
        serving(say(plain("400 Bad Request"))) as server,
        pytest.raises((TlsError, ConnectionFailedError, TimedOutError)),
    ):
        fetch(server.url(scheme="https"), allow=HERE, timeout=0.5)


def test_a_handshake_that_never_ends() -> None:
    listener = socket.create_server(("127.0.0.1", 0))  # the system takes the call, nobody speaks
    port = listener.getsockname()[1]
    try:
        with pytest.raises(TimedOutError) as late:
            fetch(f"https://127.0.0.1:{port}/", allow=HERE, timeout=0.3)
        with pytest.raises(TimedOutError):
            inspect_tls("127.0.0.1", port, allow=HERE, timeout=0.3)
    finally:
        listener.close()
    assert late.value.reason == "tls"


def test_a_server_of_yesterday(authority: trustme.CA, issuers: Path) -> None:
    """TLS 1.1 is not spoken any more; that is a fact about the server, not a lost line."""
    context = server_side(authority.issue_cert("localhost"))
    context.set_ciphers("ALL:@SECLEVEL=0")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of asking for such an old one
        context.minimum_version = ssl.TLSVersion.TLSv1
        context.maximum_version = ssl.TLSVersion.TLSv1_1
    with serving(say(plain("200 OK")), context) as server, pytest.raises(TlsError) as bad:
        fetch(server.url(scheme="https", host="localhost"), allow=HERE, ca_file=issuers)
    assert bad.value.fault is TlsFault.OLD_VERSION


def test_a_redirect_to_https_is_checked_too(authority: trustme.CA, issuers: Path) -> None:
    context = server_side(authority.issue_cert("localhost"))
    with serving(say(plain("200 OK", b"aman")), context) as safe:
        place = safe.url("/x", scheme="https", host="localhost")
        with serving(say(plain("301 Moved", b"", f"Location: {place}"))) as server:
            answer = fetch(server.url(), allow=HERE, ca_file=issuers, max_redirects=2)
    assert (answer.url, answer.body) == (place, b"aman")
    assert answer.tls is not None
    assert answer.tls.valid
