"""Residents' words of one service."""

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils import timezone

from jendela.common import content
from jendela.common.audit import Actor, record
from jendela.common.events import publish
from jendela.services.catalogue.choices import WordKind
from jendela.services.catalogue.events import CatalogueChanged
from jendela.services.catalogue.models import Service, ServiceWord


@transaction.atomic
def set_words(*, service: Service, words: Mapping[str, Sequence[str]], by: Actor) -> None:
    """Put these lists (ungkapan, kata, english) in the place of the service's words, in their order; the search is
    made anew from them. From now on the words are the agency's: loading the data set again leaves them alone."""
    rows = ServiceWord.objects.filter(service=service)
    before = {
        kind: list(rows.filter(kind=kind).order_by("pk").values_list("text", flat=True))
        for kind in WordKind.values
    }
    after = {kind: list(dict.fromkeys(words.get(kind, ()))) for kind in WordKind.values}
    if before == after:
        return
    rows.delete()
    ServiceWord.objects.bulk_create(
        ServiceWord(service=service, kind=kind, text=text) for kind, texts in after.items() for text in texts
    )
    service.taken_over_at = timezone.now()
    service.save(update_fields=["taken_over_at"])
    record(by=by, action="catalogue.set_words", target=service, before=before, after=after)
    publish(CatalogueChanged())
    content.changed()
