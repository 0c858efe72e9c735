"""Who refers to a row: a new row that others already use is not taken back."""

from collections.abc import Collection
from typing import Any

from django.db.models import Model


def referred_to(model: type[Model], keys: Collection[Any]) -> dict[Any, str]:
    """Keys of rows that any other row refers to, with what refers to them. One query for each relation."""
    found: dict[Any, str] = {}
    for relation in model._meta.related_objects:
        name = relation.field.name
        others = relation.related_model._default_manager.filter(**{f"{name}__in": list(keys)})
        for key in others.values_list(name, flat=True).distinct():
            found.setdefault(key, str(relation.related_model._meta.verbose_name))
    return {key: word for key, word in found.items() if key in keys}
