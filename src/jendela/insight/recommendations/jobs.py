"""Background entry points of recommendations."""

import datetime
import json

from jendela.common.audit import SYSTEM
from jendela.common.encryption import encrypt
from jendela.common.jobs import enqueue, job
from jendela.insight.recommendations import actions, deadlines
from jendela.insight.recommendations.models import Letter
from jendela.insight.recommendations.reads import answerers
from jendela.people.access.choices import Module
from jendela.people.access.policy import is_open_for_anyone
from jendela.people.agencies.models import Agency


@job("insight_recommendations.find", every="0 19 * * *")  # 02.00 WIB
def find() -> None:
    """Judge every application anew; a closed module finds nothing."""
    if is_open_for_anyone(Module.ADVICE):
        actions.find_all(by=SYSTEM)


@job("insight_recommendations.remind", every="0 0 * * *")  # 07.00 WIB
def remind() -> None:
    """Heads whose answer is nearly due or late read it once in a few days; a closed module reminds nobody."""
    if is_open_for_anyone(Module.ADVICE):
        actions.remind(by=SYSTEM)


@job("insight_recommendations.move_deadlines")
def move_deadlines(first: str, last: str) -> None:
    """Holidays came, changed or went between these days."""
    day = datetime.date.fromisoformat
    deadlines.move_deadlines(first=day(first), last=day(last), by=SYSTEM)


@job("insight_recommendations.tell")
def tell(letter_id: int) -> None:
    """One message for one letter to each who may answer for the agency; running twice sends twice at worst."""
    letter = Letter.objects.select_related("agency").get(pk=letter_id)
    _send("advice", letter.agency, letter.recommendations.count(), letter.due_on)


@job("insight_recommendations.tell_late")
def tell_late(agency_id: int, number: int, due_on: str) -> None:
    """One message for all that an agency has to answer soon or is late with."""
    agency = Agency.objects.get(pk=agency_id)
    _send("advice_reminder", agency, number, datetime.date.fromisoformat(due_on))


def _send(template: str, agency: Agency, number: int, day: datetime.date) -> None:
    values = {"agency": agency.short_name, "number": number, "day": f"{day:%d-%m-%Y}"}
    for email in sorted({one.user.email for one in answerers([agency.pk]) if one.user.email}):
        enqueue(
            "notify.send", channel="email", to=encrypt(email), template=template,
            values=encrypt(json.dumps(values)), language="id",
        )  # fmt: skip
