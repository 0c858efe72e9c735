"""Every query on datasets."""

from django.utils import timezone
from django.utils.translation import gettext as _

from jendela.common.models import AuditEntry
from jendela.people.agencies.reads import UNDO
from jendela.registry.datasets.models import Dataset
from jendela.registry.datasets.values import BY_NAME, STANDARD

EDITS = ("datasets.set_dataset", "datasets.undo_dataset")


def of_application(application_id: int) -> list[Dataset]:
    """Datasets that an application holds, by name, with their producers: one query."""
    return list(
        Dataset.objects.filter(application=application_id).select_related("producer").order_by("name")
    )


def missing_for_verification(row: Dataset) -> list[str]:
    """What the walidata still needs: the five attributes of the data standard (Perpres 39/2019 art. 4) and the
    metadata (art. 5), in words."""
    names = [*STANDARD, "has_metadata"]
    wanting = [str(BY_NAME[name].label) for name in names if not BY_NAME[name].is_known(getattr(row, name))]
    if row.has_metadata is False:
        wanting.append(_("Metadata belum diisi"))
    return wanting


def last_edit(row: Dataset) -> AuditEntry | None:
    """The edit that can still be taken back: the last one, at most a day old, and no undoing."""
    entry = (
        AuditEntry.objects.filter(
            target_type=Dataset._meta.label_lower, target_key=str(row.pk), action__in=EDITS
        )
        .order_by("-id")
        .first()
    )
    if entry is None or entry.action != EDITS[0] or timezone.now() - entry.at > UNDO:
        return None
    return entry
