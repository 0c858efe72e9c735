"""Screens of invitations: the list, a new one, its link, and the page where it is accepted."""

import json

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from jendela.common import ratelimit
from jendela.common.encryption import UnreadableError, decrypt, encrypt
from jendela.people.access import actions as access
from jendela.people.access.actor import actor_of
from jendela.people.access.choices import Audience
from jendela.people.access.paths import address, crumbs
from jendela.people.access.policy import may_give
from jendela.people.access.screens import screen
from jendela.people.accounts import actions as accounts
from jendela.people.accounts.models import User
from jendela.people.agencies.models import Agency
from jendela.people.members import actions, reads
from jendela.people.members.choices import InvitationState
from jendela.people.members.forms import AcceptForm, InviteForm
from jendela.people.members.jobs import link
from jendela.people.members.models import Invitation
from jendela.people.members.views.common import form_page, likely_agency, manages, number_of, posted
from jendela.ui.templatetags.ui import path

LINK_KEPT = "invitation_link"  # in the session, sealed, until it is shown once
INVITATIONS_AN_HOUR = 60


@manages
@never_cache
def list_invitations(request: HttpRequest) -> HttpResponse:
    asked = request.GET.get("keadaan", "")
    state = asked if asked in InvitationState.values else InvitationState.OPEN.value
    before = number_of(request.GET.get("sebelum", ""))
    rows, next_key = reads.invitations(request.user, state, before=before)
    context = {
        "rows": [{"row": one, "may": may_give(request.user, one.role, one.agency_id)} for one in rows],
        "states": [
            {
                "label": one.label,
                "url": address("/kelola/undangan/", keadaan=one.value),
                "chosen": one.value == state,
            }
            for one in InvitationState
        ],
        "open": state in (InvitationState.OPEN, InvitationState.EXPIRED),
        "withdrawn": request.GET.get("ditarik") == "1",
        "next_url": address("/kelola/undangan/", keadaan=state, sebelum=next_key) if next_key else "",
        "first_url": address("/kelola/undangan/", keadaan=state) if before is not None else "",
        "crumbs": crumbs((_("Orang dan peran"), "/kelola/orang/")),
    }
    return render(request, "people/members/pages/list_invitations.html", context)


@manages
@never_cache
def invite_person(request: HttpRequest) -> HttpResponse:
    first = {"agency": _asked_agency(request) or likely_agency(request)}
    form = InviteForm(posted(request), viewer=request.user, initial=first)
    if request.method == "POST" and form.is_valid():
        if not _may_invite_more(request):
            form.add_error(None, _("Anda sudah mengirim banyak undangan. Lanjutkan satu jam lagi."))
        else:
            answer = _invite(request, form)
            if answer is not None:
                return answer
    context = {"form": form, "crumbs": crumbs((_("Undangan"), "/kelola/undangan/"))}
    return form_page(request, "people/members/pages/invite_person.html", context)


def _asked_agency(request: HttpRequest) -> Agency | None:
    """The agency of the address, when the viewer gives roles there; another one is passed over in silence."""
    slug = request.GET.get("instansi", "").replace("\x00", "")[:120]
    return reads.agencies_to_give(request.user).filter(slug=slug).first() if slug else None


def _may_invite_more(request: HttpRequest) -> bool:
    return ratelimit.hit("invite", str(request.user.pk), limit=INVITATIONS_AN_HOUR, seconds=3600).allowed


def _invite(request: HttpRequest, form: InviteForm) -> HttpResponse | None:
    """The way on after inviting; None when the form says what stands in the way."""
    try:
        row, token = actions.invite(by=actor_of(request), **form.cleaned_data)
    except actions.NotAllowedError:
        form.add_error("email", _("Anda tidak dapat memberi peran kepada diri sendiri."))
    except actions.AlreadyInvitedError:
        form.add_error("email", _("Orang ini sudah diundang untuk peran itu. Lihat daftar undangan."))
    except access.AlreadyHeldError:
        form.add_error("role", _("Orang ini sudah memegang peran itu."))
    else:
        return _to_link(request, row, token)
    return None


def _to_link(request: HttpRequest, row: Invitation, token: str) -> HttpResponse:
    """The link waits, sealed, in the session of the inviter for one look: it is in no address and no table."""
    request.session[LINK_KEPT] = encrypt(json.dumps([row.pk, token]))
    return redirect(path(f"/kelola/undangan/{row.pk}/tautan/"))


def _invitation(request: HttpRequest, number: int) -> Invitation:
    row = reads.invitation(request.user, number)
    if row is None or not may_give(request.user, row.role, row.agency_id):
        raise Http404
    return row


@manages
@never_cache
def show_invitation_link(request: HttpRequest, number: int) -> HttpResponse:
    """The link, this once, to hand over where no letter arrives."""
    row = _invitation(request, number)
    try:
        kept = json.loads(decrypt(request.session.pop(LINK_KEPT, "")) or '[0, ""]')
    except (UnreadableError, ValueError):
        kept = [0, ""]
    whole = link(kept[1]) if kept[0] == row.pk else ""
    message = _("%(name)s, Anda diundang bekerja di Jendela. Buka tautan ini: %(link)s") % {
        "name": row.name,
        "link": whole,
    }
    context = {
        "row": row,
        "link": whole,
        "message": message,
        "mail_ready": getattr(settings, "MAIL_READY", True),
        "crumbs": crumbs((_("Undangan"), "/kelola/undangan/")),
    }
    return render(request, "people/members/pages/show_invitation_link.html", context)


@manages
@never_cache
def renew_invitation(request: HttpRequest, number: int) -> HttpResponse:
    """A new link and a new letter; the old link ends."""
    row = _invitation(request, number)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    if not _may_invite_more(request):
        return redirect(path("/kelola/undangan/"))
    try:
        token = actions.renew_invitation(invitation=row, by=actor_of(request))
    except actions.InvitationError:
        return redirect(path("/kelola/undangan/"))
    return _to_link(request, row, token)


@manages
@never_cache
def withdraw_invitation(request: HttpRequest, number: int) -> HttpResponse:
    row = _invitation(request, number)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    try:
        actions.withdraw_invitation(invitation=row, by=actor_of(request))
    except actions.InvitationError:
        return redirect(path("/kelola/undangan/"))
    return redirect(address("/kelola/undangan/", ditarik="1"))


@screen(audience=Audience.PUBLIC, cached=False)
@never_cache
def accept_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """A GET shows what is offered and uses nothing up: programs look at links in messages. Only the POST accepts."""
    row = reads.offered(actions.digest_of(token))
    user = request.user if isinstance(request.user, User) else None
    why = "unknown" if row is None else actions.hindrance(row, user)
    if row is None or request.method != "POST" or why:
        status = 403 if request.method == "POST" else 200
        form = AcceptForm(initial={"name": row.name if row else ""})
        return _offer(request, row, why, form, token, status=404 if why == "unknown" else status)
    where = ratelimit.address_of(request.META)
    limit, seconds = settings.RATE_SIGN_IN
    if not ratelimit.hit("accept_invitation", where, limit=limit, seconds=seconds).allowed:
        return _offer(request, row, "wait", AcceptForm(), token, status=429)
    form = AcceptForm(request.POST if user is None else {"name": user.name or row.name})
    if not form.is_valid():
        return _offer(request, row, "", form, token, status=400)
    name = form.cleaned_data["name"]
    try:
        person, _role = actions.accept_invitation(token=token, name=name, user=user, address=where or None)
    except actions.InvitationError as error:  # used up in this very moment
        return _offer(request, row, error.why, AcceptForm(), token, status=403)
    if user is not None:
        return redirect(path("/kelola/izin/"))
    return accounts.sign_in(request, person, method="link", next_path=path("/kelola/"))


def _offer(
    request: HttpRequest, row: Invitation | None, why: str, form: AcceptForm, token: str, *, status: int
) -> HttpResponse:
    name, _at, host = row.email.partition("@") if row else ("", "", "")
    own = path(f"/akun/undangan/{token}/")
    context = {
        "row": row,
        "why": why,
        "form": form,
        "new_account": not request.user.is_authenticated,
        "masked": f"{name[:1]}…@{host}",  # who holds the link need not learn the address
        "sign_in_url": address("/akun/masuk/", next=own),
    }
    response = render(request, "people/members/pages/accept_invitation.html", context, status=status)
    response["Referrer-Policy"] = "same-origin"  # the address is the key
    return response
