"""Background entry points of recommendations."""

import json

from jendela.common.audit import SYSTEM
from jendela.common.encryption import encrypt
from jendela.common.jobs import enqueue, job
from jendela.insight.recommendations import actions
from jendela.insight.recommendations.models import Letter
from jendela.people.access.choices import Module, Permission
from jendela.people.access.models import Membership
from jendela.people.access.policy import is_open_for_anyone
from jendela.people.access.roles import ROLES


@job("insight_recommendations.find", every="0 19 * * *")  # 02.00 WIB
def find() -> None:
    """Judge every application anew; a closed module finds nothing."""
    if is_open_for_anyone(Module.ADVICE):
        actions.find_all(by=SYSTEM)


@job("insight_recommendations.tell")
def tell(letter_id: int) -> None:
    """One message for one letter to each who may answer for the agency; running twice sends twice at worst."""
    letter = Letter.objects.select_related("agency").get(pk=letter_id)
    values = {"agency": letter.agency.short_name, "number": letter.recommendations.count(),
              "day": f"{letter.due_on:%d-%m-%Y}"}  # fmt: skip
    roles = [code for code, role in ROLES.items() if Permission.ANSWER_ADVICE in role.permissions]
    holders = Membership.objects.holding().filter(agency=letter.agency, role__in=roles).select_related("user")
    for email in sorted({one.user.email for one in holders if one.user.email and one.user.is_active}):
        enqueue(
            "notify.send", channel="email", to=encrypt(email), template="advice", values=encrypt(json.dumps(values)),
            language="id",
        )  # fmt: skip
