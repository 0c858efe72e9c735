"""The register at the size of a province: 30,000 applications of 500 agencies. Each screen with its statements, its
time in the database and in all (median of five), and the plans of the big lists: paging and searching may not read a
whole table.

The rows are those of bench/_registry.py, on a database of its own, and stay there for the next run.

    ./jendela bench register            30,000 applications
    ./jendela bench register 5000       another number
"""

import re
import statistics
import sys
import time
from collections.abc import Sequence
from typing import Any

import _registry
from _setup import headline, setup

TURNS = 5
BIG = ("application", "value_source", "change", "cost", "use")


def screens() -> list[tuple[str, str, str]]:
    """Name, address, who asks."""
    slug = f"{_registry.MARK}00042"
    one = f"/kelola/aplikasi/{slug}/"
    return [
        ("list, by name", "/kelola/aplikasi/?lihat=semua", "team"),
        ("list, page 400 (by name)", "/kelola/aplikasi/?setelah=KEY", "team"),
        ("list, last changed", "/kelola/aplikasi/?urut=perubahan", "team"),
        ("list, least complete", "/kelola/aplikasi/?urut=kelengkapan", "team"),
        ("list, a rare stage", "/kelola/aplikasi/?tahap=akan_digabung", "team"),
        ("list, without cost", "/kelola/aplikasi/?kurang=biaya", "team"),
        ("list, not attested", "/kelola/aplikasi/?kurang=pernyataan", "team"),
        ("search, a rare word", "/kelola/aplikasi/?q=00777", "team"),
        ("search, two words", "/kelola/aplikasi/?q=kepegawaian+terpadu", "team"),
        ("search, a common word", "/kelola/aplikasi/?q=aplikasi", "team"),
        ("search, nothing found", "/kelola/aplikasi/?q=zzqqzz", "team"),
        ("list of one agency", "/kelola/aplikasi/", "operator"),
        ("record", one, "team"),
        ("history", f"{one}riwayat/", "team"),
        ("form of a group", f"{one}ubah/teknologi/", "team"),
        ("functions", f"{one}fungsi/?q=kesehatan", "team"),
        ("public list", "/aplikasi/", "nobody"),
        ("public search", "/aplikasi/?q=kepegawaian+terpadu", "nobody"),
        ("public page", f"/aplikasi/{slug}/", "nobody"),
    ]


def plans() -> list[tuple[str, Any]]:
    """The statements whose plans must be flat."""
    from jendela.registry.applications import reads

    whole = reads.RegisterFilters()
    page = reads.register_page(whole)
    found: list[tuple[str, Any]] = []
    for name, filters in (
        ("by name", whole),
        ("last changed", reads.RegisterFilters(order=reads.BY_CHANGE)),
        ("least complete", reads.RegisterFilters(order=reads.BY_COMPLETENESS)),
        ("one agency", reads.RegisterFilters(owners=frozenset({page.rows[0].owner_id}))),
        ("a rare stage", reads.RegisterFilters(life_cycle="akan_digabung")),
        ("a rare word", reads.RegisterFilters(text="00777")),
        ("two words", reads.RegisterFilters(text="kepegawaian terpadu")),
    ):
        found.append((name, reads.register_query(filters, size=50)))
        found.append((f"{name}, page two", reads.register_query(filters, after=page.next_key, size=50)))
    return found


def people() -> dict[str, Any]:
    """Clients signed in as a team of the regency and as an operator of one agency."""
    from django.test import Client

    from jendela.people.access.models import Membership
    from jendela.people.accounts.models import User
    from jendela.people.agencies.models import Agency

    clients: dict[str, Any] = {"nobody": Client()}
    agency = Agency.objects.get(slug=f"{_registry.MARK}007")
    for name, role, place in (("team", "information_team", None), ("operator", "agency_operator", agency)):
        user, _new = User.objects.get_or_create(email=f"ukur-{name}@contoh.id", defaults={"name": "Ukur"})
        if not Membership.objects.filter(user=user).exists():
            Membership.objects.create(user=user, agency=place, role=role, valid_from="2026-01-01")
        clients[name] = Client()
        clients[name].force_login(user)
    return clients


def measure(client: Any, path: str) -> tuple[int, int, float, float, int]:
    """Status, statements, milliseconds in the database and in all, bytes."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(path)
    times, database = [], []
    for _turn in range(TURNS):
        with CaptureQueriesContext(connection) as queries:
            begun = time.perf_counter()
            answer = client.get(path)
            times.append((time.perf_counter() - begun) * 1000)
        database.append(sum(float(one["time"]) for one in queries) * 1000)
    size = len(answer.content)
    return answer.status_code, len(queries), statistics.median(database), statistics.median(times), size


def whole_tables(plan: str) -> list[str]:
    names = re.findall(r"Seq Scan on registry_applications_(\w+)", plan)
    return sorted(set(names) & set(BIG))


def main(arguments: Sequence[str]) -> int:
    setup()
    from django.conf import settings
    from django.core.cache import cache

    settings.ALL_MODULES_OPEN, settings.STAFF_SECOND_FACTOR = True, False
    settings.ALLOWED_HOSTS = ["*"]
    cache.clear()
    number = int(arguments[0]) if arguments else _registry.APPLICATIONS
    begun = time.perf_counter()
    _registry.fill(number)
    headline(f"The register with {number} applications", "django", "psycopg")
    print(f"rows made or found in {time.perf_counter() - begun:.0f} s\n")
    from jendela.registry.applications import reads

    key = ""
    for _page in range(min(400, number // 50 - 1)):
        key = reads.register_page(reads.RegisterFilters(), after=key).next_key
    clients = people()
    print(f"{'screen':<28}{'status':>7}{'statements':>12}{'db ms':>8}{'ms':>8}{'KB':>7}")
    for name, path, who in screens():
        got = measure(clients[who], path.replace("KEY", key.replace(" ", "+")))
        status, queries, database, whole, size = got
        print(f"{name:<28}{status:>7}{queries:>12}{database:>8.1f}{whole:>8.1f}{size / 1024:>7.0f}")
    print(f"\n{'plan':<32}{'reads a whole table':<24}uses")
    broken = False
    for name, rows in plans():
        plan = rows.explain()
        bad = whole_tables(plan)
        broken = broken or bool(bad)
        used = ", ".join(dict.fromkeys(re.findall(r"(?:using|on) (application_\w+)", plan)))
        print(f"{name:<32}{', '.join(bad) or 'no':<24}{used}")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
