"""Questions about webhooks."""

import uuid
from collections.abc import Collection, Iterable, Sequence

from django.db.models import F

from jendela.people.access.audit_words import Target
from jendela.registry.applications.choices import RecordState, Visibility
from jendela.registry.applications.fields import BY_NAME, EXTRA
from jendela.registry.applications.models import Application, AttributeDefinition, Change
from jendela.registry.applications.parts import BY_KEY
from jendela.registry.applications.values import PART
from jendela.registry.overlap.models import Merge
from jendela.registry.webhooks.models import Delivery, Webhook
from jendela.ui.templatetags.ui import path

MOST = 200
SHOWN = 50
HOME = "/kelola/pemberitahuan/"


def list_webhooks() -> Sequence[Webhook]:
    """Those that run first, the newest first: one query."""
    rows = Webhook.objects.select_related("agency", "made_by")
    return list(rows.order_by(F("stopped_at").asc(nulls_first=True), "-id")[:MOST])


def webhook(number: int) -> Webhook | None:
    return Webhook.objects.select_related("agency", "made_by").filter(pk=number).first()


def deliveries(row: Webhook) -> Sequence[Delivery]:
    """The newest: one query."""
    return list(row.deliveries.order_by("-id")[:SHOWN])


def slugs_changed(batch: uuid.UUID) -> list[str]:
    """Public applications of which an act changed something that everybody may see."""
    rows = Change.objects.filter(batch=batch, application__record_state=RecordState.REGISTERED)
    changed = list(rows.values_list("application__slug", "field"))
    names = {field for _slug, field in changed}
    public = {name for name in names if _is_public(name)} | _public_extras(names)
    return sorted({slug for slug, field in changed if field in public})


def slugs_of(applications: Iterable[int]) -> list[str]:
    rows = Application.objects.filter(pk__in=list(applications), record_state=RecordState.REGISTERED)
    return sorted(rows.values_list("slug", flat=True))


def slugs_of_merger(standing: int, merged: int) -> list[str]:
    """Both, where the merged one had a public page, which leads to the standing one now."""
    was_public = Merge.objects.filter(
        merged=merged, undone_at__isnull=True, record_state=RecordState.REGISTERED
    ).exists()
    gone = Application.objects.filter(pk=merged).values_list("slug", flat=True) if was_public else ()
    return sorted({*slugs_of([standing, merged]), *gone})


def _is_public(field: str) -> bool:
    if field.startswith(PART):
        part = BY_KEY.get(field.removeprefix(PART))
        return part is not None and part.visibility == Visibility.PUBLIC
    if field in ("record_state", "owner"):  # it came to the public list, or to another agency
        return True
    known = BY_NAME.get(field)
    return known is not None and known.visibility == Visibility.PUBLIC


def _public_extras(names: Collection[str]) -> set[str]:
    keys = {name.removeprefix(EXTRA) for name in names if name.startswith(EXTRA)}
    if not keys:
        return set()
    rows = AttributeDefinition.objects.filter(key__in=keys, visibility=Visibility.PUBLIC)
    return {f"{EXTRA}{key}" for key in rows.values_list("key", flat=True)}


def webhook_targets(keys: Collection[str]) -> dict[str, Target]:
    """How the trail names webhooks, and where they are shown."""
    rows = Webhook.objects.filter(pk__in=[int(key) for key in keys if key.isdecimal()])
    return {str(row.pk): Target(row.name, path(f"{HOME}{row.pk}/")) for row in rows}
