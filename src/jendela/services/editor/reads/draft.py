"""One service on the workbench: what is published, what is drafted, what is missing, who wrote it."""

import datetime
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Sum
from django.utils.translation import gettext as _

from jendela.common.dates import today
from jendela.people.agencies.models import Office
from jendela.registry.applications.models import Application
from jendela.services.catalogue.choices import Gap
from jendela.services.catalogue.models import GapCount, LifeEvent, Service, Standard
from jendela.services.catalogue.reads import standards
from jendela.services.catalogue.reads.content import check, content_of, is_filled, public_standard
from jendela.services.catalogue.reads.parts import BY_KEY, COMPONENTS, PARTS, Part
from jendela.services.editor import reading
from jendela.services.editor.choices import DraftState
from jendela.services.editor.models import Draft, DraftEdit, DraftPart
from jendela.services.editor.policy import is_decreed, publishable

DAYS = 30
MOST_EDITS = 30
# where a reader's gap is filled; hours, phones and addresses of offices have their own form in the agency's home
PART_OF_GAP = {
    Gap.REQUIREMENTS: "A1",
    Gap.STEPS: "A2",
    Gap.TIME: "A3",
    Gap.FEE: "A4",
    Gap.PLACE: "ways",
    Gap.PHONE: "ways",
    Gap.HOURS: "ways",
    Gap.APPLICATION_ADDRESS: "ways",
}
Choices = Sequence[tuple[str, Any]]


@dataclass(frozen=True)
class Options:
    """What the rows of a form may choose from."""

    offices: Sequence[Any] = ()
    applications: Choices = ()
    events: Choices = ()


@dataclass
class Line:
    """A part with its draft beside what is published."""

    part: Part
    value: Any
    published: Any
    row: DraftPart | None = None
    errors: list[str] = field(default_factory=list)
    missed: list[tuple[str, int]] = field(default_factory=list)  # what readers looked for, how often

    @property
    def changed(self) -> bool:
        return self.row is not None and self.row.value is not None and self.value != self.published

    @property
    def filled(self) -> bool:
        return is_filled(self.part.key, self.value)

    @property
    def stale(self) -> bool:
        """Something else was published since this draft of the part began."""
        return self.row is not None and self.row.value is not None and self.row.base != self.published


@dataclass
class Workbench:
    """Everything about one service's draft."""

    service: Service
    standard: Standard | None
    published: dict[str, Any]
    lines: dict[str, Line]
    draft: Draft | None = None

    @property
    def content(self) -> dict[str, Any]:
        """The service as it would be with the draft."""
        return {key: line.value for key, line in self.lines.items()}

    @property
    def changed(self) -> list[Line]:
        return [line for line in self.lines.values() if line.changed]

    @property
    def publishable(self) -> list[Line]:
        """Changed parts that need no decree."""
        return [line for line in self.changed if publishable(line.part.key, self.standard)]

    @property
    def known(self) -> int:
        return sum(self.lines[key].filled for key in COMPONENTS)

    @property
    def total(self) -> int:
        return len(COMPONENTS)

    @property
    def decreed(self) -> bool:
        return is_decreed(self.standard)

    @property
    def consulted(self) -> bool:
        """Was the wording of the components as it is now discussed? However it changed, it is discussed anew."""
        draft = self.draft
        return (
            draft is not None
            and draft.state == DraftState.CONSULTED
            and draft.consulted_text == self.text_mark()
        )

    def text_mark(self) -> str:
        """A mark of the wording of the components."""
        return _mark([self.lines[key].value for key in COMPONENTS])

    def minutes(self) -> standards.Minutes:
        """The minutes of the discussion, if they still hold for the draft as it is."""
        if self.draft is None or not self.consulted:
            return standards.Minutes()
        draft = self.draft
        return standards.Minutes(draft.consulted_on, draft.consultation_note, draft.consultation_participants)

    def missing(self, **decree: Any) -> list[standards.Missing]:
        """What keeps the draft from being decreed."""
        complaint = self.content["complaint"]
        return standards.gate(
            self.content,
            complaint_officer=complaint["officer"],
            complaint_channel=complaint["channel"],
            minutes=self.minutes(),
            **decree,
        )

    def seen(self) -> str:
        """A mark of all that a person saw: it is another one as soon as draft or published text changes."""
        state: dict[str, Any] = {"version": self.standard.pk if self.standard else None}
        state |= {
            key: [line.value, line.published, line.row.revision if line.row else 0]
            for key, line in self.lines.items()
        }
        return _mark(state)


def _mark(state: Any) -> str:
    text = json.dumps(state, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def service_of(slug: str) -> Service | None:
    return Service.objects.select_related("owner").filter(slug=slug).first()


def workbench(service: Service, *, lock: bool = False) -> Workbench:
    """The service with its draft, in a constant number of queries. `lock` holds the draft until the transaction's
    end."""
    drafts = Draft.objects.select_related("keeper", "agency_at_start").filter(service=service)
    draft = (drafts.select_for_update(of=("self",)) if lock else drafts).first()
    standard = public_standard(service)
    published = content_of(service, standard)
    rows = {row.part: row for row in DraftPart.objects.filter(draft=draft)} if draft else {}
    lines = {part.key: _line(part, published[part.key], rows.get(part.key)) for part in PARTS}
    return Workbench(service, standard, published, lines, draft)


def _line(part: Part, published: Any, row: DraftPart | None) -> Line:
    value = published if row is None or row.value is None else row.value
    return Line(part, value, published, row)


def with_checks(bench: Workbench) -> Workbench:
    """Adds what is wrong in the changed parts."""
    for line in bench.changed:
        line.errors = check(line.part.key, line.value)
    return bench


def with_gaps(bench: Workbench) -> Workbench:
    """Adds what readers missed in the last 30 days; one query."""
    rows = GapCount.objects.filter(service=bench.service, day__gt=today() - datetime.timedelta(days=DAYS))
    for gap, number in rows.values_list("gap").annotate(number=Sum("count")).order_by("-number"):
        if gap in PART_OF_GAP:
            bench.lines[PART_OF_GAP[Gap(gap)]].missed.append((str(Gap(gap).label), number))
    return bench


def draft_changes(service: Service) -> dict[str, Any]:
    """The drafted parts, for a preview; one query."""
    rows = DraftPart.objects.filter(draft__service=service, value__isnull=False)
    return dict(rows.values_list("part", "value"))


def part_row(service: Service, part: str) -> DraftPart | None:
    return DraftPart.objects.filter(draft__service=service, part=part).first()


def edits(service: Service) -> list[DraftEdit]:
    """The newest entries of the history; one query."""
    return list(DraftEdit.objects.filter(draft__service=service).order_by("-id")[:MOST_EDITS])


def can_restore(service: Service) -> int:
    """How many discarded parts can be brought back."""
    return DraftPart.objects.filter(
        draft__service=service, value__isnull=True, discarded__isnull=False
    ).count()


def options(service: Service) -> Options:
    """Offices with the agency's own first, applications and life events, as choices; three queries."""
    rows = Office.objects.order_by("name").values_list("slug", "name", "agency_id")
    own = [(slug, name) for slug, name, agency in rows if agency == service.owner_id]
    others = [(slug, name) for slug, name, agency in rows if agency != service.owner_id]
    offices: list[Any] = [("", _("Tidak di kantor tertentu"))]
    offices += [(_("Kantor instansi ini"), own)] if own else []
    offices += [(_("Kantor lain"), others)] if others else []
    applications = Application.objects.order_by("name").values_list("slug", "name")
    events = LifeEvent.objects.order_by("position").values_list("slug", "name")
    return Options(
        offices,
        [("", _("Tanpa aplikasi")), *applications],
        [("", _("Pilih peristiwa")), *events],
    )


def places(values: Sequence[Any]) -> reading.Places:
    """The names behind the keys in these values of 'ways' and 'events'; at most three queries."""
    rows: list[Mapping[str, str]] = [row for value in values if isinstance(value, list) for row in value]
    offices = {row["office"] for row in rows if row.get("office")}
    applications = {row["application"] for row in rows if row.get("application")}
    events = {row["event"] for row in rows if row.get("event")}
    return reading.Places(
        _names(Office, offices), _names(Application, applications), _names(LifeEvent, events)
    )


def _names(model: Any, slugs: set[str]) -> dict[str, str]:
    if not slugs:
        return {}
    return dict(model.objects.filter(slug__in=slugs).values_list("slug", "name"))


def neighbours(part: str) -> tuple[Part | None, Part | None]:
    """The part before and after, in the order of the page."""
    keys = list(BY_KEY)
    at = keys.index(part)
    before = BY_KEY[keys[at - 1]] if at else None
    after = BY_KEY[keys[at + 1]] if at + 1 < len(keys) else None
    return before, after
