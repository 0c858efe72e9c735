"""Kominfo gives what was found, follows it up, leaves it or takes it back."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from jendela.common.dates import today
from jendela.common.workdays.counting import add_working_days, unknown_note
from jendela.insight.recommendations import actions, reads
from jendela.insight.recommendations.choices import OPEN, RUNNING, State
from jendela.insight.recommendations.forms import KEEP, CloseForm, FollowUpForm
from jendela.insight.recommendations.models import Recommendation
from jendela.insight.recommendations.thresholds import thresholds
from jendela.insight.recommendations.views.common import HOME, gives, own_url, posted, the_recommendation, way
from jendela.people.access.actor import actor_of
from jendela.people.access.paths import address
from jendela.ui.templatetags.ui import path


@gives
@never_cache
def give_recommendations(request: HttpRequest) -> HttpResponse:
    """What each agency would get and by when; then given in one act. What changed meanwhile is shown anew."""
    rows = reads.found_in(request.GET.getlist("g"))
    limit = thresholds(today())["banjir"].value
    problem = ""
    if request.method == "POST":
        chosen = [int(one) for one in request.POST.getlist("pilih") if one.isdecimal() and len(one) < 10]
        try:
            letters = actions.give(
                recommendations=chosen, by=actor_of(request), sure=request.POST.get("yakin") == "ya"
            )
        except actions.TooManyError as error:
            problem = _(
                "Ini %(number)s rekomendasi sekaligus, lebih dari %(limit)s. Kurangi, atau centang persetujuan."
            ) % {"number": error.number, "limit": error.limit}
        except actions.ChangedError:
            problem = (
                _("Sebagian sudah berubah sejak halaman ini dibuka. Periksa lagi pilihannya.")
                if chosen
                else _("Belum ada yang dipilih. Centang paling sedikit satu.")
            )
        else:
            numbers = ",".join(str(one.pk) for one in letters[:20])
            return redirect(address(HOME, selesai="diberikan", surat=numbers))
    context = {
        "groups": _groups(rows),
        "number": len(rows),
        "many": len(rows) > limit,
        "most": reads.MOST if len(rows) == reads.MOST else 0,
        "limit": limit,
        "due": add_working_days(today(), thresholds(today())["jawab"].value),
        "days": thresholds(today())["jawab"],
        "calendar": unknown_note(today(), add_working_days(today(), thresholds(today())["jawab"].value)),
        "problem": problem,
        "crumbs": way(),
    }
    status = 400 if problem else 200
    return render(request, "insight/recommendations/pages/give_recommendations.html", context, status=status)


def _groups(rows: Sequence[Recommendation]) -> list[dict[str, Any]]:
    """By agency: the lines it gets, and who reads the message."""
    people: dict[int, list[str]] = {}
    for one in reads.answerers({row.agency_id for row in rows}):
        people.setdefault(one.agency_id or 0, []).append(one.user.name)
    found = []
    for agency_id, own in groupby(rows, key=lambda row: row.agency_id):
        lines = [{"row": row, "sentence": reads.words(row)} for row in own]
        agency = lines[0]["row"].agency  # type: ignore[attr-defined]
        found.append({"agency": agency, "lines": lines, "people": people.get(agency_id, [])})
    return found


@gives
@never_cache
def follow_recommendation(request: HttpRequest, number: int) -> HttpResponse:
    """A note after looking; the facts of today stand beside it."""
    row = the_recommendation(request, number)
    form = FollowUpForm(posted(request))
    if request.method == "POST" and form.is_valid():
        got = form.cleaned_data
        try:
            actions.follow_up(
                recommendation=row, text=got["catatan"], done=got["selesai"], by=actor_of(request)
            )
        except actions.ChangedError:
            form.add_error(None, _("Rekomendasi ini tidak sedang berjalan. Catatan Anda belum tersimpan."))
        else:
            return redirect(address(own_url(row), selesai="ditindaklanjuti"))
    now = reads.now(row)
    context = {
        "row": row,
        "sentence": reads.words(row),
        "now": now,
        "form": form,
        "open": row.state in (*RUNNING, State.DONE),
        "done": row.state == State.DONE,
        "crumbs": way((row.application.name, own_url(row))),
    }
    page = "insight/recommendations/pages/follow_recommendation.html"
    return render(request, page, context, status=400 if form.errors else 200)


@gives
@never_cache
def close_recommendation(request: HttpRequest, number: int) -> HttpResponse:
    """Leave it as it is until a day, or take it back."""
    row = the_recommendation(request, number)
    form = CloseForm(posted(request), given=row.state in RUNNING)
    if request.method == "POST" and form.is_valid():
        got, by = form.cleaned_data, actor_of(request)
        try:
            if got["pilihan"] == KEEP:
                actions.keep(recommendation=row, reason=got["alasan"], review_on=got["sampai"], by=by)
            else:
                actions.withdraw(recommendation=row, reason=got["alasan"], by=by)
        except actions.ChangedError:
            form.add_error(None, _("Rekomendasi ini sudah ditutup. Yang Anda tulis belum tersimpan."))
        else:
            done = "dibiarkan" if got["pilihan"] == KEEP else "ditarik"
            return redirect(address(own_url(row), selesai=done))
    context = {
        "row": row,
        "sentence": reads.words(row),
        "form": form,
        "open": row.state in OPEN,
        "back": path(own_url(row)),
        "crumbs": way((row.application.name, own_url(row))),
    }
    page = "insight/recommendations/pages/close_recommendation.html"
    return render(request, page, context, status=400 if form.errors else 200)
