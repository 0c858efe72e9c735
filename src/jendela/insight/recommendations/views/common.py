"""What the screens of recommendations share."""

from typing import Any

from django.http import Http404, HttpRequest, QueryDict
from django.utils.translation import gettext

from jendela.insight.recommendations import reads
from jendela.insight.recommendations.models import Recommendation
from jendela.people.access.choices import Audience, Module, Permission
from jendela.people.access.paths import crumbs
from jendela.people.access.policy import agencies_for
from jendela.people.access.screens import screen

HOME = "/kelola/rekomendasi/"

gives = screen(audience=Audience.STAFF, needs=Permission.GIVE_ADVICE, module=Module.ADVICE)
looks = screen(audience=Audience.STAFF, needs=Permission.READ_ADVICE, module=Module.ADVICE)
answers = screen(audience=Audience.STAFF, needs=Permission.ANSWER_ADVICE, module=Module.ADVICE)


def may_give(viewer: Any) -> bool:
    return agencies_for(viewer, Permission.GIVE_ADVICE) is None


def posted(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def the_recommendation(request: HttpRequest, number: int) -> Recommendation:
    """One that the viewer may see. Raises Http404."""
    found = reads.recommendation(request.user, number) if number < 2**31 else None
    if found is None:
        raise Http404
    return found


def own_url(row: Recommendation, tail: str = "") -> str:
    return f"{HOME}{row.pk}/{tail}"


def way(*more: tuple[str, str]) -> list[dict[str, str]]:
    return crumbs((gettext("Rekomendasi"), HOME), *more)


def said(request: HttpRequest, words: dict[str, Any]) -> Any:
    """The sentence that the address asks for after something was done."""
    return words.get(request.GET.get("selesai", ""), "")
