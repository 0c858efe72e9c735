"""Screens of likeness: the list, two records side by side, merging, functions to confirm."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from jendela.people.access.actor import actor_of
from jendela.people.access.choices import Audience, Module, Permission
from jendela.people.access.paths import address, crumbs
from jendela.people.access.policy import agencies_for
from jendela.people.access.screens import screen
from jendela.people.agencies.reads import UNDO
from jendela.registry.applications.actions import CannotUndoValuesError
from jendela.registry.applications.choices import Visibility
from jendela.registry.applications.models import BUSINESS, FunctionNode
from jendela.registry.applications.paths import record_path
from jendela.registry.applications.policy import may_edit, visible_to
from jendela.registry.links.reads import application as named_application
from jendela.registry.links.reads import names_to_offer
from jendela.registry.overlap import actions, reads, suggesting
from jendela.registry.overlap.choices import PairKind, Verdict
from jendela.registry.overlap.comparing import compare, parts_of
from jendela.registry.overlap.forms import DeclareForm, MergeForm, VerdictForm
from jendela.registry.overlap.models import Merge, Pair
from jendela.ui.templatetags.ui import path

reads_register = screen(audience=Audience.STAFF, needs=Permission.READ_REGISTRY, module=Module.REGISTRY)
manages = screen(audience=Audience.STAFF, needs=Permission.MANAGE_REGISTRY, module=Module.REGISTRY)
edits = screen(audience=Audience.STAFF, needs=Permission.EDIT_REGISTRY, module=Module.REGISTRY)
HOME = "/kelola/kemiripan/"
DATA = "data"


def may_decide(viewer: Any) -> bool:
    """Who keeps the register decides; people of agencies see and tell."""
    return agencies_for(viewer, Permission.MANAGE_REGISTRY) is None


@reads_register
@never_cache
def list_pairs(request: HttpRequest) -> HttpResponse:
    kinds = [*PairKind.values, DATA]
    asked = request.GET.get("jenis", "")
    kind = asked if asked in kinds else PairKind.DUPLICATE.value
    waiting = request.GET.get("keadaan", "") != "diputuskan"
    rows: Any = (
        reads.data_pairs(request.user) if kind == DATA else reads.pairs(request.user).filter(kind=kind)
    )
    after = request.GET.get("setelah", "")
    found = reads.page(rows, waiting=waiting, after=after)
    counts = reads.counts(request.user)
    kept = {"jenis": kind, "keadaan": "" if waiting else "diputuskan"}
    titles = {
        PairKind.DUPLICATE.value: _("Aplikasi yang sama?"),
        PairKind.FUNCTION.value: _("Fungsi yang sama?"),
        DATA: _("Data yang sama?"),
    }
    context = {
        "kind": kind,
        "waiting": waiting,
        "tabs": [
            {
                "label": titles[one],
                "count": str(counts.waiting[one]),
                "url": address(HOME, jenis=one),
                "chosen": one == kind,
            }
            for one in kinds
        ],
        "rows": [
            {"row": one, "url": path(f"{HOME}data/{one.pk}/" if kind == DATA else f"{HOME}{one.pk}/"),
             "verdict": Verdict(one.verdict).label if one.verdict else "",
             "said": getattr(one, "declared_reason", "")}
            for one in found.rows
        ],
        "decided": counts.decided,
        "same": counts.same,
        "declares": agencies_for(request.user, Permission.EDIT_REGISTRY) != frozenset(),
        "other_url": address(HOME, jenis=kind, keadaan="diputuskan" if waiting else ""),
        "next_url": address(HOME, **kept, setelah=found.next_key) if found.next_key else "",
        "first_url": address(HOME, **kept) if after else "",
        "crumbs": crumbs(),
    }  # fmt: skip
    return render(request, "registry/overlap/pages/list_pairs.html", context)


@reads_register
@never_cache
def show_pair(request: HttpRequest, number: int) -> HttpResponse:
    pair = reads.pair(request.user, number)
    if pair is None:
        raise Http404
    decides = may_decide(request.user)
    form = VerdictForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if not decides:
            raise Http404
        if "batal" in request.POST:
            return _decided(pair, "", "", None, request)
        if form.is_valid():
            got = form.cleaned_data
            return _decided(pair, got["verdict"], got["reason"], got["review_on"], request)
    merge = Merge.objects.filter(pair=pair, undone_at=None).select_related("standing", "merged").first()
    context = {
        "pair": pair,
        "compared": compare(
            pair.a, pair.b, visible=visible_to(request.user, pair.a) & visible_to(request.user, pair.b)
        ),
        "sides": [
            {"row": row, "parts": parts_of(row), "url": path(record_path(row.slug))}
            for row in (pair.a, pair.b)
        ],
        "form": form,
        "decides": decides,
        "verdict": Verdict(pair.verdict).label if pair.verdict else "",
        "saved": "tersimpan" in request.GET,
        "merge": merge,
        "undo": merge is not None and decides and timezone.now() - merge.made_at <= UNDO,
        "duplicate": pair.kind == PairKind.DUPLICATE,
        "takes_back": bool(pair.declared_by) and keeps(request.user, pair),
        "crumbs": crumbs((_("Yang mirip"), HOME)),
    }
    status = 400 if form.errors else 200
    return render(request, "registry/overlap/pages/show_pair.html", context, status=status)


@edits
@never_cache
def declare_pair(request: HttpRequest) -> HttpResponse:
    """Say that two applications do the same in part; one of them must be the viewer's."""
    mine = agencies_for(request.user, Permission.EDIT_REGISTRY)
    slug = request.GET.get("aplikasi", "")[:120].replace("\x00", "")
    known = named_application(slug) if slug else None
    form = DeclareForm(
        request.POST if request.method == "POST" else None, initial={"first": known.name if known else ""}
    )
    if request.method == "POST" and form.is_valid():
        got = form.cleaned_data
        two = (got["first_application"], got["second_application"])
        owner = next((one.owner for one in two if mine is not None and one.owner_id in mine), None)
        by = actor_of(request)
        if mine is not None and owner is None:
            form.add_error("first", _("Salah satu aplikasi harus milik instansi Anda."))
        else:
            said_by = f"{by.name}, {owner.short_name}" if owner else by.name
            try:
                pair = actions.declare(applications=two, reason=got["reason"], said_by=said_by, by=by)
            except actions.CannotDeclareError:
                form.add_error("first", _("Salah satunya sudah digabung atau ditolak."))
            else:
                return redirect(address(f"{HOME}{pair.pk}/", tersimpan="ya"))
    context = {
        "form": form,
        "names": names_to_offer(request.user),
        "crumbs": crumbs((_("Yang mirip"), HOME)),
    }
    status = 400 if form.errors else 200
    return render(request, "registry/overlap/pages/declare_pair.html", context, status=status)


@edits
def take_back_pair(request: HttpRequest, number: int) -> HttpResponse:
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    pair = reads.pair(request.user, number)
    if pair is None or not keeps(request.user, pair):
        raise Http404
    actions.take_back_declaration(pair=pair, by=actor_of(request))
    return redirect(address(f"{HOME}{pair.pk}/", tersimpan="ya"))


def keeps(viewer: Any, pair: Pair) -> bool:
    """Those who keep the register, and the owners of one of the two."""
    mine = agencies_for(viewer, Permission.EDIT_REGISTRY)
    return mine is None or not mine.isdisjoint({pair.a.owner_id, pair.b.owner_id})


def _decided(pair: Any, verdict: str, reason: str, review_on: Any, request: HttpRequest) -> HttpResponse:
    try:
        actions.decide(pair=pair, verdict=verdict, reason=reason, review_on=review_on, by=actor_of(request))
    except actions.CannotMergeError:
        raise Http404 from None
    return redirect(f"{request.path}?tersimpan")


@reads_register
@never_cache
def show_data_pair(request: HttpRequest, number: int) -> HttpResponse:
    pair = reads.data_pair(request.user, number)
    if pair is None:
        raise Http404
    decides = may_decide(request.user)
    form = VerdictForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if not decides:
            raise Http404
        if "batal" in request.POST:
            return _decided(pair, "", "", None, request)
        if form.is_valid():
            got = form.cleaned_data
            return _decided(pair, got["verdict"], got["reason"], got["review_on"], request)
    context = {
        "pair": pair,
        "sides": (pair.a, pair.b),
        "form": form,
        "decides": decides,
        "verdict": Verdict(pair.verdict).label if pair.verdict else "",
        "saved": "tersimpan" in request.GET,
        "crumbs": crumbs((_("Yang mirip"), HOME), (_("Data yang sama?"), f"{HOME}?jenis=data")),
    }
    status = 400 if form.errors else 200
    return render(request, "registry/overlap/pages/show_data_pair.html", context, status=status)


@manages
@never_cache
def merge_pair(request: HttpRequest, number: int) -> HttpResponse:
    """Which record stands, which values; then one act."""
    pair = reads.pair(request.user, number)
    if pair is None or pair.kind != PairKind.DUPLICATE or pair.verdict == Verdict.MERGED:
        raise Http404
    compared = compare(pair.a, pair.b, visible=Visibility.values)  # a merge leaves nothing behind
    sides = [(key, f"{row.name} ({row.owner.short_name})") for key, row in (("a", pair.a), ("b", pair.b))]
    form = MergeForm(
        request.POST if request.method == "POST" else None,
        sides=sides,
        differing=compared.differing,
        initial={"stands": _fuller(pair)},
    )
    if request.method == "POST" and form.is_valid():
        a_stands = form.cleaned_data["stands"] == "a"
        standing, merged = (pair.a, pair.b) if a_stands else (pair.b, pair.a)
        take = [*form.taken(), *(compared.only_b if a_stands else compared.only_a)]
        actor = actor_of(request)
        try:
            actions.merge(
                standing=standing, merged=merged, take=take, reason=form.cleaned_data["reason"], stated_by=actor.name,
                by=actor, pair=pair,
            )  # fmt: skip
        except actions.CannotMergeError:
            raise Http404 from None
        return redirect(f"{path(f'{HOME}{pair.pk}/')}?tersimpan")
    context = {
        "pair": pair,
        "form": form,
        "compared": compared,
        "sides": [{"row": row, "parts": parts_of(row)} for row in (pair.a, pair.b)],
        "crumbs": crumbs(
            (_("Yang mirip"), HOME), (f"{pair.a.name} ~ {pair.b.name}"[:60], f"{HOME}{pair.pk}/")
        ),
    }
    return render(
        request, "registry/overlap/pages/merge_pair.html", context, status=400 if form.errors else 200
    )


def _fuller(pair: Pair) -> str:
    """The record that says more stands, unless a person chooses otherwise."""
    a, b = (sum(parts_of(row).values()) + (row.completeness or 0) for row in (pair.a, pair.b))
    return "a" if a >= b else "b"


@manages
@never_cache
def undo_merge(request: HttpRequest, number: int) -> HttpResponse:
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    merge = Merge.objects.filter(pk=number, undone_at=None).first()
    if merge is None or timezone.now() - merge.made_at > UNDO:
        raise Http404
    actor = actor_of(request)
    try:
        actions.undo_merge(merge=merge, stated_by=actor.name, by=actor)
    except (actions.CannotUndoMergeError, CannotUndoValuesError):
        context = {"merge": merge, "crumbs": crumbs((_("Yang mirip"), HOME))}
        return render(request, "registry/overlap/pages/cannot_undo_merge.html", context, status=409)
    target = f"{HOME}{merge.pair_id}/" if merge.pair_id else HOME
    return redirect(f"{path(target)}?tersimpan")


@edits
@never_cache
def list_unnamed_functions(request: HttpRequest) -> HttpResponse:
    """Applications without a confirmed function, each with what the words suggest."""
    after = request.GET.get("setelah", "")
    found = suggesting.unnamed(request.user, after=after)
    context = {
        "rows": found.rows,
        "left": suggesting.count_unnamed(request.user),
        "saved": "tersimpan" in request.GET,
        "next_url": address(f"{HOME}fungsi/", setelah=found.next_key) if found.next_key else "",
        "first_url": path(f"{HOME}fungsi/") if after else "",
        "nodes": suggesting.nodes(),
        "crumbs": crumbs((_("Yang mirip"), HOME)),
    }
    return render(request, "registry/overlap/pages/list_unnamed_functions.html", context)


@edits
@never_cache
def confirm_function(request: HttpRequest, slug: str) -> HttpResponse:
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    application = suggesting.application(slug)
    if application is None or not may_edit(request.user, application):
        raise Http404
    code = (request.POST.get("kode", "") or request.POST.get("lain", "")).replace("\x00", "")
    if not FunctionNode.objects.filter(pk=code[:30], tree=BUSINESS, valid_to=None).exists():
        return redirect(f"{path(f'{HOME}fungsi/')}")
    actor = actor_of(request)
    actions.confirm_function(
        application=application, node=code[:30], main=True, by=actor, stated_by=actor.name
    )
    return redirect(f"{path(f'{HOME}fungsi/')}?tersimpan")
