"""Question sets for the organiser: looked at, copied, and the copy changed question by question."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from jendela.common.dates import today
from jendela.people.access.actor import actor_of
from jendela.people.access.paths import address
from jendela.registry.campaigns import reads
from jendela.registry.campaigns.actions import question_sets as actions
from jendela.registry.campaigns.answers import most_asked
from jendela.registry.campaigns.choices import OwnKind
from jendela.registry.campaigns.models import Question, QuestionSet
from jendela.registry.campaigns.question_forms import (
    ChoicesForm,
    CopyForm,
    FieldQuestionForm,
    OwnQuestionForm,
    QuestionForm,
)
from jendela.registry.campaigns.rules import MOST_QUESTIONS, rule
from jendela.registry.campaigns.views.common import HOME, posted, runs, said, way
from jendela.ui.templatetags.ui import path

QUESTIONS = f"{HOME}pertanyaan/"
DONE = {
    "disalin": gettext_lazy("Tersalin. Salinan ini dapat Anda ubah."),
    "disimpan": gettext_lazy("Pertanyaan tersimpan."),
    "dihapus": gettext_lazy("Pertanyaan dihapus dari kumpulan ini."),
    "dibuang": gettext_lazy("Kumpulan pertanyaan sudah dibuang."),
}
STOPPED = {
    "terkunci": gettext_lazy("Kumpulan ini tidak dapat diubah. Salin dulu, lalu ubah salinannya."),
    "dipakai": gettext_lazy("Kumpulan ini dipakai sebuah putaran, jadi tidak dapat dibuang."),
    "syarat": gettext_lazy(
        "Tidak jadi: ada pertanyaan yang syaratnya bergantung pada urutan atau jawaban ini."
    ),
}


def _set(key: str) -> QuestionSet:
    row = reads.questions.question_set(key)
    if row is None:
        raise Http404
    return row


def _question(row: QuestionSet, word: str) -> Question:
    found = row.questions.filter(key=word).select_related("question_set").first()
    if found is None:
        raise Http404
    return found


def _set_url(row: QuestionSet) -> str:
    return f"{QUESTIONS}{row.key}/"


def _way(*more: tuple[str, str]) -> list[dict[str, str]]:
    return way((_("Pertanyaan"), QUESTIONS), *more)


@runs
@never_cache
def list_question_sets(request: HttpRequest) -> HttpResponse:
    context = {
        "sets": reads.questions.question_sets(),
        "done": said(request, DONE),
        "crumbs": way(),
    }
    return render(request, "registry/campaigns/pages/list_question_sets.html", context)


@runs
@never_cache
def show_question_set(request: HttpRequest, key: str) -> HttpResponse:
    row = _set(key)
    questions = reads.questions.shown(row)
    context = {
        "set": row,
        "questions": questions,
        "most": most_asked([one.question for one in questions]),
        "limit": rule(MOST_QUESTIONS, today()),
        "may": actions.may_change(row),
        "asked": actions.was_asked(row),
        "droppable": bool(row.made_by) and not row.rounds.exists(),
        "done": said(request, DONE),
        "stopped": STOPPED.get(request.GET.get("berhenti", "")),
        "crumbs": _way(),
    }
    return render(request, "registry/campaigns/pages/show_question_set.html", context)


@runs
@never_cache
def copy_question_set(request: HttpRequest, key: str) -> HttpResponse:
    row = _set(key)
    form = CopyForm(posted(request))
    if request.method == "POST" and form.is_valid():
        made = actions.copy_set(question_set=row, title=form.cleaned_data["title"], by=actor_of(request))
        return redirect(address(_set_url(made), selesai="disalin"))
    context = {"set": row, "form": form, "crumbs": _way((row.title, _set_url(row)))}
    status = 400 if form.errors else 200
    return render(request, "registry/campaigns/pages/copy_question_set.html", context, status=status)


@runs
@never_cache
def drop_question_set(request: HttpRequest, key: str) -> HttpResponse:
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    row = _set(key)
    try:
        actions.drop_set(question_set=row, by=actor_of(request))
    except actions.CannotChangeError:
        return redirect(address(_set_url(row), berhenti="dipakai"))
    return redirect(address(QUESTIONS, selesai="dibuang"))


@runs
@never_cache
def add_field_question(request: HttpRequest, key: str) -> HttpResponse:
    """A question on what the register holds."""
    row = _set(key)
    form = FieldQuestionForm(posted(request), row=row)
    title = _("Tanyakan isian catatan")
    return _form_page(request, row, form, title, lambda values: _add(row, values, request))


@runs
@never_cache
def add_own_question(request: HttpRequest, key: str) -> HttpResponse:
    """A question that no field of the register holds."""
    row = _set(key)
    form = OwnQuestionForm(posted(request), row=row)
    title = _("Tambah pertanyaan sendiri")
    return _form_page(request, row, form, title, lambda values: _add(row, values, request))


@runs
@never_cache
def edit_question(request: HttpRequest, key: str, word: str) -> HttpResponse:
    row = _set(key)
    question = _question(row, word)
    make = ChoicesForm if question.own_kind == OwnKind.CHOICE else QuestionForm
    form = make(posted(request), row=row, question=question)
    by = actor_of(request)
    return _form_page(
        request,
        row,
        form,
        question.text,
        lambda values: actions.change_question(question=question, values=values, by=by),
    )


def _add(row: QuestionSet, values: dict[str, Any], request: HttpRequest) -> None:
    actions.add_question(question_set=row, values=values, by=actor_of(request))


def _form_page(
    request: HttpRequest,
    row: QuestionSet,
    form: QuestionForm,
    title: str,
    save: Callable[[dict[str, Any]], None],
) -> HttpResponse:
    if not actions.may_change(row):
        return redirect(address(_set_url(row), berhenti="terkunci"))
    if request.method == "POST" and form.is_valid():
        try:
            save(form.values())
        except actions.CannotChangeError:
            return redirect(address(_set_url(row), berhenti="terkunci"))
        except actions.TooManyError as error:
            words = _(
                "Satu aplikasi akan ditanyai lebih dari %(n)s pertanyaan. Hapus satu, atau beri syarat."
            )
            form.add_error(None, words % {"n": error.limit})
        except actions.NeededError as error:
            words = _("Pertanyaan “%(text)s” bergantung pada pilihan yang dihapus.")
            form.add_error(None, words % {"text": error.question.text})
        else:
            return redirect(address(_set_url(row), selesai="disimpan"))
    context = {
        "set": row,
        "form": form,
        "title": title,
        "crumbs": _way((row.title, _set_url(row))),
    }
    status = 400 if form.errors else 200
    return render(request, "registry/campaigns/pages/edit_question.html", context, status=status)


@runs
@never_cache
def order_question(request: HttpRequest, key: str, word: str) -> HttpResponse:
    """One place up or down, or out of the set."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    row = _set(key)
    question, act = _question(row, word), request.POST.get("lakukan", "")
    try:
        if act == "hapus":
            actions.remove_question(question=question, by=actor_of(request))
            return redirect(address(_set_url(row), selesai="dihapus"))
        if act in {"naik", "turun"}:
            actions.move_question(question=question, up=act == "naik", by=actor_of(request))
            return redirect(path(_set_url(row)))
    except actions.CannotChangeError:
        return redirect(address(_set_url(row), berhenti="terkunci"))
    except actions.NeededError:
        return redirect(address(_set_url(row), berhenti="syarat"))
    raise Http404
