"""Keeping what was learnt of functions."""

from django.db import transaction
from django.utils import timezone

from jendela.registry.overlap import suggesting
from jendela.registry.overlap.models import FunctionSuggestion

BATCH = 1000


@transaction.atomic
def keep_suggestions() -> int:
    """Suggest anew for every application without a confirmed function; where too little is confirmed to learn from,
    nothing is kept and the words of the page suffice. Derived, so the trail of changes is not written. How many."""
    tree, now = suggesting.learnt(), timezone.now()
    FunctionSuggestion.objects.all().delete()
    if not tree.has_learnt:
        return 0
    rows = suggesting.unnamed_everywhere().only("pk", "name", "function", "purpose")
    made = (
        FunctionSuggestion(
            application_id=one.pk, codes=tree.suggest(one.name, one.function, one.purpose), made_at=now
        )
        for one in rows.iterator(chunk_size=BATCH)
    )
    return len(FunctionSuggestion.objects.bulk_create(made, batch_size=BATCH))
