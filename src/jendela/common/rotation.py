"""A new key for personal data: everything that lies encrypted is written again under the newest key, in batches.

Found by themselves: every `EncryptedTextField`, with a keyed hash beside it when the model has a field of the same name
plus `_hash`; and the sealed texts inside the JSON fields that `settings.SEALED_JSON` names. Each batch is a transaction
of its own, and a row that is already right is left alone, so that a rotation that was cut off is simply begun again.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.db.models.functions import Cast

from jendela.common.audit import Actor, record
from jendela.common.encryption import EncryptedTextField, UnreadableError, decrypt, encrypt, lookup_hash

BATCH = 500
_SEALED = re.compile(r"(\d{1,3}):[A-Za-z0-9+/]{38,}={0,2}")  # a nonce of 12 bytes and a tag of 16 at least

Row = tuple[Any, Any]  # primary key, what is stored
Change = Callable[[Any], Any]  # what shall be stored, or None to leave it


@dataclass
class Result:
    """How many values were written again and how many no key opens, by 'app.model.field'."""

    written: dict[str, int] = field(default_factory=dict)
    unreadable: dict[str, int] = field(default_factory=dict)


def rotate(by: Actor, *, batch: int = BATCH) -> Result:
    """Write all sealed values under the newest key and all hashes under the oldest one (common.encryption)."""
    result = Result()
    for model, name in sealed_fields():
        _rotate(model, name, reseal, result, batch)
    for label, name in settings.SEALED_JSON:
        _rotate(apps.get_model(label), name, reseal_within, result, batch)
    for model, name in sealed_fields():
        if any(one.name == f"{name}_hash" for one in model._meta.concrete_fields):
            _rehash(model, name, result, batch)
    if result.written:
        newest = str(max(settings.DATA_KEYS))
        with transaction.atomic():
            record(by=by, action="keys.rotate", target=("common.key", newest), after=result.written)
    return result


def sealed_fields() -> Iterator[tuple[type[models.Model], str]]:
    """Every encrypted field of a table."""
    for model in apps.get_models():
        if model._meta.managed and not model._meta.proxy:
            for one in model._meta.local_concrete_fields:
                if isinstance(one, EncryptedTextField):
                    yield model, one.name


def reseal(stored: str) -> str | None:
    """The stored form under the newest key; None when it is so already. Raises UnreadableError."""
    if not stored or stored.startswith(f"{max(settings.DATA_KEYS)}:"):
        return None
    return encrypt(decrypt(stored))


def reseal_within(value: Any) -> Any:
    """A JSON value with its sealed texts under the newest key; None when nothing changes. Raises UnreadableError."""
    new = _within(value)
    return None if new == value else new


def _within(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _within(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_within(one) for one in value]
    if isinstance(value, str) and _SEALED.fullmatch(value):
        return reseal(value) or value
    return value


def _rotate(model: type[models.Model], name: str, change: Change, result: Result, batch: int) -> None:
    place = f"{model._meta.label_lower}.{name}"
    kind = model._meta.get_field(name)
    # an encrypted field would open and seal what passes through it: the column is read and written as it is
    raw = models.TextField() if isinstance(kind, EncryptedTextField) else models.JSONField()
    rows = model._base_manager.annotate(stored=Cast(name, raw))
    if isinstance(kind, EncryptedTextField):
        newest = f"{max(settings.DATA_KEYS)}:"
        rows = rows.exclude(stored="").exclude(stored__startswith=newest)

    def work(found: list[Row]) -> None:
        for key, stored in found:
            try:
                new = change(stored)
            except UnreadableError:
                result.unreadable[place] = result.unreadable.get(place, 0) + 1
                continue
            if new is not None:
                model._base_manager.filter(pk=key).update(**{name: models.Value(new, output_field=raw)})
                result.written[place] = result.written.get(place, 0) + 1

    _in_batches(rows, batch, work)


def _rehash(model: type[models.Model], name: str, result: Result, batch: int) -> None:
    """Hashes that were made with a key which is gone are made anew."""
    column = f"{name}_hash"
    place = f"{model._meta.label_lower}.{column}"
    rows = model._base_manager.annotate(stored=Cast(name, models.TextField())).exclude(stored="")

    def work(found: list[Row]) -> None:
        keys = [key for key, _stored in found]
        known = dict(model._base_manager.filter(pk__in=keys).values_list("pk", column))
        for key, stored in found:
            try:
                new = lookup_hash(decrypt(stored))
            except UnreadableError:
                continue  # counted with its value
            if known[key] != new:
                model._base_manager.filter(pk=key).update(**{column: new})
                result.written[place] = result.written.get(place, 0) + 1

    _in_batches(rows, batch, work)


def _in_batches(rows: Any, batch: int, work: Callable[[list[Row]], None]) -> None:
    """Rows in the order of their keys, locked while they are worked on."""
    last = None
    while True:
        with transaction.atomic():
            ahead = rows if last is None else rows.filter(pk__gt=last)
            locked = ahead.order_by("pk").select_for_update(of=("self",))
            found = list(locked.values_list("pk", "stored")[:batch])
            work(found)
        if len(found) < batch:
            return
        last = found[-1][0]
