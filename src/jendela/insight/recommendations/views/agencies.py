"""The head of an agency answers."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from jendela.insight.recommendations import actions, reads
from jendela.insight.recommendations.choices import RUNNING
from jendela.insight.recommendations.forms import AnswerForm
from jendela.insight.recommendations.views.common import answers, own_url, posted, the_recommendation, way
from jendela.people.access.actor import actor_of
from jendela.people.access.choices import Permission
from jendela.people.access.paths import address
from jendela.people.access.policy import has_permission


@answers
@never_cache
def answer_recommendation(request: HttpRequest, number: int) -> HttpResponse:
    """Yes with a plan and a day, partly, no with a reason; where it is to retire, with the decision at once."""
    row = the_recommendation(request, number)
    if not has_permission(request.user, Permission.ANSWER_ADVICE, row.agency_id):
        raise Http404
    form = AnswerForm(posted(request), row=row)
    if request.method == "POST" and form.is_valid():
        try:
            done = _answer(request, form)
        except actions.ChangedError:
            form.add_error(None, _("Rekomendasi ini sudah ditutup. Jawaban Anda di bawah belum tersimpan."))
        else:
            return redirect(address(own_url(row), selesai=done))
    context = {
        "row": row,
        "sentence": reads.words(row),
        "rule": reads.rule_of(row),
        "form": form,
        "open": row.state in RUNNING,
        "crumbs": way((row.application.name, own_url(row))),
    }
    page = "insight/recommendations/pages/answer_recommendation.html"
    return render(request, page, context, status=400 if form.errors else 200)


def _answer(request: HttpRequest, form: AnswerForm) -> str:
    by, got = actor_of(request), form.cleaned_data
    if form.decides:
        actions.retire(
            recommendation=form.row,
            decision=form.decision(),
            replacement=form.replacement,
            no_replacement=got["tanpa_pengganti"],
            name=by.name,
            by=by,
        )
        return "dihentikan"
    actions.answer(
        recommendation=form.row,
        kind=got["jawaban"],
        text=got["penjelasan"],
        planned_on=got["selesai"],
        name=by.name,
        by=by,
    )
    return "dijawab"
