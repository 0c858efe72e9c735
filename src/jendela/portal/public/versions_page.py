"""Pages of versions: the history of a service's standard, one version as a sheet to print, an agency's charter."""

import datetime
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from jendela.people.agencies.models import Agency
from jendela.portal.public.words import agency_in_full, day, link, own, plain
from jendela.services.catalogue.choices import ComponentGroup, StandardState
from jendela.services.catalogue.models import Publication, Service, ServiceCharter, Standard
from jendela.services.catalogue.reads.parts import BY_KEY, OTHER_PARTS
from jendela.services.catalogue.reads.standards import charter_of
from jendela.services.catalogue.reads.versions import Document, Line, Step, history, other_publications

NATIONAL_CATALOGUE = "sippn.menpan.go.id"


@dataclass
class Version:
    """A version in the list."""

    number: str
    badge: str
    decreed: bool
    now: bool
    title: str
    span: str
    facts: list[str]
    url: str
    sheet_url: str
    changes: list[dict[str, Any]] = field(default_factory=list)
    first: bool = False


def history_context(service: Service, before: int | None = None) -> dict[str, Any]:
    steps, following = history(service, before=before)
    name = plain(service.name, service.name_en)
    return {
        "service": service,
        "name": name,
        "heading": own(service.name, service.name_en),
        "owner": agency_in_full(service.owner),
        "versions": [
            _version(service, step, first=following is None and step is steps[-1]) for step in steps
        ],
        "older_url": f"{link(f'/layanan/{service.slug}/versi/')}?sebelum={following}" if following else "",
        "paged": before is not None,
        "others": [_other(row) for row in other_publications(service)] if before is None else [],
        "page_url": link(f"/layanan/{service.slug}/"),
        "versions_url": link(f"/layanan/{service.slug}/versi/"),
        "crumbs": [{"label": name, "url": link(f"/layanan/{service.slug}/")}],
    }


def _version(service: Service, step: Step, *, first: bool) -> Version:
    standard = step.standard
    now = standard.state in (StandardState.INTERIM, StandardState.IN_FORCE)
    decreed = bool(standard.decree_number)
    page = link(f"/layanan/{service.slug}/")
    return Version(
        number=str(standard.version),
        badge=str(StandardState(standard.state).label),
        decreed=decreed,
        now=now,
        title=standard.decree_number if decreed else _stated(standard),
        span=_span(standard),
        facts=_facts(standard, step.known),
        url=page if now else _dated(page, standard),
        sheet_url=f"{page}standar/?versi={standard.version}",
        changes=[
            {
                "label": own(change.label, change.label_en),
                "before": [own(text) for text in change.before],
                "after": [own(text) for text in change.after],
            }
            for change in step.changes
        ],
        first=first,
    )


def _stated(standard: Standard) -> str:
    if standard.stated_by:
        return _("Diperbarui %(agency)s") % {"agency": standard.stated_by}
    return _("Dihimpun dari sumber publik")


def _span(standard: Standard) -> str:
    """When a version was public, in words."""
    begin, end = standard.valid_from, standard.valid_to
    values = {"begin": day(begin), "end": day(end)}
    if standard.state == StandardState.WITHDRAWN:
        return _("Terbit %(begin)s, lalu dicabut karena keliru.") % {"begin": day(standard.published_at)}
    if standard.state == StandardState.DECREED:
        return _("Berlaku mulai %(begin)s.") % values
    if begin and end == begin:
        return _("Hanya sebagian hari %(begin)s.") % values
    if end is None:
        return _("Sejak %(begin)s sampai sekarang.") % values if begin else _("Sejak awal sampai sekarang.")
    if begin is None:
        return _("Sejak awal sampai %(end)s.") % values
    return _("Sejak %(begin)s sampai %(end)s.") % values


def _facts(standard: Standard, known: int) -> list[str]:
    facts = [_("%(known)s dari 14 komponen terisi.") % {"known": known}]
    if standard.decree_number:
        facts.append(
            _("SK ditandatangani %(signer)s, %(date)s.")
            % {"signer": standard.signed_by, "date": day(standard.decree_date)}
        )
    recorded = timezone.localdate(standard.published_at) if standard.published_at else None
    if recorded and standard.valid_from and recorded > standard.valid_from:
        facts.append(_("Dicatat di Jendela %(date)s.") % {"date": day(recorded)})
    if standard.consulted_on:
        facts.append(_("Dibahas bersama masyarakat %(date)s.") % {"date": day(standard.consulted_on)})
    return facts


def _dated(page: str, standard: Standard) -> str:
    """The page as it was on the last day of the version, where there was a whole day of it."""
    if standard.state == StandardState.DECREED and standard.valid_from:
        return f"{page}?pada={standard.valid_from.isoformat()}"
    if standard.valid_to is None or standard.state == StandardState.WITHDRAWN:
        return ""
    last = standard.valid_to - datetime.timedelta(days=1)
    if standard.valid_from and last < standard.valid_from:
        return ""
    return f"{page}?pada={last.isoformat()}"


def _other(row: Publication) -> dict[str, str]:
    parts = [str(BY_KEY[part].label).lower() for part in row.changes if part in OTHER_PARTS]
    return {"date": day(row.applied_at), "agency": row.stated_by, "parts": ", ".join(parts)}


def sheet_context(document: Document, owner_has_charter: ServiceCharter | None) -> dict[str, Any]:
    """One version as the law orders it: names of the components, SK, considerations, signature."""
    service, standard = document.service, document.standard
    decreed = standard is not None and bool(standard.decree_number)
    page = link(f"/layanan/{service.slug}/")
    name = plain(service.name, service.name_en)
    return {
        "service": service,
        "name": name,
        "heading": own(service.name, service.name_en),
        "owner": agency_in_full(service.owner),
        "standard": standard,
        "state": str(StandardState(standard.state).label) if standard else _("Belum ada keterangan"),
        "decreed": decreed,
        "in_force": standard is not None and standard.state == StandardState.IN_FORCE,
        "superseded": standard is not None and standard.state == StandardState.SUPERSEDED,
        "withdrawn": standard is not None and standard.state == StandardState.WITHDRAWN,
        "waiting": standard is not None and standard.state == StandardState.DECREED,
        "stated": _stated(standard) if standard else "",
        "decreed_as": _("Ditetapkan saat instansinya %(agency)s") % {"agency": standard.stated_by}
        if standard and decreed and standard.stated_by not in ("", service.owner.name)
        else "",  # agencies were merged since
        "decree_date": day(standard.decree_date) if standard else "",
        "valid_from": day(standard.valid_from) if standard else "",
        "valid_to": day(standard.valid_to) if standard else "",
        "review_due": day(standard.review_due) if standard else "",
        "consulted_on": day(standard.consulted_on) if standard else "",
        "delivery": [
            _line(number, line) for number, line in enumerate(document.of_group(ComponentGroup.DELIVERY), 1)
        ],
        "management": [
            _line(number, line) for number, line in enumerate(document.of_group(ComponentGroup.MANAGEMENT), 7)
        ],
        "known": str(document.known),
        "total": str(len(document.lines)),
        "considering": considering(document) if decreed else [],
        "charter_url": link(f"/instansi/{service.owner.slug}/maklumat/") if owner_has_charter else "",
        "page_url": page,
        "versions_url": f"{page}versi/",
        "crumbs": [{"label": name, "url": page}],
    }


def _line(number: int, line: Line) -> dict[str, Any]:
    return {
        "number": str(number),
        "name": own(line.type.name, line.type.name_en),
        "lines": [own(item) for item in line.items],
        "numbered": line.numbered and len(line.items) > 1,
    }


def considering(document: Document) -> list[str]:
    """*Mengingat*: the laws that name the components, then those of the service's own legal basis."""
    laws = [part.strip() for line in document.lines for part in line.type.citation.split(";")]
    basis = next((line.items for line in document.lines if line.type.code == "B7"), [])
    own_basis = [part.strip() for item in basis for part in item.split(";")]
    return list(dict.fromkeys(text for text in (*laws, *own_basis) if text))


def charter_context(agency: Agency) -> dict[str, Any]:
    charter = charter_of(agency)
    name = plain(agency.name, agency.name_en)
    return {
        "agency": agency,
        "name": name,
        "full": agency_in_full(agency),
        "charter": charter,
        "successors": [
            {
                "name": own(row.successor.name, row.successor.name_en),
                "url": link(f"/instansi/{row.successor.slug}/"),
            }
            for row in agency.followed_by.all()
        ],
        "paragraphs": charter.text.splitlines() if charter else [],
        "signed_on": day(charter.signed_on) if charter else "",
        "page_url": link(f"/instansi/{agency.slug}/"),
        "crumbs": [{"label": name, "url": link(f"/instansi/{agency.slug}/")}],
    }
