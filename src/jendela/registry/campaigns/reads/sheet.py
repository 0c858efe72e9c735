"""What the holder of a bundle is asked, with what the record says now: a constant number of queries for a bundle of
any size."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from jendela.common.dates import today
from jendela.people.agencies.models import Agency
from jendela.registry.applications.choices import STANDING_USES, CostKind, PersonRole, ValueKind
from jendela.registry.applications.fields import Field
from jendela.registry.applications.models import Application, ApplicationPerson, ApplicationUse, Cost
from jendela.registry.applications.values import value_of
from jendela.registry.campaigns import answers as shapes
from jendela.registry.campaigns.choices import BundleState, ItemState, QuestionKind
from jendela.registry.campaigns.models import Bundle, Item, PersonalLink, Question
from jendela.registry.campaigns.models.questions import fields_named
from jendela.registry.datasets.models import Dataset
from jendela.registry.links.choices import Method
from jendela.registry.links.models import Link


@dataclass
class Current:
    """What the record says about one application, as questions ask for it."""

    application: Application
    person: ApplicationPerson | None = None
    uses: list[ApplicationUse] = field(default_factory=list)
    datasets: list[Dataset] = field(default_factory=list)
    links_in: list[Link] = field(default_factory=list)
    links_out: list[Link] = field(default_factory=list)
    costs: list[Cost] = field(default_factory=list)  # of this year

    def is_known(self, question: Question) -> bool:
        match question.kind:
            case QuestionKind.FIELD:
                return any(
                    one.is_known(value_of(self.application, one.name)) for one in question.record_fields
                )
            case QuestionKind.PEOPLE:
                return bool(self.application.operating_unit or self.person)
            case QuestionKind.USES:
                return bool(self.application.other_users or self.uses)
            case QuestionKind.OWN:
                return False
        return bool(getattr(self, question.kind if question.kind != QuestionKind.COST else "costs"))

    def value(self, question: Question) -> dict[str, Any]:
        """As an answer would hold it, to fill a form with."""
        if question.kind == QuestionKind.OWN:
            return {}
        if question.kind == QuestionKind.FIELD:
            return {one.name: value_of(self.application, one.name) for one in question.record_fields}
        if question.kind == QuestionKind.PEOPLE:
            return {
                "operating_unit": self.application.operating_unit,
                "name": self.person.name if self.person else "",
                "position": self.person.position if self.person else "",
            }
        if question.kind == QuestionKind.USES:
            return {"agencies": [one.agency_id for one in self.uses], "others": self.application.other_users}
        return self._rows(question)

    def _rows(self, question: Question) -> dict[str, Any]:
        rows: list[dict[str, Any]]
        if question.kind == QuestionKind.COST:
            rows = [{"kind": one.kind, "amount": int(one.amount), "fund": one.fund} for one in self.costs]
            return {"year": today().year, "rows": rows, "none": False}
        if question.kind == QuestionKind.DATASETS:
            rows = [{"name": one.name, "personal": _personal(one)} for one in self.datasets]
        elif question.kind == QuestionKind.LINKS_IN:
            rows = [_link(one, one.source_id) for one in self.links_in]
        else:
            rows = [_link(one, one.target_id) for one in self.links_out]
        return {"rows": rows, "none": False}

    def words(self, question: Question) -> list[str]:
        """As sentences or lines; [] when nothing is known."""
        if not self.is_known(question):
            return []
        return words_of(question, self.value(question), self.names())

    def names(self) -> dict[str, dict[int, str]]:
        """Names of agencies and applications that the record mentions."""
        return {
            "agencies": {one.agency_id: one.agency.short_name for one in self.uses},
            "applications": {one.source_id: one.source.name for one in self.links_in}
            | {one.target_id: one.target.name for one in self.links_out},
        }


@dataclass
class Asked:
    """One question to one application."""

    question: Question
    current: list[str]  # words of the record; [] is "belum ada data"
    initial: dict[str, Any]  # to fill the form: the answer if there is one, else the record
    answer: shapes.Answer | None
    is_known: bool
    words: list[str]  # of the answer, where one was typed

    @property
    def fields(self) -> list[Field]:
        return self.question.record_fields


@dataclass
class ItemSheet:
    item: Item
    asked: list[Asked]

    @property
    def done(self) -> int:
        return sum(one.answer is not None for one in self.asked)

    @property
    def total(self) -> int:
        return len(self.asked)

    @property
    def is_complete(self) -> bool:
        return all(one.answer is not None or not one.question.required for one in self.asked)

    @property
    def is_locked(self) -> bool:
        return self.item.state in {ItemState.SUBMITTED, ItemState.APPROVED}


@dataclass
class Sheet:
    bundle: Bundle
    questions: list[Question]
    items: list[ItemSheet]

    @property
    def done(self) -> int:
        return sum(one.is_complete or one.is_locked for one in self.items)

    @property
    def is_complete(self) -> bool:
        return all(one.is_complete or one.is_locked for one in self.items)


def link_by_digest(digest: str) -> PersonalLink | None:
    """A personal link with its bundle, round and agency."""
    rows = PersonalLink.objects.select_related("bundle__round__question_set", "bundle__agency")
    return rows.filter(digest=digest).first()


def bundles_of(user_id: int) -> list[Bundle]:
    """Open bundles that an account holds (for the desk of staff)."""
    rows = Bundle.objects.filter(holder_id=user_id, round__state="berjalan").select_related("round", "agency")
    return list(rows.exclude(state=BundleState.WITHDRAWN).order_by("round__due_on", "pk"))


def questions_of(question_set_id: int) -> list[Question]:
    rows = list(Question.objects.filter(question_set_id=question_set_id).order_by("position", "pk"))
    found = fields_named({name for row in rows for name in row.fields})
    for row in rows:
        row.record_fields = [found[name] for name in row.fields if name in found]
    return rows


def sheet(bundle: Bundle, *, item: int | None = None) -> Sheet:
    """The bundle with its items by name, or one of them alone: ten queries."""
    rows = bundle.items.exclude(state=ItemState.WITHDRAWN).select_related("application__owner")
    if item is not None:
        rows = rows.filter(pk=item)
    items = list(rows.order_by("application__name", "pk"))
    questions = questions_of(bundle.round.question_set_id)
    current = current_of([one.application for one in items])
    names = names_in(items)
    return Sheet(
        bundle,
        questions,
        [_item_sheet(one, questions, current[one.application_id], names) for one in items],
    )


def item_keys(bundle: Bundle) -> list[int]:
    """Keys of its items in the order of the sheet."""
    rows = bundle.items.exclude(state=ItemState.WITHDRAWN).order_by("application__name", "pk")
    return list(rows.values_list("pk", flat=True))


Names = Mapping[str, Mapping[int, str]]


def names_in(items: Iterable[Item]) -> Names:
    """Names of the agencies and applications that answers point to: two queries."""
    agencies: set[int] = set()
    applications: set[int] = set()
    for item in items:
        for raw in item.answers.values():
            value = raw.get("value") or {}
            agencies.update(value.get("agencies") or [])
            rows = value.get("rows") or []
            applications.update(row["application"] for row in rows if row.get("application"))
    return {
        "agencies": dict(Agency.objects.filter(pk__in=agencies).values_list("pk", "short_name")),
        "applications": dict(Application.objects.filter(pk__in=applications).values_list("pk", "name")),
    }


def _item_sheet(item: Item, questions: Sequence[Question], current: Current, names: Names) -> ItemSheet:
    found = []
    for question in shapes.asked(questions, item.application, item.answers):
        answer = shapes.answer_of(item.answers, question.key)
        initial = dict(answer.value) if answer and answer.value else current.value(question)
        words = words_of(question, answer.value, names) if answer and answer.value else []
        known = current.is_known(question)
        found.append(Asked(question, current.words(question), initial, answer, known, words))
    return ItemSheet(item, found)


def current_of(applications: Iterable[Application]) -> dict[int, Current]:
    """What the record says about each: six queries."""
    found = {one.pk: Current(one) for one in applications}
    keys = list(found)
    people = ApplicationPerson.objects.filter(
        application__in=keys, role=PersonRole.OPERATOR, until__isnull=True
    )
    for person in people.order_by("pk"):
        found[person.application_id].person = person
    uses = ApplicationUse.objects.filter(application__in=keys, state__in=STANDING_USES)
    for use in uses.select_related("agency").order_by("agency__short_name"):
        found[use.application_id].uses.append(use)
    for dataset in Dataset.objects.filter(application__in=keys).order_by("name"):
        found[dataset.application_id or 0].datasets.append(dataset)
    links = Link.objects.filter(ended_at__isnull=True).select_related("source", "target").order_by("pk")
    for link in links.filter(target__in=keys):
        found[link.target_id].links_in.append(link)
    for link in links.filter(source__in=keys):
        found[link.source_id].links_out.append(link)
    for cost in Cost.objects.filter(application__in=keys, year=today().year).order_by("kind"):
        found[cost.application_id].costs.append(cost)
    return found


def words_of(
    question: Question, value: Mapping[str, Any], names: Mapping[str, Mapping[int, str]]
) -> list[str]:
    """An answer's value in lines. `names` maps keys of agencies and applications to names."""
    match question.kind:
        case QuestionKind.FIELD:
            return _field_words(question, value)
        case QuestionKind.PEOPLE:
            return [str(one) for one in value.values() if one]
        case QuestionKind.USES:
            found = [names["agencies"].get(one, "") for one in value.get("agencies", [])]
            return [one for one in (*found, value.get("others", "")) if one]
        case QuestionKind.OWN:
            labels = {one[0]: one[1] for one in question.choices}
            return [str(labels.get(value.get("value"), value.get("value", "")))]
    if value.get("none"):
        return [_("Tidak ada")]
    return [_row_words(question, one, value, names) for one in value.get("rows", [])]


def _field_words(question: Question, value: Mapping[str, Any]) -> list[str]:
    known = [
        (one, value.get(one.name)) for one in question.record_fields if one.is_known(value.get(one.name))
    ]
    if len(question.fields) == 1:
        return [value_words(one, found) for one, found in known]
    return [f"{one.label}: {value_words(one, found)}" for one, found in known]


def value_words(one: Field, value: Any) -> str:
    """A known value of a field as people read it."""
    match one.kind:
        case ValueKind.CHOICE:
            return str(dict(one.options()).get(value, value))
        case ValueKind.CHOICES:
            labels = dict(one.options())
            return ", ".join(str(labels.get(each, each)) for each in value)
        case ValueKind.YES_NO:
            return _("ya") if value else _("tidak")
        case ValueKind.DATE:
            return date_format(_day(value), "j F Y")
        case ValueKind.NUMBER:
            return f"{int(value):,}".replace(",", ".")
    return str(value)


def _row_words(
    question: Question,
    row: Mapping[str, Any],
    value: Mapping[str, Any],
    names: Mapping[str, Mapping[int, str]],
) -> str:
    if question.kind == QuestionKind.DATASETS:
        return str(row["name"])
    if question.kind == QuestionKind.COST:
        label = dict(CostKind.choices).get(row["kind"], row["kind"])
        return f"{label} {value.get('year', '')}: Rp{int(row['amount']):,}".replace(",", ".")
    name = names["applications"].get(row.get("application") or 0) or row.get("words", "")
    method = str(dict(Method.choices).get(row["method"], row["method"]))
    parts = [part for part in (name, row.get("data"), method) if part]
    if row.get("hours"):
        parts.append(_("%(hours)s jam sebulan") % {"hours": f"{row['hours']:g}".replace(".", ",")})
    return ", ".join(parts)


def _link(one: Link, other: int) -> dict[str, Any]:
    return {
        "application": other,
        "words": "",
        "data": one.data,
        "method": one.method,
        "hours": float(one.hours_a_month) if one.hours_a_month is not None else None,
    }


def _personal(one: Dataset) -> str:
    return "" if one.has_personal is None else "ya" if one.has_personal else "tidak"


def _day(value: Any) -> Any:
    return datetime.date.fromisoformat(value) if isinstance(value, str) else value
