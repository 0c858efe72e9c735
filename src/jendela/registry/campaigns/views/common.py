"""What the screens of rounds share."""

from typing import Any

from django.http import Http404, HttpRequest, QueryDict
from django.utils.translation import gettext

from jendela.people.access.choices import Audience, Module, Permission
from jendela.people.access.paths import crumbs
from jendela.people.access.screens import screen
from jendela.people.agencies.models import Agency
from jendela.registry.campaigns import reads
from jendela.registry.campaigns.models import Bundle, Round
from jendela.registry.campaigns.policy import may_see, sees_all

HOME = "/kelola/pemutakhiran/"

runs = screen(audience=Audience.STAFF, needs=Permission.MANAGE_REGISTRY, module=Module.ROUNDS)
looks = screen(audience=Audience.STAFF, needs=Permission.READ_REGISTRY, module=Module.ROUNDS)
fills = screen(audience=Audience.STAFF, needs=Permission.EDIT_REGISTRY, module=Module.ROUNDS)
swears = screen(audience=Audience.STAFF, needs=Permission.ATTEST_REGISTRY, module=Module.ROUNDS)


def posted(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def the_round(slug: str) -> Round:
    found = reads.rounds.round_(slug)
    if found is None:
        raise Http404
    return found


def board_round(request: HttpRequest, slug: str) -> Round:
    """A round for a viewer who reads of all agencies. Raises Http404."""
    if not sees_all(request.user):
        raise Http404
    return the_round(slug)


def the_bundle(request: HttpRequest, slug: str, number: int) -> Bundle:
    """A bundle whose agency the viewer may see. Raises Http404."""
    found = reads.rounds.bundle(the_round(slug), number)
    if found is None or not may_see(request.user, found.agency_id):
        raise Http404
    return found


def the_agency(request: HttpRequest, slug: str) -> Agency:
    found = reads.rounds.agency(slug)
    if found is None or not may_see(request.user, found.pk):
        raise Http404
    return found


def way(*more: tuple[str, str]) -> list[dict[str, str]]:
    return crumbs((gettext("Pemutakhiran daftar"), HOME), *more)


def round_url(row: Round, tail: str = "") -> str:
    return f"{HOME}{row.slug}/{tail}"


def bundle_url(row: Bundle, tail: str = "") -> str:
    return f"{HOME}{row.round.slug}/isian/{row.pk}/{tail}"


def said(request: HttpRequest, words: dict[str, Any]) -> Any:
    """The sentence that the address asks for after something was done."""
    return words.get(request.GET.get("selesai", ""), "")
