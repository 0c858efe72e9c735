"""Questions to the persons of an account: always of the account that asks."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from jendela.people.persons.models import Person

UNDO_HOURS = 24


def persons_of(account: Any) -> Sequence[Person]:
    return list(Person.objects.filter(account=account, removed_at__isnull=True))


def removed_persons(account: Any) -> Sequence[Person]:
    """Those who can still be brought back."""
    since = timezone.now() - datetime.timedelta(hours=UNDO_HOURS)
    return list(Person.objects.filter(account=account, removed_at__gt=since))


def person_of(account: Any, key: int) -> Person | None:
    return Person.objects.filter(account=account, pk=key, removed_at__isnull=True).first()


def has_nik(account: Any, nik_hash: str, but: int | None) -> bool:
    """Does another person of this account carry the number?"""
    rows = Person.objects.filter(account=account, removed_at__isnull=True, nik_hash=nik_hash)
    return rows.exclude(pk=but).exists() if but else rows.exists()
