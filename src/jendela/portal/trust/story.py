"""The true story of /cara-kerja/: the dead e-parking of the market, round the loop. All facts come from the data."""

from typing import Any
from urllib.parse import urlsplit

from django.utils import timezone
from django.utils.formats import date_format

from jendela.common.dates import parse_partial
from jendela.insight.recommendations import reads as recommendations
from jendela.people.access.choices import Module
from jendela.people.access.policy import is_open_for_anyone
from jendela.people.agencies.reads import wording
from jendela.portal.trust import reads
from jendela.registry.applications.choices import ApplicationState, LifeCycle
from jendela.registry.applications.models import Application
from jendela.services.catalogue.choices import FeeKind
from jendela.services.catalogue.models import Service
from jendela.ui.templatetags.ui import path


def story_page() -> dict[str, Any]:
    application = reads.story_application()
    service = reads.story_service()
    states = reads.applications_by_state()
    context: dict[str, Any] = {
        "services_total": str(reads.number_of_services()),
        "applications_total": str(sum(states.values())),
        "dead_total": str(states.get(ApplicationState.DEAD, 0)),
    }
    if application is not None:
        context["application"] = {
            "name": application.name,
            "purpose": application.purpose,
            "owner": application.owner.short_name,
            "owner_url": path(f"/instansi/{application.owner.slug}/"),
            "url": path(f"/aplikasi/{application.slug}/"),
            "since": application.since,
            "state": application.get_state_display(),
            "usage": application.usage_note,
            "note": application.note,
            "source": source(application.source_url, application.state_as_of),
        }
        context["advice"] = _advice(application)
    if service is not None:
        context["service"] = _service(service)
        context["use"] = _use(service)
    return context


def _advice(application: Application) -> dict[str, Any] | None:
    """What the rules found about it and what became of it; None while nothing was found or the room is closed."""
    if not is_open_for_anyone(Module.ADVICE):
        return None
    row = recommendations.weightiest(application.pk)
    rule = recommendations.rule_of(row) if row else None
    if row is None or rule is None:
        return None
    answers = list(row.answers.all())
    answer = answers[0] if answers else None
    return {
        "sentence": recommendations.words(row),
        "rule": rule.name,
        "citation": rule.citation,
        "effect": rule.effect,
        "facts": [one["words"] for one in row.facts],
        "found": date_format(timezone.localdate(row.found_at), "j F Y"),
        "given": date_format(timezone.localdate(row.given_at), "j F Y") if row.given_at else "",
        "due": date_format(row.due_on, "j F Y") if row.due_on else "",
        "answer": answer.get_kind_display() if answer else "",
        "answered": date_format(timezone.localdate(answer.at), "j F Y") if answer else "",
        "planned": date_format(row.planned_on, "j F Y") if row.planned_on else "",
        "state": row.get_state_display(),
        "closed": date_format(timezone.localdate(row.closed_at), "j F Y") if row.closed_at else "",
        "measure": date_format(row.measure_on, "j F Y") if row.measure_on else "",
        "retired": application.life_cycle == LifeCycle.RETIRED,
        "url": path(f"/kelola/rekomendasi/{row.pk}/"),
    }


def source(url: str, date: str) -> dict[str, str]:
    """The source by the name of its site, with its date in words."""
    known = parse_partial(date)
    return {
        "url": url,
        "name": urlsplit(url).netloc.removeprefix("www."),
        "date": known.words() if known else "",
    }


def _service(service: Service) -> dict[str, Any]:
    standards = service.public_standards  # type: ignore[attr-defined]
    fees = [
        {"label": fee.label, "amount": f"Rp{fee.amount:,.0f}".replace(",", ".")}
        for fee in (standards[0].fees.all() if standards else [])
        if fee.kind == FeeKind.AMOUNT and fee.amount is not None
    ]
    return {
        "name": wording(service.name, service.name_en),
        "url": path(f"/layanan/{service.slug}/"),
        "fees": fees,
        "sources": [source(row.url, row.date) for row in service.sources.all()],
        "corrections": [
            {"date": date_format(row.date, "j F Y"), "text": wording(row.text, row.text_en)}
            for row in service.corrections.all()
        ],
    }


def _use(service: Service) -> dict[str, Any]:
    use = reads.use_of(service)
    return {
        "views": str(use.views) if use.views else "",
        "gaps": str(use.gaps) if use.gaps else "",
        "searches": str(use.searches) if use.searches else "",
        "since": date_format(use.since, "j F Y") if use.since else "",
    }
