"""Rounds for Kominfo: list, made and changed, simulated, sent, extended, closed."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from jendela.common.dates import today
from jendela.people.access.actor import actor_of
from jendela.people.access.paths import address
from jendela.people.access.roles import ROLES
from jendela.registry.campaigns import reads, targets
from jendela.registry.campaigns.actions import chasing, rounds, sending
from jendela.registry.campaigns.choices import RoundState
from jendela.registry.campaigns.days import warnings
from jendela.registry.campaigns.forms import ExtendForm, RoundForm, of_round, start
from jendela.registry.campaigns.models import QuestionSet, Round
from jendela.registry.campaigns.policy import may_manage, sees_all
from jendela.registry.campaigns.rules import FLOOD, rule
from jendela.registry.campaigns.targets import Filters
from jendela.registry.campaigns.views.common import HOME, looks, posted, round_url, runs, said, the_round, way
from jendela.ui.templatetags.ui import path

DONE = {
    "dibuang": _("Rancangan sudah dibuang."),
    "disimpan": _("Rancangan tersimpan. Belum ada yang dikirim."),
}
STOPPED = {
    "banyak": _("Penerimanya lebih banyak daripada batas aman. Periksa daftarnya, lalu centang persetujuan."),
    "kosong": _("Belum ada seorang pun yang dapat menerima. Undang orangnya dulu."),
    "lewat": _("Batas menjawab sudah lewat. Ubah dulu tanggalnya."),
    "tanpa-pertanyaan": _("Kumpulan pertanyaannya kosong. Isi dulu, atau pilih kumpulan lain."),
    "terkirim": _("Putaran ini sudah dikirim sebelumnya."),
}


@looks
@never_cache
def list_rounds(request: HttpRequest) -> HttpResponse:
    """All rounds; who reads of his own agency alone is led to it, or chooses among his."""
    if not sees_all(request.user):
        own = reads.rounds.own_agencies(request.user)
        if len(own) == 1:
            return redirect(path(f"{HOME}instansi/{own[0].slug}/"))
        return render(
            request, "registry/campaigns/pages/choose_agency.html", {"agencies": own, "crumbs": way()[:1]}
        )
    found = reads.rounds.rounds()
    context = {
        "rounds": found,
        "may": may_manage(request.user),
        "done": said(request, DONE),
        "crumbs": way()[:1],
    }
    return render(request, "registry/campaigns/pages/list_rounds.html", context)


@runs
@never_cache
def make_round(request: HttpRequest) -> HttpResponse:
    form = RoundForm(posted(request), initial=start())
    if request.method == "POST" and form.is_valid():
        question_set = QuestionSet.objects.get(key=form.cleaned_data["question_set"])
        row = rounds.make_round(question_set=question_set, by=actor_of(request), **form.values())
        return redirect(path(round_url(row, "simulasi/")))
    return _form_page(request, form, None)


@runs
@never_cache
def edit_round(request: HttpRequest, slug: str) -> HttpResponse:
    row = _draft(slug)
    form = RoundForm(posted(request), initial=of_round(row))
    if request.method == "POST" and form.is_valid():
        question_set = QuestionSet.objects.get(key=form.cleaned_data["question_set"])
        values = {**form.values(), "question_set": question_set}
        rounds.change_round(round_=row, values=values, by=actor_of(request))
        return redirect(path(round_url(row, "simulasi/")))
    return _form_page(request, form, row)


def _form_page(request: HttpRequest, form: RoundForm, row: Round | None) -> HttpResponse:
    narrow = ("agencies", "kinds", "states", "operator_levels", "never_attested", "unchanged_since")
    context = {
        "form": form,
        "round": row,
        "sets": reads.rounds.question_sets(),
        "narrow": [form[name] for name in narrow],
        "narrowed": any(form[name].value() for name in narrow),
        "crumbs": way(),
    }
    status = 400 if form.errors else 200
    return render(request, "registry/campaigns/pages/edit_round.html", context, status=status)


def _draft(slug: str) -> Round:
    row = the_round(slug)
    if row.state != RoundState.DRAFT:
        raise Http404
    return row


@runs
@never_cache
def simulate_round(request: HttpRequest, slug: str) -> HttpResponse:
    """Who would get what, and who nothing; nothing is written by looking."""
    row = _draft(slug)
    found = targets.plan(Filters.of(row.filters), row.role, but=row.pk)
    limit = rule(FLOOD, today())
    context = {
        "round": row,
        "plan": found,
        "questions": reads.rounds.questions(row),
        "role": ROLES[row.role].label,
        "warnings": warnings(row.due_on) + warnings(row.approval_due_on),
        "many": found.recipients > limit,
        "limit": limit,
        "stopped": STOPPED.get(request.GET.get("berhenti", "")),
        "crumbs": way(),
    }
    return render(request, "registry/campaigns/pages/simulate_round.html", context)


@runs
@never_cache
def send_round(request: HttpRequest, slug: str) -> HttpResponse:
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    row = the_round(slug)
    many = request.POST.get("banyak") == "ya"
    stops: dict[type[Exception], str] = {
        sending.FloodError: "banyak",
        sending.NobodyError: "kosong",
        sending.NoQuestionError: "tanpa-pertanyaan",
        sending.DeadlineOverError: "lewat",
    }
    try:
        sending.send_round(round_=row, by=actor_of(request), many=many)
    except sending.NotADraftError:
        return redirect(path(round_url(row)))
    except tuple(stops) as error:
        return redirect(address(round_url(row, "simulasi/"), berhenti=stops[type(error)]))
    return redirect(address(round_url(row), selesai="dikirim"))


@runs
@never_cache
def drop_round(request: HttpRequest, slug: str) -> HttpResponse:
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    rounds.drop_round(round_=_draft(slug), by=actor_of(request))
    return redirect(address(HOME, selesai="dibuang"))


@runs
@never_cache
def extend_round(request: HttpRequest, slug: str) -> HttpResponse:
    """Later deadlines."""
    row = the_round(slug)
    if row.state != RoundState.OPEN:
        raise Http404
    form = ExtendForm(posted(request), initial={"due_on": row.due_on, "approval_due_on": row.approval_due_on})
    if request.method == "POST" and form.is_valid():
        try:
            rounds.extend_round(round_=row, by=actor_of(request), **form.cleaned_data)
        except rounds.BadDeadlineError:
            form.add_error("due_on", _("Batas baru harus sesudah batas lama, dan pemeriksaan sesudahnya."))
        else:
            return redirect(address(round_url(row), selesai="diperpanjang"))
    context = {
        "form": form,
        "round": row,
        "warnings": warnings(row.due_on),
        "crumbs": way((row.title, round_url(row))),
    }
    status = 400 if form.errors else 200
    return render(request, "registry/campaigns/pages/extend_round.html", context, status=status)


@runs
@never_cache
def close_round(request: HttpRequest, slug: str) -> HttpResponse:
    """Asks first: after it nobody can answer."""
    row = the_round(slug)
    if row.state != RoundState.OPEN:
        raise Http404
    if request.method == "POST":
        rounds.close_round(round_=row, by=actor_of(request))
        return redirect(address(round_url(row), selesai="ditutup"))
    context = {
        "round": row,
        "sums": reads.board.board(row).sums,
        "crumbs": way((row.title, round_url(row))),
    }
    return render(request, "registry/campaigns/pages/close_round.html", context)


@runs
@never_cache
def remind_all(request: HttpRequest, slug: str) -> HttpResponse:
    """The reminders of today, with the new recipients that the guard held back."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    row = the_round(slug)
    chasing.remind(by=actor_of(request), many=True)
    return redirect(address(round_url(row), selesai="diingatkan"))


@runs
@never_cache
def send_rest(request: HttpRequest, slug: str) -> HttpResponse:
    """Requests to those who could not be asked when the round was sent."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    row = the_round(slug)
    try:
        sending.send_rest(round_=row, by=actor_of(request))
    except sending.FloodError:
        return redirect(address(round_url(row), selesai="terlalu-banyak"))
    except sending.NotADraftError:
        return redirect(path(round_url(row)))
    return redirect(address(round_url(row), selesai="dikirim"))
