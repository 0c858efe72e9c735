"""Screens of people at work: the list, one person, roles, substitution, leavers."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from jendela.people.access import actions as access
from jendela.people.access.actor import actor_of
from jendela.people.access.choices import Permission
from jendela.people.access.models import Membership
from jendela.people.access.paths import address, crumbs
from jendela.people.access.policy import agencies_for, may_end, may_give
from jendela.people.access.sheets import csv_answer
from jendela.people.members import actions, reads
from jendela.people.members.choices import RoleState
from jendela.people.members.forms import (
    LEAVE,
    EndForm,
    GiveRoleForm,
    PeopleForm,
    ReleaseForm,
    SubstituteForm,
)
from jendela.people.members.policy import may_substitute
from jendela.people.members.views.common import form_page, likely_agency, manages, number_of, posted
from jendela.ui.templatetags.ui import path

DONE = {
    "diberi": gettext_lazy("Peran sudah diberikan."),
    "berakhir": gettext_lazy("Peran sudah berakhir."),
    "pulih": gettext_lazy("Peran berlaku lagi."),
    "diganti": gettext_lazy("Pengganti sudah dicatat."),
    "dilepas": gettext_lazy("Semua peran sudah berakhir."),
}


def _text(request: HttpRequest, name: str) -> str:
    return " ".join(request.GET.get(name, "").replace("\x00", "").split())[:80]


def _people_form(request: HttpRequest) -> PeopleForm:
    data = {name: request.GET.get(name, "").replace("\x00", "") for name in PeopleForm.base_fields}
    data["keadaan"] = data["keadaan"] or RoleState.NOW.value
    everywhere = agencies_for(request.user, Permission.MANAGE_MEMBERS) is None
    return PeopleForm(data, agencies=list(reads.agencies_to_filter(request.user)), all_agencies=everywhere)


@manages
@never_cache
def list_members(request: HttpRequest) -> HttpResponse:
    form = _people_form(request)
    filters = form.filters()
    after = number_of(request.GET.get("sesudah", ""))
    page = reads.people_page(request.user, filters, after=after)
    asked = {"q": filters.text, "instansi": filters.agency, "peran": filters.role, "keadaan": filters.state}
    if filters.state == RoleState.NOW:
        del asked["keadaan"]
    context = {
        "form": form,
        "people": page.people,
        "ended": filters.state == RoleState.ENDED,
        "narrowed": any(asked.values()),
        "own_url": path("/kelola/orang/"),
        "invite_url": address("/kelola/undangan/baru/", instansi=filters.agency),
        "csv_url": address("/kelola/orang.csv", **asked),
        "next_url": address("/kelola/orang/", **asked, sesudah=page.next_key) if page.next_key else "",
        "first_url": address("/kelola/orang/", **asked) if after is not None else "",
        "crumbs": crumbs(),
    }
    return render(request, "people/members/pages/list_members.html", context)


@manages
@never_cache
def export_members(request: HttpRequest) -> HttpResponse:
    header = ["nama", "email", "peran", "instansi", "mulai", "sampai", "diakhiri", "menggantikan", "catatan"]
    rows = [
        [
            one.user.name,
            one.user.email,
            one.role_label,
            one.agency.short_name if one.agency else _("semua instansi"),
            one.valid_from,
            one.valid_to,
            one.ended_at.isoformat() if one.ended_at else "",
            one.substitutes.user.name if one.substitutes else "",
            one.note,
        ]
        for one in reads.export_rows(request.user, _people_form(request).filters())
    ]
    return csv_answer("orang-dan-peran", header, rows)


def _person(request: HttpRequest, number: int) -> reads.Person:
    found = reads.person(request.user, number)
    if found is None:
        raise Http404
    return found


def _person_url(number: int, **values: str) -> str:
    return address(f"/kelola/orang/{number}/", **values)


def _person_crumbs(person: reads.Person) -> list[dict[str, str]]:
    return crumbs(
        (_("Orang dan peran"), "/kelola/orang/"), (person.user.name, f"/kelola/orang/{person.user.pk}/")
    )


@manages
@never_cache
def show_member(request: HttpRequest, number: int) -> HttpResponse:
    """Roles now and before, and what the viewer may do with each."""
    person = _person(request, number)
    viewer = request.user
    restorable = reads.restorable(person)
    context = {
        "person": person,
        "held": [
            {
                "row": one,
                "may_end": may_end(viewer, one),
                "may_substitute": may_substitute(viewer, one),
                "may_restore": one.pk in restorable
                and may_give(viewer, one.role, one.agency_id, to=one.user),
            }
            for one in person.held
        ],
        "ended": [
            {
                "row": one,
                "may_restore": one.pk in restorable
                and may_give(viewer, one.role, one.agency_id, to=one.user),
            }
            for one in reversed(person.ended)
        ],
        "may_release": any(may_end(viewer, one) for one in person.held),
        "is_self": viewer.pk == person.user.pk,
        "done": DONE[said] if (said := request.GET.get("selesai", "")) in DONE else "",
        "refused": _refusal(request.GET.get("tolak", "")),
        "crumbs": crumbs((_("Orang dan peran"), "/kelola/orang/")),
    }
    return render(request, "people/members/pages/show_member.html", context)


def _refusal(why: str) -> str:
    words = {
        "terlambat": _("Sudah lewat sehari, atau peran itu sudah berubah. Beri peran baru saja."),
        "sudah": _("Orang ini sudah memegang peran itu."),
    }
    return words.get(why, "")


@manages
@never_cache
def give_role(request: HttpRequest, number: int) -> HttpResponse:
    person = _person(request, number)
    if person.user.pk == request.user.pk:
        raise Http404  # nobody raises himself
    first = {"agency": likely_agency(request, person.held)}
    form = GiveRoleForm(posted(request), viewer=request.user, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            actions.give_role(user=person.user, by=actor_of(request), **form.cleaned_data)
        except access.AlreadyHeldError:
            form.add_error("role", _("Orang ini sudah memegang peran itu pada tanggal ini."))
        else:
            return redirect(_person_url(number, selesai="diberi"))
    context = {"person": person, "form": form, "crumbs": _person_crumbs(person)}
    return form_page(request, "people/members/pages/give_role.html", context)


def _membership(request: HttpRequest, number: int, key: int) -> Membership:
    row = reads.membership(request.user, number, key)
    if row is None:
        raise Http404
    return row


@manages
@never_cache
def end_role(request: HttpRequest, number: int, key: int) -> HttpResponse:
    person, row = _person(request, number), _membership(request, number, key)
    if row.is_over or not may_end(request.user, row):
        raise Http404
    form = EndForm(posted(request), membership=row, initial={"when": "now"})
    if request.method == "POST" and form.is_valid():
        got = form.cleaned_data
        last = got["last_day"] if got["when"] == "day" else None
        try:
            actions.end_membership(membership=row, by=actor_of(request), last_day=last, note=got["note"])
        except access.LastAdministratorError:
            form.add_error(None, _last_administrator())
        except access.AlreadyEndedError:
            return redirect(_person_url(number))
        else:
            return redirect(_person_url(number, selesai="berakhir"))
    context = {"person": person, "row": row, "form": form, "crumbs": _person_crumbs(person)}
    return form_page(request, "people/members/pages/end_role.html", context)


def _last_administrator() -> str:
    return _("Ini pengelola Jendela yang terakhir. Beri peran itu kepada orang lain dulu.")


@manages
@never_cache
def restore_role(request: HttpRequest, number: int, key: int) -> HttpResponse:
    """Take the end of a role back, within a day."""
    row = _membership(request, number, key)
    if not may_give(request.user, row.role, row.agency_id, to=row.user):
        raise Http404
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    try:
        actions.restore_membership(membership=row, by=actor_of(request))
    except access.TooLateError:
        return redirect(_person_url(number, tolak="terlambat"))
    except access.AlreadyHeldError:
        return redirect(_person_url(number, tolak="sudah"))
    return redirect(_person_url(number, selesai="pulih"))


@manages
@never_cache
def substitute_role(request: HttpRequest, number: int, key: int) -> HttpResponse:
    """Leave: somebody of the same agency holds the same role for some days."""
    person, row = _person(request, number), _membership(request, number, key)
    if not may_substitute(request.user, row):
        raise Http404
    text = _text(request, "cari")
    people = [
        one for one in reads.colleagues(row.agency_id, but=number, text=text) if one.pk != request.user.pk
    ]
    form = SubstituteForm(posted(request), membership=row, people=people)
    if request.method == "POST" and form.is_valid():
        try:
            actions.substitute(membership=row, by=actor_of(request), **form.cleaned_data)
        except access.AlreadyHeldError:
            form.add_error("user", _("Orang ini sudah memegang peran itu pada tanggal ini."))
        else:
            return redirect(_person_url(number, selesai="diganti"))
    context = {
        "person": person,
        "row": row,
        "form": form,
        "text": text,
        "people": people,
        "crumbs": _person_crumbs(person),
    }
    return form_page(request, "people/members/pages/substitute_role.html", context)


@manages
@never_cache
def release_member(request: HttpRequest, number: int) -> HttpResponse:
    """Somebody leaves: what he holds, who takes it, and the end of all his roles."""
    person = _person(request, number)
    ending = [one for one in person.held if may_end(request.user, one)]
    if not ending:
        raise Http404
    agencies = {one.agency_id: one.agency for one in ending}
    held = reads.work_of(number, list(agencies.values()))
    text = _text(request, "cari")
    people = {one.key: reads.colleagues(one.key, but=number, text=text) for one in held}
    form = ReleaseForm(posted(request), held=held, people=people)
    if request.method == "POST" and form.is_valid():
        left = any(request.POST.get(form.name_of(one.key)) == LEAVE for one in held)
        try:
            actions.release(
                user=person.user,
                by=actor_of(request),
                receivers=form.receivers,
                note=form.cleaned_data["note"],
                leave_work=left,
            )
        except access.LastAdministratorError:
            form.add_error(None, _last_administrator())
        except actions.NoReceiverError:
            form.add_error(None, _("Ada pekerjaan baru sejak halaman ini dibuka. Buka lagi halaman ini."))
        else:
            return redirect(_person_url(number, selesai="dilepas"))
    context = {
        "person": person,
        "ending": ending,
        "held": held,
        "form": form,
        "text": text,
        "crumbs": _person_crumbs(person),
    }
    return form_page(request, "people/members/pages/release_member.html", context)
