"""Example people of a demo instance: one for each role, and a resident. Names and addresses are invented; no message
reaches them (contoh.id is nobody's mail domain here, and a demo sends nothing)."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from jendela.common.audit import Actor
from jendela.common.models import AuditEntry
from jendela.people.access.actions import grant_role
from jendela.people.access.models import Membership
from jendela.people.access.roles import ROLES
from jendela.people.accounts.actions import create_account, make_sign_in_link, set_open
from jendela.people.accounts.models import User
from jendela.people.agencies.models import Agency

if TYPE_CHECKING:
    from django.db.models import QuerySet

DOMAIN = "contoh.id"
HOURS = 12  # a link of an example person is good for a working day
BY = Actor("mode contoh")


@dataclass(frozen=True)
class Example:
    key: str  # the part of the address before @
    name: str
    role: str  # '' for a resident
    agency: str  # slug; '' for a role of all agencies

    @property
    def email(self) -> str:
        return f"{self.key}@{DOMAIN}"


EXAMPLES = (
    Example("pengelola", "Rusmini Halim", "administrator", ""),
    Example("tim.kominfo", "Bayu Sampurna", "information_team", ""),
    Example("kepala", "Norhayati Sabran", "agency_head", "disdukcapil"),
    Example("admin.layanan", "Yudi Prawira", "service_admin", "disdukcapil"),
    Example("petugas", "Lastri Monica", "service_officer", "disdukcapil"),
    Example("operator", "Gunawan Tingang", "agency_operator", "disdukcapil"),
    Example("desa", "Salasiah Umar", "village_official", "kec-baamang"),
    Example("pegawai", "Dedi Kurnia", "staff_member", "dinkes"),
    Example("perencana", "Wulan Pratiwi", "planner", ""),
    Example("pimpinan", "Hendra Wijaya", "leader", ""),
    Example("warga", "Siti Maulida", "", ""),
)


def _place(slug: str) -> Agency | None:
    """The agency of the data set, or the first one where it has none of this name."""
    return Agency.objects.filter(slug=slug).first() or Agency.objects.order_by("pk").first()


def _made_here() -> "QuerySet[User]":
    """Only accounts that the demo itself made: a real person may have an address of the same words."""
    made = AuditEntry.objects.filter(action="accounts.create_account", actor=BY.name).values_list(
        "target_key"
    )
    keys = [int(key) for (key,) in made]
    return User.objects.filter(pk__in=keys, email__in=[one.email for one in EXAMPLES])


@transaction.atomic
def make_examples() -> None:
    """Make the people who are missing, and open again those whom a start without demo closed."""
    taken = set(
        User.objects.filter(email__in=[one.email for one in EXAMPLES]).values_list("email", flat=True)
    )
    there = {user.email: user for user in _made_here()}
    for one in EXAMPLES:
        user = there.get(one.email)
        if user is None:
            if one.email in taken:
                continue  # somebody else's address
            user = create_account(email=one.email, name=one.name, by=BY)
        elif not user.is_active:
            set_open(user=user, is_open=True, by=BY)
        if not one.role or Membership.objects.filter(user=user).exists():
            continue
        everywhere = ROLES[one.role].everywhere
        agency = None if everywhere else _place(one.agency)
        if everywhere or agency is not None:
            grant_role(user=user, agency=agency, role=one.role, by=BY, note="Orang contoh")


@transaction.atomic
def close_examples() -> int:
    """Example people cannot enter an instance that is not a demo; returns how many were closed now."""
    found = list(_made_here().filter(is_active=True))
    for user in found:
        set_open(user=user, is_open=False, by=BY)
    return len(found)


def links() -> list[tuple[str, str, str]]:
    """(role in words, name, token) of a new one-time link for each example person."""
    people = {user.email: user for user in _made_here().filter(is_active=True)}
    found = []
    for one in EXAMPLES:
        user = people.get(one.email)
        if user is not None:
            label = str(ROLES[one.role].label) if one.role else "Warga"
            found.append((label, user.name, make_sign_in_link(user=user, by=BY, minutes=HOURS * 60)))
    return found
