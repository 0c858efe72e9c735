"""What a rule says of one application: whether it applies, on which facts, and which fact is missing."""

from dataclasses import dataclass

from jendela.insight.recommendations.choices import Verdict


@dataclass(frozen=True)
class Said:
    """A fact in words with its source; `url` is a page of ours, without language."""

    words: str
    source: str = ""
    date: str = ""
    url: str = ""


@dataclass(frozen=True)
class Finding:
    """What a rule found; `part` tells several findings of one rule apart."""

    verdict: Verdict
    facts: tuple[Said, ...] = ()
    part: str = ""
    why: str = ""  # why it does not apply, or which fact is missing
    reason: str = ""  # the same without what only this application has, to be counted; '' where `why` is that
