"""publiccode.yml of an application: given to everybody when it is open source, read into values that a person takes."""

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from jendela.people.access.actor import actor_of
from jendela.people.access.choices import Audience
from jendela.people.access.paths import address
from jendela.people.access.screens import screen
from jendela.registry.applications import actions, publiccode, reads
from jendela.registry.applications.choices import Grade
from jendela.registry.applications.fields import BY_NAME
from jendela.registry.applications.forms.publiccode import PublicCodeForm
from jendela.registry.applications.models import Application
from jendela.registry.applications.paths import record_path
from jendela.registry.applications.publiccode import Proposal
from jendela.registry.applications.values import plain, value_of
from jendela.registry.applications.views.common import back, editable, edits, posted, speaks, way_back
from jendela.registry.applications.words import label_of, value_words
from jendela.ui.templatetags.ui import path

TYPE = "application/yaml; charset=utf-8"
SOURCE = "publiccode.yml"


@screen(audience=Audience.PUBLIC)
@require_safe
def show_publiccode(request: HttpRequest, slug: str) -> HttpResponse:
    """The file of open software, for catalogues of public code."""
    row = reads.application(slug)
    if row is None or not publiccode.is_public(row):
        raise Http404
    return HttpResponse(publiccode.write(row), content_type=TYPE)


@edits
@never_cache
def export_publiccode(request: HttpRequest, slug: str) -> HttpResponse:
    """The file to put into the repository, with version and contacts; the page says what is missing for it."""
    row = editable(request, slug)
    if publiccode.missing(row):
        return redirect(path(f"{record_path(slug)}publiccode/"))
    response = HttpResponse(publiccode.write(row, staff=True), content_type=TYPE)
    response["Content-Disposition"] = 'attachment; filename="publiccode.yml"'
    return response


@edits
@never_cache
def read_publiccode(request: HttpRequest, slug: str) -> HttpResponse:
    """Paste or upload a file, see how it differs, take what is right."""
    row = editable(request, slug)
    form = PublicCodeForm(posted(request), request.FILES or None)
    differences: list[dict[str, Any]] = []
    meanwhile = False
    if request.method == "POST" and form.is_valid():
        differences = _differences(row, form.proposal)
        chosen = [one["name"] for one in differences if one["name"] in request.POST.getlist("ambil")]
        if request.POST.get("langkah") == "ambil" and chosen:
            try:
                batch, _changes = actions.edit_values(
                    application=row,
                    seen=_seen(request) or {name: value_of(row, name) for name in chosen},
                    values={name: form.proposal.values[name] for name in chosen},
                    by=actor_of(request),
                    provenance=actions.Provenance(speaks(request, row), SOURCE, grade=Grade.STATED),
                )
            except actions.MeanwhileError:
                meanwhile = True
            else:
                return back(row, "tersimpan", act=batch, at="isi")
    context = {
        "application": row,
        "form": form,
        "differences": differences,
        "meanwhile": meanwhile,
        "nothing": request.POST.get("langkah") == "ambil" and not meanwhile,
        "text": getattr(form, "text", ""),
        "seen": json.dumps({one["name"]: one["before"] for one in differences}),
        "read": hasattr(form, "proposal"),
        "passed": getattr(form, "proposal", Proposal()).passed,
        "problems": getattr(form, "proposal", Proposal()).problems,
        "missing": publiccode.missing(row),
        "public_url": path(f"/aplikasi/{row.slug}/publiccode.yml"),
        "file_url": path(f"{record_path(row.slug)}publiccode.yml"),
        "own": path(f"{record_path(row.slug)}publiccode/"),
        "edit_url": address(f"{record_path(row.slug)}ubah/teknologi/"),
        "crumbs": way_back(row),
    }
    status = 400 if form.errors and request.method == "POST" else 200
    return render(request, "registry/applications/pages/read_publiccode.html", context, status=status)


def _differences(row: Application, proposal: Proposal) -> list[dict[str, Any]]:
    """What the file says otherwise than the register, in words."""
    approved = reads.has_approval(row)
    found = []
    for name, value in proposal.values.items():
        before = value_of(row, name)
        if plain(value) == before or (name == "life_cycle" and approved):
            continue  # approvals say the stage once there is one
        field = BY_NAME.get(name)
        found.append(
            {
                "name": name,
                "label": label_of(name),
                "now": value_words(field, before),
                "new": value_words(field, value),
                "before": before,
            }
        )
    return found


def _seen(request: HttpRequest) -> dict[str, Any]:
    """What stood when the differences were shown."""
    try:
        seen = json.loads(request.POST.get("dilihat", ""))
    except ValueError:
        return {}
    return seen if isinstance(seen, dict) else {}
