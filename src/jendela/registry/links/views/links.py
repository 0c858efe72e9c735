"""The list of links, a declaration, one link with answer, correction, ending."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jendela.people.access.actor import actor_of
from jendela.people.access.paths import address
from jendela.people.agencies.models import Agency
from jendela.people.agencies.reads import UNDO
from jendela.registry.datasets import history
from jendela.registry.datasets.choices import Frequency
from jendela.registry.links import actions, policy, reads
from jendela.registry.links.choices import Confirmation, Direction, LinkState, Method
from jendela.registry.links.forms import SOURCE, TARGET, AnswerForm, CorrectForm, DeclareForm, EndForm
from jendela.registry.links.models import Link
from jendela.registry.links.views.common import (
    LIST,
    edits_registry,
    link_crumbs,
    link_or_404,
    number_or_none,
    reads_registry,
    said,
)


@reads_registry
@never_cache
@require_safe
def list_links(request: HttpRequest) -> HttpResponse:
    asked = request.GET
    chosen = reads.Chosen(
        method=_one_of(asked.get("cara", ""), Method.values),
        state=_one_of(asked.get("keadaan", ""), LinkState.values),
        confirmation=_one_of(asked.get("jawaban", ""), Confirmation.values),
        mine=asked.get("jawab") == "saya",
        agency=asked.get("instansi", "")[:80].replace("\x00", ""),
        text=asked.get("nama", "").strip()[:80],
    )
    before = number_or_none(asked.get("sesudah", ""))
    found = reads.page(request.user, chosen, before=before)
    numbers = reads.counts(request.user, chosen)
    kept = {"instansi": chosen.agency, "nama": chosen.text}
    here = kept | {
        "cara": chosen.method,
        "keadaan": chosen.state,
        "jawaban": chosen.confirmation,
        "jawab": "saya" if chosen.mine else "",
    }
    isolated = reads.isolated_numbers(owner=chosen.agency)
    context = {
        "rows": found.rows,
        "chosen": chosen,
        "chips": _chips(chosen, numbers, kept),
        "numbers": numbers,
        "isolated": isolated,
        "agencies": reads.agencies(),
        "may_declare": policy.editors(request.user) != frozenset(),
        "may_manage": policy.may_manage(request.user),
        "next_url": address(LIST, **here, sesudah=found.next_key) if found.next_key else "",
        "first_url": address(LIST, **here) if before is not None else "",
        "crumbs": link_crumbs()[:-1],
    }
    return render(request, "registry/links/pages/list_links.html", context)


def _one_of(value: str, values: list[str]) -> str:
    return value if value in values else ""


def _chips(chosen: reads.Chosen, numbers: dict[str, int], kept: dict[str, str]) -> list[dict[str, Any]]:
    """'Semua', what waits for the viewer, then methods, states and answers that occur."""
    wanted: list[tuple[str, Any, dict[str, str], bool]] = [
        ("", _("Semua"), {}, not (chosen.method or chosen.state or chosen.confirmation or chosen.mine)),
        ("mine", _("Menunggu jawaban Anda"), {"jawab": "saya"}, chosen.mine),
    ]
    wanted += [(f"m:{v}", label, {"cara": v}, chosen.method == v) for v, label in Method.choices]
    wanted += [(f"s:{v}", label, {"keadaan": v}, chosen.state == v) for v, label in LinkState.choices]
    wanted += [
        (f"c:{v}", label, {"jawaban": v}, chosen.confirmation == v) for v, label in Confirmation.choices
    ]
    unclear = {
        f"s:{LinkState.UNKNOWN}": _("keadaan belum diketahui"),
        f"m:{Method.UNKNOWN}": _("cara belum diketahui"),
    }
    return [
        {
            "label": unclear.get(key, label),
            "count": numbers.get(key, 0),
            "url": address(LIST, **kept, **query),
            "chosen": on,
        }
        for key, label, query, on in wanted
        if numbers.get(key) or on or not key
    ]


@edits_registry
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def declare_link(request: HttpRequest) -> HttpResponse:
    """Say that data goes from one application to another; one of them must be the viewer's."""
    mine = policy.editors(request.user)
    initial = {}
    for name, key in (("source", "dari"), ("target", "ke")):
        slug = request.GET.get(key, "")[:120].replace("\x00", "")
        if slug and (found := reads.application(slug)):
            initial[name] = found.name
    data = request.POST if request.method == "POST" else None
    form = DeclareForm(data, initial=initial, everywhere=mine is None)
    if request.method == "POST" and form.is_valid():
        link = _declare(request, form, mine)
        if link is not None:
            done = "lengkap" if link.confirmation == Confirmation.CONFIRMED else "dinyatakan"
            return redirect(address(f"{LIST}{link.pk}/", selesai=done))
        form.add_error("source", _("Salah satu aplikasi harus milik instansi Anda."))
    context = {
        "form": form,
        "names": reads.names_to_offer(request.user),
        "crumbs": link_crumbs(),
    }
    return render(
        request, "registry/links/pages/declare_link.html", context, status=400 if form.errors else 200
    )


def _declare(request: HttpRequest, form: DeclareForm, mine: frozenset[int] | None) -> Link | None:
    values = form.cleaned_data
    source, target = values["source_application"], values["target_application"]
    by = actor_of(request)
    owner: Agency | None
    if mine is None:
        owner = {SOURCE: source.owner, TARGET: target.owner}.get(values["said_by"])
        words = by.name if owner is None else f"{by.name}, {owner.short_name}"
    else:
        owner = next((one.owner for one in (source, target) if one.owner_id in mine), None)
        if owner is None:
            return None
        words = f"{by.name}, {owner.short_name}"
    names = (
        "data",
        "method",
        "state",
        "direction",
        "frequency",
        "agreement",
        "agreement_until",
        "hours_a_month",
    )
    return actions.declare_link(
        source=source,
        target=target,
        by=by,
        declared_by=owner,
        declared_words=words,
        **{name: values[name] for name in names},
    )


@reads_registry
@never_cache
@require_safe
def show_link(request: HttpRequest, number: int) -> HttpResponse:
    """What it says, who said and answered it, and its history."""
    link = link_or_404(request, number)
    changing = policy.may_change(request.user, link)
    ended = link.ended_at
    context = {
        "link": link,
        "retyped": link.method == Method.RETYPED,
        "may_answer": policy.may_answer(request.user, link) is not None,
        "waits": policy.waits(link),
        "waits_for": _waits_for(link),
        "may_change": changing and ended is None,
        "may_reopen": changing and ended is not None and timezone.now() - ended <= UNDO,
        "history": history.lines(Link._meta.label_lower, link.pk, *_words_of_history()),
        "done": said(request.GET.get("selesai", "")),
        "crumbs": link_crumbs(),
    }
    return render(request, "registry/links/pages/show_link.html", context)


def _words_of_history() -> tuple[dict[str, str], dict[str, Any]]:
    """Labels and choices of what the trail says of a link."""
    labels = {
        "data": _("data"),
        "method": _("cara"),
        "state": _("keadaan"),
        "direction": _("arah"),
        "frequency": _("seberapa sering"),
        "agreement": _("perjanjian"),
        "agreement_until": _("perjanjian sampai"),
        "hours_a_month": _("jam sebulan"),
        "confirmation": _("jawaban pihak lain"),
        "reason": _("alasan"),
    }
    choices = {
        "method": Method,
        "state": LinkState,
        "direction": Direction,
        "frequency": Frequency,
        "confirmation": Confirmation,
    }
    return labels, choices


def _waits_for(link: Link) -> list[str]:
    wanted = policy.answering_agency(link)
    names = {one.owner_id: one.owner.short_name for one in (link.source, link.target)}
    return [names[key] for key in wanted]


@edits_registry
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer_link(request: HttpRequest, number: int) -> HttpResponse:
    """The other side says whether it is true."""
    link = link_or_404(request, number)
    agency_id = policy.may_answer(request.user, link)
    if agency_id is None:
        raise Http404
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        confirm = values["answer"] == AnswerForm.YES
        agency = Agency.objects.get(pk=agency_id)
        actions.answer_link(
            link=link, confirm=confirm, reason=values["reason"], by=actor_of(request), agency=agency
        )
        return redirect(address(f"{LIST}{link.pk}/", selesai="dibenarkan" if confirm else "dibantah"))
    context = {"link": link, "form": form, "crumbs": _crumbs(link)}
    return render(
        request, "registry/links/pages/answer_link.html", context, status=400 if form.errors else 200
    )


def _crumbs(link: Link) -> list[dict[str, str]]:
    return link_crumbs((f"{link.source.name} → {link.target.name}", f"{LIST}{link.pk}/"))


def _changeable(request: HttpRequest, number: int) -> Link:
    link = link_or_404(request, number)
    if link.ended_at is not None or not policy.may_change(request.user, link):
        raise Http404
    return link


@edits_registry
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit_link(request: HttpRequest, number: int) -> HttpResponse:
    """Correct what it says; another method or other data asks the other side again."""
    link = _changeable(request, number)
    initial = {name: getattr(link, name) for name in actions.FIELDS}
    form = CorrectForm(
        request.POST if request.method == "POST" else None, initial=initial, source=link.source
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_link(
                link=link,
                values={name: form.cleaned_data[name] for name in actions.FIELDS},
                by=actor_of(request),
                agency=_speaking(request, link),
            )
        except actions.LinkExistsError:
            form.add_error("data", _("Integrasi dengan cara dan data ini sudah ada di daftar."))
        else:
            return redirect(address(f"{LIST}{link.pk}/", selesai="diubah"))
    context = {"link": link, "form": form, "crumbs": _crumbs(link)}
    return render(request, "registry/links/pages/edit_link.html", context, status=400 if form.errors else 200)


def _speaking(request: HttpRequest, link: Link) -> Agency | None:
    """In whose name the viewer corrects; Kominfo in nobody's."""
    mine = policy.editors(request.user)
    if mine is None:
        return None
    return next((one.owner for one in (link.source, link.target) if one.owner_id in mine), None)


@edits_registry
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def end_link(request: HttpRequest, number: int) -> HttpResponse:
    """Take it out of the list, with the reason; the row stays."""
    link = _changeable(request, number)
    form = EndForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.end_link(link=link, reason=form.cleaned_data["reason"], by=actor_of(request))
        return redirect(address(f"{LIST}{link.pk}/", selesai="diakhiri"))
    context = {"link": link, "form": form, "crumbs": _crumbs(link)}
    return render(request, "registry/links/pages/end_link.html", context, status=400 if form.errors else 200)


@edits_registry
@never_cache
@require_POST
def reopen_link(request: HttpRequest, number: int) -> HttpResponse:
    link = link_or_404(request, number)
    if not policy.may_change(request.user, link):
        raise Http404
    try:
        actions.reopen_link(link=link, by=actor_of(request))
    except actions.CannotUndoLinkError:
        return redirect(address(f"{LIST}{link.pk}/"))
    return redirect(address(f"{LIST}{link.pk}/", selesai="dibuka"))
