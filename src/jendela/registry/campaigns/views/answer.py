"""The door of a personal link and its first page: this is me, a code for a new device, not me; the list of
applications."""

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render

from jendela.common import ratelimit
from jendela.registry.campaigns import links, reads
from jendela.registry.campaigns.actions import answering
from jendela.registry.campaigns.choices import ItemState
from jendela.registry.campaigns.reads.sheet import ItemSheet, Sheet
from jendela.registry.campaigns.views.answer_gate import Holder, answers, device_secret, refused, remember
from jendela.ui.forms import SentCodeForm

CODE_GUESSES = (15, 3600)  # for one link, besides the tries of each code
# How long it takes, for the words "sekitar … menit": an estimate until real rounds were measured
SECONDS_TO_CONFIRM = 15  # an application whose values stand there
SECONDS_TO_ANSWER = 25  # a question that is still open


@answers(closed=True, stranger=True)
def answer_home(request: HttpRequest, holder: Holder) -> HttpResponse:
    """Where one stands. A GET binds nothing: programs look at links in messages."""
    bundle = holder.bundle
    if not holder.known:
        context = {"link": holder, "bundle": bundle, "used": links.has_device(holder.link)}
        return render(request, "registry/campaigns/pages/answer_door.html", context)
    if not bundle.round.is_open and bundle.submitted_at is None:
        return refused(request, "closed", 410)
    found = reads.sheet.sheet(bundle)
    context = {
        "link": holder,
        "bundle": bundle,
        "sheet": found,
        "rows": [
            {"sheet": one, "url": holder.url(f"{one.item.pk}/"), "state": _state(one)} for one in found.items
        ],
        "minutes": minutes(found),
        "left": sum(not (one.is_complete or one.is_locked) for one in found.items),
        "next_url": next_url(holder, found),
        "messages": reads.rounds.story(bundle).messages,
        "devices": links.count_devices(holder.link),
        "said": SAID.get(request.GET.get("selesai", "")),
    }
    return render(request, "registry/campaigns/pages/answer_home.html", context)


SAID = {"keluar": "devices", "berkas": "file", "tanya": "asked"}


def _state(one: ItemSheet) -> str:
    """locked, returned, complete, started or new."""
    if one.is_locked:
        return "locked"
    if one.item.state == ItemState.RETURNED and not _touched_since(one):
        return "returned"
    if one.is_complete:
        return "complete"
    return "started" if one.done else "new"


def _touched_since(one: ItemSheet) -> bool:
    item = one.item
    return bool(item.saved_at and item.decided_at and item.saved_at > item.decided_at)


def minutes(found: Sheet) -> int:
    """About how long the rest takes; 0 when nothing is left."""
    seconds = 0
    for one in found.items:
        if one.is_complete or one.is_locked:
            continue
        open_ones = [each for each in one.asked if each.answer is None]
        seconds += SECONDS_TO_ANSWER * sum(not each.is_known for each in open_ones)
        seconds += SECONDS_TO_CONFIRM if any(each.is_known for each in open_ones) else 0
    return -(-seconds // 60)


def next_url(holder: Holder, found: Sheet) -> str:
    """Where to go on: the first application with something open, then those that are not listed, then the look over
    it all."""
    if holder.bundle.is_answered:
        return holder.url("terkirim/")
    for one in found.items:
        if _state(one) in {"returned", "started", "new"}:
            return holder.url(f"{one.item.pk}/")
    return holder.url("aplikasi-lain/" if holder.bundle.unlisted is None else "periksa/")


@answers(stranger=True)
def answer_begin(request: HttpRequest, holder: Holder) -> HttpResponse:
    """'Ini saya, mulai': binds the first device."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    secret = device_secret(request)
    if not holder.known:
        try:
            links.bind_first_device(link=holder.link, secret=secret, by=holder.by)
        except links.DeviceNeededError:
            return redirect(holder.url())
    try:
        answering.open_bundle(bundle=holder.bundle, by=holder.by)
    except answering.ClosedError:
        return redirect(holder.url())
    return remember(request, redirect(holder.url()), holder, secret)


@answers(closed=True, stranger=True)
def answer_code(request: HttpRequest, holder: Holder) -> HttpResponse:
    """A code for this device, sent to the holder. The page tells nothing of the bundle."""
    if holder.known or not links.has_device(holder.link):
        return redirect(holder.url())
    form = SentCodeForm(request.POST if request.POST.get("code") is not None else None)
    why, status = "", 200
    if request.method == "POST" and form.is_bound:
        limit, seconds = CODE_GUESSES
        if not ratelimit.hit("isi_code", str(holder.link.pk), limit=limit, seconds=seconds).allowed:
            why, status = "wait", 429
        elif form.is_valid():
            secret = device_secret(request)
            typed = form.cleaned_data["code"]
            state = links.use_code(link=holder.link, typed=typed, secret=secret, by=holder.by)
            if state == "ok":
                return remember(request, redirect(holder.url()), holder, secret)
            why, status = ("dead", 400) if state == "dead" else ("", 400)
            if state == "wrong":
                form.add_error("code", form.fields["code"].error_messages["wrong"])
        else:
            status = 400
    elif request.method == "POST":
        try:
            links.send_code(link=holder.link, by=holder.by)
        except links.TooManyCodesError:
            why, status = "many", 429
        else:
            return redirect(holder.url("kode/"))
    context = {"link": holder, "form": form, "why": why, "to": links.masked(holder.bundle)}
    return render(request, "registry/campaigns/pages/answer_code.html", context, status=status)


@answers(stranger=True)
def answer_refuse(request: HttpRequest, holder: Holder) -> HttpResponse:
    """'Bukan saya': the link ends and Kominfo hears of it. Not from a device that came later without a code."""
    if not holder.known and links.has_device(holder.link):
        return redirect(holder.url())
    if request.method == "POST":
        note = request.POST.get("note", "")
        try:
            answering.refuse(bundle=holder.bundle, note=note, by=holder.by)
        except answering.ClosedError:
            return refused(request, "closed", 410)
        return refused(request, "thanks", 200)
    return render(
        request, "registry/campaigns/pages/answer_refuse.html", {"link": holder, "bundle": holder.bundle}
    )


@answers()
def answer_end_devices(request: HttpRequest, holder: Holder) -> HttpResponse:
    """All other devices need a code again."""
    if request.method == "POST":
        links.end_other_devices(link=holder.link, secret=holder.secret, by=holder.by)
        return redirect(f"{holder.url()}?selesai=keluar")
    return HttpResponseNotAllowed(["POST"])
