"""A small load generator: keep-alive connections of one process, requests written in bundles so that the client costs
little; latency is measured apart, one request at a time."""

import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass

BUNDLE = 16


@dataclass(frozen=True)
class Load:
    requests: int
    seconds: float
    bad: int

    @property
    def rate(self) -> float:
        return self.requests / self.seconds


class Connection:
    """One connection to a loopback port; reads whole answers by Content-Length."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=30)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.buffer = b""

    def send(self, request: bytes) -> None:
        self.socket.sendall(request)

    def answer(self) -> tuple[int, bytes]:
        while b"\r\n\r\n" not in self.buffer:
            self._more()
        head, rest = self.buffer.split(b"\r\n\r\n", 1)
        length = 0
        for line in head.split(b"\r\n")[1:]:
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        while len(rest) < length:
            rest += self._read()
        self.buffer = rest[length:]
        return int(head.split(b" ", 2)[1]), rest[:length]

    def _more(self) -> None:
        self.buffer += self._read()

    def _read(self) -> bytes:
        data = self.socket.recv(262_144)
        if not data:
            raise ConnectionError("the server closed the connection")
        return data

    def close(self) -> None:
        self.socket.close()


def request(path: str, *, gzip: bool = True) -> bytes:
    encoding = "Accept-Encoding: gzip\r\n" if gzip else ""
    return f"GET {path} HTTP/1.1\r\nHost: localhost\r\n{encoding}\r\n".encode()


def throughput(port: int, paths: Sequence[str], *, seconds: float, connections: int = 8) -> Load:
    """Requests of the paths in turn over several connections for some seconds."""
    open_connections = [Connection(port) for _ in range(connections)]
    wanted = [request(path) for path in paths]
    done = bad = turn = 0
    started = time.perf_counter()
    while (spent := time.perf_counter() - started) < seconds:
        for connection in open_connections:
            connection.send(b"".join(wanted[(turn + number) % len(wanted)] for number in range(BUNDLE)))
            turn += BUNDLE
        for connection in open_connections:
            for _ in range(BUNDLE):
                bad += connection.answer()[0] != 200
                done += 1
    for connection in open_connections:
        connection.close()
    return Load(done, spent, bad)


def latencies(port: int, paths: Sequence[str], *, count: int) -> list[float]:
    """Milliseconds of single requests on one connection, sorted."""
    connection = Connection(port)
    times: list[float] = []
    for number in range(count):
        wanted = request(paths[number % len(paths)])
        started = time.perf_counter()
        connection.send(wanted)
        connection.answer()
        times.append((time.perf_counter() - started) * 1000)
    connection.close()
    return sorted(times)
