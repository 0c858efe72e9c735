"""What an application has several of, as one table: forms, pages, history and undo of all of them are driven by it."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from jendela.common.audit import SEALED, snapshot
from jendela.common.money import full
from jendela.registry.applications.choices import Visibility
from jendela.registry.applications.models import (
    ApplicationFunction,
    ApplicationPerson,
    ApplicationUse,
    Approval,
    Cost,
    Interface,
    LegalBasis,
    Version,
)

PUBLIC, GOVERNMENT = Visibility.PUBLIC, Visibility.GOVERNMENT


@dataclass(frozen=True)
class Part:
    """`key` is the name of the relation on Application. `natural`: what makes a row the same one when it is said
    again. `only`: of rows where this is true an application has one. `words` says a row in a few words."""

    key: str
    label: Any
    model: type[models.Model]
    natural: tuple[str, ...]
    words: Callable[[Any], str]
    visibility: str = GOVERNMENT
    only: str = ""
    ends: bool = False  # rows end, they are not taken out


PARTS: tuple[Part, ...] = (
    Part(
        "people",
        _("Orang"),
        ApplicationPerson,
        (),
        lambda row: f"{row.get_role_display()}: {row.name}",
        ends=True,
    ),
    Part(
        "uses", _("Instansi pemakai"), ApplicationUse, ("agency",), lambda row: row.agency.short_name, PUBLIC
    ),
    Part(
        "functions",
        _("Fungsi"),
        ApplicationFunction,
        ("node",),
        lambda row: str(row.node),
        PUBLIC,
        only="main",
    ),
    Part("versions", _("Versi dan kontrak"), Version, ("number",), lambda row: row.number, only="current"),
    Part(
        "costs",
        _("Biaya"),
        Cost,
        ("year", "kind"),
        lambda row: f"{row.get_kind_display()} {row.year}: {full(row.amount)}",
    ),
    Part(
        "approvals",
        _("Persetujuan"),
        Approval,
        (),
        lambda row: f"{row.get_step_display()}, {row.date:%Y-%m-%d}",
        PUBLIC,
    ),
    Part("legal_bases", _("Dasar hukum"), LegalBasis, ("kind", "words"), lambda row: row.words, PUBLIC),
    Part("interfaces", _("Antarmuka (API)"), Interface, ("name",), lambda row: row.name, PUBLIC),
)
BY_KEY: dict[str, Part] = {one.key: one for one in PARTS}


def state_of(part: Part, row: Any) -> dict[str, Any]:
    """A row as the history keeps it: all values (what lies encrypted is sealed) and `words` for people to read."""
    return {**snapshot(row), "id": row.pk, "words": part.words(row)}


def put_back(row: models.Model, state: Mapping[str, Any]) -> None:
    """Give a row the values of the history; what is sealed there stays as it is."""
    for column in row._meta.concrete_fields:
        name = column.name
        if name not in state or state[name] == SEALED or column.primary_key:
            continue
        value = state[name]
        if isinstance(column, models.ForeignKey):
            setattr(row, column.attname, value)
        else:
            setattr(row, name, value if value is None else column.to_python(value))


def as_json(value: Any) -> Any:
    """A value as the history keeps it."""
    if isinstance(value, models.Model):
        return value.pk
    return json.loads(json.dumps(value, cls=DjangoJSONEncoder, default=str))
