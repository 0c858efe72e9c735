"""Screens of residents' words: what was not found, the words of a service, and what a change does before it is kept."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from jendela.people.access.actor import actor_of
from jendela.people.access.choices import Audience, Module, Permission
from jendela.people.access.screens import screen
from jendela.portal.words import effect, reads
from jendela.portal.words.forms import MeaningForm, PhraseForm, WordsForm
from jendela.services.catalogue.choices import WordKind
from jendela.services.catalogue.reads.content import check
from jendela.services.search import actions
from jendela.services.search import reads as search
from jendela.services.search.choices import ChangeKind, ChangeState, Kind, Origin, QueryState
from jendela.ui.templatetags.ui import path

LONGEST_QUERY = 120
ALL = "semua"
HOME = "/kelola/kata/"


def _screen(view: Any) -> Any:
    """The mark of every screen here."""
    mark = screen(audience=Audience.STAFF, needs=Permission.WRITE_WORDS, module=Module.WORDS)
    return mark(never_cache(view))


def _address(target: str, **values: object) -> str:
    kept = {name: value for name, value in values.items() if value not in ("", None)}
    return f"{path(target)}?{urlencode(kept)}" if kept else path(target)


def _crumbs(*more: tuple[Any, str]) -> list[dict[str, Any]]:
    rows = [(_("Ruang kelola"), "/kelola/"), *more]
    return [{"label": label, "url": path(target)} for label, target in rows]


def _text(raw: str | None, longest: int = LONGEST_QUERY) -> str:
    return " ".join((raw or "").replace("\x00", "").split())[:longest]


def _number(text: str | None) -> int | None:
    text = text or ""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else None


def _chips(
    labels: dict[str, Any], chosen: str, target: str, name: str, **kept: object
) -> list[dict[str, Any]]:
    return [
        {"label": label, "url": _address(target, **{name: value}, **kept), "chosen": value == chosen}
        for value, label in labels.items()
    ]


@_screen
def list_queries(request: HttpRequest) -> HttpResponse:
    """What residents did not find in 30 days, most asked first, beside the nearest service and its words."""
    scope = reads.scope_of(request.user)
    owners = reads.owners(scope)
    owner = next((one for one in owners if one.slug == request.GET.get("instansi")), None)
    state = request.GET.get("keadaan", "")
    state = state if state in {*QueryState.values, ALL} else QueryState.OPEN.value
    try:
        page = search.asked_page(
            agencies=scope,
            owner=owner.pk if owner else None,
            state="" if state == ALL else state,
            after=_text(request.GET.get("sesudah"), 160),
            size=reads.PAGE,
        )
    except ValueError as error:
        raise Http404 from error
    near = reads.services({row.service for row in page.rows if row.service})
    kept = {"keadaan": state, "instansi": owner.slug if owner else ""}
    marked = _text(request.GET.get("ditandai"))
    context = {
        "rows": [(row, near.get(row.service)) for row in page.rows],
        "states": _chips(
            {**{one.value: one.label for one in QueryState}, ALL: _("Semua")},
            state,
            HOME,
            "keadaan",
            instansi=kept["instansi"],
        ),
        "state": state,
        "owners": owners,
        "owner": owner,
        "marked": marked,
        "everywhere": scope is None,
        "unnamed": search.unnamed(),
        "next_url": _address(HOME, **kept, sesudah=page.next_key) if page.next_key else "",
        "first_url": _address(HOME, **kept) if request.GET.get("sesudah") else "",
        "query_url": path("/kelola/kata/kueri/"),
        "crumbs": _crumbs(),
    }
    return render(request, "portal/words/pages/list_queries.html", context)


@_screen
def mark_query(request: HttpRequest) -> HttpResponse:
    """Decide about a query, or take the decision back; only those who keep the words of all agencies."""
    if reads.scope_of(request.user) is not None:
        raise Http404
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    query = _text(request.POST.get("kueri"))
    state = request.POST.get("keadaan", "")
    if not query or state not in QueryState.values:
        raise Http404
    by = actor_of(request)
    if state == QueryState.OPEN:
        actions.open_query(query=query, by=by)
    else:
        actions.mark_query(query=query, state=QueryState(state), by=by)
    back = request.POST.get("tampil", "")
    return redirect(
        _address(
            HOME,
            keadaan=back if back in {*QueryState.values, ALL} else "",
            instansi=_text(request.POST.get("instansi"), 80),
            ditandai="" if state == QueryState.OPEN else query,
        )
    )


@_screen
def show_query(request: HttpRequest) -> HttpResponse:
    """One query and all that mean the same: choose its service, try the words there, or keep it as a test query."""
    scope = reads.scope_of(request.user)
    asked = search.one_asked(_text(request.GET.get("q")), agencies=scope)
    if asked is None:
        raise Http404
    sought = _text(request.GET.get("cari"))
    found = reads.suggestions(sought or asked.query, scope)
    choices = [(one.slug, one.name) for one in found]
    if request.method == "POST":
        form = PhraseForm(request.POST, choices=choices)
        if form.is_valid() and (done := _decide_query(request, form, asked)):
            return done
    else:
        start = {"kata": asked.query.replace("#", " "), "pilihan": choices[0][0] if choices else ""}
        form = PhraseForm(initial=start, choices=choices)
    tested = _number(request.GET.get("kueri_uji"))
    context = {
        "asked": asked,
        "forms": [one for one in asked.forms if one != asked.query],
        "form": form,
        "found": found,
        "chosen": str(form["pilihan"].value() or ""),
        "sought": sought,
        "own": _address("/kelola/kata/kueri/", q=asked.query),
        "everywhere": scope is None,
        "meaning_url": _address("/kelola/kata/arti/", q=asked.query),
        "topic_url": _address("/kelola/kata/urusan-lain/", q=asked.query),
        "tested": tested,
        "crumbs": _crumbs((_("Kata warga"), HOME)),
    }
    return render(request, "portal/words/pages/show_query.html", context)


def _decide_query(request: HttpRequest, form: PhraseForm, asked: search.Asked) -> HttpResponse | None:
    """Try the words or keep the test query; None when the form now says what is wrong."""
    service = reads.service(form.cleaned_data["pilihan"], request.user)
    if service is None:
        raise Http404
    phrase, by = form.cleaned_data["kata"], actor_of(request)
    if request.POST.get("aksi") == "uji":
        row = actions.add_test_query(query=phrase, wanted=[f"{Kind.SERVICE}/{service.slug}"], by=by)
        return redirect(_address("/kelola/kata/kueri/", q=asked.query, kueri_uji=row.pk))
    words = search.words_of(service)
    if phrase.casefold() in {text.casefold() for texts in words.values() for text in texts}:
        form.add_error("kata", _("Kata ini sudah ada pada layanan itu."))
        return None
    words[WordKind.PHRASE].append(phrase)
    if errors := check("words", words):
        form.add_error("kata", errors[0])
        return None
    return _tried(ChangeKind.WORDS, service.slug, words, request, asked.query)


def _tried(
    kind: ChangeKind, target: str, after: dict[str, list[str]], request: HttpRequest, query: str
) -> HttpResponse:
    row = actions.try_change(kind=kind, target=target, after=after, by=actor_of(request), query=query)
    return redirect(path(f"/kelola/kata/uji/{row.pk}/"))


@_screen
def edit_words(request: HttpRequest, slug: str) -> HttpResponse:
    """The three lists of a service, beside the queries that led here and those that nearly did."""
    service = reads.service(slug, request.user)
    if service is None:
        raise Http404
    words = search.words_of(service)
    added = _text(request.GET.get("tambah"))
    if request.method == "POST":
        form = WordsForm(request.POST)
        if form.is_valid():
            if form.words() != words:
                return _tried(ChangeKind.WORDS, slug, form.words(), request, _text(request.POST.get("kueri")))
            form.add_error(None, _("Belum ada kata yang berubah."))
    else:
        phrases = [*words[WordKind.PHRASE], *([added.replace("#", " ")] if added else [])]
        form = WordsForm(
            initial={
                "phrases": "\n".join(phrases),
                "keywords": "\n".join(words[WordKind.KEYWORD]),
                "english": "\n".join(words[WordKind.ENGLISH]),
            }
        )
    led = search.led_to(slug)
    context = {
        "service": service,
        "form": form,
        "added": added,
        "sure": [one for one in led if one.confident],
        "nearly": [one for one in led if not one.confident],
        "own": path(f"/kelola/kata/layanan/{slug}/"),
        "crumbs": _crumbs((_("Kata warga"), HOME)),
    }
    return render(request, "portal/words/pages/edit_words.html", context)


@_screen
def add_meaning(request: HttpRequest) -> HttpResponse:
    """A slang, regional or short form and what it stands for; only those who keep the words of all agencies."""
    if reads.scope_of(request.user) is not None:
        raise Http404
    query = _text(request.GET.get("q"))
    form = MeaningForm(request.POST) if request.method == "POST" else MeaningForm()
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        known = reads.meanings(data["form"])
        if data["meaning"] in known.all:
            form.add_error("meaning", _("Arti ini sudah ada di daftar kata."))
        else:
            after = {"makna": [*known.by_hand, data["meaning"]], "bahasa": [data["language"]]}
            return _tried(ChangeKind.MEANING, data["form"], after, request, query)
    context = {
        "form": form,
        "asked": query,
        "known": reads.meanings(str(form["form"].value() or "")).all if form.errors else [],
        "crumbs": _crumbs((_("Kata warga"), HOME)),
    }
    return render(request, "portal/words/pages/add_meaning.html", context)


@_screen
def add_to_topic(request: HttpRequest) -> HttpResponse:
    """A query that others take care of: the search will say whose task it is."""
    if reads.scope_of(request.user) is not None:
        raise Http404
    query = _text(request.GET.get("q"))
    topics = reads.topics(query)
    choices = [(one.key, one.name) for one in topics]
    if request.method == "POST":
        form = PhraseForm(request.POST, choices=choices, label=_("Urusan apa?"))
        if form.is_valid():
            topic = next(one for one in topics if one.key == form.cleaned_data["pilihan"])
            phrase = form.cleaned_data["kata"]
            if phrase.casefold() in {text.casefold() for text in topic.phrases()}:
                form.add_error("kata", _("Kata ini sudah ada pada urusan itu."))
            else:
                added = [part for part in topic.added.split(";") if part]
                return _tried(ChangeKind.TOPIC, topic.key, {"ungkapan": [*added, phrase]}, request, query)
    else:
        form = PhraseForm(initial={"kata": query.replace("#", " ")}, choices=choices, label=_("Urusan apa?"))
    context = {
        "form": form,
        "topics": topics,
        "chosen": str(form["pilihan"].value() or ""),
        "asked": query,
        "crumbs": _crumbs((_("Kata warga"), HOME)),
    }
    return render(request, "portal/words/pages/add_to_topic.html", context)


@_screen
def try_change(request: HttpRequest, number: int) -> HttpResponse:
    """What a change does to the test queries and to residents' queries; keep it, leave it, or take it back."""
    scope = reads.scope_of(request.user)
    row = reads.change(number, scope)
    if row is None:
        raise Http404
    problem = ""
    if request.method == "POST":
        problem = _decide_change(request, number)
        if not problem:
            return redirect(path(f"/kelola/kata/uji/{number}/"))
        row = reads.change(number, scope) or row
    context = effect.of(row) | {
        "change": row,
        "problem": problem,
        "state": row.state,
        "States": ChangeState,
        "own": path(f"/kelola/kata/uji/{number}/"),
        "again": _again(row),
        "public": _address("/cari/", q=row.query) if row.query else "",
        "crumbs": _crumbs((_("Kata warga"), HOME)),
    }
    status = 409 if problem == "meanwhile" else 200
    return render(request, "portal/words/pages/try_change.html", context, status=status)


def _decide_change(request: HttpRequest, number: int) -> str:
    """Do what was pressed; '' or what stood against it."""
    by, pressed = actor_of(request), request.POST.get("putusan")
    try:
        if pressed == "simpan":
            actions.keep_change(number=number, accept_harm=request.POST.get("tahu") == "ya", by=by)
        elif pressed == "kembali":
            actions.undo_change(number=number, by=by)
        elif pressed == "batal":
            actions.cancel_change(number=number, by=by)
        else:
            raise Http404
    except actions.HarmNotAcceptedError:
        return "harm"
    except actions.ChangedMeanwhileError:
        return "meanwhile"
    return ""


def _again(row: Any) -> str:
    """Where the same thing can be edited again."""
    return path(f"/kelola/kata/layanan/{row.target}/") if row.kind == ChangeKind.WORDS else path(HOME)


@_screen
def list_changes(request: HttpRequest) -> HttpResponse:
    """Every change of words, newest first."""
    before = _number(request.GET.get("sebelum"))
    page = reads.changes(reads.scope_of(request.user), before=before)
    target = "/kelola/kata/riwayat/"
    context = {
        "rows": [(row, effect.difference(row)) for row in page.rows],
        "own": path("/kelola/kata/uji/"),
        "next_url": _address(target, sebelum=page.next_key) if page.next_key else "",
        "first_url": path(target) if before else "",
        "crumbs": _crumbs((_("Kata warga"), HOME)),
    }
    return render(request, "portal/words/pages/list_changes.html", context)


@_screen
def list_test_queries(request: HttpRequest) -> HttpResponse:
    """Queries whose right answer is known: each change of words is measured on them."""
    scope = reads.scope_of(request.user)
    text, after = _text(request.GET.get("q")), _number(request.GET.get("sesudah"))
    origin = request.GET.get("asal", "")
    origin = origin if origin in Origin.values else ""
    dropped = request.GET.get("keadaan") == "dilepas"
    rows, next_key = reads.test_queries(text=text, origin=origin, active=not dropped, after=after)
    target = "/kelola/kata/kueri-uji/"
    kept = {"q": text, "asal": origin, "keadaan": "dilepas" if dropped else ""}
    labels = {"": _("Semua"), **{one.value: str(one.label).capitalize() for one in Origin}}
    context = {
        "rows": rows,
        "text": text,
        "origin": origin,
        "origins": _chips(labels, origin, target, "asal", q=text, keadaan=kept["keadaan"]),
        "dropped": dropped,
        "other_url": _address(target, q=text, asal=origin, keadaan="" if dropped else "dilepas"),
        "just": _number(request.GET.get("dilepas")),
        "may_change": scope is None,
        "own": path(target),
        "next_url": _address(target, **kept, sesudah=next_key) if next_key else "",
        "first_url": _address(target, **kept) if after else "",
        "crumbs": _crumbs((_("Kata warga"), HOME)),
    }
    return render(request, "portal/words/pages/list_test_queries.html", context)


@_screen
def set_test_query(request: HttpRequest, number: int) -> HttpResponse:
    """Drop a test query or take it back: those who keep all words, or who added it."""
    row = reads.test_query(number)
    mine = row is not None and row.added_by_id is not None and row.added_by_id == request.user.pk
    if row is None or not (mine or reads.scope_of(request.user) is None):
        raise Http404
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    if request.POST.get("keadaan") == "lepas":
        actions.drop_test_query(number=number, by=actor_of(request))
        return redirect(_address("/kelola/kata/kueri-uji/", dilepas=number))
    actions.restore_test_query(number=number, by=actor_of(request))
    return redirect(path("/kelola/kata/kueri-uji/"))
