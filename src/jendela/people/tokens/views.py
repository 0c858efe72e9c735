"""Screens of tokens."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from jendela.common.dates import today
from jendela.people.access.actor import actor_of
from jendela.people.access.choices import Audience, Module, Permission
from jendela.people.access.paths import crumbs
from jendela.people.access.screens import screen
from jendela.people.tokens import actions, reads
from jendela.people.tokens.forms import TokenForm
from jendela.people.tokens.models import Token
from jendela.ui.templatetags.ui import path

manages = screen(audience=Audience.STAFF, needs=Permission.MANAGE_REGISTRY, module=Module.REGISTRY)


@manages
@never_cache
def list_tokens(request: HttpRequest) -> HttpResponse:
    rows = [
        {"row": one, "in_force": one.revoked_at is None and one.valid_to >= today()}
        for one in reads.list_tokens()
    ]
    context = {"rows": rows, "revoked": "dicabut" in request.GET, "crumbs": crumbs()}
    return render(request, "people/tokens/pages/list_tokens.html", context)


@manages
@never_cache
def create_token(request: HttpRequest) -> HttpResponse:
    form = TokenForm(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"form": form, "crumbs": crumbs((_("Token"), "/kelola/token/"))}
    if request.method == "POST" and form.is_valid():
        row, secret = actions.create_token(by=actor_of(request), **form.cleaned_data)
        # the one page that shows it; a reload asks before it makes another
        return render(
            request, "people/tokens/pages/show_token.html", {**context, "row": row, "secret": secret}
        )
    status = 400 if form.errors else 200
    return render(request, "people/tokens/pages/create_token.html", context, status=status)


@manages
@never_cache
def revoke_token(request: HttpRequest, pk: int) -> HttpResponse:
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    token = Token.objects.filter(pk=pk).first()
    if token is None:
        raise Http404
    actions.revoke_token(token=token, by=actor_of(request))
    return redirect(f"{path('/kelola/token/')}?dicabut")
