"""Search: how often the right service is among the first results, how often confidence is right, and how long it takes.

Three sets: the 50 published examples; set A (used for tuning weights); set B (never used for tuning). Both sets were
written from the service names alone, before any vocabulary existed. Latency is of the query itself, on the real
documents and on 5,000 documents made by mixing the words of the real ones.

    ./jendela bench search            tables
    ./jendela bench search --misses   and every query whose service was not among the first three
"""

import csv
import random
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from _setup import headline, setup

HERE = Path(__file__).resolve().parent
KNOWN = (
    HERE.parent / "src" / "jendela" / "dataset" / "kotim" / "uji_pencarian.csv"
)  # what editors measure by, too
HELD_OUT = HERE / "search" / "queries_b.csv"
SETS = {"examples": "contoh", "A (tuned on)": "latih", "B (held out)": ""}
NOTHING = "TIDAK_ADA"


@dataclass
class Tally:
    asked: int = 0
    first: int = 0
    three: int = 0
    reciprocal: float = 0.0
    confident: int = 0
    misses: list[str] = field(default_factory=list)

    def line(self, label: str) -> str:
        share = max(self.asked, 1)
        return (
            f"{label:<24}{self.asked:>6}{self.first / share:>10.3f}{self.three / share:>10.3f}"
            f"{self.reciprocal / share:>8.3f}{self.confident / share:>12.3f}"
        )


def queries(origin: str) -> list[dict[str, str]]:
    """The rows of one set; '' is the set that was held out."""
    with (KNOWN if origin else HELD_OUT).open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    if not origin:
        return rows
    return [
        {"query": row["kueri"], "layanan_nama": row["layanan_nama"] or NOTHING, "notes": row["catatan"]}
        for row in rows
        if row["asal"] == origin
    ]


def measure(rows: list[dict[str, str]]) -> dict[str, Tally]:
    """Ranks as the API gives them: over all kinds, a service counts where it stands in the list."""
    from jendela.services.search.reads import search

    tallies: dict[str, Tally] = {}
    for row in rows:
        found = search(row["query"], limit=10)
        right = row["layanan_nama"].split("|")
        level = "unanswerable" if right == [NOTHING] else row["notes"].split()[0].strip("[]")
        names = [result.name for result in found.results]
        rank = next((place for place, name in enumerate(names, 1) if name in right), 0)
        for label in (level, "all") if right != [NOTHING] else (level,):
            tally = tallies.setdefault(label, Tally())
            tally.asked += 1
            tally.first += rank == 1
            tally.three += 1 <= rank <= 3
            tally.reciprocal += 1 / rank if rank else 0
            tally.confident += found.confident
        if right != [NOTHING] and not 1 <= rank <= 3:
            tallies["all"].misses.append(f"{row['query']!r}: {row['layanan_nama']} / {names[:3]}")
        if right == [NOTHING] and found.confident:
            tallies["unanswerable"].misses.append(f"confident about {row['query']!r}: {names[:1]}")
    return tallies


def latency(search: Callable[[str], object], words: list[str]) -> tuple[float, float, float]:
    """Median, 95th and 99th percentile in ms of one cold pass over all queries."""
    times: list[float] = []
    for query in words:
        started = time.perf_counter()
        search(query)
        times.append((time.perf_counter() - started) * 1000)
    times.sort()
    return times[len(times) // 2], times[int(len(times) * 0.95)], times[int(len(times) * 0.99)]


def many_items(count: int) -> list[object]:
    """`count` documents made of the phrases of the real ones: each takes 25 phrases of two real services and 10 words
    of its own, so that names, words and lengths are like the real ones."""
    from jendela.services.search.index import Item
    from jendela.services.search.reads import ready

    real = [item for item in ready().index.items if item.group == "service"]
    draw = random.Random(5)  # noqa: S311  a fixed mixture, not a secret
    letters = "abdegijklmnoprstu"
    items: list[object] = []
    for number in range(count):
        one, other = draw.choice(real), draw.choice(real)
        own = ["".join(draw.choices(letters, k=draw.randint(4, 9))) for _ in range(10)]
        phrases = draw.sample(one.phrases, 15) + draw.sample(other.phrases, 10)
        items.append(
            Item("service", str(number), f"{one.name} {own[0]}", tuple(phrases), tuple(own), one.body[:300])
        )
    return items


def main() -> None:
    setup()
    from jendela.services.search import reads
    from jendela.services.search.index import Index

    headline("Search quality and latency", "django", "numpy", "rapidfuzz")
    started = time.perf_counter()
    ready = reads.ready()
    print(f"{len(ready.documents)} documents, index made in {time.perf_counter() - started:.2f} s")
    for title, name in SETS.items():
        rows = queries(name)
        print(f"\n{title}: {len(rows)} queries")
        print(f"{'':<24}{'asked':>6}{'recall@1':>10}{'recall@3':>10}{'MRR':>8}{'confident':>12}")
        tallies = measure(rows)
        for label in ("all", "sulit", "sedang", "mudah", "unanswerable"):
            if label in tallies:
                print(tallies[label].line(label))
        if "--misses" in sys.argv:
            for tally in (tallies["all"], tallies.get("unanswerable", Tally())):
                for miss in tally.misses:
                    print("   ", miss)
    words = [row["query"] for name in SETS.values() for row in queries(name)]
    print("\nLatency of a query, ms (every query of the sets once, words not seen before)")
    print(f"{'documents':<24}{'p50':>8}{'p95':>8}{'p99':>8}")
    reads.forget()
    fresh = reads.ready().index
    print(f"{len(fresh.items):<24}" + "".join(f"{ms:>8.2f}" for ms in latency(fresh.search, words)))
    large = Index(many_items(5000), reads.variants(), places=[])  # type: ignore[arg-type]
    print(f"{5000:<24}" + "".join(f"{ms:>8.2f}" for ms in latency(large.search, words)))


if __name__ == "__main__":
    main()
