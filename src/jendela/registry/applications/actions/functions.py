"""The trees of functions as a table gives them."""

from collections.abc import Sequence

from django.db import transaction

from jendela.common.audit import Actor, record
from jendela.registry.applications.models import FunctionNode


@transaction.atomic
def put_functions(*, nodes: Sequence[FunctionNode], by: Actor) -> list[str]:
    """Write the trees: parents first; known codes are renewed. What is no longer listed stays, since applications
    point to it, and is named in what is returned."""
    ordered = sorted(nodes, key=lambda one: (one.pk.count("."), one.pk))
    FunctionNode.objects.bulk_create(
        ordered,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["tree", "name", "parent", "keywords", "valid_from", "valid_to", "citation"],
    )
    target = ("registry_applications.functionnode", "*")
    record(by=by, action="applications.put_functions", target=target, after={"fungsi": len(ordered)})
    listed = [one.pk for one in ordered]
    gone = FunctionNode.objects.exclude(pk__in=listed).order_by("pk").values_list("pk", flat=True)
    return [f"Tidak ada lagi di tabel, dibiarkan: {code}" for code in gone]
