"""The seal of an agency: what may not be unknown, what is, and where it is put right."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from jendela.common.dates import today
from jendela.people.agencies.models import Agency
from jendela.registry.applications.choices import STANDING_USES, RecordState
from jendela.registry.applications.fields import BY_NAME, MANDATORY
from jendela.registry.applications.models import Application, ApplicationUse
from jendela.registry.campaigns.choices import BundleState, ItemState, RoundState
from jendela.registry.campaigns.models import Attestation, Bundle, Exemption

USES = "uses"


@dataclass
class Gap:
    """A mandatory fact of an application that nobody knows."""

    application: Application
    field: str
    label: str
    exemption: Exemption | None = None

    @property
    def fix(self) -> str:
        """The page where the owner says it."""
        return f"/kelola/aplikasi/{self.application.slug}/"


@dataclass
class Checks:
    agency: Agency
    applications: list[Application]
    gaps: list[Gap] = field(default_factory=list)
    unanswered: list[Bundle] = field(default_factory=list)  # of rounds that run

    @property
    def open(self) -> list[Gap]:
        return [one for one in self.gaps if one.exemption is None]

    @property
    def exempted(self) -> list[Gap]:
        return [one for one in self.gaps if one.exemption is not None]

    @property
    def by_application(self) -> list[tuple[Application, list[Gap]]]:
        found: dict[int, tuple[Application, list[Gap]]] = {}
        for one in self.open:
            found.setdefault(one.application.pk, (one.application, []))[1].append(one)
        return list(found.values())


def checks(agency: Agency) -> Checks:
    """Mandatory facts of the agency's registered applications (fields.MANDATORY, and who uses each): four queries."""
    applications = list(
        Application.objects.filter(owner=agency, record_state=RecordState.REGISTERED).order_by("name")
    )
    keys = [one.pk for one in applications]
    used = set(
        ApplicationUse.objects.filter(application__in=keys, state__in=STANDING_USES).values_list(
            "application_id", flat=True
        )
    )
    exemptions = {
        (one.application_id, one.field): one
        for one in Exemption.objects.filter(application__in=keys, ended_at__isnull=True, until__gte=today())
    }
    found = Checks(agency, applications)
    for one in applications:
        for name in unknown_of(one, has_uses=one.pk in used):
            label = str(BY_NAME[name].label) if name in BY_NAME else _("Dipakai instansi mana")
            found.gaps.append(Gap(one, name, label, exemptions.get((one.pk, name))))
    rows = Bundle.objects.filter(agency=agency, round__state=RoundState.OPEN).select_related("round")
    found.unanswered = list(
        rows.exclude(state__in=[BundleState.SUBMITTED, BundleState.APPROVED, BundleState.WITHDRAWN])
    )
    return found


def unknown_of(application: Application, *, has_uses: bool) -> list[str]:
    """Names of the mandatory facts that nobody knows. Who uses a dead application is not asked."""
    found = [name for name in MANDATORY if not BY_NAME[name].is_known(getattr(application, name))]
    if not (has_uses or application.other_users) and application.state != "mati":
        found.append(USES)
    return found


def standing(agency_id: int) -> Attestation | None:
    return Attestation.objects.filter(agency_id=agency_id, broken_at__isnull=True).first()


def history(agency_id: int) -> Sequence[Attestation]:
    rows = Attestation.objects.filter(agency_id=agency_id).select_related("round", "agency")
    return list(rows.order_by("-pk")[:20])


def by_code(agency_id: int, code: str) -> Attestation | None:
    rows = Attestation.objects.filter(agency_id=agency_id, code=code).select_related("round", "agency")
    return rows.first()


def newer_applications(row: Attestation) -> int:
    """Applications that came to the list after the attestation, which does not cover them."""
    rows = Application.objects.filter(owner=row.agency_id, record_state=RecordState.REGISTERED)
    return rows.exclude(pk__in=row.keys).count()


def waiting_items(bundle: Bundle) -> Any:
    return bundle.items.filter(state=ItemState.SUBMITTED)
