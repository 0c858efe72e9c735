"""What the register knows of an application and everybody may read: its public fields with their sources, by whom the
list was sworn to, what takes over from it, who uses it, which open data it holds, whether its address answered."""

from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from jendela.registry.applications import reads
from jendela.registry.applications.choices import Grade, LifeCycle, UseState, Visibility
from jendela.registry.applications.models import Application, ApplicationFunction, ApplicationUse, ValueSource
from jendela.registry.applications.words import partial_words
from jendela.registry.datasets.choices import Openness
from jendela.registry.datasets.models import Dataset
from jendela.registry.probes import reads as probes

ELSEWHERE = {  # fields that have their own place on the page
    "name", "purpose", "function", "audience", "operator_level", "state", "since", "url", "note", "users_as_of",
}  # fmt: skip
MOST = 40


@dataclass(frozen=True)
class Origin:
    """Where one value comes from, in a sentence."""

    label: str
    words: str
    url: str


@dataclass(frozen=True)
class RecordFacts:
    known: list[dict[str, str]] = field(default_factory=list)
    unknown: str = ""  # labels of what nobody said yet
    origins: list[Origin] = field(default_factory=list)
    attested: str = ""
    replaced: str = ""  # the sentence before the link, or the whole reason
    replacement: Application | None = None
    users: list[str] = field(default_factory=list)  # agencies that said they use it
    functions: list[str] = field(default_factory=list)
    datasets: list[Dataset] = field(default_factory=list)
    probe: str = ""


def record_facts(application: Application) -> RecordFacts:
    """Nine queries at most, whatever the application has."""
    sources = reads.sources_of(application)
    fields = [
        one
        for group in reads.shown_groups(application, sources, reads.extra_fields(), {Visibility.PUBLIC})
        for one in group.values
    ]
    facts = [one for one in fields if one.field.name not in ELSEWHERE]
    probe = probes.latest_for([application.pk]).get(application.pk) if application.works else None
    return RecordFacts(
        known=[_fact(one, application) for one in facts if one.words],
        unknown=", ".join(_lower(str(one.field.label)) for one in facts if not one.words),
        origins=[_origin(str(one.field.label), one.source) for one in fields if one.source and one.words],
        attested=_attested(application),
        replaced=_replaced(application),
        replacement=application.replacement if application.life_cycle in ENDING else None,
        users=list(
            ApplicationUse.objects.filter(application=application, state=UseState.CONFIRMED)
            .order_by("agency__short_name")
            .values_list("agency__short_name", flat=True)[:MOST]
        ),
        functions=list(
            ApplicationFunction.objects.filter(application=application, confirmed_at__isnull=False)
            .order_by("-main", "node_id")
            .values_list("node__name", flat=True)[:MOST]
        ),
        datasets=list(
            Dataset.objects.filter(application=application, openness=Openness.OPEN).order_by("name")[:MOST]
        ),
        probe=probe.public_words if probe is not None and probe.current else "",
    )


ENDING = (LifeCycle.TO_MERGE, LifeCycle.RETIRED)


def _lower(words: str) -> str:
    """'Cara masuk' in a sentence; a name like PSE stays as it is written."""
    return words if words[:2].isupper() else words[:1].lower() + words[1:]


def _fact(one: reads.Shown, application: Application) -> dict[str, str]:
    fact: dict[str, str] = {"label": str(one.field.label), "value": one.words}
    if one.field.name == "users" and application.users_as_of:
        fact["note"] = _("Per %(day)s") % {"day": partial_words(application.users_as_of)}
    return fact


def _origin(label: str, source: Any) -> Origin:
    kept: ValueSource = source
    parts = [kept.source or kept.stated_by, partial_words(kept.source_date)]
    parts.append(str(Grade(kept.grade).label))
    return Origin(label, ", ".join(part for part in parts if part), kept.source_url)


def _attested(application: Application) -> str:
    if application.attested_at is None:
        return _("Pemiliknya belum menyatakan catatan ini benar.")
    day = date_format(timezone.localdate(application.attested_at), "j F Y")
    return _("Dinyatakan benar oleh kepala instansinya, %(day)s.") % {"day": day}


def _replaced(application: Application) -> str:
    if application.life_cycle not in ENDING:
        return ""
    retired = application.life_cycle == LifeCycle.RETIRED
    said = _("Aplikasi ini sudah dihentikan.") if retired else _("Aplikasi ini akan digabung.")
    if application.replacement is None and application.replacement_note:
        return f"{said} {application.replacement_note}"
    return said
