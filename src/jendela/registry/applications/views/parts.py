"""Parts of one application: rows added, changed, taken out; functions chosen; approvals recorded; a contact opened."""

import uuid
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from jendela.people.access.actor import actor_of
from jendela.people.access.paths import address
from jendela.people.access.personal import note_reading
from jendela.people.access.policy import own_agencies
from jendela.registry.applications import actions, reads
from jendela.registry.applications.choices import UseState
from jendela.registry.applications.forms.approvals import ApprovalForm
from jendela.registry.applications.forms.parts import FORMS, ReasonForm
from jendela.registry.applications.models import BUSINESS, Application, ApplicationPerson
from jendela.registry.applications.parts import BY_KEY, Part
from jendela.registry.applications.paths import PART_WORDS, PARTS, record_path
from jendela.registry.applications.policy import may_decide, may_open_contact, may_write_use
from jendela.registry.applications.views.common import (
    back,
    editable,
    edits,
    form_page,
    posted,
    speaks,
    way_back,
)
from jendela.ui.templatetags.ui import path

MOST_KEY = 2**63


def _part(word: str) -> Part:
    key = PARTS.get(word)
    if key is None:
        raise Http404
    return BY_KEY[key]


def _row(part: Part, application: Application, key: int) -> Any:
    rows = part.model._default_manager.filter(application=application)
    row = rows.filter(pk=key).first() if key < MOST_KEY else None
    if row is None:
        raise Http404
    return row


@edits
@never_cache
def add_part(request: HttpRequest, slug: str, part: str) -> HttpResponse:
    """One more person, use, version, cost, legal basis or interface."""
    return _form(request, editable(request, slug), _part(part), None)


@edits
@never_cache
def change_part(request: HttpRequest, slug: str, part: str, key: int) -> HttpResponse:
    application, spec = editable(request, slug), _part(part)
    return _form(request, application, spec, _row(spec, application, key))


def _form(request: HttpRequest, application: Application, part: Part, row: Any) -> HttpResponse:
    form = FORMS[part.key](posted(request), row=row)
    if request.method == "POST" and form.is_valid():
        values = form.values()
        if part.key == "uses":
            values = _as_said(request, values)
        batch = uuid.uuid4()
        try:
            actions.put_part(
                application=application,
                part=part.key,
                key=row.pk if row is not None else None,
                values=values,
                by=actor_of(request),
                provenance=form.provenance(speaks(request, application)),
                reason=form.reason,
                batch=batch,
            )
        except actions.PartError as error:
            form.add_error(None, _refused(error))
        else:
            return back(application, "tersimpan", act=batch, at=PART_WORDS[part.key])
    context = {
        "application": application,
        "part": part,
        "row": row,
        "words": part.words(row) if row is not None else "",
        "form": form,
        "may_remove": row is not None and not part.ends and _may_write(request, part, row),
        "base": path(record_path(application.slug)),
        "own": path(f"{record_path(application.slug)}bagian/{PART_WORDS[part.key]}/"),
        "crumbs": way_back(application),
    }
    return form_page(request, "registry/applications/pages/edit_part_row.html", context)


def _refused(error: actions.PartError) -> str:
    if error.reason == "answered":
        return _(
            "Instansi ini sudah menjawab sendiri. Hanya instansi itu dan Diskominfo yang dapat mengubahnya."
        )
    return _("Baris seperti ini sudah ada. Ubah baris yang itu.")


def _may_write(request: HttpRequest, part: Part, row: Any) -> bool:
    return part.key != "uses" or may_write_use(request.user, row)


def _as_said(request: HttpRequest, values: dict[str, Any]) -> dict[str, Any]:
    """An agency's own people confirm its use by saying it; what others say waits for the agency."""
    own = values["agency"].pk in own_agencies(request.user)
    if own and values["state"] == UseState.CLAIMED:
        return values | {"state": UseState.CONFIRMED}
    return values


@edits
@never_cache
def remove_part_row(request: HttpRequest, slug: str, part: str, key: int) -> HttpResponse:
    application, spec = editable(request, slug), _part(part)
    row = _row(spec, application, key)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    batch = uuid.uuid4()
    try:
        actions.remove_part(
            application=application,
            part=spec.key,
            key=row.pk,
            by=actor_of(request),
            provenance=actions.Provenance(speaks(request, application)),
            batch=batch,
        )
    except actions.PartError:
        raise Http404 from None
    return back(application, "dicabut", act=batch, at=PART_WORDS[spec.key])


@edits
@never_cache
def choose_function(request: HttpRequest, slug: str) -> HttpResponse:
    """Functions from the trees: searched, chosen by a person, one of them the main one."""
    application = editable(request, slug)
    own = f"{record_path(application.slug)}fungsi/"
    text = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:80]
    if request.method == "POST":
        done, batch = _choose(request, application)
        return back(application, done, act=batch, at="fungsi")
    chosen = reads.parts_of(application).functions
    taken = {one.node_id for one in chosen}
    context = {
        "application": application,
        "text": text,
        "own": path(own),
        "chosen": chosen,
        "nodes": [one for one in reads.function_nodes(text) if one.pk not in taken],
        "limit": reads.MOST_NODES,
        "again": address(own),
        "base": path(record_path(application.slug)),
        "crumbs": way_back(application),
    }
    return render(request, "registry/applications/pages/choose_function.html", context)


def _choose(request: HttpRequest, application: Application) -> tuple[str, uuid.UUID | str]:
    """What the POST says: a code chosen, made the main one, or taken out."""
    code, act = request.POST.get("kode", ""), request.POST.get("lakukan", "pilih")
    node = reads.function_node(code)
    if node is None:
        raise Http404
    batch = uuid.uuid4()
    common: dict[str, Any] = {
        "application": application,
        "part": "functions",
        "by": actor_of(request),
        "provenance": actions.Provenance(speaks(request, application)),
        "batch": batch,
    }
    if act == "cabut":
        row = application.functions.filter(node=node).first()
        if row is None:
            raise Http404
        actions.remove_part(key=row.pk, **common)
        return "dicabut", batch
    chosen = application.functions.filter(confirmed_at__isnull=False, node__tree=BUSINESS)
    main = node.is_business and (act == "utama" or not chosen.exclude(node=node).exists())
    actions.put_part(values={"node": node, "main": main}, **common)
    return "tersimpan", batch


def _cannot(request: HttpRequest, application: Application, act: str, who: str, instead: str) -> HttpResponse:
    """For somebody who may edit the record but not do this: who may, and what to do instead."""
    context = {
        "application": application,
        "act": act,
        "who": who,
        "instead": instead,
        "base": path(record_path(application.slug)),
        "crumbs": way_back(application),
    }
    return render(request, "registry/applications/pages/cannot.html", context, status=403)


@edits
@never_cache
def record_approval(request: HttpRequest, slug: str) -> HttpResponse:
    """A decision with its date and letter; the last positive one moves the life cycle. For the head of the owner and
    who keeps the register; others who edit read that."""
    application = editable(request, slug)
    if not may_decide(request.user, application):
        return _cannot(
            request, application, _("Catat persetujuan"), _("Persetujuan dicatat kepala instansi atau Diskominfo"),
            _("Sampaikan suratnya kepada kepala instansi Anda. Isian lain bisa Anda ubah sendiri."),
        )  # fmt: skip
    form = ApprovalForm(posted(request), application=application)
    if request.method == "POST" and form.is_valid():
        batch = uuid.uuid4()
        actions.add_approval(
            application=application,
            values=form.values(),
            by=actor_of(request),
            provenance=actions.Provenance(
                speaks(request, application), form.cleaned_data["nomor"], form.cleaned_data["alamat"]
            ),
            replacement=form.replacement,
            no_replacement=form.cleaned_data["tanpa_pengganti"],
            batch=batch,
        )
        return back(application, "persetujuan", act=batch, at="persetujuan")
    context = {
        "application": application,
        "form": form,
        "base": path(record_path(application.slug)),
        "crumbs": way_back(application),
    }
    return form_page(request, "registry/applications/pages/record_approval.html", context)


@edits
@never_cache
def open_person_contact(request: HttpRequest, slug: str, key: int) -> HttpResponse:
    """Phone and e-mail of who answers for it, once and with a reason: a reload asks again. Those who edit without the
    right to open it read who may."""
    application = editable(request, slug)
    if not may_open_contact(request.user, application):
        return _cannot(
            request, application, _("Buka kontak"),
            _("Kontak dibuka kepala atau admin layanan instansi pemilik, dan Tim Diskominfo"),
            _("Nama dan jabatannya tetap dapat Anda baca. Minta kontaknya kepada mereka bila perlu."),
        )  # fmt: skip
    row: ApplicationPerson = _row(BY_KEY["people"], application, key)
    form = ReasonForm(posted(request))
    contact: dict[str, str] = {}
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            fields = [name for name in ("email", "phone") if getattr(row, name)]
            if not fields:
                raise Http404
            note_reading(actor_of(request), row, fields, form.cleaned_data["alasan"])
        contact = {"email": row.email, "phone": row.phone}
    context = {
        "application": application,
        "row": row,
        "form": form,
        "contact": contact,
        "base": path(record_path(application.slug)),
        "crumbs": way_back(application),
    }
    return form_page(request, "registry/applications/pages/open_person_contact.html", context)
