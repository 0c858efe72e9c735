"""Example people of a demo instance: one for each role, and a resident. Names and addresses are invented; no message
reaches them (contoh.id is nobody's mail domain here, and a demo sends nothing)."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from jendela.common.audit import Actor
from jendela.common.dates import today
from jendela.common.models import AuditEntry
from jendela.common.workdays.counting import add_working_days
from jendela.people.access.actions import grant_role
from jendela.people.access.models import Membership
from jendela.people.access.roles import ROLES
from jendela.people.accounts.actions import create_account, make_sign_in_link, set_open
from jendela.people.accounts.models import User
from jendela.people.agencies.models import Agency
from jendela.registry.applications.models import Application
from jendela.registry.campaigns.actions.rounds import make_round
from jendela.registry.campaigns.actions.sending import send_round
from jendela.registry.campaigns.choices import STATEMENT
from jendela.registry.campaigns.models import PersonalLink, QuestionSet, Round
from jendela.registry.campaigns.targets import Filters

if TYPE_CHECKING:
    from django.db.models import QuerySet

DOMAIN = "contoh.id"
ROUND_AT = "dishub"
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
    Example("kepala.dishub", "Murniati Lambung", "agency_head", "dishub"),  # of the dead e-parking
    Example("operator.dishub", "Arbain Suling", "agency_operator", "dishub"),
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
def make_example_round() -> None:
    """One round of questions, marked as an example on every page, so that the operator's five minutes and the board can
    be tried at once. Only where nothing was asked yet."""
    agency = Agency.objects.filter(slug=ROUND_AT).first()
    questions = QuestionSet.objects.filter(key="putaran-pertama").first()
    if agency is None or questions is None or Round.objects.exists():
        return
    if not Application.objects.filter(owner=agency).exists():
        return  # nothing to ask about
    due_on = add_working_days(today(), 15)
    row = make_round(
        title="Contoh pemutakhiran daftar aplikasi", question_set=questions, filters=Filters(agencies=(agency.pk,)),
        role="agency_operator", due_on=due_on, approval_due_on=add_working_days(due_on, 5), attest_months=6,
        statement=str(STATEMENT), by=BY, simulated=True,
    )  # fmt: skip
    send_round(round_=row, by=BY, many=True)


def personal_links() -> list[tuple[str, str]]:
    """(name of the holder, token) of links of example rounds that nobody has opened yet."""
    rows = PersonalLink.objects.filter(
        bundle__round__simulated=True, revoked_at=None, expires_at__gt=timezone.now(), devices=None
    )
    return [(row.bundle.name, row.token) for row in rows.select_related("bundle").order_by("pk")]


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
            held = Membership.objects.filter(user=user).select_related("agency").first()
            if held is not None and held.agency is not None:
                label = f"{label}, {held.agency.short_name}"
            found.append((label, user.name, make_sign_in_link(user=user, by=BY, minutes=HOURS * 60)))
    return found
