"""Applications with probes, for tests: no network."""

import datetime
import itertools
from typing import Any

from django.utils import timezone
from tests.people import agency

from jendela.people.agencies.models import Agency
from jendela.registry.applications.choices import OperatorLevel
from jendela.registry.applications.models import Application
from jendela.registry.probes.actions import keep_probe
from jendela.registry.probes.choices import Why
from jendela.registry.probes.facts import Certificate, Page, Seen, facts_of
from jendela.registry.probes.models import Probe

_numbers = itertools.count(1)
HTML = (
    "<html lang=id><title>A</title><meta name=viewport content='width=device-width'><h1>A</h1>" + "kata " * 30
)


def application(name: str = "", at: Agency | None = None, **values: Any) -> Application:
    number = next(_numbers)
    fields = {
        "slug": f"aplikasi-{number:05d}",
        "name": name or f"Aplikasi {number}",
        "owner": at or agency(),
        "operator_level": OperatorLevel.REGENCY,
        "audience": "publik",
        "state": "dipakai",
        "evidence": "ya",
        "url": f"https://aplikasi-{number}.contoh.id/",
    }
    return Application.objects.create(**fields | values)


def seen(one: Application, why: Why = Why.NONE, *, days: int = 60, **values: Any) -> Seen:
    """What a probe of this application would see: a good page, or why there is none."""
    if why is not Why.NONE:
        return Seen(asked=one.url, why=why)
    page = Page(
        url=one.url,
        status=values.pop("status", 200),
        headers={"content-type": "text/html", "content-encoding": "gzip"},
        body=HTML.encode(),
        size=values.pop("size", 900),
        complete=True,
        hops=(one.url,),
        first_byte_ms=100,
        total_ms=values.pop("total_ms", 300),
    )
    ends = timezone.now() + datetime.timedelta(days=days)
    return Seen(
        asked=one.url, page=page, certificate=Certificate("x", True, ends), forced=values.pop("forced", True)
    )


def probed(
    one: Application, why: Why = Why.NONE, *, at: datetime.datetime | None = None, **values: Any
) -> Probe:
    """A probe kept as the job keeps it."""
    found = facts_of(seen(one, why, **values))
    return keep_probe(application_id=one.pk, found=found, at=at or timezone.now())


def failed_days(one: Application, days: int, why: Why = Why.SILENT) -> None:
    """Failures on so many days in a row, the last one today."""
    for back in reversed(range(days)):
        probed(one, why, at=timezone.now() - datetime.timedelta(days=back))
