"""Short answers of many services at once: free or not, how long, where, how many papers, and what is not known."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from django.utils.formats import number_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jendela.services.catalogue.choices import FeeKind, Gap, RequirementKind, StandardState
from jendela.services.catalogue.models import Fee, ProcessingTime, Requirement, Standard, Way

PUBLIC_STATES = (StandardState.INTERIM, StandardState.IN_FORCE)
MOST_PLACES = 2
REQUIREMENT_FIELDS = (
    "standard_id", "text", "kind", "copy", "copies", "only_if", "usually_owned", "obtained_by_id",
)  # fmt: skip
LONGEST_FEE = 60  # characters of a tariff in words; a longer one is read on the page of the service


@dataclass
class Short:
    """What the page of a service answers in a few words; an empty answer is not known."""

    decreed: bool = False
    fee: str = ""
    free: bool = False
    time: str = ""
    place: str = ""
    papers: str = ""
    requirements: list[Requirement] = field(default_factory=list)

    @property
    def facts(self) -> list[tuple[str, str]]:
        """The answers that are known, each with its icon."""
        answers = (
            ("coin", self.fee),
            ("clock", self.time),
            ("map-pin", self.place),
            ("file-text", self.papers),
        )
        return [answer for answer in answers if answer[1]]

    @property
    def missing(self) -> str:
        """Names of the answers that are not known, as a list in words."""
        answers = (
            (self.papers, Gap.REQUIREMENTS),
            (self.place, Gap.PLACE),
            (self.time, Gap.TIME),
            (self.fee, Gap.FEE),
        )
        return in_words([str(gap.label) for answer, gap in answers if not answer])


def in_words(parts: Sequence[str]) -> str:
    """'a, b dan c' in the language of the page."""
    return get_text_list(list(parts), _("dan"))


def short_answers(services: Collection[int], *, givers: bool = False) -> dict[int, Short]:
    """Short answers by service; four queries, however many services. `givers` adds to each requirement the service
    that gives it."""
    found = {service: Short() for service in services}
    public = {"standard__service__in": services, "standard__state__in": PUBLIC_STATES}
    standards = Standard.objects.filter(service__in=services, state__in=PUBLIC_STATES)
    by_standard: dict[int, Short] = {}
    for standard in standards.select_related("processing_time").order_by():
        short = by_standard[standard.pk] = found[standard.service_id]
        short.decreed = standard.state == StandardState.IN_FORCE
        time = getattr(standard, "processing_time", None)
        short.time = time_words(time) if time else ""
    requirements = Requirement.objects.filter(**public).order_by("standard_id", "position")
    if givers:
        names = ("obtained_by__slug", "obtained_by__name", "obtained_by__name_en")
        requirements = requirements.select_related("obtained_by").only(*REQUIREMENT_FIELDS, *names)
    else:
        requirements = requirements.only("standard_id", "kind")
    for requirement in requirements:
        by_standard[requirement.standard_id].requirements.append(requirement)
    fees: dict[int, list[Fee]] = {}
    for fee in Fee.objects.filter(**public).order_by("standard_id", "position"):
        fees.setdefault(fee.standard_id, []).append(fee)
    for key, short in by_standard.items():
        short.papers = _papers(short.requirements)
        lines = fees.get(key, [])
        short.fee = fee_words(lines)
        short.free = bool(lines) and all(fee.kind == FeeKind.FREE for fee in lines)
    ways: dict[int, list[Way]] = {}
    rows = Way.objects.filter(service__in=services).select_related("office", "application")
    for way in rows.only("service_id", "position", "text", "office__name", "application__state"):
        ways.setdefault(way.service_id, []).append(way)
    for service, options in ways.items():
        found[service].place = place_words(options)
    return found


def time_words(time: ProcessingTime) -> str:
    """'1 sampai 3 hari kerja', with its condition or the region whose practice it is."""
    unit = time.get_unit_display()
    if time.shortest == time.longest:
        words = _("%(number)s %(unit)s") % {"number": time.longest, "unit": unit}
    else:
        words = _("%(least)s sampai %(most)s %(unit)s") % {
            "least": time.shortest,
            "most": time.longest,
            "unit": unit,
        }
    if time.elsewhere:
        return _("%(time)s (contoh dari %(region)s)") % {"time": words, "region": time.elsewhere}
    extra = "; ".join(part for part in (time.covers, time.only_if) if part)
    return f"{words} ({extra})" if extra else words


def fee_words(fees: Sequence[Fee]) -> str:
    """'Gratis', one amount, or that there are several."""
    if not fees:
        return ""
    if len(fees) == 1:
        return _one_fee(fees[0])
    kinds = {fee.kind for fee in fees}
    if kinds == {FeeKind.FREE}:
        return _("Gratis")
    if FeeKind.FREE in kinds:
        return _("Ada yang gratis, ada yang berbayar")
    return ngettext("%(number)s tarif", "%(number)s tarif", len(fees)) % {"number": len(fees)}


def _one_fee(fee: Fee) -> str:
    if fee.kind == FeeKind.FREE:
        return f"{_('Gratis')} ({fee.note})" if fee.note else _("Gratis")
    if fee.kind == FeeKind.AMOUNT and fee.amount is not None:
        words = "Rp " + number_format(fee.amount, decimal_pos=0, use_l10n=True, force_grouping=True)
        return _("sekitar %(amount)s") % {"amount": words} if fee.about else words
    if fee.kind == FeeKind.PERCENT and fee.percent is not None:
        return _("%(percent)s persen") % {"percent": number_format(fee.percent.normalize(), use_l10n=True)}
    return fee.label if fee.label and len(fee.label) <= LONGEST_FEE else _("Ada penjelasan biaya")


def place_words(ways: Sequence[Way]) -> str:
    """The first places or ways; an application only when a source says that it is in use."""
    names: list[str] = []
    for way in ways:
        if way.application is not None and not way.application.works:
            continue
        name = way.office.name if way.office else way.text
        if name not in names:
            names.append(name)
    if len(names) > MOST_PLACES:
        left = len(names) - MOST_PLACES
        more = ngettext("%(number)s cara lain", "%(number)s cara lain", left) % {"number": left}
        names = [*names[:MOST_PLACES], more]
    return in_words(names)


def _papers(requirements: Sequence[Requirement]) -> str:
    number = sum(one.kind == RequirementKind.DOCUMENT for one in requirements)
    if number:
        return ngettext("%(number)s berkas", "%(number)s berkas", number) % {"number": number}
    if requirements:
        number = len(requirements)
        return ngettext("%(number)s syarat", "%(number)s syarat", number) % {"number": number}
    return ""
