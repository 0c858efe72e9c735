"""A line to another server on which one deadline holds: each reading and writing waits only for what is left of it."""

import contextlib
import errno
import http.client
import io
import socket
import ssl
import time
from collections.abc import Iterator, Sequence
from typing import Any

from jendela.common.outgoing.addresses import Target
from jendela.common.outgoing.errors import (
    BadAnswerError,
    ConnectionFailedError,
    OutgoingError,
    RefusedAddressError,
    TimedOutError,
)

_UNREACHABLE = {
    errno.ENETUNREACH,
    errno.EHOSTUNREACH,
    errno.ENETDOWN,
    errno.EADDRNOTAVAIL,
    errno.EAFNOSUPPORT,
}


class TooMuchError(Exception):
    """More bytes came than this part of the answer may have."""


class Line:
    """An open connection. It stands in for the socket of http.client: it sends, and it is its own reading file.
    `budget` is how many bytes may still come."""

    def __init__(self, plain: socket.socket, address: str, deadline: float, url: str) -> None:
        self._socket: socket.socket | ssl.SSLSocket = plain
        self.address = address
        self.url = url
        self.deadline = deadline
        self.budget = 0
        self.first_byte_at: float | None = None

    def left(self) -> float:
        """Seconds until the deadline. Raises TimeoutError when it has passed."""
        seconds = self.deadline - time.monotonic()
        if seconds <= 0:
            raise TimeoutError
        return seconds

    def wrap(self, context: ssl.SSLContext, host: str) -> None:
        """The handshake; the library holds its time limit over all its steps together."""
        self._socket.settimeout(self.left())
        self._socket = context.wrap_socket(self._socket, server_hostname=host)

    def certificate(self) -> bytes | None:
        return self._socket.getpeercert(binary_form=True) if isinstance(self._socket, ssl.SSLSocket) else None

    def tls_version(self) -> str:
        return (self._socket.version() or "") if isinstance(self._socket, ssl.SSLSocket) else ""

    # what http.client asks of a socket

    def sendall(self, data: Any) -> None:
        self._socket.settimeout(self.left())
        self._socket.sendall(data)

    def makefile(self, _mode: str = "rb", *_more: Any) -> io.BufferedReader:
        return io.BufferedReader(_Reading(self))

    def receive(self, buffer: Any) -> int:
        self._socket.settimeout(self.left())
        number = self._socket.recv_into(buffer)
        if self.first_byte_at is None:
            self.first_byte_at = time.monotonic()
        self.budget -= number
        if self.budget < 0:
            raise TooMuchError
        return number

    def close(self) -> None:
        """http.client closes early, while the answer is still being read: the line ends in `connect`."""

    def hang_up(self) -> None:
        with contextlib.suppress(OSError):
            self._socket.close()

    @contextlib.contextmanager
    def errors(self, part: str) -> Iterator[None]:
        """What the libraries raise, as errors of this package."""
        try:
            yield
        except OutgoingError:
            raise
        except TimeoutError as error:
            raise TimedOutError("no answer in time", url=self.url, reason=part) from error
        except TooMuchError as error:
            raise BadAnswerError("the answer does not end", url=self.url, reason="headers") from error
        except (
            http.client.RemoteDisconnected,
            ConnectionError,
            ssl.SSLEOFError,
            ssl.SSLZeroReturnError,
        ) as error:
            raise ConnectionFailedError("the line was closed", url=self.url, reason="closed") from error
        except (http.client.HTTPException, ValueError) as error:
            raise BadAnswerError(
                f"no HTTP: {type(error).__name__}", url=self.url, reason="protocol"
            ) from error
        except OSError as error:
            raise ConnectionFailedError(str(error), url=self.url, reason="closed") from error


class _Reading(io.RawIOBase):
    def __init__(self, line: Line) -> None:
        super().__init__()
        self._line = line

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        return self._line.receive(buffer)


@contextlib.contextmanager
def connect(target: Target, addresses: Sequence[str], deadline: float) -> Iterator[Line]:
    """A line to the first of these addresses that answers; each gets its share of the time. Raises TimedOutError or
    ConnectionFailedError."""
    line: Line | None = None
    failed: OutgoingError | None = None
    for number, address in enumerate(addresses):
        share = (deadline - time.monotonic()) / (len(addresses) - number)
        if share <= 0:
            break
        try:
            line = Line(_open(address, target.port, share), address, deadline, target.url)
            break
        except TimeoutError:
            failed = TimedOutError("nobody answered in time", url=target.url, reason="connect")
        except OSError as error:
            failed = _failed(error, target.url)
    if line is None:
        raise failed or TimedOutError("nobody answered in time", url=target.url, reason="connect")
    try:
        yield line
    finally:
        line.hang_up()


def _open(address: str, port: int, seconds: float) -> socket.socket:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    plain = socket.socket(family, socket.SOCK_STREAM)
    try:
        plain.settimeout(seconds)
        plain.connect((address, port))
    except BaseException:
        plain.close()
        raise
    return plain


def _failed(error: OSError, url: str) -> OutgoingError:
    if isinstance(error, ConnectionRefusedError):
        return ConnectionFailedError("nobody listens there", url=url, reason="refused")
    if error.errno in _UNREACHABLE:
        return ConnectionFailedError("no road leads there", url=url, reason="unreachable")
    if isinstance(error, PermissionError):
        return RefusedAddressError("this machine may not call it", url=url, reason="private")
    return ConnectionFailedError(str(error) or type(error).__name__, url=url, reason="closed")
