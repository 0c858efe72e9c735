"""Index of a register: all likely pairs, and the likely matches of one new name."""

from collections.abc import Iterable, Iterator
from itertools import combinations

from rapidfuzz import fuzz, utils

from jendela.registry.overlap.matching.records import Match, Pair, PairKind, Record


class Index:
    """Built once from all records and kept; it does not change. Order of the records makes no difference."""

    def __init__(self, records: Iterable[Record]) -> None:
        self.records = sorted(records, key=lambda record: record.id)

    def check(
        self, name: str, description: str = "", url: str = "", owner: str = "", limit: int = 10
    ) -> list[Match]:
        """Likely matches of an application that is not in the register yet, best first."""
        found = [
            Match(record, PairKind.DUPLICATE, score / 100, ("nama mirip",))
            for record in self.records
            if (score := fuzz.WRatio(name, record.name, processor=utils.default_process)) >= 86
        ]
        return sorted(found, key=lambda match: (-match.score, match.record.id))[:limit]

    def pairs(self) -> Iterator[Pair]:
        """Every pair that a person should look at, best first within its kind."""
        for a, b in combinations(self.records, 2):
            if a.owner == b.owner:
                score = fuzz.WRatio(a.name, b.name, processor=utils.default_process)
                if score >= 90:
                    yield Pair(a, b, PairKind.DUPLICATE, score / 100, ("nama mirip",))
