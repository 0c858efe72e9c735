"""What the screens of this app share."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from jendela.people.access.choices import Audience, Permission
from jendela.people.access.models import Membership
from jendela.people.access.policy import agencies_for
from jendela.people.access.screens import screen
from jendela.people.agencies.models import Agency
from jendela.people.members import reads

manages = screen(audience=Audience.STAFF, needs=Permission.MANAGE_MEMBERS)


def number_of(text: str) -> int | None:
    """A number from an address; None for anything that cannot be one."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else None


def posted(request: HttpRequest) -> QueryDict | None:
    """The data for a form: of a POST even when it is empty, None for a GET."""
    return request.POST if request.method == "POST" else None


def likely_agency(request: HttpRequest, held: Sequence[Membership] = ()) -> Agency | None:
    """What a form proposes: the one agency the viewer manages, or where the person works already; else nothing, so
    that no role is given at an agency by accident."""
    if agencies_for(request.user, Permission.MANAGE_MEMBERS) is not None:
        choices = list(reads.agencies_to_give(request.user)[:2])
        return choices[0] if len(choices) == 1 else None
    return next((one.agency for one in held if one.agency is not None), None)


def form_page(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """A page with a form: 400 when what was typed came back."""
    status = 400 if request.method == "POST" and context["form"].errors else 200
    return render(request, template, context, status=status)
