"""The record of one application as its page needs it: head, what comes next, fields with sources, parts, history."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jendela.common.money import full, short
from jendela.people.access.choices import Permission
from jendela.people.access.policy import has_permission
from jendela.portal.register.panels import panels
from jendela.registry.applications import reads
from jendela.registry.applications.choices import (
    ApprovalStep,
    PersonRole,
    RecordState,
    UseState,
    Visibility,
)
from jendela.registry.applications.fields import MANDATORY
from jendela.registry.applications.models import Application, ApplicationUse, Cost, ValueSource, Version
from jendela.registry.applications.paths import GROUP_WORDS, PART_WORDS, edit_path, record_path
from jendela.registry.applications.policy import (
    may_decide,
    may_edit,
    may_manage,
    may_open_contact,
    may_write_use,
    visible_to,
)
from jendela.registry.applications.specifications import SPECIFICATIONS
from jendela.registry.applications.words import origin_words
from jendela.services.catalogue.models import Service
from jendela.ui.templatetags.ui import path


@dataclass(frozen=True)
class Next:
    """The one thing to do first."""

    text: str
    url: str
    action: str


def context(application: Application, viewer: Any) -> dict[str, Any]:
    """Everything the page shows; the number of queries does not grow with what an application has."""
    visible = visible_to(viewer, application)
    extras = reads.extra_fields()
    sources = reads.sources_of(application)
    groups = reads.shown_groups(application, sources, extras, visible)
    parts = reads.parts_of(application)
    said = reads.said_of_parts(application)
    acts, more = reads.history(application, visible=visible, extras=reads.extra_fields(retired=True))
    editable = may_edit(viewer, application)
    return {
        "application": application,
        "base": path(record_path(application.slug)),
        "may_edit": editable,
        "may_decide": may_decide(viewer, application),
        "may_open_contact": may_open_contact(viewer, application),
        "next": _next(application, groups, parts) if editable else None,
        "groups": [_group(one, application, editable) for one in groups],
        "people": [_person(one, said) for one in parts.people],
        "past_people": [_person(one, said) for one in parts.past_people],
        "uses": [_use(one, viewer, said) for one in parts.uses],
        "functions": parts.functions,
        "suggested": parts.suggested,
        "versions": [_version(one, visible, said) for one in parts.versions],
        "costs": [_year(one, said) for one in parts.costs],
        "approvals": [_approval(one, application) for one in parts.approvals],
        "legal_bases": [_row("legal_bases", one, said) for one in parts.legal_bases],
        "interfaces": [_row("interfaces", one, said) for one in parts.interfaces],
        "part_words": PART_WORDS,
        "services": services_of(application),
        "panels": panels(application, viewer),
        "acts": acts_in_words(acts, viewer, manages=may_manage(viewer), editable=editable),
        "older": more,
        "public": reads.is_public(application),
        "merged": application.merged_into,
        "concept": application.record_state == RecordState.CONCEPT,
        "refused": application.record_state == RecordState.REFUSED,
        "attested": date_format(timezone.localdate(application.attested_at), "j F Y")
        if application.attested_at
        else "",
        "may_download": has_permission(viewer, Permission.EXPORT_DATA),
    }


def _next(application: Application, groups: list[reads.ShownGroup], parts: reads.Parts) -> Next | None:
    """The first thing that is missing: what one must know to attest, then the function by code, cost, people."""
    by_name = {one.field.name: one for group in groups for one in group.values}
    for name in MANDATORY:
        one = by_name.get(name)
        if one is not None and not one.words:
            text = _("Belum kami ketahui: %(what)s.") % {"what": str(one.field.label).lower()}
            return Next(text, path(edit_path(application.slug, name)), _("Isi sekarang"))
    base = path(record_path(application.slug))
    if not parts.people:
        text = _("Belum kami ketahui: siapa penanggung jawabnya.")
        return Next(text, f"{base}bagian/{PART_WORDS['people']}/", _("Isi sekarang"))
    if not parts.functions:
        return Next(_("Fungsinya belum dipilih dari daftar fungsi."), f"{base}fungsi/", _("Pilih fungsi"))
    if not parts.costs:
        text = _("Belum ada data biaya.")
        return Next(text, f"{base}bagian/{PART_WORDS['costs']}/", _("Isi biaya"))
    return None


def _group(one: reads.ShownGroup, application: Application, editable: bool) -> dict[str, Any]:
    """A group with what is known, and beside it what is not."""
    values = [_value(value, application, editable) for value in one.values]
    return {
        "group": one,
        "word": GROUP_WORDS[one.key],
        "known": [value for value in values if value["words"]],
        "unknown": [value for value in values if not value["words"]],
    }


def _value(one: reads.Shown, application: Application, editable: bool) -> dict[str, Any]:
    return {
        "shown": one,
        "label": one.field.label,
        "words": one.words,
        "link": one.words if one.field.kind == "url" else "",
        "source": source_words(one.source),
        "hidden": one.field.visibility != "publik",
        "seen_by": one.field.visibility,
        "fill": path(edit_path(application.slug, one.field.name)) if editable else "",
    }


def source_words(source: ValueSource | None) -> dict[str, str] | None:
    """Who said it, when, from where, how far it can be trusted."""
    if source is None:
        return None
    confirmed = ""
    if source.confirmed_at:
        confirmed = _("Dinyatakan masih benar oleh %(who)s, %(day)s.") % {
            "who": source.confirmed_by,
            "day": date_format(timezone.localdate(source.confirmed_at), "j F Y"),
        }
    return origin_words(
        stated_by=source.stated_by,
        stated_at=source.stated_at,
        grade=source.grade,
        source=source.source,
        source_url=source.source_url,
        source_date=source.source_date,
        confirmed=confirmed,
        disputed=source.disputed,
    )


def _row(part: str, row: Any, said: reads.Said) -> dict[str, Any]:
    """A row of a part with who said it last."""
    last = said.get((part, row.pk))
    if last is None:
        return {"row": row, "source": None}
    source = origin_words(
        stated_by=last.stated_by,
        stated_at=last.at,
        grade=last.grade,
        source=last.source,
        source_url=last.source_url,
    )
    return {"row": row, "source": source}


def _person(one: Any, said: reads.Said) -> dict[str, Any]:
    return _row("people", one, said) | {
        "role": str(PersonRole(one.role).label),
        "contact": bool(one.email or one.phone or one.user_id),
    }


def _use(one: ApplicationUse, viewer: Any, said: reads.Said) -> dict[str, Any]:
    return _row("uses", one, said) | {
        "may_change": may_write_use(viewer, one),
        "state": str(UseState(one.state).label),
        "waiting": one.state == UseState.CLAIMED,
        "gone": one.state in (UseState.REJECTED, UseState.ENDED),
    }


def _year(one: reads.YearOfCost, said: reads.Said) -> dict[str, Any]:
    return {"year": str(one.year), "total": short(one.total), "rows": [_cost(row, said) for row in one.rows]}


def _version(one: Version, visible: frozenset[str], said: reads.Said) -> dict[str, Any]:
    known = [each for each in SPECIFICATIONS if each.visibility in visible and getattr(one, each.name)]
    return _row("versions", one, said) | {
        "value": _contract(one, visible),
        "specifications": [
            {
                "label": each.label,
                "words": getattr(one, each.name),
                "of_owner": each.visibility == Visibility.OWNER,
            }
            for each in known
        ],
    }


def _contract(one: Version, visible: frozenset[str]) -> str:
    """What a contract is worth is for the owner and who keeps the register."""
    return full(one.contract_value) if one.contract_value is not None and Visibility.OWNER in visible else ""


def _cost(row: Cost, said: reads.Said) -> dict[str, Any]:
    """A cost has who said it on its own row."""
    found = _row("costs", row, said)
    last = said.get(("costs", row.pk))
    source = origin_words(
        stated_by=row.stated_by,
        stated_at=row.stated_at,
        grade=row.grade,
        source=row.source,
        source_url=last.source_url if last and last.source == row.source else "",
    )
    return found | {"source": source, "kind": str(row.get_kind_display()), "amount": full(row.amount)}


def _approval(one: Any, application: Application) -> dict[str, Any]:
    after = one.positive and one.step in (ApprovalStep.MERGE, ApprovalStep.RETIRE)
    return {"row": one, "step": str(ApprovalStep(one.step).label), "names_replacement": after}


def services_of(application: Application, *, limit: int = 40) -> list[Service]:
    """Services of which a way is this application: one query."""
    return list(Service.objects.filter(ways__application=application).distinct().order_by("name")[:limit])


def acts_in_words(
    acts: list[reads.Act], viewer: Any, *, manages: bool, editable: bool
) -> list[dict[str, Any]]:
    """The history for its page: who, when, what, and whether this viewer may take it back."""
    return [
        {
            "act": one,
            "undo": editable and one.may_undo(viewer, manages=manages),
            "more": ngettext("%(n)s isian", "%(n)s isian", len(one.lines)) % {"n": len(one.lines)},
        }
        for one in acts
    ]
