"""Rules of the right source, and how far links follow them."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jendela.common.dates import today
from jendela.people.access.actor import actor_of
from jendela.people.access.paths import address
from jendela.registry.links import actions, policy, reads
from jendela.registry.links.forms import RuleForm
from jendela.registry.links.models import SourceRule
from jendela.registry.links.views.common import LIST, link_crumbs, manages_registry, reads_registry, said

RULES = f"{LIST}aturan/"


@reads_registry
@never_cache
@require_safe
def list_source_rules(request: HttpRequest) -> HttpResponse:
    """Which application is the right source of what, and the share of each agency that follows it."""
    context = {
        "rules": reads.rules(),
        "shares": [(one, round(100 * one.right / one.all)) for one in reads.right_source_shares()],
        "may_manage": policy.may_manage(request.user),
        "done": said(request.GET.get("selesai", "")),
        "crumbs": link_crumbs(),
    }
    return render(request, "registry/links/pages/list_source_rules.html", context)


@manages_registry
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def add_source_rule(request: HttpRequest) -> HttpResponse:
    form = RuleForm(request.POST if request.method == "POST" else None, initial={"valid_from": today()})
    if request.method == "POST" and form.is_valid():
        _write(request, form, None)
        return redirect(address(RULES, selesai="aturan"))
    return _page(request, form, None)


def _rule(number: int) -> SourceRule:
    found = reads.rule(number) if number < 2**63 else None
    if found is None:
        raise Http404
    return found


@manages_registry
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit_source_rule(request: HttpRequest, number: int) -> HttpResponse:
    row = _rule(number)
    names = ("words", "topic", "valid_from", "citation")
    initial = {name: getattr(row, name) for name in names}
    initial |= {"application": row.application.name, "element": row.element_id}
    form = RuleForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        _write(request, form, row)
        return redirect(address(RULES, selesai="aturan"))
    return _page(request, form, row)


def _write(request: HttpRequest, form: RuleForm, row: SourceRule | None) -> None:
    values = form.cleaned_data
    actions.put_rule(
        rule=row,
        words=values["words"],
        application=values["application_application"],
        element=values["element"],
        topic=values["topic"].strip(),
        valid_from=values["valid_from"],
        citation=values["citation"],
        by=actor_of(request),
    )


def _page(request: HttpRequest, form: RuleForm, row: SourceRule | None) -> HttpResponse:
    context = {
        "form": form,
        "rule": row,
        "names": reads.names_to_offer(request.user),
        "crumbs": link_crumbs((_("Sumber yang benar"), RULES)),
    }
    return render(
        request, "registry/links/pages/source_rule.html", context, status=400 if form.errors else 200
    )


@manages_registry
@never_cache
@require_POST
def end_source_rule(request: HttpRequest, number: int) -> HttpResponse:
    actions.end_rule(rule=_rule(number), by=actor_of(request))
    return redirect(address(RULES, selesai="aturan-akhir"))
