"""An agency's own page of rounds: its requests, its seal, what the head swears and what is still unknown."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from jendela.people.access.actor import actor_of
from jendela.people.access.paths import address
from jendela.people.agencies.models import Agency
from jendela.registry.applications.models import Application
from jendela.registry.campaigns import reads
from jendela.registry.campaigns.actions import seal
from jendela.registry.campaigns.choices import STATEMENT
from jendela.registry.campaigns.forms import AttestForm, ExemptionForm
from jendela.registry.campaigns.models import Exemption, Round
from jendela.registry.campaigns.policy import may_attest, may_manage
from jendela.registry.campaigns.reads import seal as seal_reads
from jendela.registry.campaigns.views.common import HOME, looks, posted, runs, said, swears, the_agency, way
from jendela.ui.templatetags.ui import path

DONE = {
    "dikecualikan": gettext_lazy("Pengecualian sudah dicatat."),
    "dicabut": gettext_lazy("Pengecualian sudah dicabut."),
}


def agency_url(agency: Agency, tail: str = "") -> str:
    return f"{HOME}instansi/{agency.slug}/{tail}"


@looks
@never_cache
def show_agency_rounds(request: HttpRequest, agency: str) -> HttpResponse:
    row = the_agency(request, agency)
    standing = seal_reads.standing(row.pk)
    context = {
        "agency": row,
        "bundles": reads.rounds.bundles_at(row.pk),
        "standing": standing,
        "newer": seal_reads.newer_applications(standing) if standing else 0,
        "history": [one for one in seal_reads.history(row.pk) if one.broken_at],
        "checks": seal_reads.checks(row),
        "may_attest": may_attest(request.user, row.pk),
        "may": may_manage(request.user),
        "done": said(request, DONE),
        "crumbs": way() if may_manage(request.user) else way()[:1],
    }
    return render(request, "registry/campaigns/pages/show_agency_rounds.html", context)


def _running(agency: Agency) -> Round | None:
    """The newest round that has asked this agency, whose words and validity an attestation takes."""
    rows = Round.objects.filter(bundles__agency=agency, sent_at__isnull=False).distinct()
    return rows.order_by("-pk").first()


@swears
@never_cache
def attest(request: HttpRequest, agency: str) -> HttpResponse:
    """The head swears; what may not be unknown is listed with where it is put right."""
    row = the_agency(request, agency)
    if not may_attest(request.user, row.pk):
        raise Http404
    round_ = _running(row)
    statement = round_.statement if round_ else str(STATEMENT)
    form = AttestForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            made = seal.attest(agency=row, statement=statement, by=actor_of(request), round_=round_)
        except seal.UnknownFactsError:
            form.add_error(
                None, _("Masih ada isian wajib yang belum diketahui. Lengkapi dulu yang di bawah.")
            )
        else:
            return redirect(path(agency_url(row, f"pernyataan/{made.code}/")))
    context = {
        "agency": row,
        "round": round_,
        "statement": statement,
        "checks": seal_reads.checks(row),
        "form": form,
        "crumbs": way((row.short_name, agency_url(row))),
    }
    status = 400 if form.errors else 200
    return render(request, "registry/campaigns/pages/attest.html", context, status=status)


@looks
@never_cache
def show_attestation(request: HttpRequest, agency: str, code: str) -> HttpResponse:
    """The proof, to print."""
    row = the_agency(request, agency)
    found = seal_reads.by_code(row.pk, code)
    if found is None:
        raise Http404
    context = {
        "agency": row,
        "one": found,
        "applications": list(Application.objects.filter(pk__in=found.keys).order_by("name")),
        "crumbs": way((row.short_name, agency_url(row))),
    }
    return render(request, "registry/campaigns/pages/show_attestation.html", context)


@runs
@never_cache
def exempt_field(request: HttpRequest, slug: str) -> HttpResponse:
    """Kominfo lets one fact of one application be unknown for a while."""
    row = get_object_or_404(Application.objects.select_related("owner"), slug=slug)
    form = ExemptionForm(posted(request), initial={"field": request.GET.get("isian", "")})
    if request.method == "POST" and form.is_valid():
        seal.exempt(application=row, by=actor_of(request), **form.cleaned_data)
        return redirect(address(agency_url(row.owner), selesai="dikecualikan"))
    context = {
        "form": form,
        "application": row,
        "crumbs": way((row.owner.short_name, agency_url(row.owner))),
    }
    status = 400 if form.errors else 200
    return render(request, "registry/campaigns/pages/exempt_field.html", context, status=status)


@runs
@never_cache
def end_exemption(request: HttpRequest, number: int) -> HttpResponse:
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    row = get_object_or_404(Exemption.objects.select_related("application__owner"), pk=number)
    seal.end_exemption(exemption=row, by=actor_of(request))
    return redirect(address(agency_url(row.application.owner), selesai="dicabut"))
