"""From checks to a level and a TIME class. Only arithmetic: what is asked is in checks.py, limits in thresholds.csv."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from jendela.registry.applications.choices import Wish
from jendela.registry.scores.checks import CHECKS, Check, Found
from jendela.registry.scores.choices import RANKS, Rank, Result, Side, Time
from jendela.registry.scores.facts import Facts
from jendela.registry.scores.tables import thresholds

Judged = tuple[Check, Found]
FITS: Mapping[Time, tuple[Wish, ...]] = {  # which wishes of the owner agree with a class
    Time.INVEST: (Wish.KEEP, Wish.IMPROVE, Wish.INTEGRATE),
    Time.TOLERATE: (Wish.KEEP,),
    Time.MIGRATE: (Wish.IMPROVE, Wish.INTEGRATE, Wish.MERGE),
    Time.ELIMINATE: (Wish.RETIRE, Wish.MERGE),
}


@dataclass(frozen=True)
class Fit:
    """Share of the known checks of a side that pass; `percent` is None when too few are known."""

    percent: int | None
    passed: int
    known: int
    asked: int


def judge(facts: Facts) -> list[Judged]:
    """Every check with what was found, in the order of the table."""
    return [(check, check.judge(facts)) for check in CHECKS]


def rank_of(judged: Sequence[Judged]) -> Rank:
    """The highest level that holds: all its checks and those of the levels below pass. What is not known keeps the
    level back like what fails; what is not asked does not."""
    reached = Rank.NONE
    for rank in RANKS[1:]:
        own = [found.result for check, found in judged if check.rank is rank]
        if any(result in (Result.FAILED, Result.UNKNOWN) for result in own):
            break
        reached = rank
    return reached


def fit(judged: Sequence[Judged], side: Side, on: datetime.date) -> Fit:
    limits = thresholds(on)
    own = [
        found.result for check, found in judged if check.side is side and found.result is not Result.NOT_ASKED
    ]
    passed, known = own.count(Result.PASSED), sum(result is not Result.UNKNOWN for result in own)
    enough = known >= limits["bukti_paling_sedikit"].value and 100 * known >= limits[
        "bukti_persen"
    ].value * len(own)
    return Fit(round(100 * passed / known) if enough else None, passed, known, len(own))


def time_of(functional: Fit, technical: Fit, on: datetime.date) -> Time:
    """Low or high functional and technical fit (TIME): low/high Tolerate, high/high Invest, high/low Migrate, low/low
    Eliminate. Without enough evidence on a side there is no class."""
    if functional.percent is None or technical.percent is None:
        return Time.UNKNOWN
    high = thresholds(on)["cocok_persen"].value
    useful, sound = functional.percent >= high, technical.percent >= high
    if useful:
        return Time.INVEST if sound else Time.MIGRATE
    return Time.TOLERATE if sound else Time.ELIMINATE


def difference(time: Time, wish: str) -> str:
    """One sentence about the evidence beside what the owner wants; never a verdict."""
    if time is Time.UNKNOWN:
        return _("Buktinya belum cukup untuk dibandingkan dengan keinginan pemilik.")
    if wish == Wish.UNKNOWN:
        return _("Pemilik belum menyatakan keinginannya.")
    words = {"time": Time(time).label, "wish": Wish(wish).label}
    if wish in FITS[time]:
        return _("Bukti (%(time)s) sejalan dengan keinginan pemilik: %(wish)s.") % words
    return _("Bukti menunjuk ke “%(time)s”, pemilik ingin “%(wish)s”. Mohon dibicarakan.") % words
