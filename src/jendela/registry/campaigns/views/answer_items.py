"""One application at a time: what stands in the record with three buttons, and a page for each open question."""

import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from jendela.common.dates import today
from jendela.registry.campaigns import reads
from jendela.registry.campaigns.actions import answering
from jendela.registry.campaigns.answer_forms import AnswerForm
from jendela.registry.campaigns.answers import Answer, BadAnswerError
from jendela.registry.campaigns.choices import QuestionKind, Say
from jendela.registry.campaigns.reads.sheet import Asked, ItemSheet
from jendela.registry.campaigns.views.answer import next_url
from jendela.registry.campaigns.views.answer_gate import Holder, answers

KEPT_ON_PHONE = datetime.timedelta(days=14)  # as ui/js/answer.js
ONE_TAP = {Say.SAME, Say.UNKNOWN}


def _item(holder: Holder, item: int) -> ItemSheet:
    found = reads.sheet.sheet(holder.bundle, item=item)
    if not found.items:
        raise Http404
    return found.items[0]


def _place(holder: Holder, item: int) -> dict[str, Any]:
    """'Aplikasi 2 dari 7', by name, and the ones beside it."""
    keys = reads.sheet.item_keys(holder.bundle)
    place = keys.index(item)
    return {
        "number": place + 1,
        "total": len(keys),
        "before_url": holder.url(f"{keys[place - 1]}/") if place else "",
        "after_url": holder.url(f"{keys[place + 1]}/") if place + 1 < len(keys) else "",
    }


def _on(holder: Holder) -> str:
    """After an application is complete: the next open one, or what comes then."""
    return next_url(holder, reads.sheet.sheet(holder.bundle))


def _after(holder: Holder, sheet: ItemSheet) -> str:
    """The next question without an answer in this application: known ones are on its page, open ones have their own."""
    waiting = [one for one in sheet.asked if one.answer is None]
    if not waiting:
        return _on(holder)
    if any(one.is_known for one in waiting):
        return holder.url(f"{sheet.item.pk}/#{_anchor(next(one for one in waiting if one.is_known))}")
    return holder.url(f"{sheet.item.pk}/{waiting[0].question.key}/")


def _anchor(asked: Asked) -> str:
    return f"t-{asked.question.key}"


@answers()
def answer_item(request: HttpRequest, holder: Holder, item: int) -> HttpResponse:
    """All questions of one application. A POST takes one tap: still true, not known, or all still true."""
    found = _item(holder, item)
    if request.method == "POST":
        return _one_tap(request, holder, found)
    waiting = [one for one in found.asked if one.answer is None]
    context = {
        "link": holder,
        "bundle": holder.bundle,
        "sheet": found,
        "rows": [
            {"asked": one, "anchor": _anchor(one), "url": holder.url(f"{item}/{one.question.key}/")}
            for one in found.asked
        ],
        "known": sum(one.is_known for one in waiting),
        "open_url": "" if not waiting or found.is_locked else _first_open(holder, found, waiting),
        "place": _place(holder, item),
        "on_url": _on(holder) if found.is_complete or found.is_locked else "",
        "changed_elsewhere": request.GET.get("selesai") == "bersamaan",
    }
    return render(request, "registry/campaigns/pages/answer_item.html", context)


def _first_open(holder: Holder, found: ItemSheet, waiting: list[Asked]) -> str:
    one = next((one for one in waiting if not one.is_known), waiting[0])
    return holder.url(f"{found.item.pk}/{one.question.key}/")


def _one_tap(request: HttpRequest, holder: Holder, found: ItemSheet) -> HttpResponse:
    here = holder.url(f"{found.item.pk}/")
    revision = _revision(request)
    try:
        if request.POST.get("say") == "semua":
            answering.confirm_known(item=found.item, revision=revision, by=holder.by)
        else:
            key, say = request.POST.get("question", ""), request.POST.get("say", "")
            if say not in ONE_TAP or key not in {one.question.key for one in found.asked}:
                return redirect(here)
            given = {key: Answer(say)}
            answering.save_answers(item=found.item, given=given, revision=revision, by=holder.by)
    except answering.ConflictError:
        return redirect(f"{here}?selesai=bersamaan")
    except (answering.ClosedError, BadAnswerError):
        return redirect(here)
    return redirect(_after(holder, _item(holder, found.item.pk)))


def _revision(request: HttpRequest) -> int:
    text = request.POST.get("revision", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


@answers()
def answer_question(request: HttpRequest, holder: Holder, item: int, key: str) -> HttpResponse:
    """One question on a page of its own. What a script sends while somebody types is kept as well (JSON)."""
    found = _item(holder, item)
    asked = next((one for one in found.asked if one.question.key == key), None)
    if asked is None or found.is_locked:
        if _by_script(request):
            return JsonResponse({"said": _("Bagian ini sudah dikirim.")}, status=409)
        return redirect(holder.url(f"{item}/"))
    if request.method != "POST":
        return _question_page(request, holder, found, asked, AnswerForm(asked, holder.bundle))
    form = AnswerForm(asked, holder.bundle, request.POST)
    if request.POST.get("say") in {"tambah", "cari"}:
        form.is_valid()
        form.errors.clear()
        return _question_page(request, holder, found, asked, form)
    return _save(request, holder, found, asked, form)


def _by_script(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")


def _save(
    request: HttpRequest, holder: Holder, found: ItemSheet, asked: Asked, form: AnswerForm
) -> HttpResponse:
    """What the question is answered with: a tap alone, or what was typed; on error all of it comes back."""
    answer, other = _answer_of(request, form), None
    if answer is not None:
        try:
            given = {asked.question.key: answer}
            row = answering.save_answers(
                item=found.item, given=given, revision=_revision(request), by=holder.by
            )
            return _saved(request, holder, row.revision, found.item.pk)
        except BadAnswerError as error:
            form.show_errors(error.errors)
        except answering.ClosedError:
            return _closed(request, holder, found)
        except answering.ConflictError:
            found = _item(holder, found.item.pk)
            other = next(one for one in found.asked if one.question.key == asked.question.key)
            form.add_error(None, _("Jawaban ini baru saja diubah dari perangkat lain."))
    if _by_script(request):
        status = 409 if other else 422
        said = (
            _("Diubah dari perangkat lain. Tekan Simpan untuk melihatnya.") if other else _("Belum lengkap.")
        )
        return JsonResponse({"said": said}, status=status)
    return _question_page(request, holder, found, asked, form, other=other)


def _answer_of(request: HttpRequest, form: AnswerForm) -> Answer | None:
    say = request.POST.get("say", Say.VALUE)
    valid = form.is_valid()
    if say in ONE_TAP:
        form.errors.clear()
        return Answer(say)
    if not valid:
        return None
    value = form.read()
    return None if form.errors else Answer(Say.VALUE, value)


def _saved(request: HttpRequest, holder: Holder, revision: int, item: int) -> HttpResponse:
    if _by_script(request):
        at = date_format(timezone.localtime(), "H.i")
        return JsonResponse({"said": _("Tersimpan %(at)s WIB.") % {"at": at}, "revision": revision})
    return redirect(_after(holder, _item(holder, item)))


def _closed(request: HttpRequest, holder: Holder, found: ItemSheet) -> HttpResponse:
    if _by_script(request):
        return JsonResponse({"said": _("Bagian ini sudah dikirim.")}, status=409)
    return redirect(holder.url(f"{found.item.pk}/"))


def _question_page(
    request: HttpRequest,
    holder: Holder,
    found: ItemSheet,
    asked: Asked,
    form: AnswerForm,
    *,
    other: Asked | None = None,
) -> HttpResponse:
    keys = [one.question.key for one in found.asked]
    place = keys.index(asked.question.key)
    context = {
        "link": holder,
        "bundle": holder.bundle,
        "sheet": found,
        "asked": asked,
        "form": form,
        "other": other,
        "number": place + 1,
        "before_url": holder.url(f"{found.item.pk}/{keys[place - 1]}/") if place else "",
        "item_url": holder.url(f"{found.item.pk}/"),
        "single": len(form.fields) == 1,
        "keep_until": today() + KEPT_ON_PHONE,
        "keeps": asked.question.kind != QuestionKind.PEOPLE,  # names of people stay out of the phone's memory
    }
    status = 409 if other else 400 if form.errors else 200
    return render(request, "registry/campaigns/pages/answer_question.html", context, status=status)


@answers()
def answer_unlisted(request: HttpRequest, holder: Holder) -> HttpResponse:
    """Applications of the agency that the list does not have."""
    bundle = holder.bundle
    if bundle.is_answered:
        return redirect(holder.url("terkirim/"))
    rows: list[dict[str, Any]] = list(bundle.unlisted or [])
    if request.method == "POST":
        rows = _typed(request)
        if request.POST.get("say") == "tambah":
            rows.append({"name": "", "purpose": ""})
        else:
            given = [] if request.POST.get("say") == "tidak_ada" else rows
            named = [one for one in given if one["name"]]
            if named or request.POST.get("say") == "tidak_ada":
                try:
                    answering.report_unlisted(bundle=bundle, rows=named, by=holder.by)
                except answering.ClosedError:
                    return redirect(holder.url())
                return redirect(holder.url("periksa/"))
    missing = request.method == "POST" and request.POST.get("say") != "tambah"
    context = {
        "link": holder,
        "bundle": bundle,
        "rows": rows or [{"name": "", "purpose": ""}],
        "missing": missing,
    }
    return render(
        request, "registry/campaigns/pages/answer_unlisted.html", context, status=400 if missing else 200
    )


def _typed(request: HttpRequest) -> list[dict[str, Any]]:
    names, purposes = request.POST.getlist("name"), request.POST.getlist("purpose")
    purposes += [""] * (len(names) - len(purposes))
    pairs = zip(names[: answering.MOST_UNLISTED], purposes, strict=False)
    return [
        {"name": " ".join(name.split())[:200], "purpose": purpose.strip()[:500]} for name, purpose in pairs
    ]
