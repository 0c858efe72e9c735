"""Index of a register: all likely pairs, and the likely matches of one new name."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from jendela.registry.overlap.matching import candidates, functions, national, reasons, scoring
from jendela.registry.overlap.matching.facts import Facts, read
from jendela.registry.overlap.matching.features import Comparer
from jendela.registry.overlap.matching.owners import CENTRE, Government, Governments
from jendela.registry.overlap.matching.quick import Postings
from jendela.registry.overlap.matching.records import Match, Pair, PairKind, Record
from jendela.registry.overlap.matching.words import Weights

MOST_OF_FUNCTION = 400  # applications of one function in one government up to which every pair is named
COMPARED = 40  # records that a new name is compared with in full
NOT_ASKED = "check:"


class Index:
    """Built once from all records and kept; it does not change. Order of the records makes no difference."""

    def __init__(self, records: Iterable[Record]) -> None:
        self.records = sorted(records, key=lambda record: (record.id, record.owner, record.name))
        self.governments = Governments(record.owner for record in self.records)
        self._facts = [read(record, self.governments.of(record.owner)) for record in self.records]
        hosts = Counter(fact.address.whole for fact in self._facts if fact.address.host)
        self._comparer = Comparer(
            Weights(words for fact in self._facts for words in fact.words[:1]),
            Weights(fact.told_roots for fact in self._facts),
            dict(hosts),
        )

    # one new name

    def check(
        self, name: str, description: str = "", url: str = "", owner: str = "", limit: int = 10
    ) -> list[Match]:
        """Likely matches of an application that is not in the register yet, best first: in the government of the owner
        (without an owner: anywhere), and among the applications of the centre. Some milliseconds at 30,000 records."""
        if not name.strip():
            return []
        government = self.governments.of(owner) if owner.strip() else None
        asked = read(Record(NOT_ASKED, owner, name, description, url), government or Government("?"))
        near = [
            self._facts[at]
            for at in self._postings.near(asked, COMPARED, government.key if government else "")
        ]
        near += [self._national[at] for at in self._national_postings.near(asked, 10, "")]
        found = [self._comparer.compare(asked, fact) for fact in near]
        least = scoring.thresholds()["check"]
        mentioned = national.mentioned(name)
        matches = []
        for fact, features, score in zip(near, found, scoring.scores(found), strict=True):
            central = fact.record.id.startswith("nasional:")
            why = reasons.of_duplicate(asked, fact, features)
            if central and fact.record.name == mentioned:
                score = max(score, scoring.thresholds()["national_named"])  # noqa: PLW2901
                why = tuple(dict.fromkeys((f"nama ini memuat nama aplikasi nasional {mentioned}", *why)))
            if score >= least:
                same = government is None or fact.government == government
                matches.append(Match(fact.record, PairKind.DUPLICATE, score, why, central, same))
        return sorted(matches, key=lambda match: (-match.score, match.record.id))[:limit]

    @cached_property
    def _postings(self) -> Postings:
        return Postings(self._facts)

    @cached_property
    def _national(self) -> list[Facts]:
        return [read(app.record, Government(f"{CENTRE}:{app.owner}", CENTRE)) for app in national.apps()]

    @cached_property
    def _national_postings(self) -> Postings:
        return Postings(self._national)

    # all pairs

    def pairs(self) -> Iterator[Pair]:
        """Every pair that a person should look at: duplicates first, then same functions, each best first."""
        doubles = self._duplicates()
        yield from doubles
        asked = {(pair.a.id, pair.b.id) for pair in doubles}
        yield from self._same_functions(asked)

    def _groups(self) -> list[list[int]]:
        """Positions of the records of each government."""
        groups: dict[str, list[int]] = defaultdict(list)
        for at, fact in enumerate(self._facts):
            groups[fact.government.key].append(at)
        return [groups[name] for name in sorted(groups)]

    def _duplicates(self) -> list[Pair]:
        positions: list[tuple[int, int]] = []
        for group in self._groups():
            inside = candidates.find([self._facts[at] for at in group], self._comparer.names)
            positions += [(group[one], group[other]) for one, other in inside]
        positions += self._local_twins()
        found: list[Pair] = []
        least = scoring.thresholds()["duplicate"]
        for start in range(
            0, len(positions), 20_000
        ):  # in parts, or features of all pairs would fill the memory
            part = positions[start : start + 20_000]
            features = [self._comparer.compare(self._facts[one], self._facts[other]) for one, other in part]
            for (one, other), seen, score in zip(part, features, scoring.scores(features), strict=True):
                if score >= least:
                    a, b = self._facts[one], self._facts[other]
                    why = reasons.of_duplicate(a, b, seen)
                    found.append(Pair(a.record, b.record, PairKind.DUPLICATE, score, why))
        return sorted(found, key=lambda pair: (-pair.score, pair.a.id, pair.b.id))

    def _local_twins(self) -> list[tuple[int, int]]:
        """A list of one government: its own record of an application of the centre, and the centre's record."""
        if not self.governments.one_government:
            return []
        central: dict[str, list[int]] = defaultdict(list)
        local: dict[str, list[int]] = defaultdict(list)
        for at, fact in enumerate(self._facts):
            if fact.national:
                (central if fact.government.level == CENTRE else local)[fact.national].append(at)
        return [
            (min(one, other), max(one, other))
            for name in sorted(central)
            for one in central[name]
            for other in local.get(name, [])
        ]

    def _same_functions(self, asked: set[tuple[str, str]]) -> list[Pair]:
        known = self._functions()
        found: list[Pair] = []
        only_centre = all(fact.government.level == CENTRE for fact in self._facts)
        for group in self._groups():
            if self._facts[group[0]].government.level == CENTRE and not only_centre:
                continue  # a region's list: what the centre does twice is not the region's to mend
            by_function: dict[str, list[int]] = defaultdict(list)
            for at in group:
                if at in known:
                    by_function[known[at].code].append(at)
            names = sorted(by_function)
            for place, name in enumerate(names):
                found += self._pairs_of(by_function[name], known, asked)
                for other in names[place + 1 :]:
                    if functions.near(name, other):
                        found += self._near_pairs(by_function[name], by_function[other], known, asked)
        return sorted(found, key=lambda pair: (-pair.score, pair.a.id, pair.b.id))

    def _pairs_of(
        self, members: Sequence[int], known: dict[int, functions.Suggestion], asked: set[tuple[str, str]]
    ) -> list[Pair]:
        surest = sorted(members, key=lambda at: (-known[at].probability, at))[:MOST_OF_FUNCTION]
        members = sorted(surest)
        return [
            pair
            for place, one in enumerate(members)
            for other in members[place + 1 :]
            if (pair := self._function_pair(one, other, known, asked, "function_known"))
        ]

    def _near_pairs(
        self,
        left: Sequence[int],
        right: Sequence[int],
        known: dict[int, functions.Suggestion],
        asked: set[tuple[str, str]],
    ) -> list[Pair]:
        written = [
            [at for at in side if self._facts[at].function][:MOST_OF_FUNCTION] for side in (left, right)
        ]
        return [
            pair
            for one in written[0]
            for other in written[1]
            if (pair := self._function_pair(min(one, other), max(one, other), known, asked, "function_near"))
        ]

    def _function_pair(
        self,
        one: int,
        other: int,
        known: dict[int, functions.Suggestion],
        asked: set[tuple[str, str]],
        rule: str,
    ) -> Pair | None:
        a, b = self._facts[one].record, self._facts[other].record
        if (a.id, b.id) in asked:
            return None
        guessed = [at for at in (one, other) if not self._facts[at].function]
        sure = 1.0
        for at in guessed:
            sure *= known[at].probability
        score = scoring.thresholds()[rule] * sure
        why = reasons.of_function([known[one].name, known[other].name], len(guessed), sure)
        return Pair(a, b, PairKind.FUNCTION, round(score, 4), why)

    def _functions(self) -> dict[int, functions.Suggestion]:
        """The function of each record that is written, or nearly sure."""
        known: dict[int, functions.Suggestion] = {}
        silent: list[int] = []
        for at, fact in enumerate(self._facts):
            if fact.function:
                known[at] = functions.Suggestion(fact.function, fact.record.function, 1.0)
            else:
                silent.append(at)
        if not silent:
            return known
        least = scoring.thresholds()["function_sure"]
        texts = [(self.records[at].name, self.records[at].description) for at in silent]
        for at, suggested in zip(silent, self.suggester.suggest_many(texts, 1), strict=True):
            if suggested and suggested[0].probability >= least:
                known[at] = suggested[0]
        return known

    @cached_property
    def suggester(self) -> functions.Suggester:
        """Suggests functions, as the written ones of this list teach."""
        return functions.Suggester([(r.name, r.description, r.function) for r in self.records if r.function])
