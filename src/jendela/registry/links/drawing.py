"""The map as shapes: boxes in columns from left (gives) to right (gets), one box a group and column, curves between.

The layout is the layered one of Sugiyama, small: cycles are broken, each node stands one column right of what feeds it,
groups in a column are ordered by where their neighbours stand. The same links always give the same picture; no number
here depends on anything but the arguments. Units are those of the SVG's viewBox.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jendela.registry.links.reads.graph import Edge, Ends

COLUMNS = 6  # a chain that is longer folds back: the map stays readable on paper
NODE_WIDTH, NODE_HEIGHT, NODE_GAP = 190, 34, 8
BOX_PAD, BOX_HEAD, BOX_GAP = 10, 26, 22
COLUMN_GAP, MARGIN = 110, 16
LETTERS = 24  # that fit a node
SWEEPS = 4


@dataclass(frozen=True)
class Node:
    key: str
    label: str  # fits the box
    name: str
    slug: str
    x: int
    y: int
    width: int
    height: int
    focus: bool

    @property
    def text_y(self) -> int:
        return self.y + self.height // 2 + 5


@dataclass(frozen=True)
class Box:
    label: str
    x: int
    y: int
    width: int
    height: int

    @property
    def text_y(self) -> int:
        return self.y + 18


@dataclass(frozen=True)
class Curve:
    path: str
    method: str
    sure: bool
    width: int  # of the line
    words: str
    label: str  # a count, for groups
    x: int
    y: int


@dataclass(frozen=True)
class Drawing:
    width: int
    height: int
    nodes: list[Node]
    boxes: list[Box]
    curves: list[Curve]


def draw(ends: Sequence[Ends], edges: Sequence[Edge], *, focus: str = "") -> Drawing:
    """Shapes of a map; of no nodes an empty one."""
    names = {one.key: one for one in ends}
    pairs = sorted({(one.source, one.target) for one in edges if one.source in names and one.target in names})
    column = _columns(sorted(names), pairs)
    order = _order(names, pairs, column)
    nodes, boxes, height = _place(names, order, focus)
    width = 2 * MARGIN + (len(order) or 1) * (NODE_WIDTH + 2 * BOX_PAD + COLUMN_GAP) - COLUMN_GAP
    placed = {one.key: one for one in nodes}
    return Drawing(width, height, nodes, boxes, _curves(edges, placed, names))


def _columns(keys: Sequence[str], pairs: Sequence[tuple[str, str]]) -> dict[str, int]:
    """The longest way from what nothing feeds, along edges that close no cycle, at most COLUMNS wide."""
    gives: dict[str, list[str]] = defaultdict(list)
    balance = dict.fromkeys(keys, 0)
    for source, target in pairs:
        gives[source].append(target)
        balance[source] += 1
        balance[target] -= 1
    # first who gives most more than it gets: edges back to an earlier one in this order of visits close a cycle
    state: dict[str, int] = {}
    forward: list[tuple[str, str]] = []
    finished: list[str] = []
    for root in sorted(keys, key=lambda key: (-balance[key], key)):
        if root in state:
            continue
        state[root] = 1
        stack = [(root, iter(gives[root]))]
        while stack:
            key, rest = stack[-1]
            child = next(rest, None)
            if child is None:
                state[key] = 2
                finished.append(key)
                stack.pop()
            elif state.get(child) != 1:
                forward.append((key, child))
                if child not in state:
                    state[child] = 1
                    stack.append((child, iter(gives[child])))
    before: dict[str, list[str]] = defaultdict(list)
    for source, target in forward:
        before[target].append(source)
    column: dict[str, int] = {}
    for key in reversed(finished):  # sources first
        column[key] = min(max((column[one] + 1 for one in before[key]), default=0), COLUMNS - 1)
    return column


def _order(
    names: Mapping[str, Ends], pairs: Sequence[tuple[str, str]], column: Mapping[str, int]
) -> list[list[tuple[str, list[str]]]]:
    """Groups of each column with their nodes, ordered by the mean place of their neighbours."""
    columns: list[list[tuple[str, list[str]]]] = []
    for number in sorted(set(column.values())):
        groups: dict[str, list[str]] = defaultdict(list)
        for key in sorted(names, key=lambda one: (names[one].name.lower(), one)):
            if column[key] == number:
                groups[names[key].group].append(key)
        columns.append(sorted(groups.items(), key=lambda one: one[0].lower()))
    near: dict[str, list[str]] = defaultdict(list)
    for source, target in pairs:
        near[source].append(target)
        near[target].append(source)
    for sweep in range(SWEEPS):
        for groups_of in columns if sweep % 2 == 0 else list(reversed(columns)):
            place = _places(columns)
            for _group, keys in groups_of:
                keys.sort(key=lambda key: (_mean(near[key], place, place[key]), key))
            groups_of.sort(
                key=lambda one: (
                    sum(_mean(near[key], place, place[key]) for key in one[1]) / len(one[1]),
                    one[0].lower(),
                )
            )
    return columns


def _places(columns: Sequence[Sequence[tuple[str, list[str]]]]) -> dict[str, float]:
    """The height of each node in its column, from 0 at the top to 1."""
    found = {}
    for groups in columns:
        keys = [key for _group, own in groups for key in own]
        for number, key in enumerate(keys):
            found[key] = (number + 0.5) / len(keys)
    return found


def _mean(keys: Sequence[str], place: Mapping[str, float], own: float) -> float:
    return sum(place[key] for key in keys) / len(keys) if keys else own


def _place(
    names: Mapping[str, Ends], order: Sequence[Sequence[tuple[str, list[str]]]], focus: str
) -> tuple[list[Node], list[Box], int]:
    heights = [sum(_box_height(group, len(keys)) + BOX_GAP for group, keys in groups) for groups in order]
    tallest = max(heights, default=BOX_GAP)
    nodes, boxes = [], []
    for number, groups in enumerate(order):
        x = MARGIN + number * (NODE_WIDTH + 2 * BOX_PAD + COLUMN_GAP)
        y = MARGIN + (tallest - heights[number]) // 2
        for group, keys in groups:
            height = _box_height(group, len(keys))
            if group:
                boxes.append(Box(_short(group, LETTERS + 2), x, y, NODE_WIDTH + 2 * BOX_PAD, height))
            top = y + (BOX_HEAD if group else 0) + (BOX_PAD if group else 0)
            for place, key in enumerate(keys):
                one = names[key]
                nodes.append(
                    Node(
                        key=key,
                        label=_short(one.name, LETTERS),
                        name=one.name,
                        slug=one.slug,
                        x=x + BOX_PAD,
                        y=top + place * (NODE_HEIGHT + NODE_GAP),
                        width=NODE_WIDTH,
                        height=NODE_HEIGHT,
                        focus=key == focus,
                    )
                )
            y += height + BOX_GAP
    return nodes, boxes, tallest - BOX_GAP + 2 * MARGIN


def _box_height(group: str, number: int) -> int:
    own = number * (NODE_HEIGHT + NODE_GAP) - NODE_GAP
    return own + (BOX_HEAD + 2 * BOX_PAD if group else 0)


def _curves(edges: Sequence[Edge], placed: Mapping[str, Node], names: Mapping[str, Ends]) -> list[Curve]:
    """Lines that leave and reach a node at different heights, so that two between the same pair stay apart."""
    most = max((one.count for one in edges), default=1)
    ordered = sorted(
        (one for one in edges if one.source in placed and one.target in placed),
        key=lambda one: (placed[one.source].x, placed[one.target].y, placed[one.source].y, one.method),
    )
    leaving, reaching = defaultdict(list), defaultdict(list)
    for edge in ordered:
        leaving[edge.source].append(edge)
        reaching[edge.target].append(edge)
    for own in reaching.values():
        own.sort(key=lambda one: (placed[one.source].y, one.method))
    found = []
    for edge in ordered:
        source, target = placed[edge.source], placed[edge.target]
        y1 = _port(source, leaving[edge.source], edge)
        y2 = _port(target, reaching[edge.target], edge)
        path, x, y = _path(source, target, y1, y2)
        words = f"{names[edge.source].name} → {names[edge.target].name}"
        found.append(
            Curve(
                path=path,
                method=edge.method,
                sure=edge.sure,
                width=1 + round(4 * edge.count / most) if not edge.method else 2,
                words=f"{words}: {edge.words}" if edge.words else words,
                label="" if edge.method else str(edge.count),
                x=x,
                y=y,
            )
        )
    return found


def _port(node: Node, edges: Sequence[Edge], edge: Edge) -> int:
    return node.y + round(node.height * (edges.index(edge) + 1) / (len(edges) + 1))


def _path(source: Node, target: Node, y1: int, y2: int) -> tuple[str, int, int]:
    """A curve and its middle: to the right straight on, within a column around its right side, back around the left."""
    if source.x < target.x:
        x1, x2 = source.x + source.width, target.x - 3
        bend = max((x2 - x1) // 2, 40)
        path = f"M{x1} {y1}C{x1 + bend} {y1} {x2 - bend} {y2} {x2} {y2}"
        return path, (x1 + x2) // 2, (y1 + y2) // 2
    if source.x == target.x:
        x1, x2 = source.x + source.width, target.x + target.width + 3
        reach = x1 + 60 + min(abs(y2 - y1) // 8, 30)
        return f"M{x1} {y1}C{reach} {y1} {reach} {y2} {x2} {y2}", reach - 16, (y1 + y2) // 2
    x1, x2 = source.x, target.x + target.width + 3
    bend = max((x1 - x2) // 2, 40)
    return f"M{x1} {y1}C{x1 - bend} {y1} {x2 + bend} {y2} {x2} {y2}", (x1 + x2) // 2, (y1 + y2) // 2


def _short(text: str, letters: int) -> str:
    return text if len(text) <= letters else f"{text[: letters - 1].rstrip()}…"
