"""Screens of 'Orang yang saya urus'. Numbers are masked; showing one in full is a POST that is written down."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from jendela.people.access.actor import actor_of
from jendela.people.access.choices import Audience, Module
from jendela.people.access.screens import screen
from jendela.people.persons import actions, reads
from jendela.people.persons.forms import PersonForm
from jendela.people.persons.models import Person
from jendela.ui.templatetags.ui import path

WARNINGS = "person_warnings"  # in the session, for the page after saving
OWN_REASON = "dilihat oleh pemilik akun"


def _mine(request: HttpRequest, key: int) -> Person:
    row = reads.person_of(request.user, key)
    if row is None:
        raise Http404
    return row


@screen(audience=Audience.SIGNED_IN, module=Module.RESIDENTS)
@never_cache
def list_persons(request: HttpRequest) -> HttpResponse:
    context = {
        "persons": reads.persons_of(request.user),
        "removed": reads.removed_persons(request.user),
        "changed": request.GET.get("berubah", ""),
        "warnings": request.session.pop(WARNINGS, []),
    }
    return render(request, "people/persons/pages/list_persons.html", context)


@screen(audience=Audience.SIGNED_IN, module=Module.RESIDENTS)
@never_cache
def add_person(request: HttpRequest) -> HttpResponse:
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_person(account=request.user, by=actor_of(request), **_values(form))
            return _saved(request, form)
        except actions.TwiceError:
            form.add_error("nik", _("Orang dengan NIK ini sudah ada di daftar Anda."))
        except actions.TooManyError:
            form.add_error(None, _("Daftar Anda sudah penuh. Hapus yang tidak Anda urus lagi."))
    return render(request, "people/persons/pages/add_person.html", {"form": form})


@screen(audience=Audience.SIGNED_IN, module=Module.RESIDENTS)
@never_cache
def change_person(request: HttpRequest, key: int) -> HttpResponse:
    row = _mine(request, key)
    initial = {"name": row.name, "relation": row.relation, "birth_date": _shown_date(row.birth_date)}
    form = PersonForm(request.POST or None, initial=initial, masked=row.nik_masked)
    if request.method == "POST" and form.is_valid():
        values = _values(form)
        values["nik"] = values["nik"] or None  # an empty field leaves the number
        try:
            actions.change_person(person=row, by=actor_of(request), **values)
            return _saved(request, form)
        except actions.TwiceError:
            form.add_error("nik", _("Orang dengan NIK ini sudah ada di daftar Anda."))
    return render(request, "people/persons/pages/change_person.html", {"form": form, "person": row})


def _values(form: PersonForm) -> dict[str, Any]:
    date = form.cleaned_data["birth_date"]
    return {
        "name": form.cleaned_data["name"],
        "nik": form.cleaned_data["nik"],
        "relation": form.cleaned_data["relation"],
        "birth_date": date.isoformat() if date else "",
    }


def _shown_date(kept: str) -> str:
    year, _first, rest = kept.partition("-")
    month, _second, day = rest.partition("-")
    return f"{day}-{month}-{year}" if kept else ""


def _saved(request: HttpRequest, form: PersonForm) -> HttpResponse:
    if form.warnings:
        request.session[WARNINGS] = [str(one) for one in form.warnings]
    return redirect(path("/akun/orang/") + "?berubah=simpan")


@screen(audience=Audience.SIGNED_IN, module=Module.RESIDENTS)
@never_cache
@require_POST
def remove_person(request: HttpRequest, key: int) -> HttpResponse:
    actions.remove_person(person=_mine(request, key), by=actor_of(request))
    return redirect(path("/akun/orang/") + "?berubah=hapus")


@screen(audience=Audience.SIGNED_IN, module=Module.RESIDENTS)
@never_cache
@require_POST
def restore_person(request: HttpRequest, key: int) -> HttpResponse:
    try:
        if not actions.restore_person(account=request.user, key=key, by=actor_of(request)):
            raise Http404
    except actions.TwiceError:
        return redirect(path("/akun/orang/") + "?berubah=sudah-ada")
    return redirect(path("/akun/orang/") + "?berubah=kembali")


@screen(audience=Audience.SIGNED_IN, module=Module.RESIDENTS)
@never_cache
@require_POST
def read_nik(request: HttpRequest, key: int) -> HttpResponse:
    """The whole number, once: the address shows nothing, a reload asks again."""
    row = _mine(request, key)
    if not row.nik:
        raise Http404
    number = actions.read_nik(person=row, by=actor_of(request), reason=OWN_REASON)
    groups = " ".join(number[i : i + 4] for i in range(0, len(number), 4))
    return render(request, "people/persons/pages/read_nik.html", {"person": row, "number": groups})
