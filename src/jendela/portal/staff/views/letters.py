"""Words from the public: read by the agency they are for, given to a colleague, answered, opened again. The contact is
covered; opening it is a POST that is written down."""

import re
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from jendela.people.access.actor import actor_of
from jendela.people.access.choices import Audience, Module, Permission
from jendela.people.access.policy import agencies_for, has_permission, is_open
from jendela.people.access.screens import screen
from jendela.portal.staff import reads
from jendela.portal.staff.forms import LONGEST_ANSWER, AnswerForm, ContactForm
from jendela.portal.staff.views.rooms import address, crumbs
from jendela.services.catalogue import actions as catalogue
from jendela.services.catalogue.choices import FeedbackState, FeedbackTopic
from jendela.services.catalogue.contact import link_to_contact, whatsapp_of
from jendela.services.catalogue.models import Feedback
from jendela.services.catalogue.policy import may_read_contact
from jendela.ui.templatetags.ui import path

ALL = "semua"
LIST = "/kelola/kabar/"
_PAGE = re.compile(r"^(?:/en)?/(instansi|aplikasi)/([a-z0-9-]+)/")


@screen(audience=Audience.STAFF, needs=Permission.READ_FEEDBACK, module=Module.FEEDBACK)
@never_cache
def list_feedback(request: HttpRequest) -> HttpResponse:
    filters = _filters(request.GET)
    before = _number(request.GET.get("sebelum", ""))
    page = reads.feedback_page(request.user, filters, before=before)
    context: dict[str, object] = {
        "rows": _letters(request.user, page.rows),
        "answered": _number(request.GET.get("dijawab", "")),
        "assigned": _number(request.GET.get("ditugaskan", "")),
        "next_url": address(LIST, **_kept(filters), sebelum=page.next_key) if page.next_key else "",
        "first_url": address(LIST, **_kept(filters)) if before else "",
    }
    return _page(request, filters, context)


def _filters(values: Any) -> reads.FeedbackFilters:
    """From an address or a form; what is unknown is left out, the state is 'baru' unless named."""
    state = values.get("keadaan", "")
    topic = values.get("tentang", "")
    slug = values.get("instansi", "")
    return reads.FeedbackFilters(
        state="" if state == ALL else state if state in FeedbackState.values else FeedbackState.NEW.value,
        agency=slug if re.fullmatch(r"[a-z0-9-]{1,80}", slug) else "",
        topic=topic if topic in FeedbackTopic.values else "",
        mine=values.get("saya", "") == "1",
    )


def _kept(filters: reads.FeedbackFilters) -> dict[str, str]:
    """The filters as they stand in an address."""
    return {
        "keadaan": filters.state or ALL,
        "instansi": filters.agency,
        "tentang": filters.topic,
        "saya": "1" if filters.mine else "",
    }


def _letters(viewer: Any, rows: Any) -> list[dict[str, Any]]:
    """Each word from the public with those who may take it, and the place where its page is mended."""
    agencies = {row.service.owner_id for row in rows if row.service is not None}
    readers = reads.readers_of(agencies)
    matches = {row.pk: _PAGE.match(row.page) for row in rows}
    slugs = {match.group(2) for match in matches.values() if match and match.group(1) == "aplikasi"}
    owners = reads.owners_of_applications(slugs)
    return [
        {
            "row": row,
            "colleagues": _may_take(row, readers),
            "may_open": may_read_contact(viewer, row),
            "fix": _fix(viewer, row, matches[row.pk], owners),
        }
        for row in rows
    ]


def _may_take(row: Feedback, readers: dict[int | None, list[Any]]) -> list[Any]:
    """Colleagues of the agency first, then those who look after all."""
    near = readers.get(row.service.owner_id, []) if row.service is not None else []
    return [*near, *(one for one in readers.get(None, []) if one not in near)]


def _fix(viewer: Any, row: Feedback, match: re.Match[str] | None, owners: dict[str, str]) -> str:
    """Where the page is put right, as far as this viewer may."""
    if row.service is not None:
        may = has_permission(viewer, Permission.WRITE_STANDARDS, row.service.owner_id)
        return (
            path(f"/kelola/standar/{row.service.slug}/") if may and is_open(Module.STANDARDS, viewer) else ""
        )
    if match is None or agencies_for(viewer, Permission.EDIT_CONTACTS) is not None:
        return ""
    if match.group(1) == "instansi":
        return path(f"/kelola/instansi/{match.group(2)}/")
    owner = owners.get(match.group(2))
    return path(f"/kelola/instansi/{owner}/aplikasi/{match.group(2)}/") if owner else ""


def _page(
    request: HttpRequest, filters: reads.FeedbackFilters, context: dict[str, object], status: int = 200
) -> HttpResponse:
    labels = {FeedbackState.NEW.value: _("Baru"), FeedbackState.DONE.value: _("Selesai"), ALL: _("Semua")}
    kept = _kept(filters)
    states = [
        {
            "label": label,
            "url": address(LIST, **(kept | {"keadaan": value})),
            "chosen": value == kept["keadaan"],
        }
        for value, label in labels.items()
    ]
    context |= {
        "filters": filters,
        "kept": {name: value for name, value in kept.items() if value},
        "states": states,
        "agencies": reads.feedback_agencies(request.user),
        "topics": FeedbackTopic.choices,
        "own": path(LIST),
        "asked": urlencode({name: value for name, value in kept.items() if value}),
        "narrowed": bool(filters.agency or filters.topic or filters.mine),
        "longest": str(LONGEST_ANSWER),
        "crumbs": crumbs(),
    }
    return render(request, "portal/staff/pages/list_feedback.html", context, status=status)


@screen(audience=Audience.STAFF, needs=Permission.READ_FEEDBACK, module=Module.FEEDBACK)
@never_cache
def answer_feedback(request: HttpRequest, number: int) -> HttpResponse:
    """Mark as done with a short answer, or take that back. What was typed is kept when it is too long."""
    row = _mine_to_read(request, number)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    filters = _filters(request.POST)
    form = AnswerForm(request.POST)
    if "state" in form.errors:
        raise Http404
    if not form.is_valid():
        typed = request.POST.get("answer", "")[: 4 * LONGEST_ANSWER]
        context: dict[str, object] = {"rows": _letters(request.user, [row]), "typed": typed, "wrong": True}
        return _page(request, filters, context, status=400)
    state = FeedbackState(form.cleaned_data["state"])
    answer = form.cleaned_data["answer"]
    if not catalogue.answer_feedback(number=number, state=state, answer=answer, by=actor_of(request)):
        raise Http404
    done = str(number) if state == FeedbackState.DONE else ""
    return redirect(address(LIST, **_kept(filters), dijawab=done))


@screen(audience=Audience.STAFF, needs=Permission.READ_FEEDBACK, module=Module.FEEDBACK)
@never_cache
def assign_feedback(request: HttpRequest, number: int) -> HttpResponse:
    """Give it to a colleague who may read it, or to nobody again."""
    row = _mine_to_read(request, number)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    asked = request.POST.get("kepada", "")
    colleagues = {str(one.pk): one for one in _letters(request.user, [row])[0]["colleagues"]}
    if asked and asked not in colleagues:
        raise Http404
    catalogue.assign_feedback(number=number, to=colleagues.get(asked), by=actor_of(request))
    kept = _kept(_filters(request.POST))
    return redirect(f"{address(LIST, **kept, ditugaskan=str(number))}#kabar-{number}")


@screen(audience=Audience.STAFF, needs=Permission.READ_PERSONAL, module=Module.FEEDBACK)
@never_cache
def read_contact(request: HttpRequest, number: int) -> HttpResponse:
    """The whole contact, once and with a reason: the address shows nothing, a reload asks again."""
    row = _mine_to_read(request, number)
    if not row.contact or not may_read_contact(request.user, row):
        raise Http404
    form = ContactForm(request.POST if request.method == "POST" else None)
    contact = ""
    if form.is_valid():
        contact = catalogue.read_contact(number=number, reason=form.reason, by=actor_of(request))
        if not contact:
            raise Http404
    filters = _filters(request.GET)
    if filters.state:
        filters = replace(filters, state=row.state)  # so that the list it leads back to has this one
    context = {
        "row": row,
        "form": form,
        "contact": contact,
        "link": link_to_contact(contact),
        "whatsapp": whatsapp_of(contact),
        "back": f"{address(LIST, **_kept(filters))}#kabar-{number}",
        "crumbs": [*crumbs(), {"label": _("Kabar dari warga"), "url": path(LIST)}],
    }
    return render(request, "portal/staff/pages/read_contact.html", context)


def _mine_to_read(request: HttpRequest, number: int) -> Feedback:
    row = reads.feedback(request.user, number) if number < 2**63 else None
    if row is None:
        raise Http404
    return row


def _number(text: str) -> int | None:
    """A number from an address; None for anything that cannot be one."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else None
