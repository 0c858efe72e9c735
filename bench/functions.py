"""Functions: how often the first suggestion, or one of three, is the entry of the tree that a person would choose.

Texts: the applications of the region with the entries that their function words mean (kotim_nodes.csv, chosen by hand),
and the invented lists of _overlap_lists.py (function_nodes.csv), governments whose number is divisible by 3; what
is taught comes from the other governments.

    ./jendela bench functions
"""

import csv
import random
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

from _overlap_lists import FOLDER, Writer
from _setup import ROOT, headline

from jendela.registry.overlap.matching.tree import Entry, Tree
from jendela.registry.overlap.matching.words import read_data

DATA = ROOT / "src" / "jendela" / "dataset" / "kotim"
HELD_OUT = 3
TAUGHT = (0, 60, 200, 1000)


@dataclass(frozen=True)
class Text:
    name: str
    function: str
    description: str
    truth: str


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def level_2() -> list[Entry]:
    rows = [row for row in table(DATA / "fungsi.csv") if row["kode"].startswith("RAB.")]
    return [Entry(row["kode"], row["nama"], row["kata_kunci"]) for row in rows if row["kode"].count(".") == 2]


def level_3() -> tuple[list[Entry], dict[str, str]]:
    """A deeper tree as a region would add it: the common functions as a third level, and the code of each."""
    codes: dict[str, str] = {}
    nodes = level_2()
    for number, row in enumerate(read_data("function_seeds.csv"), 1):
        codes[row["code"]] = f"{row['code'].partition('/')[0]}.{number:02}"
        nodes.append(Entry(codes[row["code"]], row["name"], row["words"].replace(";", ",")))
    return nodes, codes


def region(*, with_function: bool) -> list[Text]:
    truth = {row["name"]: row["node"] for row in table(FOLDER / "kotim_nodes.csv")}
    return [
        Text(row["nama"], row["fungsi_urusan"] if with_function else "", row["deskripsi"], truth[row["nama"]])
        for row in table(DATA / "aplikasi.csv")
    ]


def invented(writing: str) -> tuple[list[Text], list[Text]]:
    """To be taught, and to be measured."""
    labels = {row["function"]: row["node"] for row in table(FOLDER / "function_nodes.csv")}
    listed = Writer(1, writing).write(120, 53)
    parts: tuple[list[Text], list[Text]] = [], []
    for row in listed.records:
        held = int(listed.government[row.id]) % HELD_OUT == 0
        parts[held].append(Text(row.name, "", row.description, labels[listed.code[row.id]]))
    random.Random(0).shuffle(parts[0])  # noqa: S311  a fixed order, not a secret
    return parts


def by_substring(nodes: list[Entry], text: Text) -> list[str]:
    """The method before: key words of the tree anywhere in the text, the longer the weightier."""
    whole = f" {text.name} {text.function} {text.description} ".lower()
    scores = []
    for node in nodes:
        words = [word.strip().lower() for word in f"{node.name},{node.keywords}".split(",")]
        score = sum(len(word) for word in words if word and word in whole)
        scores.append((-score, node.code))
    return [code for score, code in sorted(scores)[:3] if score]


def line(label: str, texts: list[Text], suggest: Callable[[Text], list[str]]) -> None:
    first = three = 0
    for text in texts:
        found, truth = suggest(text), text.truth.partition("/")[0]
        first += found[:1] == [truth]
        three += truth in found
    print(f"{label:<48}{first / len(texts):>8.3f}{three / len(texts):>8.3f}")


def main() -> int:
    headline("Suggested functions", "scikit-learn")
    nodes = level_2()
    print(f"{'level 2 of RAB':<48}{'first':>8}{'three':>8}")
    words = Tree(nodes)
    for label, with_function in (("region, with its function words", True), ("region, without them", False)):
        texts = region(with_function=with_function)
        print(f"{label} ({len(texts)})")
        line("  key words anywhere", texts, lambda text: by_substring(nodes, text))
        line("  words of tree and common functions", texts, lambda text: _ask(words, text))
    for writing in "ab":
        taught, texts = invented(writing)
        print(f"writing {writing} ({len(texts)})")
        line("  key words anywhere", texts, lambda text: by_substring(nodes, text))
        for number in TAUGHT:
            rows = [(one.name, one.description, one.truth.partition("/")[0]) for one in taught[:number]]
            tree = Tree(nodes, rows)
            line(f"  words, and {number} confirmed", texts, lambda text, tree=tree: _ask(tree, text))
    deep()
    return 0


def _ask(tree: Tree, text: Text) -> list[str]:
    return tree.suggest(text.name, text.function, text.description)


def deep() -> None:
    """With a third level: the very entry, an entry above it, another of the same branch, another branch, none."""
    nodes, codes = level_3()
    print(f"\n{'third level':<24}{'exact':>8}{'above':>8}{'beside':>8}{'wrong':>8}{'none':>8}")
    for writing in "ab":
        taught, texts = invented(writing)
        for number in TAUGHT:
            rows = [(one.name, one.description, codes.get(one.truth, one.truth)) for one in taught[:number]]
            tree = Tree(nodes, rows)
            counts = dict.fromkeys(("exact", "above", "beside", "wrong", "none"), 0)
            for text in texts:
                counts[_judged(_ask(tree, text), codes.get(text.truth, text.truth))] += 1
            cells = "".join(f"{value / len(texts):>8.3f}" for value in counts.values())
            print(f"{f'{writing}, {number} confirmed':<24}{cells}")


def _judged(found: list[str], truth: str) -> str:
    if not found:
        return "none"
    if found[0] == truth:
        return "exact"
    if truth.startswith(f"{found[0]}."):
        return "above"
    return "beside" if found[0].split(".")[:3] == truth.split(".")[:3] else "wrong"


if __name__ == "__main__":
    sys.exit(main())
