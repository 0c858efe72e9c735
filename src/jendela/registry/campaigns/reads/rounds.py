"""Rounds, bundles and what happened in them, for Kominfo and for the agency."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from jendela.people.access.choices import Permission
from jendela.people.access.policy import agencies_for
from jendela.people.agencies.models import Agency
from jendela.registry.campaigns.choices import BundleState, RoundState
from jendela.registry.campaigns.models import Bundle, Message, Question, QuestionSet, Reminder, Round
from jendela.registry.campaigns.policy import may_manage

MOST_ROUNDS = 60


def rounds() -> list[Round]:
    """The newest rounds with how many bundles each has, and how many were answered: one query."""
    live = ~Q(bundles__state=BundleState.WITHDRAWN)
    answered = Q(bundles__state__in=[BundleState.SUBMITTED, BundleState.APPROVED])
    rows = Round.objects.select_related("question_set").annotate(
        asked=Count("bundles", filter=live), answered=Count("bundles", filter=answered)
    )
    return list(rows.order_by("-pk")[:MOST_ROUNDS])


def round_(slug: str) -> Round | None:
    return Round.objects.select_related("question_set").filter(slug=slug).first()


def question_sets() -> list[QuestionSet]:
    return list(QuestionSet.objects.prefetch_related("questions"))


def questions(row: Round) -> list[Question]:
    return list(row.question_set.questions.all())


def bundle(row: Round, number: int) -> Bundle | None:
    rows = Bundle.objects.filter(round=row).select_related("round__question_set", "agency", "holder")
    return rows.filter(pk=number).first()


@dataclass
class Story:
    """What happened with a bundle, besides its answers."""

    messages: list[Message]
    reminders: list[Reminder]
    hand_overs: list[Any]


def story(row: Bundle) -> Story:
    return Story(
        list(row.messages.all()),
        list(row.reminders.select_related("step").order_by("-pk")[:40]),
        list(row.hand_overs.all()),
    )


def agency(slug: str) -> Agency | None:
    return Agency.objects.filter(slug=slug).first()


def bundles_at(agency_id: int) -> list[Bundle]:
    """Bundles of an agency, newest round first."""
    rows = Bundle.objects.filter(agency_id=agency_id).exclude(state=BundleState.WITHDRAWN)
    rows = rows.exclude(round__state=RoundState.DRAFT).select_related("round", "agency")
    rows = rows.annotate(number=Count("items"))
    return list(rows.order_by("-round_id", "pk")[:20])


def own_agencies(viewer: Any) -> list[Agency]:
    """Agencies whose list the viewer may read, when not all."""
    own = agencies_for(viewer, Permission.READ_REGISTRY)
    return list(Agency.objects.filter(pk__in=own or []).order_by("short_name"))


def count_waiting(viewer: Any) -> int:
    """A number on the menu: for Kominfo what waits to be looked at (answers and questions), for an agency its requests
    without an answer."""
    live = Bundle.objects.filter(round__state=RoundState.OPEN)
    if may_manage(viewer):
        asks = Message.objects.filter(
            from_kominfo=False, answered_at__isnull=True, bundle__round__state=RoundState.OPEN
        )
        return live.filter(state=BundleState.SUBMITTED).count() + asks.count()
    own = agencies_for(viewer, Permission.READ_REGISTRY) or frozenset()
    waiting = [BundleState.ASKED, BundleState.WORKING, BundleState.RETURNED]
    return live.filter(agency__in=own, state__in=waiting).count()
