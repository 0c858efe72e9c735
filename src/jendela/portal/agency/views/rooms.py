"""The rooms of one agency: its home, its offices, the addresses of its applications."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from jendela.people.access.actor import actor_of
from jendela.people.access.choices import Audience, Permission
from jendela.people.access.policy import agencies_for, has_permission, own_agencies
from jendela.people.access.screens import screen
from jendela.people.agencies import actions as agencies
from jendela.people.agencies.models import Agency, Office
from jendela.people.agencies.reads import LONGEST_TEXT, last_office_edit, living
from jendela.portal.agency import home_page, reads
from jendela.portal.agency.forms import AddressForm, NewOfficeForm, OfficeForm
from jendela.portal.agency.gaps import is_own
from jendela.registry.applications import actions as register
from jendela.registry.applications.models import Application
from jendela.registry.applications.reads import last_address_edit
from jendela.services.catalogue import actions as catalogue
from jendela.services.catalogue.choices import FeedbackTopic
from jendela.services.catalogue.models import Way
from jendela.ui.templatetags.ui import path


def agency_or_404(request: HttpRequest, slug: str, permission: Permission) -> Agency:
    """The agency, when this viewer has the permission there; anything else does not exist for them."""
    agency = Agency.objects.filter(slug=slug).first()
    if agency is None or not has_permission(request.user, permission, agency.pk):
        raise Http404
    return agency


def _home(agency: Agency) -> str:
    return path(f"/kelola/instansi/{agency.slug}/")


def crumbs(agency: Agency | None = None) -> list[dict[str, str]]:
    found = [{"label": _("Ruang kelola"), "url": path("/kelola/")}]
    if agency is not None:
        found.append({"label": agency.short_name, "url": _home(agency)})
    return found


def _stated_by(request: HttpRequest, agency: Agency) -> str:
    """In whose name a statement stands: the agency's own people speak for it, others for the team that keeps this."""
    if agency.pk in own_agencies(request.user):
        return agency.name
    team = Agency.objects.filter(slug="diskominfo").values_list("name", flat=True).first()
    return team or _("Pengelola Jendela")


@screen(audience=Audience.STAFF, needs=Permission.SEE_AGENCY)
@never_cache
def choose_agency(request: HttpRequest) -> HttpResponse:
    """The agencies this person may open; with one alone, straight to it."""
    only = agencies_for(request.user, Permission.SEE_AGENCY)
    if only is not None and len(only) == 1:
        agency = Agency.objects.get(pk=next(iter(only)))
        return redirect(_home(agency))
    text = request.GET.get("q", "").replace("\x00", "")[:LONGEST_TEXT].strip()
    rows = list(living(text=text, only=only).only("slug", "short_name", "name"))
    own = own_agencies(request.user)
    others = reads.agency_lines([one for one in rows if one.pk not in own])
    context = {
        "text": text,
        "own": reads.agency_lines([one for one in rows if one.pk in own]),
        "others": [one for one in others if one.services or text],
        "rest": [one for one in others if not one.services and not text],
        "all": only is None,
        "home": path("/kelola/instansi/"),
        "may_merge": has_permission(request.user, Permission.MANAGE_AGENCIES),
        "crumbs": crumbs(),
    }
    return render(request, "portal/agency/pages/choose_agency.html", context)


@screen(audience=Audience.STAFF, needs=Permission.SEE_AGENCY)
@never_cache
def show_agency_home(request: HttpRequest, slug: str) -> HttpResponse:
    agency = agency_or_404(request, slug, Permission.SEE_AGENCY)
    context = home_page.context(agency, request.user)
    context |= {"crumbs": crumbs(), "saved": _saved(request, agency, context["may"].contacts)}
    return render(request, "portal/agency/pages/show_agency_home.html", context)


def _saved(request: HttpRequest, agency: Agency, may: bool) -> dict[str, str] | None:
    """What was saved a moment ago, with the way to take it back while that is possible."""
    if not may:
        return None
    undone = {"undone": "1"} if "batal" in request.GET else {}
    office = reads.office(agency, request.GET.get("kantor", "")) if "kantor" in request.GET else None
    if office is not None:
        undo = f"{_home(agency)}kantor/{office.slug}/batal/" if last_office_edit(office) else ""
        return {"title": office.name, "public": path(f"/instansi/{agency.slug}/"), "undo": undo} | undone
    application = _application(agency, request.GET["aplikasi"]) if "aplikasi" in request.GET else None
    if application is not None and _may_set(request, agency, application):
        undo = f"{_home(agency)}aplikasi/{application.slug}/batal/" if last_address_edit(application) else ""
        public = path(f"/aplikasi/{application.slug}/")
        return {"title": application.name, "public": public, "undo": undo} | undone
    if application is not None:
        return {"title": application.name, "public": "", "undo": "", "proposed": "1"}
    return None


@screen(audience=Audience.STAFF, needs=Permission.EDIT_CONTACTS)
@never_cache
def edit_office(request: HttpRequest, slug: str, office: str) -> HttpResponse:
    """Phone, hours and address; 'Lihat dulu' shows how the page will read them and saves nothing."""
    agency = agency_or_404(request, slug, Permission.EDIT_CONTACTS)
    row = reads.office(agency, office)
    if row is None:
        raise Http404
    initial = {"phone": row.phone, "address": row.address}
    form = OfficeForm(request.POST or None, hours_before=row.hours, initial=initial)
    valid = request.method == "POST" and form.is_valid()
    if valid and "lihat" not in request.POST:
        data = form.cleaned_data
        agencies.edit_office(
            office=row,
            phone=data["phone"],
            hours=data["hours"],
            address=data["address"],
            stated_by=_stated_by(request, agency),
            by=actor_of(request),
        )
        return redirect(f"{_home(agency)}?kantor={row.slug}")
    return _office_page(request, agency, form, row, valid)


@screen(audience=Audience.STAFF, needs=Permission.EDIT_CONTACTS)
@never_cache
def add_office(request: HttpRequest, slug: str) -> HttpResponse:
    agency = agency_or_404(request, slug, Permission.EDIT_CONTACTS)
    form = NewOfficeForm(request.POST or None)
    valid = request.method == "POST" and form.is_valid()
    if valid and "lihat" not in request.POST:
        data = form.cleaned_data
        row = agencies.add_office(
            agency=agency,
            name=" ".join(data["name"].split()),
            phone=data["phone"],
            hours=data["hours"],
            address=data["address"],
            stated_by=_stated_by(request, agency),
            by=actor_of(request),
        )
        return redirect(f"{_home(agency)}?kantor={row.slug}")
    return _office_page(request, agency, form, None, valid)


def _office_page(
    request: HttpRequest, agency: Agency, form: OfficeForm, office: Office | None, valid: bool
) -> HttpResponse:
    asked = request.GET.get("isi", "")
    context: dict[str, Any] = {
        "agency": agency,
        "office": office,
        "form": form,
        "asked": {"telepon": _("Isi telepon"), "jam": _("Isi jam buka")}.get(asked, ""),
        "stated": date_format(timezone.localdate(office.edited_by_agency_at), "j F Y")
        if office is not None and office.edited_by_agency_at
        else "",
        "reading": form.cleaned_data if valid else None,
        "home": _home(agency),
        "crumbs": crumbs(agency),
    }
    return render(request, "portal/agency/pages/edit_office.html", context)


@screen(audience=Audience.STAFF, needs=Permission.EDIT_CONTACTS)
@never_cache
def undo_office(request: HttpRequest, slug: str, office: str) -> HttpResponse:
    agency = agency_or_404(request, slug, Permission.EDIT_CONTACTS)
    row = reads.office(agency, office)
    if row is None:
        raise Http404
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    try:
        agencies.undo_office(office=row, by=actor_of(request))
    except agencies.CannotUndoError:
        return _too_late(request, agency)
    return redirect(f"{_home(agency)}?kantor={row.slug}&batal=1")


def _too_late(request: HttpRequest, agency: Agency) -> HttpResponse:
    context = {"agency": agency, "home": _home(agency), "crumbs": crumbs(agency)}
    return render(request, "portal/agency/pages/cannot_undo.html", context, status=409)


def _application(agency: Agency, slug: str) -> Application | None:
    """An application of this agency, or one that its services are obtained through."""
    row = reads.application(slug)
    if row is None or row.owner_id == agency.pk:
        return row
    return row if Way.objects.filter(application=row, service__owner=agency).exists() else None


def _may_set(request: HttpRequest, agency: Agency, application: Application) -> bool:
    return is_own(application, agency) or agencies_for(request.user, Permission.EDIT_CONTACTS) is None


@screen(audience=Audience.STAFF, needs=Permission.EDIT_CONTACTS)
@never_cache
def edit_application_address(request: HttpRequest, slug: str, application: str) -> HttpResponse:
    """An own application's address is set here; for any other one proposes it to Diskominfo."""
    agency = agency_or_404(request, slug, Permission.EDIT_CONTACTS)
    row = _application(agency, application)
    if row is None:
        raise Http404
    own = _may_set(request, agency, row)
    form = AddressForm(request.POST or None, initial={"url": row.url if own else ""}, must=not own)
    if request.method == "POST" and form.is_valid():
        url = form.cleaned_data["url"]
        if own:
            stated_by = _stated_by(request, agency)
            register.set_address(application=row, url=url, stated_by=stated_by, by=actor_of(request))
        else:
            catalogue.record_feedback(
                page=f"/aplikasi/{row.slug}/",
                topic=FeedbackTopic.MISSING,
                text=f"Usulan alamat untuk {row.name}: {url} (dari {agency.name})",
                by=actor_of(request),
            )
        return redirect(f"{_home(agency)}?aplikasi={row.slug}")
    context = {
        "agency": agency,
        "application": row,
        "form": form,
        "own": own,
        "home": _home(agency),
        "crumbs": crumbs(agency),
    }
    return render(request, "portal/agency/pages/edit_application_address.html", context)


@screen(audience=Audience.STAFF, needs=Permission.EDIT_CONTACTS)
@never_cache
def undo_application_address(request: HttpRequest, slug: str, application: str) -> HttpResponse:
    agency = agency_or_404(request, slug, Permission.EDIT_CONTACTS)
    row = _application(agency, application)
    if row is None or not _may_set(request, agency, row):
        raise Http404
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    try:
        register.undo_address(application=row, by=actor_of(request))
    except register.CannotUndoError:
        return _too_late(request, agency)
    return redirect(f"{_home(agency)}?aplikasi={row.slug}&batal=1")
