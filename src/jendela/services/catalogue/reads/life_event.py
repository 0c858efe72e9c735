"""A life event: its services in order, what is needed first, and one list of papers for all of them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from jendela.people.agencies.models import Agency
from jendela.people.agencies.reads import Wording, wording
from jendela.services.catalogue.choices import RelationKind, RequirementKind
from jendela.services.catalogue.models import LifeEvent, RelatedService, Requirement
from jendela.services.catalogue.reads.short import Short, short_answers

_SHORT_FORMS = {"kk": "kartu keluarga", "ktp": "ktp", "ktp-el": "ktp", "e-ktp": "ktp"}
_NOT_WORDS = re.compile(r"[^\w-]+")


@dataclass(frozen=True)
class First:
    """Something to get before this step: another step of the event, or a service outside it."""

    slug: str
    name: Wording
    number: int | None  # of the step, None outside the event


@dataclass
class EventStep:
    number: int
    slug: str
    name: Wording
    when: Wording
    agency: Agency
    short: Short
    first: list[First] = field(default_factory=list)


@dataclass
class Paper:
    """A paper of the combined list, with the steps that want it."""

    text: str
    steps: list[int] = field(default_factory=list)
    only_if: str = ""
    from_step: int | None = None


@dataclass
class Event:
    row: LifeEvent
    steps: list[EventStep]
    papers: list[Paper]


def find(slug: str) -> Event | None:
    """A life event with everything on its page; seven queries."""
    row = LifeEvent.objects.filter(slug=slug).first()
    if row is None:
        return None
    names = ("service__slug", "service__name", "service__name_en")
    owner = ("service__owner__slug", "service__owner__short_name")
    lines = list(
        row.steps.select_related("service__owner")
        .only("event_id", "position", "when", "when_en", *names, *owner)
        .order_by("position")
    )
    numbers = {line.service_id: number for number, line in enumerate(lines, start=1)}
    answers = short_answers(list(numbers), givers=True)
    relations: dict[int, list[RelatedService]] = {}
    needed = RelatedService.objects.filter(service__in=numbers, kind=RelationKind.NEEDS_FIRST)
    other = ("service_id", "other__slug", "other__name", "other__name_en")
    for relation in needed.select_related("other").only(*other).order_by("id"):
        relations.setdefault(relation.service_id, []).append(relation)
    steps = [
        EventStep(
            number=numbers[line.service_id],
            slug=line.service.slug,
            name=wording(line.service.name, line.service.name_en),
            when=wording(line.when, line.when_en),
            agency=line.service.owner,
            short=answers[line.service_id],
            first=_first(
                line.service_id,
                answers[line.service_id].requirements,
                relations.get(line.service_id, []),
                numbers,
            ),
        )
        for line in lines
    ]
    wanted = [(step.number, step.short.requirements) for step in steps]
    return Event(row, steps, papers_of(wanted, numbers))


def _first(
    service: int,
    requirements: Sequence[Requirement],
    relations: Sequence[RelatedService],
    numbers: dict[int, int],
) -> list[First]:
    """Papers that another service gives, and services named as needed first; each once, steps of the event first.
    Of what most people own already only those from an earlier step are named."""
    found: dict[int, First] = {}
    others = [relation.other for relation in relations]
    for requirement in requirements:
        other = requirement.obtained_by
        if other is not None and (not requirement.usually_owned or other.pk in numbers):
            others.append(other)
    for other in others:
        number = numbers.get(other.pk)
        if other.pk == service or (number is not None and number >= numbers[service]):
            continue
        found[other.pk] = First(other.slug, wording(other.name, other.name_en), number)
    return sorted(found.values(), key=lambda one: (one.number is None, one.number or 0))


def papers_of(wanted: Sequence[tuple[int, Sequence[Requirement]]], numbers: dict[int, int]) -> list[Paper]:
    """One list of papers over all steps. The same paper in the same form stands once, with its steps; it is
    conditional only when every step wants it under the same condition."""
    found: dict[tuple[str, str, int | None, str], Paper] = {}
    for number, requirements in wanted:
        for one in requirements:
            if one.kind != RequirementKind.DOCUMENT:
                continue
            key = (_same(one.text), one.copy, one.copies, one.only_if.lower())
            paper = found.setdefault(key, Paper(one.text, only_if=one.only_if))
            if number not in paper.steps:
                paper.steps.append(number)
            giver = numbers.get(one.obtained_by_id or 0)
            if giver is not None and giver < number:
                paper.from_step = giver
    return list(found.values())


def _same(text: str) -> str:
    """The text without case, signs and short forms: 'KK' and 'Kartu keluarga' are the same paper."""
    words = _NOT_WORDS.sub(" ", text.lower()).split()
    return " ".join(_SHORT_FORMS.get(word, word) for word in words)
