"""History as a strip: one bar a probe, oldest first, drawn by the page as SVG."""

from collections.abc import Sequence
from dataclasses import dataclass

from jendela.registry.probes.models import Probe

STEP, WIDTH, HEIGHT = 10, 8, 40
TALL = {
    "menjawab": HEIGHT,
    "gagal": HEIGHT // 2,
    "dilewati": HEIGHT // 5,
}  # told by height too, not by colour alone


@dataclass(frozen=True)
class Bar:
    x: int
    y: int
    height: int
    outcome: str


@dataclass(frozen=True)
class Strip:
    width: int
    height: int
    bars: list[Bar]
    answered: int
    total: int


def strip(newest_first: Sequence[Probe]) -> Strip | None:
    """Bars of the probes; None when there are fewer than two."""
    if len(newest_first) < 2:
        return None
    rows = list(reversed(newest_first))
    bars = [
        Bar(index * STEP, HEIGHT - TALL[one.outcome], TALL[one.outcome], one.outcome)
        for index, one in enumerate(rows)
    ]
    answered = sum(one.outcome == "menjawab" for one in rows)
    return Strip(len(rows) * STEP, HEIGHT, bars, answered, len(rows))
