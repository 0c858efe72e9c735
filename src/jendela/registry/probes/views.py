"""Screens of probes: the list, one application with its facts, disputes and their answers, hosts of the inner
network."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jendela.people.access.actor import actor_of
from jendela.people.access.choices import Audience, Module, Permission
from jendela.people.access.paths import address, crumbs
from jendela.people.access.screens import screen
from jendela.registry.applications.models import Application
from jendela.registry.probes import actions, reads
from jendela.registry.probes.choices import DisputeState, Fact, Narrow
from jendela.registry.probes.forms import AnswerForm, DisputeForm, HostForm
from jendela.registry.probes.models import Dispute
from jendela.registry.probes.policy import may_answer, may_dispute
from jendela.registry.probes.strip import strip

LIST = "/kelola/pemeriksaan/"
HOSTS = "/kelola/pemeriksaan-jaringan/"
reads_registry = screen(audience=Audience.STAFF, needs=Permission.READ_REGISTRY, module=Module.REGISTRY)
edits_registry = screen(audience=Audience.STAFF, needs=Permission.EDIT_REGISTRY, module=Module.REGISTRY)
manages_registry = screen(audience=Audience.STAFF, needs=Permission.MANAGE_REGISTRY, module=Module.REGISTRY)


def _said(code: str) -> str:
    """What was done, after the redirect; unknown codes say nothing."""
    words = {
        "diminta": _("Permintaan tercatat. Hasilnya muncul di sini sebentar lagi; muat ulang halaman ini."),
        "dibantah": _("Bantahan terkirim ke Diskominfo. Sampai dijawab, hasil ini bertanda dibantah."),
        "ditarik": _("Bantahan ditarik kembali."),
        "dijawab": _("Jawaban tersimpan. Instansi membacanya di halaman ini."),
        "ditambah": _("Host ini boleh diperiksa mulai malam ini."),
        "dihapus": _("Host ini tidak diperiksa lagi."),
    }
    return words.get(code, "")


def _refused(code: str) -> str:
    words = {
        "sering": _("Aplikasi ini sudah beberapa kali diminta. Coba lagi satu jam lagi."),
        "mati": _("Pemeriksaan dimatikan di sini, jadi belum dapat diminta."),
        "alamat": _("Alamatnya belum dicatat. Catat dulu alamatnya."),
        "tutup": _("Bantahan ini sudah dijawab atau ditarik."),
    }
    return words.get(code, "")


def _asked(request: HttpRequest, name: str) -> str:
    """A filter of the address; no database text holds the sign that is left out."""
    return request.GET.get(name, "").replace("\0", "")


@reads_registry
@never_cache
@require_safe
def list_probes(request: HttpRequest) -> HttpResponse:
    narrow = _asked(request, "saring")
    chosen = reads.Chosen(
        narrow=narrow if narrow in Narrow.values else "",
        agency=_asked(request, "instansi")[:80],
        text=_asked(request, "nama").strip()[: reads.LONGEST_TEXT],
    )
    after = _asked(request, "sesudah")[:120]
    found = reads.page(request.user, chosen, after=after)
    watching = reads.watch()
    numbers = reads.counts(request.user, chosen)
    kept = {"instansi": chosen.agency, "nama": chosen.text}
    here = {**kept, "saring": chosen.narrow}
    chips = [
        {
            "label": label,
            "count": numbers[value],
            "url": address(LIST, **kept, saring=value),
            "chosen": value == chosen.narrow,
        }
        for value, label in [("", _("Semua")), *Narrow.choices]
        if numbers[value] or value in ("", chosen.narrow)
    ]
    context = {
        "rows": zip(found.rows, reads.summaries(found.rows, watching), strict=True),
        "empty": not found.rows,
        "chosen": chosen,
        "chips": chips,
        "watching": watching,
        "agencies": reads.agencies(request.user),
        "next_url": address(LIST, **here, sesudah=found.next_key) if found.next_key else "",
        "first_url": address(LIST, **here) if after else "",
        "manages": may_answer(request.user),
        "crumbs": crumbs(),
    }
    return render(request, "registry/probes/pages/list_probes.html", context)


def _application(request: HttpRequest, slug: str) -> Application:
    found = reads.application(request.user, slug)
    if found is None:
        raise Http404
    return found


def _editable(request: HttpRequest, slug: str) -> Application:
    found = _application(request, slug)
    if not may_dispute(request.user, found):
        raise Http404
    return found


def _page_of(application: Application, **values: str) -> str:
    return address(f"{LIST}{application.slug}/", **values)


def _crumbs(application: Application | None = None) -> list[dict[str, str]]:
    steps = [(_("Pemeriksaan alamat"), LIST)]
    if application is not None:
        steps.append((application.name, f"{LIST}{application.slug}/"))
    return crumbs(*steps)


@reads_registry
@never_cache
@require_safe
def show_probe(request: HttpRequest, slug: str) -> HttpResponse:
    """Facts of the last probe, each with its rule and what to do; history; disputes."""
    application = _application(request, slug)
    watching = reads.watch()
    summary = reads.summaries([application], watching)[0]
    disputes = reads.disputes_of(application)
    history = reads.history(application)
    disputing = may_dispute(request.user, application)
    context = {
        "application": application,
        "state": getattr(application, "probe_state", None),
        "summary": summary,
        "lines": _lines(summary, disputes, disputing=disputing),
        "unseen": [one.label for one in summary.findings if one.is_silent],
        "disputes": disputes,
        "history": history,
        "strip": strip(history),
        "watching": watching,
        "may_dispute": disputing,
        "may_answer": may_answer(request.user),
        "may_ask": disputing and watching.on and bool(application.url),
        "done": _said(request.GET.get("selesai", "")),
        "refused": _refused(request.GET.get("tolak", "")),
        "crumbs": _crumbs(),
    }
    return render(request, "registry/probes/pages/show_probe.html", context)


def _lines(summary: reads.ProbeSummary, disputes: list[Dispute], *, disputing: bool) -> list[dict[str, Any]]:
    """Each fact with its mark: an open dispute, or set aside; and whether the viewer may contest it."""
    opened = {one.fact: one for one in disputes if one.state == DisputeState.OPEN}
    wanting = {one.fact for one in summary.open_findings}
    return [
        {
            "finding": one,
            "dispute": opened.get(one.fact),
            "aside": summary.aside.get(one.fact),
            "may_dispute": disputing and one.fact in wanting and one.fact not in opened,
        }
        for one in summary.findings
        if not one.is_silent
    ]


@edits_registry
@never_cache
@require_POST
def ask_probe(request: HttpRequest, slug: str) -> HttpResponse:
    application = _editable(request, slug)
    if not reads.watch().on:
        return redirect(_page_of(application, tolak="mati"))
    if not application.url:
        return redirect(_page_of(application, tolak="alamat"))
    try:
        actions.ask_probe(application=application, by=actor_of(request))
    except actions.TooOftenError:
        return redirect(_page_of(application, tolak="sering"))
    return redirect(_page_of(application, selesai="diminta"))


@edits_registry
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def dispute_fact(request: HttpRequest, slug: str, fact: str) -> HttpResponse:
    """Contest one fact of the last probe, with a reason."""
    application = _editable(request, slug)
    summary = reads.summaries([application], reads.watch())[0]
    finding = next((one for one in summary.open_findings if one.fact == fact), None)
    if finding is None:
        return redirect(_page_of(application)) if fact in Fact.values else _missing()
    if fact in summary.disputed:
        return redirect(_page_of(application))
    form = DisputeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.dispute_fact(
                application=application,
                fact=Fact(fact),
                reason=form.cleaned_data["reason"],
                by=actor_of(request),
            )
        except (actions.AlreadyDisputedError, actions.NothingToDisputeError):
            return redirect(_page_of(application))
        return redirect(_page_of(application, selesai="dibantah"))
    context = {
        "application": application,
        "summary": summary,
        "finding": finding,
        "form": form,
        "crumbs": _crumbs(application),
    }
    return render(
        request, "registry/probes/pages/dispute_fact.html", context, status=400 if form.errors else 200
    )


def _missing() -> HttpResponse:
    raise Http404


def _dispute(request: HttpRequest, slug: str, number: int) -> Dispute:
    found = reads.dispute(request.user, slug, number)
    if found is None:
        raise Http404
    return found


@edits_registry
@never_cache
@require_POST
def withdraw_dispute(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    application = _editable(request, slug)
    try:
        actions.withdraw_dispute(dispute=_dispute(request, slug, number), by=actor_of(request))
    except actions.ClosedError:
        return redirect(_page_of(application, tolak="tutup"))
    return redirect(_page_of(application, selesai="ditarik"))


@manages_registry
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer_dispute(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Kominfo accepts (set aside through a day) or keeps the fact, and says why."""
    dispute = _dispute(request, slug, number)
    application = dispute.application
    if dispute.state != DisputeState.OPEN:
        return redirect(_page_of(application, tolak="tutup"))
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            actions.answer_dispute(
                dispute=dispute,
                accepted=values["decision"] == AnswerForm.ACCEPT,
                answer=values["answer"],
                until=values["until"],
                by=actor_of(request),
            )
        except actions.ClosedError:
            return redirect(_page_of(application, tolak="tutup"))
        return redirect(_page_of(application, selesai="dijawab"))
    context = {
        "application": application,
        "dispute": dispute,
        "fact": Fact(dispute.fact).label,
        "form": form,
        "crumbs": _crumbs(application),
    }
    return render(
        request, "registry/probes/pages/answer_dispute.html", context, status=400 if form.errors else 200
    )


@manages_registry
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def list_allowed_hosts(request: HttpRequest) -> HttpResponse:
    """Hosts of the inner network that may be asked, and one more."""
    form = HostForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.allow_host(
            host=form.cleaned_data["host"], reason=form.cleaned_data["reason"], by=actor_of(request)
        )
        return redirect(address(HOSTS, selesai="ditambah"))
    context = {
        "rows": reads.allowed_hosts(),
        "form": form,
        "done": _said(request.GET.get("selesai", "")),
        "crumbs": _crumbs(),
    }
    return render(
        request, "registry/probes/pages/list_allowed_hosts.html", context, status=400 if form.errors else 200
    )


@manages_registry
@never_cache
@require_POST
def end_allowed_host(request: HttpRequest, number: int) -> HttpResponse:
    row = next((one for one in reads.allowed_hosts() if one.pk == number), None)
    if row is None:
        return redirect(f"{reverse('list_allowed_hosts')}")
    actions.end_allowed_host(row=row, by=actor_of(request))
    return redirect(address(HOSTS, selesai="dihapus"))
