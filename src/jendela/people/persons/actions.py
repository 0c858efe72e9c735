"""Every change of the persons of an account. Audit rows say which fields changed, never what they hold."""

import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from jendela.common.audit import Actor, record
from jendela.common.encryption import lookup_hash
from jendela.people.access.personal import note_reading
from jendela.people.persons.models import Person
from jendela.people.persons.nik import mask_nik
from jendela.people.persons.reads import UNDO_HOURS

MOST = 60  # persons of one account; a village official has them in other screens


class TooManyError(Exception):
    """The account keeps as many persons as it may."""


class TwiceError(Exception):
    """Another person of the account carries this number."""


@transaction.atomic
def add_person(*, account: Any, name: str, nik: str, birth_date: str, relation: str, by: Actor) -> Person:
    """A person with a checked number and a birth date (ISO), '' for none. Raises TooManyError, TwiceError."""
    if Person.objects.filter(account=account, removed_at__isnull=True).count() >= MOST:
        raise TooManyError
    row = Person(account=account, name=name, birth_date=birth_date, relation=relation)
    _write_nik(row, nik)
    _save(row)
    record(
        by=by, action="persons.add_person", target=row, after={"fields": _filled(row), "relation": relation}
    )
    return row


@transaction.atomic
def change_person(
    *, person: Person, name: str, nik: str | None, birth_date: str, relation: str, by: Actor
) -> None:
    """New values; `nik` None leaves the number as it is. Raises TwiceError."""
    row = Person.objects.select_for_update().get(pk=person.pk)
    changed = [
        field
        for field, value in (("name", name), ("birth_date", birth_date), ("relation", relation))
        if getattr(row, field) != value
    ]
    row.name, row.birth_date, row.relation = name, birth_date, relation
    if nik is not None and nik != row.nik:
        _write_nik(row, nik)
        changed.append("nik")
    _save(row)
    record(by=by, action="persons.change_person", target=row, after={"fields": sorted(changed)})


@transaction.atomic
def remove_person(*, person: Person, by: Actor) -> None:
    """Hide a person; for a day the owner can bring it back."""
    Person.objects.filter(pk=person.pk).update(removed_at=timezone.now())
    record(by=by, action="persons.remove_person", target=person)


@transaction.atomic
def restore_person(*, account: Any, key: int, by: Actor) -> bool:
    """Bring a removed person back; False when that day is over. Raises TwiceError."""
    since = timezone.now() - datetime.timedelta(hours=UNDO_HOURS)
    row = Person.objects.select_for_update().filter(account=account, pk=key, removed_at__gt=since).first()
    if row is None:
        return False
    row.removed_at = None
    _save(row)
    record(by=by, action="persons.restore_person", target=row)
    return True


@transaction.atomic
def read_nik(*, person: Person, by: Actor, reason: str) -> str:
    """The whole number, with a row that says who saw it and why."""
    note_reading(by, person, ["nik"], reason)
    return str(person.nik)


@transaction.atomic
def forget_removed() -> int:
    """Persons removed more than a day ago are deleted for good, and all persons of closed accounts."""
    limit = timezone.now() - datetime.timedelta(hours=UNDO_HOURS)
    gone, _kinds = Person.objects.filter(removed_at__lt=limit).delete()
    closed, _kinds = Person.objects.filter(account__is_active=False).delete()
    return gone + closed


def _write_nik(row: Person, nik: str) -> None:
    row.nik, row.nik_hash, row.nik_masked = nik, lookup_hash(nik), mask_nik(nik)


def _save(row: Person) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise TwiceError from error


def _filled(row: Person) -> list[str]:
    return [field for field in ("birth_date", "name", "nik") if getattr(row, field)]
