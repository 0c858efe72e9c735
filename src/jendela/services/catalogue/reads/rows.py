"""The rows of a version, unsaved, from its content: texts, and the values read from them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, fields
from typing import Any

from jendela.services.catalogue.models import (
    Fee,
    ProcessingTime,
    Requirement,
    Service,
    Standard,
    StandardComponent,
    Step,
)
from jendela.services.catalogue.reads.content import Content
from jendela.services.catalogue.reads.parts import COMPONENTS
from jendela.services.catalogue.reads.values import (
    FeeLine,
    Paper,
    Time,
    parse_fees,
    parse_requirement,
    parse_time,
)

Givers = dict[str, tuple[Service | None, bool]]


@dataclass
class Rows:
    components: list[StandardComponent] = field(default_factory=list)
    requirements: list[Requirement] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    fees: list[Fee] = field(default_factory=list)
    time: ProcessingTime | None = None


def rows_of(content: Content, standard: Standard, givers: Givers, written: Collection[str] = ()) -> Rows:
    """Rows of the components that the content fills; `written` are those that the agency has written itself."""
    rows = Rows()
    rows.components = [
        StandardComponent(standard=standard, type_id=code, text=content[code], by_agency=code in written)
        for code in COMPONENTS
        if content.get(code)
    ]
    for position, text in enumerate(content.get("A1", "").splitlines(), start=1):
        paper = parse_requirement(text)
        giver, owned = givers.get(text, (None, False))
        rows.requirements.append(requirement_of(paper, standard, position, giver, owned))
    rows.steps = [
        Step(standard=standard, position=position, text=text)
        for position, text in enumerate(content.get("A2", "").splitlines(), start=1)
    ]
    rows.time = _time(content.get("A3", ""), standard)
    rows.fees = _fees(content.get("A4", ""), standard)
    return rows


def _time(text: str, standard: Standard) -> ProcessingTime | None:
    time = parse_time(text)
    return None if time is None else time_of(time, standard)


def _fees(text: str, standard: Standard) -> list[Fee]:
    return [fee_of(line, standard, position) for position, line in enumerate(parse_fees(text), start=1)]


def requirement_of(
    paper: Paper, standard: Standard, position: int, giver: Service | None, owned: bool
) -> Requirement:
    """An unsaved row of what was read; `giver` is the service that gives the paper, `owned` says most have it."""
    return Requirement(
        standard=standard, position=position, obtained_by=giver, usually_owned=owned, **values_of(paper)
    )


def time_of(time: Time, standard: Standard) -> ProcessingTime:
    return ProcessingTime(standard=standard, **values_of(time))


def fee_of(line: FeeLine, standard: Standard, position: int) -> Fee:
    return Fee(standard=standard, position=position, **values_of(line))


def values_of(read: Paper | Time | FeeLine) -> dict[str, Any]:
    """What a parser read, by the names of the columns, which are the same."""
    return {one.name: getattr(read, one.name) for one in fields(read)}


def givers_of(texts: Iterable[str], asking: Service) -> Givers:
    """Which service gives a paper, and whether most people have it: as for the same words anywhere in the catalogue,
    never the asking service itself; one query."""
    rows = Requirement.objects.filter(text__in=list(texts)).select_related("obtained_by").order_by("pk")
    found: Givers = {}
    for row in rows:
        giver, owned = row.obtained_by, row.usually_owned
        if giver is not None and giver.pk == asking.pk:
            giver = None
        known, known_owned = found.get(row.text, (None, False))
        found[row.text] = (known or giver, known_owned or owned)
    return found
