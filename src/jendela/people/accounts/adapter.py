"""What allauth asks of us: its stages without e-mail confirmation, our redirects, no messages of its own."""

import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from jendela.common import ratelimit
from jendela.common.audit import Actor
from jendela.people.access.policy import is_staff
from jendela.people.accounts import actions
from jendela.people.accounts.nextpath import is_own_path
from jendela.ui.templatetags.ui import path

SESSION_SECONDS = 12 * 3600
SEEN = "seen"  # in the session: when its holder last opened a page of their own (accounts/middleware.py)


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    def get_login_stages(self) -> list[str]:
        return ["allauth.mfa.stages.AuthenticateStage"]

    def login(self, request: HttpRequest, user: Any) -> None:
        """The session begins, with a new key."""
        super().login(request, user)
        request.session.set_expiry(SESSION_SECONDS)
        request.session[SEEN] = int(time.time())
        address = ratelimit.address_of(request.META) or None
        actions.note_session(user=user, by=Actor(user.name, user=user, address=address))

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return path("/kelola/" if is_staff(request.user) else "/akun/")

    def is_safe_url(self, url: str) -> bool:
        return is_own_path(url)

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False  # residents' accounts begin with a code, others with an invitation

    def get_client_ip(self, request: HttpRequest) -> str:
        return ratelimit.address_of(request.META) or "127.0.0.1"  # a socket of this machine has no address

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Our pages say themselves what happened."""

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Our actions send their own."""
