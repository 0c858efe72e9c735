"""Who said each row of a part last: the newest entry of the history that tells of it."""

from collections.abc import Iterable, Mapping

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.fields.json import KT

from jendela.registry.applications.models import Application, Change
from jendela.registry.applications.values import PART

Said = Mapping[tuple[str, int], Change]


def newest_of_parts() -> QuerySet[Change]:
    """One change for each row of a part that stands or stood, without its values. Who takes something back says nothing
    new, nor is what was taken back said any more; and a row that only stopped being the main one was not spoken of."""
    keys = ("application_id", "field", "row")
    taken_back = Change.objects.filter(application=OuterRef("application"), undoes=OuterRef("batch"))
    rows = Change.objects.filter(
        ~Exists(taken_back),
        field__startswith=PART,
        after__isnull=False,
        undoes__isnull=True,
        source_before__isnull=True,
    ).annotate(row=KT("after__id"))
    return rows.order_by(*keys, "-pk").distinct(*keys).defer("before", "after", "source_before")


def by_row(changes: Iterable[Change]) -> Said:
    """By part and key of the row ('costs', 12); of a row that moved with a merge the newest."""
    found: dict[tuple[str, int], Change] = {}
    for one in sorted(changes, key=lambda each: each.pk):
        row = str(one.row)  # type: ignore[attr-defined]  # annotated
        if row.isdigit():
            found[one.field.removeprefix(PART), int(row)] = one
    return found


def said_of_parts(application: Application) -> Said:
    """Of the rows of a record, also of those that came from records merged into it: one query."""
    merged = Application.objects.filter(Q(pk=application.pk) | Q(merged_into=application)).values("pk")
    return by_row(newest_of_parts().filter(application__in=merged))
