"""When a session was last used. Written into the session at most every ten minutes, and only by pages that ask for a
sign-in, so that public pages stay the same for everybody."""

import time
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from jendela.people.access.choices import Audience
from jendela.people.accounts.adapter import SEEN

EVERY_SECONDS = 600


class LastSeenMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        mark = getattr(request, "jendela_screen", None)
        if mark is None or mark.audience is Audience.PUBLIC or not request.user.is_authenticated:
            return
        seen = request.session.get(SEEN)
        if seen is not None and time.time() - seen > EVERY_SECONDS:
            request.session[SEEN] = int(time.time())
