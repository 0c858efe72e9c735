"""Names and pages of rounds, bundles and seals for the trail of changes; and how much a person holds here."""

from collections.abc import Collection

from jendela.people.access.audit_words import Target
from jendela.registry.campaigns.choices import BundleState, RoundState
from jendela.registry.campaigns.models import Attestation, Bundle, Item, QuestionSet, Round
from jendela.ui.templatetags.ui import path

HOME = "/kelola/pemutakhiran/"


def _numbers(keys: Collection[str]) -> list[int]:
    return [int(key) for key in keys if key.isascii() and key.isdigit() and len(key) < 19]


def round_targets(keys: Collection[str]) -> dict[str, Target]:
    rows = Round.objects.filter(pk__in=_numbers(keys))
    return {str(row.pk): Target(row.title, path(f"{HOME}{row.slug}/")) for row in rows}


def bundle_targets(keys: Collection[str]) -> dict[str, Target]:
    rows = Bundle.objects.filter(pk__in=_numbers(keys)).select_related("round", "agency")
    return {
        str(row.pk): Target(
            f"{row.agency.short_name}, {row.round.title}", path(f"{HOME}{row.round.slug}/isian/{row.pk}/")
        )
        for row in rows
    }


def item_targets(keys: Collection[str]) -> dict[str, Target]:
    rows = Item.objects.filter(pk__in=_numbers(keys)).select_related("round", "application")
    return {
        str(row.pk): Target(row.application.name, path(f"{HOME}{row.round.slug}/isian/{row.bundle_id}/"))
        for row in rows
    }


def attestation_targets(keys: Collection[str]) -> dict[str, Target]:
    rows = Attestation.objects.filter(pk__in=_numbers(keys)).select_related("agency")
    return {
        str(row.pk): Target(
            row.agency.short_name, path(f"{HOME}instansi/{row.agency.slug}/pernyataan/{row.code}/")
        )
        for row in rows
    }


def question_set_targets(keys: Collection[str]) -> dict[str, Target]:
    rows = QuestionSet.objects.filter(pk__in=_numbers(keys))
    return {str(row.pk): Target(row.title, path(f"{HOME}pertanyaan/{row.key}/")) for row in rows}


def count_held(user_id: int, agency_id: int | None) -> int:
    """Bundles of rounds that run which a person holds for an agency and has not finished."""
    if agency_id is None:  # every request is for one agency
        return 0
    rows = Bundle.objects.filter(holder_id=user_id, agency_id=agency_id, round__state=RoundState.OPEN)
    return rows.exclude(state__in=[BundleState.APPROVED, BundleState.WITHDRAWN]).count()
