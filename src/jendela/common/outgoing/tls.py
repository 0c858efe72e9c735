"""TLS: a checked handshake, why one failed, and what the certificate says even then."""

import ssl
import time
from collections.abc import Collection
from pathlib import Path

from cryptography import x509

from jendela.common.outgoing.addresses import PORTS, Target, parse, resolve
from jendela.common.outgoing.answers import Tls, TlsFault
from jendela.common.outgoing.errors import OutgoingError, TlsError
from jendela.common.outgoing.lines import Line, connect

# numbers of X509_V_ERR_… of OpenSSL
_FAULTS = {
    9: TlsFault.NOT_YET,
    10: TlsFault.EXPIRED,
    18: TlsFault.SELF_SIGNED,
    19: TlsFault.UNKNOWN_ISSUER,
    20: TlsFault.UNKNOWN_ISSUER,
    21: TlsFault.UNKNOWN_ISSUER,
    62: TlsFault.WRONG_HOST,
    64: TlsFault.WRONG_HOST,
}
_OLD = ("UNSUPPORTED_PROTOCOL", "PROTOCOL_VERSION", "DH_KEY_TOO_SMALL", "NO_CIPHERS", "WRONG_SIGNATURE_TYPE")


def context_for(*, verify: bool, ca_file: Path | None = None) -> ssl.SSLContext:
    """Trusts the issuers that the system trusts, and those of `ca_file` beside them."""
    context = ssl.create_default_context()
    if ca_file is not None:
        context.load_verify_locations(cafile=str(ca_file))
    if not verify:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def knows_issuers(context: ssl.SSLContext) -> bool:
    """Does this machine trust anybody? A system without ca-certificates would call every server untrusted."""
    if context.cert_store_stats()["x509_ca"]:
        return True
    folder = ssl.get_default_verify_paths().capath  # certificates of a folder are read when they are needed
    return folder is not None and Path(folder).is_dir() and any(Path(folder).iterdir())


def fault_of(error: ssl.SSLError, context: ssl.SSLContext) -> TlsFault:
    """The sort of a failed handshake."""
    if isinstance(error, ssl.SSLCertVerificationError):
        fault = _FAULTS.get(error.verify_code, TlsFault.OTHER)
        blind = fault is TlsFault.UNKNOWN_ISSUER and not knows_issuers(context)
        return TlsFault.NO_TRUST if blind else fault
    said = f"{error.reason or ''} {error}".upper()
    return TlsFault.OLD_VERSION if any(word in said for word in _OLD) else TlsFault.OTHER


def secure(line: Line, target: Target, context: ssl.SSLContext) -> Tls:
    """The handshake on an open line. Raises TlsError, TimedOutError or ConnectionFailedError."""
    with line.errors("tls"):
        try:
            line.wrap(context, target.host)
        except ssl.SSLError as error:
            if isinstance(error, TimeoutError):
                raise
            raise TlsError(_said(error), url=target.url, reason=fault_of(error, context)) from error
        checked = context.verify_mode == ssl.CERT_REQUIRED
        return facts_of(line.certificate(), valid=True if checked else None, version=line.tls_version())


def _said(error: ssl.SSLError) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return str(error.verify_message)
    return str(error.reason or error)


def facts_of(
    der: bytes | None,
    *,
    valid: bool | None,
    version: str = "",
    reason: TlsFault = TlsFault.NONE,
    detail: str = "",
) -> Tls:
    """A certificate in DER as facts; what cannot be read stays empty."""
    bare = Tls(valid=valid, reason=reason, version=version, detail=detail)
    if not der:
        return bare
    try:
        found = x509.load_der_x509_certificate(der)
        return Tls(
            valid=valid,
            reason=reason,
            not_before=found.not_valid_before_utc,
            not_after=found.not_valid_after_utc,
            subject=found.subject.rfc4514_string()[:300],
            issuer=found.issuer.rfc4514_string()[:300],
            names=_names(found),
            version=version,
            detail=detail,
        )
    except ValueError:  # a certificate that breaks the standard
        return bare


def _names(found: x509.Certificate) -> tuple[str, ...]:
    try:
        names = found.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (x509.ExtensionNotFound, x509.DuplicateExtension):
        return ()
    hosts = [str(name) for name in names.get_values_for_type(x509.DNSName)]
    return (*hosts, *(str(address) for address in names.get_values_for_type(x509.IPAddress)))


def inspect_tls(
    host: str,
    port: int = 443,
    *,
    timeout: float = 10.0,
    allow: Collection[str] = (),
    ports: Collection[int] = PORTS,
    ca_file: Path | None = None,
) -> Tls:
    """The certificate of a host, and whether it is good for it. A bad one is no error: its facts come back with the
    reason, read in a second handshake that trusts everybody and sends nothing. `timeout` in seconds covers both.
    Raises RefusedAddressError, NotResolvedError, TimedOutError, ConnectionFailedError, and TlsError where not even
    that second handshake was possible."""
    deadline = time.monotonic() + timeout
    name = f"[{host}]" if ":" in host and not host.startswith("[") else host
    target = parse(f"https://{name}:{port}/")
    addresses = resolve(target, allow=allow, ports=ports, deadline=deadline)
    with connect(target, addresses, deadline) as line:
        try:
            return secure(line, target, context_for(verify=True, ca_file=ca_file))
        except TlsError as error:
            first = error
    with connect(target, addresses, deadline) as line:
        try:
            seen = secure(line, target, context_for(verify=False))
        except OutgoingError:
            raise first from None
        return facts_of(
            line.certificate(),
            valid=False,
            version=seen.version,
            reason=first.fault,
            detail=str(first),
        )
