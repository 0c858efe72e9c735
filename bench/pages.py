"""Pages: requests a second, p95 and CPU a page of home, results and service page, cached and uncached, each beside a
constant body of the same size through the same server in the same run.

The server is granian as `./jendela up` starts it, with one worker so that one core is left for the client. Requests
are gzip, keep-alive, from 8 connections in bundles of 16; p95 is of single requests on one connection. CPU is what
the server's processes used, from /proc. PostgreSQL's CPU is not in it.

    ./jendela bench pages
"""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
from _load import Connection, Load, latencies, request, throughput
from _setup import ROOT, headline, setup

SECONDS = 3.0
ROUNDS = 3
UNCACHED_COUNT = 300


@contextmanager
def server(application: str, port: int, **environment: str) -> Iterator[psutil.Process]:
    """Granian on a loopback port, ended by its own id."""
    path = os.pathsep.join([str(ROOT / "src"), str(Path(__file__).parent)])
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", application]
    command += ["--host", "127.0.0.1", "--port", str(port), "--workers", "1", "--blocking-threads", "2"]
    command += ["--no-ws", "--log-level", "warning"]
    env = {**os.environ, "PYTHONPATH": path, "JENDELA_RATE_FACTOR": "100000", **environment}
    process = subprocess.Popen(command, env=env)
    try:
        _wait(port)
        yield psutil.Process(process.pid)
    finally:
        process.terminate()
        process.wait(15)


def _wait(port: int) -> None:
    for _ in range(200):
        try:
            Connection(port).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("the server did not start")


def cpu(process: psutil.Process) -> float:
    """Seconds of CPU of the server and its workers."""
    total = 0.0
    for one in [process, *process.children(recursive=True)]:
        times = one.cpu_times()
        total += times.user + times.system
    return total


def size(port: int, path: str) -> int:
    connection = Connection(port)
    for _ in range(3):  # the third answer comes from the cache
        connection.send(request(path))
        status, body = connection.answer()
    connection.close()
    if status != 200:
        raise SystemExit(f"{path} answered {status}")
    return len(body)


def measured(process: psutil.Process, port: int, path: str) -> tuple[Load, float]:
    before = cpu(process)
    load = throughput(port, [path], seconds=SECONDS)
    if load.bad:
        raise SystemExit(f"{path}: {load.bad} answers were not 200")
    return load, (cpu(process) - before) / load.requests * 1e6


def p95(times: list[float]) -> float:
    return times[int(len(times) * 0.95)]


def cached_table(pages: dict[str, str], ports: tuple[int, int]) -> None:
    print(f"{'cached':<16}{'bytes':>8}{'req/s':>10}{'constant':>10}{'ratio':>8}{'p95 ms':>9}{'CPU us':>9}")
    port, other = ports
    with server("jendela.config.wsgi:application", port) as process:
        for title, path in pages.items():
            length = size(port, path)
            with server("_constant:application", other, CONSTANT_BYTES=str(length)) as constant:
                pairs = [
                    (measured(process, port, path), measured(constant, other, "/")) for _ in range(ROUNDS)
                ]
            rate = statistics.median(own[0].rate for own, _ in pairs)
            bound = statistics.median(limit[0].rate for _, limit in pairs)
            ratio = statistics.median(own[0].rate / limit[0].rate for own, limit in pairs)
            used = statistics.median(own[1] for own, _ in pairs)
            slow = p95(latencies(port, [path], count=2000))
            print(f"{title:<16}{length:>8}{rate:>10.0f}{bound:>10.0f}{ratio:>8.2f}{slow:>9.2f}{used:>9.0f}")


def uncached_table(pages: dict[str, str], port: int) -> None:
    print(f"\n{'uncached':<16}{'bytes':>8}{'req/s':>10}{'p95 ms':>9}{'CPU ms':>9}")
    with server("jendela.config.wsgi:application", port, JENDELA_PAGE_CACHE="0") as process:
        for title, path in pages.items():
            length = size(port, path)
            latencies(port, [path], count=50)
            before = cpu(process)
            started = time.perf_counter()
            times = latencies(port, [path], count=UNCACHED_COUNT)
            rate = UNCACHED_COUNT / (time.perf_counter() - started)
            used = (cpu(process) - before) / UNCACHED_COUNT * 1000
            print(f"{title:<16}{length:>8}{rate:>10.0f}{p95(times):>9.2f}{used:>9.2f}")


def main() -> None:
    setup()
    from jendela.services.catalogue.models import Service

    slug = Service.objects.get(name="Penggantian KTP elektronik hilang").slug
    pages = {"home": "/", "results": "/cari/?q=ktp+ilang", "service page": f"/layanan/{slug}/"}
    headline("Pages through granian, 1 worker, 2 blocking threads, gzip", "django", "granian")
    port = int(os.environ.get("BENCH_PORT", "8771"))
    cached_table(pages, (port, port + 1))
    uncached_table(pages, port + 2)


if __name__ == "__main__":
    main()
