"""Values of one application: a form for each group, 'masih benar', an act taken back, a new record."""

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from jendela.people.access.actor import actor_of
from jendela.people.access.choices import Permission
from jendela.people.access.paths import crumbs
from jendela.people.access.policy import agencies_for, own_agencies
from jendela.people.agencies.reads import living
from jendela.registry.applications import actions, reads
from jendela.registry.applications.fields import Field, groups_with
from jendela.registry.applications.forms.values import NewApplicationForm, ValuesForm
from jendela.registry.applications.models import Application
from jendela.registry.applications.paths import GROUPS, field_id, record_path
from jendela.registry.applications.policy import may_edit, may_manage, visible_to
from jendela.registry.applications.values import value_of
from jendela.registry.applications.views.common import (
    LIST,
    back,
    editable,
    edits,
    form_page,
    posted,
    speaks,
    way_back,
)
from jendela.registry.applications.words import label_of, value_words
from jendela.ui.templatetags.ui import path


def _group(request: HttpRequest, row: Application, word: str) -> tuple[str, list[Field]]:
    """Label and fields of the group an address names, as far as this viewer sees them."""
    key = GROUPS.get(word, word)
    visible = visible_to(request.user, row)
    for group, fields in groups_with(reads.extra_fields()):
        if group.key == key:
            seen = [one for one in fields if one.visibility in visible]
            if seen:
                return str(group.label), seen
    raise Http404


@edits
@never_cache
def edit_group(request: HttpRequest, slug: str, group: str) -> HttpResponse:
    """All fields of a group with what they say now; saved only over what the writer had seen."""
    row = editable(request, slug)
    label, fields = _group(request, row, group)
    approved = reads.has_approval(row)
    form = ValuesForm(posted(request), application=row, fields=fields, approved=approved)
    meanwhile: list[dict[str, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            batch, changes = actions.edit_values(
                application=row,
                seen=form.seen,
                values=form.values(),
                by=actor_of(request),
                provenance=form.provenance(speaks(request, row)),
                reason=form.reason,
            )
        except actions.MeanwhileError as error:
            meanwhile = _meanwhile(row.pk, fields, error.names)
            form = _seen_anew(request, row, fields, approved=approved)
        else:
            return back(row, "tersimpan", act=batch, at="isi") if changes else back(row, "sama")
    context = {
        "application": row,
        "label": label,
        "form": form,
        "meanwhile": meanwhile,
        "base": path(record_path(row.slug)),
        "crumbs": way_back(row),
    }
    return form_page(request, "registry/applications/pages/edit_group.html", context)


def _meanwhile(pk: int, fields: list[Field], names: list[str]) -> list[dict[str, str]]:
    """What somebody else wrote since the form was opened."""
    row = Application.objects.get(pk=pk)
    by_name = {one.name: one for one in fields}
    return [
        {
            "label": label_of(name, fields),
            "id": f"id_{field_id(name)}",
            "now": value_words(by_name.get(name), value_of(row, name)),
        }
        for name in names
    ]


def _seen_anew(request: HttpRequest, row: Application, fields: list[Field], *, approved: bool) -> ValuesForm:
    """The form again with what was typed, over what stands now: saving it once more is a decision."""
    fresh = Application.objects.get(pk=row.pk)
    data = request.POST.copy()
    now = ValuesForm(None, application=fresh, fields=fields, approved=approved)
    data["dilihat"] = now.initial["dilihat"]
    return ValuesForm(data, application=fresh, fields=fields, approved=approved)


@edits
@never_cache
def confirm_group(request: HttpRequest, slug: str, group: str) -> HttpResponse:
    """'Semua masih benar': what is known in a group is said again."""
    row = editable(request, slug)
    _label, fields = _group(request, row, group)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    actions.confirm_values(
        application=row,
        names=[one.name for one in fields],
        by=actor_of(request),
        provenance=actions.Provenance(speaks(request, row)),
    )
    return back(row, "benar")


@edits
@never_cache
def undo_act(request: HttpRequest, slug: str, batch: uuid.UUID) -> HttpResponse:
    """Take back one's own act within a day, while nothing else has changed."""
    row = editable(request, slug)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    act = reads.act(row, batch)
    if act is None or not act.may_undo(request.user, manages=may_manage(request.user)):
        return back(row, "tidak-batal")
    if not all(may_edit(request.user, one) for one in reads.touched(batch)):
        return back(row, "tidak-batal")
    try:
        actions.undo_batch(batch=batch, by=actor_of(request), stated_by=speaks(request, row))
    except actions.CannotUndoValuesError:
        return back(row, "tidak-batal")
    return back(row, "batal")


@edits
@never_cache
def add_application(request: HttpRequest) -> HttpResponse:
    """An application that exists and is on no list yet; one that is only planned goes through the check first."""
    only = agencies_for(request.user, Permission.EDIT_REGISTRY)
    owners = living(only=only)
    own = own_agencies(request.user)
    chosen = owners.filter(pk__in=own).values_list("slug", flat=True).first() if own else None
    form = NewApplicationForm(posted(request), owners=owners, initial={"pemilik": chosen})
    alike: list[Application] = []
    if request.method == "POST" and form.is_valid():
        values = form.values()
        alike = [] if form.cleaned_data["beda"] else reads.named(values["name"])
        if not alike:
            row = actions.create_application(
                values={name: value for name, value in values.items() if value},
                by=actor_of(request),
                provenance=form.provenance(reads.speaker(request.user, values["owner"])),
            )
            return back(row, "baru")
    context: dict[str, Any] = {
        "form": form,
        "alike": alike,
        "list_url": path(LIST),
        "crumbs": crumbs((_("Aplikasi"), LIST)),
    }
    return form_page(request, "registry/applications/pages/add_application.html", context)
