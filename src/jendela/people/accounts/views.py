"""Signing in by a code or a one-time link, signing out, and the account's own pages. No password, and no session before
something was sent."""

from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from jendela.common import ratelimit
from jendela.common.audit import Actor
from jendela.common.encryption import lookup_hash
from jendela.people.access.actor import actor_of
from jendela.people.access.choices import Audience, Module
from jendela.people.access.policy import is_open, is_staff
from jendela.people.access.screens import screen
from jendela.people.accounts import actions, reads
from jendela.people.accounts.choices import Channel, CodePurpose
from jendela.people.accounts.forms import EmailForm, NameForm, PhoneForm, SignInForm
from jendela.people.accounts.fresh import fresh
from jendela.people.accounts.models import User
from jendela.people.accounts.nextpath import next_of
from jendela.people.accounts.phone import shown_phone
from jendela.ui.forms import SentCodeForm
from jendela.ui.templatetags.ui import path

PENDING = "sign_in_code"  # in the session: {"id": key of the code, "next": path}
PENDING_SECONDS = 1800
CHANGE = "change_code"  # in the session: key of the code that confirms a new address or number


def may_register(request: HttpRequest) -> bool:
    """Are accounts of residents open? Then whoever shows that an address is theirs gets one."""
    return is_open(Module.RESIDENTS, request.user)


def address_of(request: HttpRequest) -> str:
    return ratelimit.address_of(request.META)


def too_often(request: HttpRequest, scope: str, key: str) -> int:
    """Seconds to wait, 0 for none: counts one try of `scope` for an account's key first, for the address last."""
    limit, seconds = getattr(settings, f"RATE_{scope.upper()}")
    verdict = ratelimit.hit(scope, key, limit=limit, seconds=seconds)
    if verdict.allowed:
        limit, seconds = getattr(settings, f"RATE_{scope.upper()}_ADDRESS")
        verdict = ratelimit.hit(f"{scope}_address", address_of(request), limit=limit, seconds=seconds)
    return 0 if verdict.allowed else verdict.reset


def minutes_of(seconds: int) -> int:
    return -(-seconds // 60)


@screen(audience=Audience.PUBLIC, cached=False)
@never_cache
def show_sign_in(request: HttpRequest) -> HttpResponse:
    """The address or number; the answer is the same page for everyone, whether an account exists or not."""
    residents = may_register(request)
    form = SignInForm(request.POST or None, phones=residents and settings.PHONE_READY)
    wait = 0
    if request.method == "POST" and settings.MAIL_READY and form.is_valid():
        channel, recipient = form.cleaned_data["contact"]
        wait = too_often(request, "code_request", lookup_hash(recipient))
        if not wait:
            key = actions.request_code(
                purpose=CodePurpose.SIGN_IN,
                channel=channel,
                recipient=recipient,
                by=Actor("pengunjung", address=address_of(request) or None),
                may_register=residents,
            )
            request.session[PENDING] = {"id": key, "next": next_of(request)}
            request.session.set_expiry(PENDING_SECONDS)
            return redirect("enter_sign_in_code")
    context = {
        "form": form,
        "next": next_of(request),
        "residents": residents,
        "mail_ready": settings.MAIL_READY,
        "wait": minutes_of(wait),
        "minutes": actions.MINUTES_VALID,
        "command": "./jendela manage sign_in_link",
    }
    response = render(
        request, "people/accounts/pages/show_sign_in.html", context, status=429 if wait else 200
    )
    if wait:
        response["Retry-After"] = str(wait)
    return response


@screen(audience=Audience.PUBLIC, cached=False)
@never_cache
def enter_sign_in_code(request: HttpRequest) -> HttpResponse:
    """The code that was sent."""
    pending = request.session.get(PENDING) or {}
    row = reads.waiting_code(pending.get("id"), CodePurpose.SIGN_IN)
    if row is None:
        return code_page(request, "ended", status=403 if request.method == "POST" else 200)
    shown = shown_phone(row.recipient) if row.channel == Channel.PHONE else row.recipient
    context: dict[str, Any] = {"to": shown, "channel": row.channel, "minutes": actions.CODE_MINUTES}
    form = SentCodeForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return code_page(request, "ask", form=form, **context)
    wait = too_often(request, "code_guess", row.recipient_hash)
    if wait:
        return code_page(request, "wait", status=429, wait=minutes_of(wait), **context)
    answer = actions.use_code(
        code_id=row.pk,
        purpose=CodePurpose.SIGN_IN,
        typed=form.cleaned_data["code"],
        address=address_of(request) or None,
        may_register=may_register(request),
    )
    if answer.user is not None:
        del request.session[PENDING]
        details = {answer.channel: lookup_hash(answer.recipient)[:16]}
        return actions.sign_in(request, answer.user, method="code", next_path=pending["next"], **details)
    if answer.state == "dead":
        return code_page(request, "ended", status=403)
    form.add_error("code", form.fields["code"].error_messages["wrong"])
    return code_page(request, "ask", form=form, **context)


def code_page(request: HttpRequest, state: str, *, status: int = 200, **context: Any) -> HttpResponse:
    values = {"state": state, "demo": settings.DEMO, **context}
    return render(request, "people/accounts/pages/enter_sign_in_code.html", values, status=status)


@screen(audience=Audience.PUBLIC, cached=False)
@never_cache
def use_sign_in_link(request: HttpRequest, token: str) -> HttpResponse:
    """A GET only shows a button, the same for every token: programs that look at links in messages use none up."""
    if request.method == "POST":
        return _enter(request, token)
    return _page(request, state="ask")


def _enter(request: HttpRequest, token: str) -> HttpResponse:
    address = address_of(request)
    limit, seconds = settings.RATE_SIGN_IN
    verdict = ratelimit.hit("sign_in", address, limit=limit, seconds=seconds)
    if not verdict.allowed:
        response = _page(request, state="wait", status=429, minutes=str(minutes_of(verdict.reset)))
        response["Retry-After"] = str(verdict.reset)
        return response
    user = actions.use_sign_in_link(token=token, address=address or None)
    if user is None:
        return _page(request, state="refused", status=403)
    return actions.sign_in(request, user, method="link", next_path=next_of(request))


def _page(request: HttpRequest, *, state: str, status: int = 200, minutes: str = "") -> HttpResponse:
    context = {"state": state, "minutes": minutes, "next": next_of(request)}
    response = render(request, "people/accounts/pages/use_sign_in_link.html", context, status=status)
    response["Referrer-Policy"] = (
        "same-origin"  # the address is the key; "no-referrer" would hide the Origin of the POST
    )
    return response


@screen(audience=Audience.PUBLIC, cached=False)
@never_cache
def sign_out(request: HttpRequest) -> HttpResponse:
    """A stranger simply goes home: the session had ended already."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    user = request.user
    if isinstance(user, User):
        actions.end_session(user=user, by=Actor(user.name, user=user, address=address_of(request) or None))
        logout(request)
    return redirect(path("/"))


def me(request: HttpRequest) -> User:
    """Who is signed in; the mark of the screen has made sure of it."""
    user = request.user
    if not isinstance(user, User):
        raise Http404
    return user


def phones_open(request: HttpRequest) -> bool:
    return settings.PHONE_READY and may_register(request)


@screen(audience=Audience.SIGNED_IN)
@never_cache
def show_account(request: HttpRequest) -> HttpResponse:
    user = me(request)
    factors = reads.factor_counts(user)
    context = {
        "account": user,
        "phone": shown_phone(user.phone) if user.phone else "",
        "roles": reads.roles_of(user),
        "is_staff": is_staff(user),
        "factors": factors.get("webauthn", 0) + factors.get("totp", 0),
        "demanded": settings.STAFF_SECOND_FACTOR and is_staff(user),
        "mail_ready": settings.MAIL_READY,
        "phones": phones_open(request) or bool(user.phone),
        "residents": may_register(request),
        "changed": request.GET.get("berubah", ""),
    }
    return render(request, "people/accounts/pages/show_account.html", context)


@screen(audience=Audience.SIGNED_IN)
@never_cache
def change_name(request: HttpRequest) -> HttpResponse:
    user = me(request)
    form = NameForm(request.POST or None, initial={"name": user.name})
    if request.method == "POST" and form.is_valid():
        actions.change_name(user=user, name=form.cleaned_data["name"], by=actor_of(request))
        return redirect(path("/akun/") + "?berubah=nama")
    return render(request, "people/accounts/pages/change_name.html", {"form": form})


@screen(audience=Audience.SIGNED_IN)
@never_cache
@fresh
def change_email(request: HttpRequest) -> HttpResponse:
    if not settings.MAIL_READY:
        raise Http404
    return _change_contact(request, EmailForm(request.POST or None), Channel.EMAIL)


@screen(audience=Audience.SIGNED_IN)
@never_cache
@fresh
def change_phone(request: HttpRequest) -> HttpResponse:
    if not phones_open(request):
        raise Http404
    return _change_contact(request, PhoneForm(request.POST or None), Channel.PHONE)


def _change_contact(request: HttpRequest, form: EmailForm | PhoneForm, channel: str) -> HttpResponse:
    wait = 0
    if request.method == "POST" and form.is_valid():
        recipient = form.cleaned_data["contact"]
        wait = too_often(request, "code_request", lookup_hash(recipient))
        if not wait:
            request.session[CHANGE] = actions.request_code(
                purpose=CodePurpose.CHANGE,
                channel=channel,
                recipient=recipient,
                user=me(request),
                by=actor_of(request),
            )
            return redirect("confirm_contact")
    context = {"form": form, "channel": channel, "wait": minutes_of(wait)}
    return render(request, "people/accounts/pages/change_contact.html", context, status=429 if wait else 200)


@screen(audience=Audience.SIGNED_IN)
@never_cache
def confirm_contact(request: HttpRequest) -> HttpResponse:
    """The code that was sent to the new address or number."""
    user = me(request)
    row = reads.waiting_code(request.session.get(CHANGE), CodePurpose.CHANGE)
    if row is None or row.user_id != user.pk:
        return render(request, "people/accounts/pages/confirm_contact.html", {"state": "ended"})
    form = SentCodeForm(request.POST or None)
    shown = shown_phone(row.recipient) if row.channel == Channel.PHONE else row.recipient
    context = {"state": "ask", "form": form, "to": shown, "demo": settings.DEMO, "wait": 0}
    if request.method == "POST" and form.is_valid():
        context["wait"] = minutes_of(too_often(request, "code_guess", row.recipient_hash))
        if not context["wait"]:
            answer = actions.use_code(
                code_id=row.pk, purpose=CodePurpose.CHANGE, typed=form.cleaned_data["code"], address=None
            )
            if answer.state == "ok":
                return _set_contact(request, user, answer)
            if answer.state == "dead":
                return render(
                    request, "people/accounts/pages/confirm_contact.html", {"state": "ended"}, status=403
                )
            form.add_error("code", form.fields["code"].error_messages["wrong"])
    return render(
        request, "people/accounts/pages/confirm_contact.html", context, status=429 if context["wait"] else 200
    )


def _set_contact(request: HttpRequest, user: User, answer: actions.CodeAnswer) -> HttpResponse:
    del request.session[CHANGE]
    try:
        actions.set_contact(
            user=user, channel=answer.channel, recipient=answer.recipient, by=actor_of(request)
        )
    except actions.ContactTakenError:
        return render(request, "people/accounts/pages/confirm_contact.html", {"state": "taken"}, status=409)
    return redirect(path("/akun/") + "?berubah=alamat")


@screen(audience=Audience.SIGNED_IN)
@never_cache
def list_devices(request: HttpRequest) -> HttpResponse:
    devices = reads.devices_of(me(request), request.session.session_key)
    context = {"devices": devices, "ended": request.GET.get("berubah", "")}
    return render(request, "people/accounts/pages/list_devices.html", context)


@screen(audience=Audience.SIGNED_IN)
@never_cache
@require_POST
def end_device(request: HttpRequest, key: int) -> HttpResponse:
    if not actions.end_device(user=me(request), device=key, by=actor_of(request)):
        raise Http404
    return redirect(path("/akun/perangkat/") + "?berubah=keluar")


@screen(audience=Audience.SIGNED_IN)
@never_cache
@require_POST
def end_all_devices(request: HttpRequest) -> HttpResponse:
    """This one too: who presses this wants to be sure."""
    actions.end_all_devices(user=me(request), by=actor_of(request))
    logout(request)
    return redirect("show_sign_in")


@screen(audience=Audience.SIGNED_IN)
@never_cache
@fresh
def close_account(request: HttpRequest) -> HttpResponse:
    """A GET says what happens, a POST does it."""
    user, refused = me(request), False
    if request.method == "POST":
        try:
            actions.close_account(user=user, by=actor_of(request))
            logout(request)
            return redirect(path("/"))
        except actions.StillWorkingError:
            refused = True
    context = {"refused": refused or is_staff(user)}
    return render(
        request, "people/accounts/pages/close_account.html", context, status=409 if refused else 200
    )
