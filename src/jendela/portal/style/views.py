"""/gaya/: every component of the interface in its states, and the measured contrast of the colours."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from jendela.people.access.choices import Audience
from jendela.people.access.screens import screen
from jendela.portal.style import samples
from jendela.ui import icons, tokens


@screen(audience=Audience.PUBLIC)
def show_style(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "portal/style/pages/show_style.html",
        {
            "colours": tokens.colours(),
            "pairs": [
                {
                    "pair": pair,
                    "figure": figure,
                    "front": tokens.colours()[pair.front],
                    "back": tokens.colours()[pair.back],
                }
                for pair, figure in tokens.measured()
            ],
            "icons": sorted(icons.NAMES),
            **samples.all_samples(),
        },
    )
