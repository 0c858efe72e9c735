"""Screens of second factors: signing in with them, setting them up, and showing again who one is."""

import json
from typing import Any

import segno
from allauth.account.internal.flows.login import record_authentication
from allauth.account.stages import LoginStageController
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.totp.internal.auth import get_totp_secret
from allauth.mfa.webauthn.internal import auth as webauthn
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from jendela.common import ratelimit
from jendela.people.access.actor import actor_of
from jendela.people.access.choices import Audience
from jendela.people.access.policy import is_staff
from jendela.people.access.screens import screen
from jendela.people.accounts.actions import request_code, use_code
from jendela.people.accounts.choices import Channel, CodePurpose
from jendela.people.accounts.fresh import fresh
from jendela.people.accounts.nextpath import next_of
from jendela.people.accounts.phone import masked_phone
from jendela.people.accounts.reads import waiting_code
from jendela.people.factors import actions, reads
from jendela.people.factors.forms import (
    AppCodeForm,
    NewPasskeyForm,
    PasskeyForm,
    TypedCodeForm,
)
from jendela.ui.forms import SentCodeForm
from jendela.ui.templatetags.ui import path

SENT = "confirm_code"  # in the session: key of the code that was sent to confirm who is there
AFTER = "after_factor"  # in the session: where to go on when a factor is set up
Kind = Authenticator.Type


def _options(options: dict[str, Any]) -> str:
    """A challenge for the device, as text for the script."""
    return json.dumps(options, default=dict)


def _must_wait(user: Any) -> int:
    """Minutes until codes of this account may be typed again; counts this try."""
    limit, seconds = settings.RATE_SECOND_FACTOR
    verdict = ratelimit.hit("second_factor", str(user.pk), limit=limit, seconds=seconds)
    return 0 if verdict.allowed else -(-verdict.reset // 60)


@screen(audience=Audience.PUBLIC, cached=False)
@never_cache
def sign_in_with_passkey(request: HttpRequest) -> HttpResponse:
    """A passkey alone: who it is, the device says."""
    form = PasskeyForm(request.POST or None)
    wait = 0
    if request.method == "POST":
        limit, seconds = settings.RATE_CODE_GUESS_ADDRESS
        verdict = ratelimit.hit("passkey", ratelimit.address_of(request.META), limit=limit, seconds=seconds)
        wait = 0 if verdict.allowed else -(-verdict.reset // 60)
        if not wait and form.is_valid():
            try:
                passkey = actions.use_passkey(user=None, answer=form.cleaned_data["answer"])
                return actions.sign_in_with_passkey(request, passkey, next_path=next_of(request))
            except actions.RefusedError:
                form.add_error("answer", form.fields["answer"].error_messages["wrong"])
    context = {
        "form": form,
        "next": next_of(request),
        "wait": wait,
        "options": _options(webauthn.begin_authentication()),
    }
    return render(
        request, "people/factors/pages/sign_in_with_passkey.html", context, status=429 if wait else 200
    )


@screen(audience=Audience.PUBLIC, cached=False)
@never_cache
def confirm_second_factor(request: HttpRequest) -> HttpResponse:
    """The second step of a sign-in. Without a first step there is nothing to see here."""
    stage = LoginStageController.enter(request, AuthenticateStage.key)
    if request.user.is_authenticated or stage is None or stage.login.user is None:
        return redirect("show_sign_in")
    user = stage.login.user
    if not user.is_active:
        stage.abort()
        return redirect("show_sign_in")
    factor, context = _ask_factor(request, user)
    if factor is not None:
        actions.show_factor(request, factor)
        response: HttpResponse = stage.exit()
        return response
    return render(
        request,
        "people/factors/pages/confirm_second_factor.html",
        context,
        status=429 if context["wait"] else 200,
    )


def _ask_factor(request: HttpRequest, user: Any) -> tuple[Any, dict[str, Any]]:
    """The factor that was shown by this POST, or None and what the page needs to ask for one."""
    kinds = {one.type for one in reads.factors_of(user)}
    by_device = request.method == "POST" and "answer" in request.POST
    typed_form = TypedCodeForm(request.POST if request.method == "POST" and not by_device else None)
    key_form = PasskeyForm(request.POST if by_device else None)
    factor, wait = None, 0
    if request.method == "POST":
        form, field = (key_form, "answer") if by_device else (typed_form, "code")
        wait = _must_wait(user)
        if not wait and form.is_valid():
            try:
                if by_device:
                    factor = actions.use_passkey(user=user, answer=form.cleaned_data["answer"])
                else:
                    factor = actions.use_typed_code(user=user, typed=form.cleaned_data["code"])
            except actions.RefusedError:
                form.add_error(field, form.fields[field].error_messages["wrong"])
    context = {
        "typed_form": typed_form,
        "key_form": key_form,
        "has_passkey": Kind.WEBAUTHN in kinds,
        "has_typed": bool(kinds & {Kind.TOTP, Kind.RECOVERY_CODES}),
        "has_totp": Kind.TOTP in kinds,
        "wait": wait,
        "next": next_of(request),
    }
    if factor is None and Kind.WEBAUTHN in kinds:
        context["options"] = _options(webauthn.begin_authentication(user))
    return factor, context


@screen(audience=Audience.SIGNED_IN)
@never_cache
def confirm_identity(request: HttpRequest) -> HttpResponse:
    """Show again who one is, before a change that a stranger at an open screen must not make."""
    user: Any = request.user
    target = next_of(request) or path("/akun/")
    if reads.has_factor(user):
        factor, context = _ask_factor(request, user)
        if factor is not None:
            actions.show_factor(request, factor)
            return redirect(target)
        return render(
            request,
            "people/factors/pages/confirm_identity.html",
            context,
            status=429 if context["wait"] else 200,
        )
    return _confirm_by_code(request, user, target)


def _confirm_by_code(request: HttpRequest, user: Any, target: str) -> HttpResponse:
    """For an account without a second factor: a code to its address."""
    channel = Channel.EMAIL if user.email else Channel.PHONE
    to = user.email or user.phone
    form = SentCodeForm(request.POST if "code" in request.POST else None)
    row = waiting_code(request.session.get(SENT), CodePurpose.CONFIRM)
    wait = 0
    if request.method == "POST":
        wait = _must_wait(user)
        if not wait and "code" not in request.POST:
            key = request_code(
                purpose=CodePurpose.CONFIRM, channel=channel, recipient=to, user=user, by=actor_of(request)
            )
            request.session[SENT] = key
            return redirect(request.get_full_path())
        if not wait and row is not None and row.user_id == user.pk and form.is_valid():
            answer = use_code(
                code_id=row.pk, purpose=CodePurpose.CONFIRM, typed=form.cleaned_data["code"], address=None
            )
            if answer.state == "ok":
                record_authentication(request, user, method="code", reauthenticated=True)
                return redirect(target)
            row = row if answer.state == "wrong" else None
            form.add_error("code", form.fields["code"].error_messages["wrong"])
    context = {
        "ready": settings.MAIL_READY if channel == Channel.EMAIL else settings.PHONE_READY,
        "sent": row is not None,
        "form": form,
        "to": masked_phone(to) if channel == Channel.PHONE else to,
        "wait": wait,
        "next": next_of(request),
    }
    return render(request, "people/factors/pages/confirm_identity.html", context, status=429 if wait else 200)


@screen(audience=Audience.SIGNED_IN)
@never_cache
def list_factors(request: HttpRequest) -> HttpResponse:
    """The factors of an account; for staff without one, what to do now and why."""
    if next_of(request):
        request.session[AFTER] = next_of(request)
    found = reads.factors_of(request.user)
    spare = next((one for one in found if one.type == Kind.RECOVERY_CODES), None)
    context = {
        "passkeys": [one for one in found if one.type == Kind.WEBAUTHN],
        "totp": next((one for one in found if one.type == Kind.TOTP), None),
        "spare": len(spare.wrap().get_unused_codes()) if spare else 0,
        "demanded": settings.STAFF_SECOND_FACTOR and is_staff(request.user),
        "after": request.session.get(AFTER, ""),
        "changed": request.GET.get("berubah", ""),
    }
    return render(request, "people/factors/pages/list_factors.html", context)


@screen(audience=Audience.SIGNED_IN)
@never_cache
@fresh
def add_passkey(request: HttpRequest) -> HttpResponse:
    form = NewPasskeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        first = not reads.has_factor(request.user)
        try:
            actions.add_passkey(
                request,
                name=form.cleaned_data["name"],
                answer=form.cleaned_data["answer"],
                by=actor_of(request),
            )
            return redirect("show_recovery_codes" if first else "list_factors")
        except actions.RefusedError:
            form.add_error("answer", form.fields["answer"].error_messages["wrong"])
    options = _options(webauthn.begin_registration(request.user, passwordless=True))
    return render(request, "people/factors/pages/add_passkey.html", {"form": form, "options": options})


@screen(audience=Audience.SIGNED_IN)
@never_cache
@fresh
def add_totp(request: HttpRequest) -> HttpResponse:
    """An authenticator app: a picture to scan, or a key to type, then its first password."""
    form = AppCodeForm(request.POST or None)
    secret = get_totp_secret(regenerate=False)
    wait = 0
    if request.method == "POST" and form.is_valid():
        wait = _must_wait(request.user)
        if not wait:
            first = not reads.has_factor(request.user)
            try:
                actions.add_totp(
                    request, secret=secret, typed=form.cleaned_data["code"], by=actor_of(request)
                )
                return redirect("show_recovery_codes" if first else "list_factors")
            except actions.RefusedError:
                form.add_error("code", form.fields["code"].error_messages["wrong"])
    address = get_adapter().build_totp_url(request.user, secret)
    context = {
        "form": form,
        "qr": _drawing(address),
        "secret": " ".join(secret[i : i + 4] for i in range(0, len(secret), 4)),
        "address": address,
        "wait": wait,
    }
    return render(request, "people/factors/pages/add_totp.html", context, status=429 if wait else 200)


def _drawing(address: str) -> SafeString:
    drawing = segno.make(address, error="m").svg_inline(omitsize=True, border=2, dark="#000", light="#fff")
    return mark_safe(drawing)  # noqa: S308  made by segno from our own address


@screen(audience=Audience.SIGNED_IN)
@never_cache
@fresh
def remove_factor(request: HttpRequest, key: int) -> HttpResponse:
    """A GET asks, a POST removes."""
    row = next(
        (one for one in reads.factors_of(request.user) if one.pk == key and one.type in reads.REAL), None
    )
    if row is None:
        raise Http404
    if request.method == "POST":
        actions.remove_factor(user=request.user, key=key, by=actor_of(request))
        return redirect(path("/akun/pengaman/") + "?berubah=hapus")
    others = [one for one in reads.factors_of(request.user) if one.type in reads.REAL and one.pk != key]
    context = {
        "name": row.wrap().name if row.type == Kind.WEBAUTHN else "",
        "last": not others,
        "demanded": settings.STAFF_SECOND_FACTOR and is_staff(request.user),
    }
    return render(request, "people/factors/pages/remove_factor.html", context)


@screen(audience=Audience.SIGNED_IN)
@never_cache
@fresh
def show_recovery_codes(request: HttpRequest) -> HttpResponse:
    spare = next((one for one in reads.factors_of(request.user) if one.type == Kind.RECOVERY_CODES), None)
    if spare is None:
        return redirect("list_factors")
    context = {
        "codes": spare.wrap().get_unused_codes(),
        "after": request.session.get(AFTER) or path("/kelola/" if is_staff(request.user) else "/akun/"),
    }
    return render(request, "people/factors/pages/show_recovery_codes.html", context)


@screen(audience=Audience.SIGNED_IN)
@never_cache
@require_POST
@fresh
def renew_recovery_codes(request: HttpRequest) -> HttpResponse:
    if not reads.has_factor(request.user):
        raise Http404
    actions.renew_recovery_codes(user=request.user, by=actor_of(request))
    return redirect("show_recovery_codes")
