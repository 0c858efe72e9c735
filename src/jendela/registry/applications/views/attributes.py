"""Extra attributes without code: the list, one of them, its order, its end."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from jendela.people.access.actor import actor_of
from jendela.people.access.paths import address, crumbs
from jendela.registry.applications import actions, reads
from jendela.registry.applications.forms.attributes import AttributeForm
from jendela.registry.applications.models import AttributeDefinition
from jendela.registry.applications.views.common import form_page, manages, posted
from jendela.ui.templatetags.ui import path

ATTRIBUTES = "/kelola/atribut/"
COLUMNS = ("label", "hint", "choices", "visibility")


def _attribute(key: int) -> AttributeDefinition:
    row = AttributeDefinition.objects.filter(pk=key).first() if key < 2**63 else None
    if row is None:
        raise Http404
    return row


@manages
@never_cache
def list_attributes(request: HttpRequest) -> HttpResponse:
    done = {
        "tersimpan": _("Tersimpan. Isian ini tampil di formulir, halaman dan tabel aplikasi."),
        "henti": _("Tidak ditanyakan lagi. Isinya yang sudah ada tetap tersimpan."),
        "buka": _("Ditanyakan lagi."),
    }
    context = {
        "rows": reads.attributes(),
        "own": path(ATTRIBUTES),
        "done": done.get(request.GET.get("selesai", ""), ""),
        "crumbs": crumbs(),
    }
    return render(request, "registry/applications/pages/list_attributes.html", context)


@manages
@never_cache
def add_attribute(request: HttpRequest) -> HttpResponse:
    form = AttributeForm(posted(request))
    if request.method == "POST" and form.is_valid():
        values = {name: form.cleaned_data[name] for name in (*COLUMNS, "kind")}
        actions.add_attribute(values=values, by=actor_of(request))
        return redirect(address(ATTRIBUTES, selesai="tersimpan"))
    context = {"form": form, "row": None, "own": path(ATTRIBUTES), "crumbs": _crumbs()}
    return form_page(request, "registry/applications/pages/edit_attribute.html", context)


@manages
@never_cache
def edit_attribute(request: HttpRequest, key: int) -> HttpResponse:
    row = _attribute(key)
    form = AttributeForm(posted(request), row=row)
    if request.method == "POST" and form.is_valid():
        values = {name: form.cleaned_data[name] for name in COLUMNS}
        actions.change_attribute(attribute=row, values=values, by=actor_of(request))
        return redirect(address(ATTRIBUTES, selesai="tersimpan"))
    context = {"form": form, "row": row, "own": path(ATTRIBUTES), "crumbs": _crumbs()}
    return form_page(request, "registry/applications/pages/edit_attribute.html", context)


@manages
@never_cache
def order_attribute(request: HttpRequest, key: int) -> HttpResponse:
    """One place up or down, retired, or asked for again."""
    row = _attribute(key)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    act = request.POST.get("lakukan", "")
    if act in ("naik", "turun"):
        actions.move_attribute(attribute=row, up=act == "naik", by=actor_of(request))
        return redirect(path(ATTRIBUTES))
    if act in ("henti", "buka"):
        actions.retire_attribute(attribute=row, again=act == "buka", by=actor_of(request))
        return redirect(address(ATTRIBUTES, selesai=act))
    raise Http404


def _crumbs() -> list[dict[str, str]]:
    return crumbs((_("Keterangan tambahan"), ATTRIBUTES))
