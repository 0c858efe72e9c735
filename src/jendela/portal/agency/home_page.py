"""What the home of an agency shows, made from its reads: the day, the ledger of what is missing, the week."""

from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jendela.common.dates import today
from jendela.insight.recommendations import reads as recommendations
from jendela.people.access.choices import Module, Permission
from jendela.people.access.policy import has_permission, is_open
from jendela.people.agencies.models import Agency
from jendela.people.agencies.reads import successor_of
from jendela.portal.agency import gaps, reads
from jendela.portal.agency.period import DAYS, this_week
from jendela.ui.templatetags.ui import path

MANY = 6  # services that still stand open on the page
FIRST = 7  # of what is missing; the rest is folded away
NAMED = 12  # services named below one missing thing


@dataclass(frozen=True)
class Entry:
    """A line of the ledger."""

    number: str  # how often met; '' where nobody has
    met: str
    title: str
    answers: str
    services: list[dict[str, str]]
    more: str
    note: str
    url: str
    action: str


@dataclass(frozen=True)
class Rights:
    """What this viewer may do here, asked once."""

    feedback: bool
    contacts: bool
    standards: bool
    members: bool
    insight: bool


def rights(viewer: Any, agency: Agency) -> Rights:
    def may(permission: Permission) -> bool:
        return has_permission(viewer, permission, agency.pk)

    return Rights(
        feedback=may(Permission.READ_FEEDBACK) and is_open(Module.FEEDBACK, viewer),
        contacts=may(Permission.EDIT_CONTACTS),
        standards=may(Permission.WRITE_STANDARDS) and is_open(Module.STANDARDS, viewer),
        members=may(Permission.MANAGE_MEMBERS),
        insight=is_open(Module.FEEDBACK, viewer),
    )


def context(agency: Agency, viewer: Any) -> dict[str, Any]:
    """Everything the template needs, as plain values."""
    may = rights(viewer, agency)
    week = this_week()
    entries = _entries(agency, may) if may.insight else []
    first = entries[0] if entries and entries[0].number else None
    ledger = entries[1:] if first else entries
    rest = len(ledger) - FIRST
    rows, waiting = reads.newest_feedback(agency) if may.feedback else ([], 0)
    services = reads.service_lines(agency)
    successor = successor_of(agency)
    return {
        "agency": agency,
        "may": may,
        "day": date_format(today(), "l, j F Y"),
        "successor": successor,
        "empty": successor is not None and not services,  # all has moved: nothing to do here any more
        "first": first,
        "missing": bool(entries),
        "entries": ledger[:FIRST],
        "rest": ledger[FIRST:],
        "rest_words": ngettext("%(number)s hal lain", "%(number)s hal lain", rest) % {"number": rest},
        "days": str(DAYS),
        "week": [_week_line(line) for line in reads.week_lines(agency, week)],
        "week_words": _("%(first)s sampai %(last)s, dihitung sampai sekarang")
        % {"first": date_format(week.first, "j F"), "last": date_format(week.last, "j F Y")},
        "feedback": rows,
        "waiting": str(waiting),
        "waiting_number": waiting,
        "feedback_url": f"{path('/kelola/kabar/')}?instansi={agency.slug}",
        "services": [_service(line, may) for line in services],
        "complete": str(sum(line.filled == reads.COMPONENTS for line in services)),
        "total": str(len(services)),
        "many": len(services) > MANY,
        "applications": reads.applications_of(agency),
        "offices": reads.offices_of(agency),
        "colleagues": reads.colleagues(agency),
        "advice": _advice(agency, viewer),
        "home": path(f"/kelola/instansi/{agency.slug}/"),
        "public": path(f"/instansi/{agency.slug}/"),
    }


def _advice(agency: Agency, viewer: Any) -> str:
    """That recommendations wait for the head, in words; '' where none wait or the viewer may not read them."""
    if not (has_permission(viewer, Permission.READ_ADVICE, agency.pk) and is_open(Module.ADVICE, viewer)):
        return ""
    number = recommendations.waiting_at(agency.pk)
    if not number:
        return ""
    if has_permission(viewer, Permission.ANSWER_ADVICE, agency.pk):
        words = ngettext(
            "%(number)s rekomendasi menunggu jawaban Anda.",
            "%(number)s rekomendasi menunggu jawaban Anda.",
            number,
        )
    else:
        words = ngettext(
            "%(number)s rekomendasi menunggu jawaban kepala instansi.",
            "%(number)s rekomendasi menunggu jawaban kepala instansi.",
            number,
        )
    return words % {"number": number}


def _entries(agency: Agency, may: Rights) -> list[Entry]:
    return [_entry(thing, may) for thing in gaps.things(agency, gaps.facts(agency))]


def _entry(thing: gaps.Thing, may: Rights) -> Entry:
    allowed = {"contacts": may.contacts, "standards": may.standards}.get(thing.needs, False)
    number = len(thing.met)
    answers = ngettext(
        "Mengisi ini menjawab %(number)s layanan.", "Mengisi ini menjawab %(number)s layanan.", number
    )
    named = thing.met[:NAMED]
    more = number - len(named)
    return Entry(
        number=figure(thing.count) if thing.count else "",
        met=_("kali ditemui") if thing.count else _("belum ditemui pembaca"),
        title=thing.title,
        answers=answers % {"number": number} if thing.url and number > 1 else "",
        services=[{"name": one.service.name, "url": path(f"/layanan/{one.service.slug}/")} for one in named],
        more=ngettext("dan %(number)s lagi", "dan %(number)s lagi", more) % {"number": more} if more else "",
        note=thing.note,
        url=thing.url if allowed else "",
        action=thing.action,
    )


def figure(number: int) -> str:
    """A number as people write it: 1.094."""
    return number_format(number, use_l10n=True, force_grouping=True)


def _week_line(line: reads.Line) -> dict[str, str]:
    return {
        "label": line.label,
        "now": figure(line.now) if line.now else _("belum ada"),
        "before": figure(line.before) if line.before else _("tidak ada"),
    }


def _service(line: reads.ServiceLine, may: Rights) -> dict[str, Any]:
    words = _("%(filled)s dari 14 komponen terisi") % {"filled": line.filled}
    if not line.filled:
        words = _("belum ada komponen terisi")
    return {
        "name": line.name,
        "url": path(f"/kelola/standar/{line.slug}/" if may.standards else f"/layanan/{line.slug}/"),
        "filled": str(line.filled),
        "words": words,
        "state": line.state,
        "decreed": line.decreed,
        "drafted": line.drafted and may.standards,
    }
