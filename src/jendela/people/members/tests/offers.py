"""Invitations for tests."""

import re

from tests.people import agency, member

from jendela.common.audit import Actor
from jendela.people.access.roles import AgencyHead, ServiceAdmin
from jendela.people.accounts.models import User
from jendela.people.members import actions
from jendela.people.members.models import Invitation


def offer(
    email: str = "baru@contoh.id", *, head: User | None = None, role: str = ServiceAdmin.code
) -> tuple[Invitation, str]:
    """An invitation of a head to his agency, and the token of its link."""
    inviter = head or member(AgencyHead.code, agency(), name="Rina Kepala")
    return actions.invite(
        email=email, name="Siti Baru", agency=agency(), role=role, by=Actor(inviter.name, user=inviter)
    )


def token_of(page: str) -> str:
    """The token of the first link to an invitation in a page."""
    found = re.search(r"/akun/undangan/([\w-]{40,})/", page)
    assert found is not None, page
    return found.group(1)
