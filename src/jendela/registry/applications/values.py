"""One named value of an application: read as JSON holds it, and put; names are those of fields.py, a few beside them,
and 'extra.<key>'."""

import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Field

from jendela.people.agencies.models import Agency
from jendela.registry.applications.fields import BY_NAME, EXTRA
from jendela.registry.applications.models import Application

RELATIONS = {"owner": "owner_id", "replacement": "replacement_id"}
BESIDE = {  # set like values, though no field of the table of fields
    "owner", "replacement", "replacement_note", "life_cycle_since", "state_as_of", "evidence", "usage_note",
    "source_url", "name_en", "task", "task_en", "record_state",
}  # fmt: skip
PART = "part."  # before the name of a part (parts.py), in the history


def value_of(row: Application, name: str) -> Any:
    """What the row says, as JSON would hold it."""
    if name.startswith(EXTRA):
        return row.extra.get(name.removeprefix(EXTRA))
    return plain(getattr(row, RELATIONS.get(name, name)))


def known(name: str, value: Any) -> bool:
    field = BY_NAME.get(name)
    return field.is_known(value) if field else value not in (None, "", [])


def put(row: Application, name: str, value: Any) -> None:
    if name.startswith(EXTRA):
        row.extra = {**row.extra, name.removeprefix(EXTRA): value}
        return
    if name not in BY_NAME and name not in BESIDE:
        raise KeyError(name)
    if name in RELATIONS and not isinstance(value, Agency | Application):
        setattr(row, RELATIONS[name], value)
        return
    column: Field[Any, Any] = Application._meta.get_field(name)  # type: ignore[assignment]  # no field in reverse
    if isinstance(value, str) and column.get_internal_type() == "DateField":
        value = datetime.date.fromisoformat(value) if value else None
    if value is None and not column.null:
        value = column.get_default()  # an undo of a value that nobody had said
    setattr(row, name, value)


def plain(value: Any) -> Any:
    """As JSON holds it: dates as texts, models as keys."""
    if isinstance(value, Agency | Application):
        return value.pk
    if isinstance(value, datetime.date):
        return DjangoJSONEncoder().default(value)
    return list(value) if isinstance(value, tuple | list) else value


def search_words(row: Application) -> str:
    """All words by which lists find an application; the owner must be loaded."""
    owner: Agency = row.owner
    parts = (
        row.name,
        row.name_en,
        row.purpose,
        row.function,
        row.task,
        row.task_en,
        owner.short_name,
        owner.name,
    )
    return " ".join(part for part in parts if part).lower()
