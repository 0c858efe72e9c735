"""What the matching code takes and gives: plain frozen values, no database, so that the command, the benchmark, the
screens and the check before a new application use the same code."""

from dataclasses import dataclass
from enum import StrEnum


class PairKind(StrEnum):
    """The question that a pair asks. It is never a verdict: an official answers it."""

    DUPLICATE = "duplicate"  # the same application, recorded twice?
    FUNCTION = "function"  # different applications that do the same?


@dataclass(frozen=True, slots=True)
class Record:
    """An application as a list names it. `owner` is a government or one of its offices ("Disdukcapil", "Dinas
    Kesehatan Kabupaten X"); `function` is a code or words, empty when nobody has said it yet."""

    id: str
    owner: str
    name: str
    description: str = ""
    url: str = ""
    function: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records that a person should look at. `a` stands before `b` in order of id."""

    a: Record
    b: Record
    kind: PairKind
    score: float  # 0..1, for ordering; not a probability unless docs/decisions/0007 says so
    reasons: tuple[str, ...]  # plain Indonesian, strongest first


@dataclass(frozen=True, slots=True)
class Match:
    """A record of the register that may be what a new name means."""

    record: Record
    kind: PairKind
    score: float  # 0..1
    reasons: tuple[str, ...]
    national: bool = (
        False  # `record` is an application of the centre from data/national_apps.csv, not of the list
    )
    same_government: bool = True  # False: another government's, shown as an example to ask, never as a double
