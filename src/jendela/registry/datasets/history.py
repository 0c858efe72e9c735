"""The history of a row from the audit trail, in the words of its fields."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from jendela.common.models import AuditEntry
from jendela.people.access.audit_words import action_words

MOST = 50


@dataclass(frozen=True)
class Line:
    at: datetime.datetime
    actor: str
    what: str
    changes: list[tuple[str, str, str]]  # label, before, after


def lines(kind: str, key: int, labels: Mapping[str, Any], choices: Mapping[str, Any]) -> list[Line]:
    """The newest first: one query. `choices` are TextChoices by field name; what has no label is left out."""
    rows = AuditEntry.objects.filter(target_type=kind, target_key=str(key)).order_by("-id")[:MOST]
    return [Line(row.at, row.actor, action_words(row.action), _changes(row, labels, choices)) for row in rows]


def _changes(
    row: AuditEntry, labels: Mapping[str, Any], choices: Mapping[str, Any]
) -> list[tuple[str, str, str]]:
    before, after = row.before or {}, row.after or {}
    found = []
    for name, label in labels.items():
        old, new = (_words(one.get(name), choices.get(name)) for one in (before, after))
        if old != new and (name in before or name in after):
            found.append((str(label), old, new))
    return found


def _words(value: Any, choice: Any) -> str:
    if value is None or value in ("", [], "tidak_diketahui"):
        return ""
    if isinstance(value, bool):
        return _("ya") if value else _("tidak")
    if isinstance(value, list):
        return ", ".join(_words(one, choice) for one in value)
    if choice is not None and value in choice.values:
        return str(choice(value).label)
    return str(value)
