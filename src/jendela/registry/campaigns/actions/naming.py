"""Applications that answers about links name and the register does not have: once a bundle is approved they become
concepts, for an owner to take over, and the link stands. The same name is the same application."""

from collections.abc import Iterator, Sequence
from typing import Any

from jendela.common.audit import Actor
from jendela.registry.applications.actions import create_application
from jendela.registry.applications.choices import OperatorLevel, RecordState
from jendela.registry.applications.matching import STANDING, plain_name
from jendela.registry.applications.models import Application
from jendela.registry.campaigns import answers as shapes
from jendela.registry.campaigns.actions.writing import WRITERS, Act, provenance_of
from jendela.registry.campaigns.choices import QuestionKind, Say
from jendela.registry.campaigns.models import Bundle, Item, Question, Round
from jendela.registry.campaigns.reads.sheet import questions_of

LINKS = {QuestionKind.LINKS_IN, QuestionKind.LINKS_OUT}


def write_named(*, bundle: Bundle, by: Actor) -> int:
    """Give every name in the answers of this bundle its record, made where there is none, and declare the link; how
    many rows got one. A name that several registered applications bear stays in the answer: a person tells which."""
    questions = questions_of(bundle.round.question_set_id)
    items = list(bundle.items.select_related("application").order_by("pk"))
    open_items = [one for one in items if any(_nameless(one, questions))]
    if not open_items:
        return 0
    Round.objects.select_for_update().get(
        pk=bundle.round_id
    )  # two approvals that name the same wait for each other
    known = _Known()
    written = 0
    for item in open_items:
        act = Act(bundle, item.application, by, provenance_of(bundle), item.batch)
        for question, rows in _nameless(item, questions):
            named = [row for row in rows if known.give(row, act)]
            WRITERS[QuestionKind(question.kind)](act, {"rows": named})
            written += len(named)
        item.save(update_fields=["answers"])
    return written


def _nameless(item: Item, questions: Sequence[Question]) -> Iterator[tuple[Question, list[dict[str, Any]]]]:
    """Rows of answers about links with a name and no application, by question."""
    for question in shapes.asked(questions, item.application, item.answers):
        answer = item.answers.get(question.key)
        if question.kind not in LINKS or not answer or answer["say"] != Say.VALUE:
            continue
        rows = [row for row in answer["value"].get("rows") or [] if not row.get("application")]
        if rows:
            yield question, [row for row in rows if plain_name(row.get("words") or "")]


class _Known:
    """Applications of the register and concepts by their plain name."""

    def __init__(self) -> None:
        self.registered: dict[str, list[int]] = {}
        self.concepts: dict[str, int] = {}
        rows = Application.objects.filter(record_state__in=STANDING).order_by("pk")
        for key, name, state in rows.values_list("pk", "name", "record_state"):
            if state == RecordState.REGISTERED:
                self.registered.setdefault(plain_name(name), []).append(key)
            else:
                self.concepts.setdefault(plain_name(name), key)

    def give(self, row: dict[str, Any], act: Act) -> bool:
        """Put the application of its name into a row of an answer; False when the name means several."""
        plain = plain_name(row["words"])
        there = self.registered.get(plain, [])
        if len(there) > 1:
            return False
        if not there and plain not in self.concepts:
            self.concepts[plain] = _concept(row["words"], act).pk
        row["application"] = there[0] if there else self.concepts[plain]
        return True


def _concept(name: str, act: Act) -> Application:
    """Nobody has said whose it is: the agency that named it, or Diskominfo, says so when it decides about it."""
    return create_application(
        values={
            "name": name,
            "owner": act.bundle.agency,
            "operator_level": OperatorLevel.OTHER,
            "audience": "internal",
            "state": "tidak_diketahui",
            "note": f"Disebut {act.bundle.agency.short_name}: bertukar data dengan {act.application.name}.",
        },
        by=act.by,
        provenance=act.provenance,
        reported_by=act.bundle.agency.short_name,
        batch=act.batch,
    )
