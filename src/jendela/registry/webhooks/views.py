"""Screens of webhooks."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from jendela.people.access.actor import actor_of
from jendela.people.access.choices import Audience, Module, Permission
from jendela.people.access.paths import crumbs
from jendela.people.access.screens import screen
from jendela.registry.webhooks import actions, reads
from jendela.registry.webhooks.choices import DeliveryState, Why
from jendela.registry.webhooks.forms import WebhookForm
from jendela.registry.webhooks.models import Webhook
from jendela.ui.templatetags.ui import path

manages = screen(audience=Audience.STAFF, needs=Permission.MANAGE_REGISTRY, module=Module.REGISTRY)
DONE = {
    "coba": gettext_lazy("Percobaan sedang dikirim. Muat ulang halaman ini sebentar lagi."),
    "ulang": gettext_lazy("Sedang dikirim lagi. Muat ulang halaman ini sebentar lagi."),
    "berhenti": gettext_lazy("Pemberitahuan ini sudah dihentikan."),
    "tidak-jalan": gettext_lazy("Pemberitahuan ini sudah berhenti, jadi tidak ada yang dikirim."),
}
WHY = dict(Why.choices)


def _the(number: int) -> Webhook:
    row = reads.webhook(number)
    if row is None:
        raise Http404
    return row


@manages
@never_cache
@require_safe
def list_webhooks(request: HttpRequest) -> HttpResponse:
    context = {"rows": reads.list_webhooks(), "crumbs": crumbs()}
    return render(request, "registry/webhooks/pages/list_webhooks.html", context)


@manages
@never_cache
def create_webhook(request: HttpRequest) -> HttpResponse:
    form = WebhookForm(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"form": form, "crumbs": _way()}
    if request.method == "POST" and form.is_valid():
        row, secret = actions.make_webhook(by=actor_of(request), **form.cleaned_data)
        # the one page that shows it; a reload asks before it makes another
        return render(
            request, "registry/webhooks/pages/made_webhook.html", {**context, "row": row, "secret": secret}
        )
    status = 400 if form.errors else 200
    return render(request, "registry/webhooks/pages/create_webhook.html", context, status=status)


@manages
@never_cache
@require_safe
def show_webhook(request: HttpRequest, number: int) -> HttpResponse:
    row = _the(number)
    context = {
        "row": row,
        "deliveries": [
            {
                "row": one,
                "failed": one.state == DeliveryState.FAILED,
                "why": WHY.get(one.why, one.why),
            }
            for one in reads.deliveries(row)
        ],
        "done": DONE.get(request.GET.get("selesai", ""), ""),
        "crumbs": _way(),
    }
    return render(request, "registry/webhooks/pages/show_webhook.html", context)


@manages
@never_cache
def try_webhook(request: HttpRequest, number: int) -> HttpResponse:
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    row = _the(number)
    try:
        actions.try_webhook(webhook=row, by=actor_of(request))
    except actions.StoppedError:
        return _back(number, "tidak-jalan")
    return _back(number, "coba")


@manages
@never_cache
def stop_webhook(request: HttpRequest, number: int) -> HttpResponse:
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    actions.stop_webhook(webhook=_the(number), by=actor_of(request))
    return _back(number, "berhenti")


@manages
@never_cache
def repeat_delivery(request: HttpRequest, number: int, delivery: int) -> HttpResponse:
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    row = _the(number).deliveries.filter(pk=delivery).first()
    if row is None:
        raise Http404
    try:
        actions.send_again(delivery=row, by=actor_of(request))
    except actions.StoppedError:
        return _back(number, "tidak-jalan")
    return _back(number, "ulang")


def _way() -> list[dict[str, str]]:
    return crumbs((_("Pemberitahuan ke program"), reads.HOME))


def _back(number: int, done: str) -> HttpResponse:
    return redirect(f"{path(f'{reads.HOME}{number}/')}?selesai={done}")
