"""Overlap: how many of the true doubles are found, how often the answer is right, how long a nation takes.

Lists are invented (_overlap_lists.py). Held out: governments whose number is divisible by 3 were not taught; and a
model taught on one writing alone is measured on the other, with functions and words that it has not seen. The
threshold of a method is chosen on the taught governments, never on those measured.

    ./jendela bench overlap            tables, and the national run on 30,000 records (minutes)
    ./jendela bench overlap --quick    120 governments, no national run
    ./jendela bench overlap --train    teach again, on both writings, and write data/pair_model.json
"""

import os
import resource
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

from _overlap_lists import Labelled, Writer
from _overlap_train import as_data, learn, write
from _setup import headline
from rapidfuzz import fuzz, process

from jendela.registry.overlap.matching import Index, PairKind, candidates, scoring
from jendela.registry.overlap.matching.facts import Facts, read
from jendela.registry.overlap.matching.features import Comparer, Features
from jendela.registry.overlap.matching.owners import Governments
from jendela.registry.overlap.matching.words import DATA, Weights

EACH = 53
HELD_OUT = 3
TAUGHT_SEEDS = (1, 2)  # with the share of filled functions
FILLED = {1: 0.0, 2: 0.6}


class Compared:
    """All candidate pairs of a list with their features, and the string score of every pair of a government."""

    def __init__(self, listed: Labelled) -> None:
        records = sorted(listed.records, key=lambda record: record.id)
        governments = Governments(record.owner for record in records)
        facts = [read(record, governments.of(record.owner)) for record in records]
        names = Weights(words for fact in facts for words in fact.words[:1])
        hosts = Counter(fact.address.whole for fact in facts if fact.address.host)
        comparer = Comparer(names, Weights(fact.told_roots for fact in facts), dict(hosts))
        groups: dict[str, list[Facts]] = defaultdict(list)
        for fact in facts:
            groups[fact.government.key].append(fact)
        self.doubles = listed.duplicates
        self.found: list[Features] = []
        self.truth: list[bool] = []
        self.number: list[int] = []
        self._string: list[Any] = []
        self._string_truth: list[bool] = []
        self._string_number: list[int] = []
        for group in groups.values():
            number = int(listed.government[group[0].record.id])
            for one, other in candidates.find(group, names):
                key = (group[one].record.id, group[other].record.id)
                self.found.append(comparer.compare(group[one], group[other]))
                self.truth.append(key in self.doubles)
                self.number.append(number)
            self._all_strings(group, number)
        self.rows = np.array([features.row() for features in self.found])
        self.truth_array = np.array(self.truth)
        self.held = np.array(self.number) % HELD_OUT == 0
        self.doubles_held = sum(int(listed.government[one]) % HELD_OUT == 0 for one, _ in self.doubles)

    def _all_strings(self, group: list[Facts], number: int) -> None:
        texts = [fact.record.name.lower() for fact in group]
        scores = process.cdist(texts, texts, scorer=fuzz.WRatio)
        left, right = np.triu_indices(len(group), 1)
        self._string.append(scores[left, right])
        for one, other in zip(left.tolist(), right.tolist(), strict=True):
            self._string_truth.append((group[one].record.id, group[other].record.id) in self.doubles)
            self._string_number.append(number)

    def string(self) -> tuple[Any, Any, Any]:
        held = np.array(self._string_number) % HELD_OUT == 0
        return np.concatenate(self._string), np.array(self._string_truth), held

    def finished(self, trees: Any) -> Any:
        return np.array(scoring.scores(self.found, trees))


def best_limit(scores: Any, truth: Any, total: int) -> float:
    order = np.argsort(-scores, kind="stable")
    hits = np.cumsum(truth[order])
    places = np.arange(1, len(scores) + 1)
    f1 = 2 * hits / (places + total)
    ends = np.append(scores[order][1:] != scores[order][:-1], True)
    return float(scores[order][np.where(ends, f1, 0).argmax()])


def line(label: str, scores: Any, truth: Any, total: int, limit: float) -> str:
    chosen = scores >= limit
    hits = int((chosen & truth).sum())
    precision, recall = hits / max(int(chosen.sum()), 1), hits / max(total, 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    top = truth[np.argsort(-scores, kind="stable")[:20]].mean()
    return f"{label:<46}{precision:>10.3f}{recall:>8.3f}{f1:>8.3f}{top:>8.2f}{limit:>8.2f}"


def quality(governments: int) -> dict[str, list[Compared]]:
    lists = {
        writing: [
            Compared(Writer(seed, writing, filled=FILLED[seed]).write(governments, EACH))
            for seed in TAUGHT_SEEDS
        ]
        for writing in "ab"
    }
    print("Duplicates, held-out governments (pairs that no candidate search finds count as missed)")
    print(f"{'':<46}{'precision':>10}{'recall':>8}{'F1':>8}{'P@20':>8}{'limit':>8}")
    for writing, other in (("a", "b"), ("b", "a")):
        foreign = scoring.Trees(as_data(taught(lists[other], everything=True)))
        own = scoring.Trees(as_data(taught(lists[writing], everything=False)))
        for seed, compared in zip(TAUGHT_SEEDS, lists[writing], strict=True):
            label = f"{writing}, functions written {FILLED[seed]:.0%}:"
            scores, truth, held = compared.string()
            taught_doubles = len(compared.doubles) - compared.doubles_held
            limit = best_limit(scores[~held], truth[~held], taught_doubles)
            print(line(f"{label} WRatio alone", scores[held], truth[held], compared.doubles_held, limit))
            rule = np.array([scoring.plain(features.values) for features in compared.found])
            truth, held = compared.truth_array, compared.held
            limit = best_limit(rule[~held], truth[~held], taught_doubles)
            print(line(f"{label} rule, untrained", rule[held], truth[held], compared.doubles_held, limit))
            fixed = scoring.thresholds()["duplicate"]
            for title, trees in (
                ("taught, other governments", own),
                ("taught on the other writing", foreign),
            ):
                found = compared.finished(trees)
                print(line(f"{label} {title}", found[held], truth[held], compared.doubles_held, fixed))
    return lists


def taught(lists: list[Compared], *, everything: bool) -> Any:
    use = [np.ones(len(one.truth), dtype=bool) if everything else ~one.held for one in lists]
    rows = np.concatenate([one.rows[chosen] for one, chosen in zip(lists, use, strict=True)])
    return learn(
        rows, np.concatenate([one.truth_array[chosen] for one, chosen in zip(lists, use, strict=True)])
    )


def nation(filled: float) -> Index:
    """The shipped code on a list of 545 governments that nothing was taught on; what an official would get."""
    listed = Writer(7, "a", filled=filled).write(545, EACH)
    started, busy = time.perf_counter(), time.process_time()
    index = Index(listed.records)
    pairs = list(index.pairs())
    wall, busy = time.perf_counter() - started, time.process_time() - busy
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"\nNational run, functions written {filled:.0%}: "
        f"{len(listed.records)} records, 545 governments, {len(pairs)} pairs"
    )
    load = f"load average {os.getloadavg()[0]:.1f}"
    print(f"{wall:.1f} s on the clock, {busy:.1f} s of processor ({load}), peak memory {memory:.0f} MB")
    print(f"{'kind':<12}{'true':>8}{'given':>8}{'precision':>11}{'recall':>9}{'F1':>8}{'P@20':>8}")
    for kind, truth in (
        (PairKind.DUPLICATE, set(listed.duplicates)),
        (PairKind.FUNCTION, listed.same_function),
    ):
        given = [(pair.a.id, pair.b.id) for pair in pairs if pair.kind is kind]
        hits = sum(pair in truth for pair in given)
        precision, recall = hits / max(len(given), 1), hits / max(len(truth), 1)
        f1 = 2 * precision * recall / max(precision + recall, 1e-9)
        top = sum(pair in truth for pair in given[:20]) / 20
        print(
            f"{kind.value:<12}{len(truth):>8}{len(given):>8}{precision:>11.3f}{recall:>9.3f}{f1:>8.3f}{top:>8.2f}"
        )
    return index


def one_name(index: Index) -> None:
    asked = index.records[::150]
    index.check("pemanasan", owner=asked[0].owner)
    print(f"\nOne new name against {len(index.records)} records, ms ({len(asked)} names)")
    for title, with_owner in (("owner given", True), ("no owner: everywhere", False)):
        times: list[float] = []
        used: list[float] = []
        for record in asked:
            started, busy = time.perf_counter(), time.process_time()
            index.check(record.name, record.description, owner=record.owner if with_owner else "")
            times.append((time.perf_counter() - started) * 1000)
            used.append((time.process_time() - busy) * 1000)
        times.sort()
        used.sort()
        print(
            f"{title:<24}p50 {times[len(times) // 2]:.1f}   p95 {times[int(len(times) * 0.95)]:.1f}   "
            f"most {times[-1]:.1f}   processor p50 {used[len(used) // 2]:.1f} p95 {used[int(len(used) * 0.95)]:.1f}"
        )


def main() -> None:
    headline("Overlap of applications", "rapidfuzz", "scikit-learn", "numpy")
    lists = quality(120 if "--quick" in sys.argv else 200)
    if "--train" in sys.argv:
        write(
            as_data(taught([one for found in lists.values() for one in found], everything=False)),
            DATA / "pair_model.json",
        )
        scoring.model.cache_clear()
        print(f"\nwritten: {DATA / 'pair_model.json'}")
    if "--quick" not in sys.argv:
        for filled in (1.0, 0.5, 0.0):
            index = nation(filled)
        one_name(index)


if __name__ == "__main__":
    main()
