"""Splitting an agency: whose applications, a form with ticks, a dry run in words, the act, and the way back."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from jendela.people.access.actor import actor_of
from jendela.people.access.choices import Audience, Permission
from jendela.people.access.paths import address, crumbs
from jendela.people.access.screens import screen
from jendela.people.agencies import actions as agencies
from jendela.people.agencies.models import Agency
from jendela.people.agencies.reads import UNDO, living
from jendela.portal.agency import splitting
from jendela.portal.agency.forms import SplitForm
from jendela.registry.applications import actions as register
from jendela.registry.applications.models import OwnerSplit
from jendela.ui.templatetags.ui import path

OWN = "/kelola/instansi/pisah/"
REFUSED = {
    "name_taken": ("short_name", _("Singkatan ini sudah dipakai. Pilih dari daftar, atau tulis lain.")),
    "nothing": ("applications", _("Centang sedikitnya satu aplikasi.")),
    "not_owned": ("applications", _("Ada yang sudah pindah. Muat ulang halaman, lalu centang lagi.")),
}


@screen(audience=Audience.STAFF, needs=Permission.MANAGE_AGENCIES)
@never_cache
def split_agency(request: HttpRequest) -> HttpResponse:
    """First the agency that gives; then what goes, to whom, and on which decree."""
    agency = living().filter(slug=request.GET.get("dari", "").replace("\x00", "")).first()
    if agency is None:
        return _page(request, None, None)
    owned = splitting.owned(agency)
    form = SplitForm(request.POST or None, agency=agency, owned=owned)
    if request.method != "POST" or not form.is_valid():
        return _page(request, agency, form)
    if "sungguh" not in request.POST:
        return _page(request, agency, form, dry_run=_dry_run(agency, form.cleaned_data))
    try:
        row = splitting.split(form.cleaned_data, actor_of(request))
    except (agencies.MergerError, register.SplitError) as error:
        name, words = REFUSED[error.reason]
        form.add_error(name, words)
        return _page(request, agency, form)
    return redirect(address(OWN, selesai=row.pk))


def _dry_run(agency: Agency, data: dict[str, Any]) -> dict[str, Any]:
    """What would go, in words."""
    found = splitting.going(agency, [int(key) for key in data["applications"]])
    counts = [
        (found.uses, ngettext("%(n)s pemakaian", "%(n)s pemakaian", found.uses)),
        (found.datasets, ngettext("%(n)s data", "%(n)s data", found.datasets)),
    ]
    return {
        "new": data["successor"].name if data["successor"] else data["name"],
        "since": date_format(data["since"], "j F Y"),
        "source": data["source"],
        "applications": found.applications,
        "lines": [words % {"n": number} for number, words in counts if number],
        "stay": str(found.stay) if found.stay else "",
    }


def _page(
    request: HttpRequest,
    agency: Agency | None,
    form: SplitForm | None,
    *,
    dry_run: dict[str, Any] | None = None,
) -> HttpResponse:
    now = timezone.now()
    shown: list[dict[str, Any]] = [
        {
            "row": row,
            "since": date_format(row.since, "j F Y"),
            "number": str(len(row.applications)),
            "undo": row.undone_at is None and now - row.made_at <= UNDO,
        }
        for row in splitting.splits()
    ]
    context = {
        "agency": agency,
        "agencies": living() if agency is None else [],
        "form": form,
        "dry_run": dry_run,
        "own": path(OWN),
        "here": address(OWN, dari=agency.slug) if agency else path(OWN),
        "done": next((one for one in shown if request.GET.get("selesai") == str(one["row"].pk)), None),
        "too_late": "terlambat" in request.GET,
        "splits": shown,
        "crumbs": crumbs((_("Instansi"), "/kelola/instansi/")),
    }
    status = 400 if form is not None and form.errors else 200
    return render(request, "portal/agency/pages/split_agency.html", context, status=status)


@screen(audience=Audience.STAFF, needs=Permission.MANAGE_AGENCIES)
@never_cache
def undo_agency_split(request: HttpRequest, number: int) -> HttpResponse:
    """Take a split back within a day, while no owner has changed since."""
    rows = OwnerSplit.objects.select_related("predecessor", "successor")
    row = rows.filter(pk=number).first() if number < 2**63 else None
    if row is None:
        raise Http404
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    try:
        splitting.undo(row, actor_of(request))
    except register.SplitError:
        return redirect(address(OWN, terlambat=1))
    return redirect(address(OWN, selesai=row.pk))
