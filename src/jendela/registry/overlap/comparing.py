"""Two records side by side: where they differ, and which value is the better founded."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from jendela.registry.applications.fields import FIELDS
from jendela.registry.applications.models import Application, ValueSource
from jendela.registry.applications.values import value_of
from jendela.registry.applications.words import value_words
from jendela.registry.links.models import Link
from jendela.registry.overlap.merging import MOVES


@dataclass(frozen=True)
class Differing:
    """A field that says two things; `better` is 'a' or 'b': the better grade, then the newer one."""

    name: str
    label: Any
    words_a: str
    words_b: str
    better: str


@dataclass(frozen=True)
class Compared:
    same: list[tuple[Any, str]]  # label and words of fields that agree
    differing: list[Differing]  # both say something
    only_a: list[str]  # names of fields that only one knows: they are simply kept or taken
    only_b: list[str]


def compare(a: Application, b: Application, *, visible: Collection[str]) -> Compared:
    """The fields of two records that have one of these visibilities: one query."""
    sources: dict[tuple[int, str], ValueSource] = {
        (one.application_id, one.field): one
        for one in ValueSource.objects.filter(Q(application=a) | Q(application=b))
    }
    same, differing, only_a, only_b = [], [], [], []
    for field in (one for one in FIELDS if one.visibility in visible):
        left, right = value_of(a, field.name), value_of(b, field.name)
        known = field.is_known(left), field.is_known(right)
        if known == (True, False):
            only_a.append(field.name)
        elif known == (False, True):
            only_b.append(field.name)
        elif known == (True, True) and left == right:
            same.append((field.label, value_words(field, left)))
        elif known == (True, True):
            better = _better(sources.get((a.pk, field.name)), sources.get((b.pk, field.name)))
            words = value_words(field, left), value_words(field, right)
            differing.append(Differing(field.name, field.label, *words, better))
    return Compared(same, differing, only_a, only_b)


def _better(left: ValueSource | None, right: ValueSource | None) -> str:
    """Grade A before D, then what was said last; a value with a source before one without."""
    if left is None or right is None:
        return "a" if right is None else "b"
    if left.grade != right.grade:
        return "a" if left.grade < right.grade else "b"
    return "a" if left.stated_at >= right.stated_at else "b"


def parts_of(row: Application) -> Mapping[str, int]:
    """How many rows of each sort a record has: what would move."""
    labels = {
        "ApplicationPerson": _("orang"), "ApplicationUse": _("instansi pemakai"), "ApplicationFunction": _("fungsi"),
        "Version": _("versi"), "Cost": _("biaya"), "Approval": _("persetujuan"), "LegalBasis": _("dasar hukum"),
        "Interface": _("API"), "Dataset": _("data"), "SourceRule": _("aturan sumber"),
        "StandAlone": _("alasan berdiri sendiri"),
    }  # fmt: skip
    found = {
        labels[spec.model.__name__]: spec.model._default_manager.filter(**{spec.field: row}).count()
        for spec in MOVES
    }
    found[_("integrasi")] = Link.objects.filter(Q(source=row) | Q(target=row), ended_at=None).count()
    return {label: number for label, number in found.items() if number}
