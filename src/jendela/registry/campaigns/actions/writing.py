"""Answers written to the record on submission: values with source and date, the parts by the actions of their rooms.
A name in an answer about links that the register does not have waits in the item until approval (naming.py)."""

import uuid
from collections.abc import Mapping, Sequence
from contextlib import suppress
from decimal import Decimal
from typing import Any

from jendela.common.audit import Actor
from jendela.common.dates import today
from jendela.people.agencies.models import Agency
from jendela.registry.applications.actions import Provenance, create_application, put_part, set_many
from jendela.registry.applications.actions.parts import PartError
from jendela.registry.applications.choices import CostKind, Evidence, Grade, PersonRole, UseState
from jendela.registry.applications.models import Application
from jendela.registry.applications.values import known, value_of
from jendela.registry.campaigns import answers as shapes
from jendela.registry.campaigns.choices import QuestionKind, Say
from jendela.registry.campaigns.models import Bundle, Item, Question
from jendela.registry.datasets.actions import declare_dataset
from jendela.registry.links.actions import SameApplicationError, declare_link

NO_COST = "Menurut instansi, tidak ada biaya tahun ini."
SOME_DATA = "Data yang belum dirinci"


def provenance_of(bundle: Bundle) -> Provenance:
    return Provenance(
        stated_by=bundle.agency.short_name,
        source=bundle.round.title,
        source_date=today().isoformat(),
        grade=Grade.STATED,
    )


def write_answers(*, bundle: Bundle, items: Sequence[Item], questions: Sequence[Question], by: Actor) -> None:
    """Write what was answered in these items, all values in one batch; 'belum tahu' changes nothing. A value that is
    still true is confirmed. Answers to questions that do not apply any more stay in the item alone."""
    batch, provenance = uuid.uuid4(), provenance_of(bundle)
    rows: list[tuple[Any, dict[str, Any]]] = []
    for item in items:
        item.batch = batch
        values = _values(item, questions)
        if values:
            rows.append((item.application, values))
    if rows:
        set_many(rows=rows, by=by, provenance=provenance, batch=batch, reason=bundle.round.title)
    for item in items:
        for question in shapes.asked(questions, item.application, item.answers):
            answer = shapes.answer_of(item.answers, question.key)
            write = WRITERS.get(QuestionKind(question.kind))
            if write is not None and answer is not None and answer.say == Say.VALUE:
                write(Act(bundle, item.application, by, provenance, batch), answer.value)
    _report_unlisted(bundle, by, provenance)


def _values(item: Item, questions: Sequence[Question]) -> dict[str, Any]:
    """Values by name: a confirmed one is given as it stands, which confirms it."""
    found: dict[str, Any] = {}
    for question in shapes.asked(questions, item.application, item.answers):
        answer = shapes.answer_of(item.answers, question.key)
        if answer is None or answer.say == Say.UNKNOWN:
            continue
        for key, name in _named(question):
            if answer.say == Say.SAME:
                value = value_of(item.application, name)
                if known(name, value):
                    found[name] = value
            elif key in answer.value:
                found[name] = answer.value[key]
        if "state" in question.fields:  # the list says as of when, and that someone here said so
            found["state_as_of"] = today().isoformat()
            found["evidence"] = Evidence.REGENCY
    return found


def _named(question: Question) -> list[tuple[str, str]]:
    """Keys of the answer that are values of the application, with the name of the value."""
    match question.kind:
        case QuestionKind.PEOPLE:
            return [("operating_unit", "operating_unit")]
        case QuestionKind.USES:
            return [("others", "other_users")]
    return [(name, name) for name in question.fields]


class Act:
    """What the steps of writing one item share."""

    def __init__(
        self,
        bundle: Bundle,
        application: Application,
        by: Actor,
        provenance: Provenance,
        batch: uuid.UUID | None,
    ) -> None:
        self.bundle, self.application, self.by = bundle, application, by
        self.provenance, self.batch = provenance, batch

    def put(self, part: str, values: Mapping[str, Any], key: int | None = None) -> None:
        with suppress(PartError):  # another row says it already
            put_part(
                application=self.application,
                part=part,
                values=values,
                key=key,
                by=self.by,
                provenance=self.provenance,
                batch=self.batch,
                reason=self.bundle.round.title,
            )


def _people(act: Act, value: Mapping[str, Any]) -> None:
    """A new name follows the one before, who ends today."""
    name = value.get("name") or ""
    if not name:
        return
    running = act.application.people.filter(role=PersonRole.OPERATOR, until__isnull=True)
    same = running.filter(name__iexact=name).first()
    if same is not None:
        if value.get("position"):
            act.put("people", {"position": value["position"]}, key=same.pk)
        return
    for one in running:
        act.put("people", {"until": today()}, key=one.pk)
    act.put(
        "people",
        {
            "role": PersonRole.OPERATOR,
            "name": name,
            "position": value.get("position") or "",
            "since": today(),
        },
    )


def _uses(act: Act, value: Mapping[str, Any]) -> None:
    """The own agency's word is its answer; of others it is a claim, which they answer. What others answered stays."""
    own = act.bundle.agency_id
    there = {one.agency_id: one for one in act.application.uses.all()}
    for agency in Agency.objects.filter(pk__in=value.get("agencies") or []):
        if agency.pk == own:
            act.put("uses", {"agency": agency, "state": UseState.CONFIRMED})
        elif agency.pk not in there:
            act.put("uses", {"agency": agency, "state": UseState.CLAIMED})
    mine = there.get(own)
    if mine is not None and mine.state == UseState.CONFIRMED and own not in (value.get("agencies") or []):
        act.put("uses", {"agency": mine.agency, "state": UseState.ENDED})


def _datasets(act: Act, value: Mapping[str, Any]) -> None:
    for row in value.get("rows") or []:
        personal = {"ya": True, "tidak": False}.get(row.get("personal", ""))
        given = {} if personal is None else {"has_personal": personal}
        declare_dataset(
            application=act.application,
            name=row["name"],
            by=act.by,
            provenance=act.provenance,
            batch=act.batch,
            **given,
        )


def _link_in(act: Act, value: Mapping[str, Any]) -> None:
    _links(act, value, into=True)


def _link_out(act: Act, value: Mapping[str, Any]) -> None:
    _links(act, value, into=False)


def _links(act: Act, value: Mapping[str, Any], *, into: bool) -> None:
    rows = [row for row in value.get("rows") or [] if row.get("application")]
    others = {one.pk: one for one in Application.objects.filter(pk__in=[row["application"] for row in rows])}
    for row in rows:
        other = others.get(row["application"])
        if other is None:
            continue
        source, target = (other, act.application) if into else (act.application, other)
        with suppress(SameApplicationError):
            declare_link(
                source=source,
                target=target,
                data=row.get("data") or SOME_DATA,
                method=row["method"],
                hours_a_month=Decimal(str(row["hours"])) if row.get("hours") is not None else None,
                state="berjalan",
                by=act.by,
                declared_by=act.bundle.agency,
                declared_words=act.bundle.agency.short_name,
                source_words=act.bundle.round.title,
                batch=act.batch,
            )


def _costs(act: Act, value: Mapping[str, Any]) -> None:
    year = value["year"]
    for row in value.get("rows") or []:
        act.put(
            "costs",
            {"year": year, "kind": row["kind"], "amount": Decimal(row["amount"]), "fund": row["fund"]},
        )
    if value.get("none") and not act.application.costs.filter(year=year).exists():
        act.put(
            "costs", {"year": year, "kind": CostKind.OTHER, "amount": Decimal(0), "note": NO_COST}
        )  # a nought that somebody said


def _report_unlisted(bundle: Bundle, by: Actor, provenance: Provenance) -> None:
    """Applications the holder named become concepts, once each; the owner or Kominfo takes them over."""
    rows = bundle.unlisted or []
    for row in rows:
        if row.get("application"):
            continue
        made = create_application(
            values={
                "name": row["name"],
                "purpose": row.get("purpose", ""),
                "owner": bundle.agency,
                "operator_level": "daerah",
                "audience": "internal",
                "state": "tidak_diketahui",
            },
            by=by,
            provenance=provenance,
            reported_by=bundle.agency.short_name,
        )
        row["application"] = made.pk
    if rows:
        bundle.unlisted = rows
        bundle.save(update_fields=["unlisted"])


WRITERS = {
    QuestionKind.PEOPLE: _people,
    QuestionKind.USES: _uses,
    QuestionKind.DATASETS: _datasets,
    QuestionKind.LINKS_IN: _link_in,
    QuestionKind.LINKS_OUT: _link_out,
    QuestionKind.COST: _costs,
}
