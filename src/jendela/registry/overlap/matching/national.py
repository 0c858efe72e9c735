"""Applications of the centre that every government uses (data/national_apps.csv, each with its source)."""

import re
from dataclasses import dataclass
from functools import cache

from jendela.registry.overlap.matching.records import Record
from jendela.registry.overlap.matching.words import generic, plain, read_data, without_version

_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


@dataclass(frozen=True, slots=True)
class NationalApp:
    name: str
    long_name: str
    owner: str
    aliases: tuple[str, ...]
    source: str

    @property
    def record(self) -> Record:
        """As a record of a register, for comparing."""
        return Record(f"nasional:{plain(self.name).replace(' ', '-')}", self.owner, self.name, self.long_name)


@cache
def apps() -> tuple[NationalApp, ...]:
    return tuple(
        NationalApp(
            row["name"],
            row["long_name"],
            row["owner"],
            tuple(alias.strip() for alias in row["aliases"].split(";") if alias.strip()),
            row["source"],
        )
        for row in read_data("national_apps.csv")
    )


@cache
def _by_name() -> dict[str, str]:
    """Spelling without spaces -> name. Only whole names: 'SIAK Kelurahan' is not SIAK."""
    found: dict[str, str] = {}
    for app in apps():
        for text in (app.name, app.long_name, *app.aliases):
            found.setdefault(_spelling(text), app.name)
    return found


def _spelling(text: str) -> str:
    words = plain(without_version(text)).split()
    kept = [word for word in words if generic().get(word, 1.0) >= 0.15 or len(word) == 1]
    return "".join(kept if any(len(word) > 2 for word in kept) else words)


SHORT = 6  # letters below which a name must also be written as the centre writes it: "jaga" is a word, "JAGA" is not


def mentioned(name: str) -> str:
    """The application of the centre whose name stands as a word in a longer name ("Srikandi Kotim"), or ""."""
    written = set(_WORD.findall(name))
    words = {word.casefold() for word in written}
    for app in apps():
        for text in (app.name.split(" ")[0].rstrip("!"), *app.aliases):
            if not _WORD.fullmatch(text) or generic().get(text.casefold(), 1.0) < 1.0:
                continue
            if text in written or (len(text) >= SHORT and text.casefold() in words):
                return app.name
    return ""


def national_app(name: str) -> str:
    """The application of the centre that a name is, in full or by a usual other name; "" when it is none."""
    known = _by_name()
    outside, _, bracket = name.partition("(")
    for text in (name, outside, bracket.rstrip(") ")):
        found = known.get(_spelling(text))
        if found and text.strip():
            return found
    return ""
