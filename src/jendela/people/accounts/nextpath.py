"""Where to go on after a sign-in: a path of this site, or nowhere. Another site's address is never followed."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

LONGEST = 500


def is_own_path(value: str) -> bool:
    return (
        0 < len(value) <= LONGEST
        and value.startswith("/")
        and url_has_allowed_host_and_scheme(value, allowed_hosts=None)
    )


def next_of(request: HttpRequest) -> str:
    """`next` of the form or the address, when it is a path of this site; '' otherwise."""
    value = request.POST.get("next") or request.GET.get("next") or ""
    return value if is_own_path(value) else ""
