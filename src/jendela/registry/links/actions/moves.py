"""Links when agencies merge, and when two records of one application become one."""

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from jendela.common import content
from jendela.common.audit import Actor, record
from jendela.people.agencies.actions import note_moved
from jendela.people.agencies.models import Merger
from jendela.registry.applications.models import Application
from jendela.registry.links.actions.declaring import count_again
from jendela.registry.links.events import tell
from jendela.registry.links.models import Link, SourceRule, StandAlone

MOVED = "links"


@transaction.atomic
def move_links(*, merger_id: int, by: Actor) -> int:
    """What a merged agency declared is its successor's word; a second run moves nothing."""
    merger = Merger.objects.select_for_update().get(pk=merger_id)
    if merger.undone_at is not None:
        return 0
    rows = Link.objects.filter(declared_by=merger.predecessor_id)
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    if keys:
        Link.objects.filter(pk__in=keys).update(declared_by=merger.successor_id)
        note_moved(merger=merger, kind=MOVED, keys=keys)
        record(by=by, action="links.move_links", target=merger, after={MOVED: keys})
        content.changed()
    return len(keys)


@transaction.atomic
def move_links_back(*, merger_id: int, by: Actor) -> int:
    """Give back what had moved with a merger that was taken back."""
    merger = Merger.objects.select_for_update().get(pk=merger_id)
    if merger.undone_at is None:
        return 0
    keys = [key for move in merger.moves.filter(kind=MOVED) for key in move.keys]
    rows = Link.objects.filter(pk__in=keys, declared_by=merger.successor_id)
    moved = rows.update(declared_by=merger.predecessor_id)
    if moved:
        record(by=by, action="links.move_links_back", target=merger, after={MOVED: keys})
        content.changed()
    return moved


@transaction.atomic
def repoint_links(*, gone: Application, stays: Application, by: Actor) -> dict[str, list[int]]:
    """Of two records of one application: the links, rules and exemption of `gone` are those of `stays`. Links that
    `stays` has already, and links between the two, end. Returns the keys, by which the caller may put them back."""
    moved: list[int] = []
    ended: list[int] = []
    own = {(one.source_id, one.target_id, one.method, one.data.lower()) for one in _standing(stays)}
    for link in list(_standing(gone).select_for_update(of=("self",))):
        source = stays.pk if link.source_id == gone.pk else link.source_id
        target = stays.pk if link.target_id == gone.pk else link.target_id
        key = (source, target, link.method, link.data.lower())
        if source == target or key in own:
            link.ended_at, link.reason = timezone.now(), "Catatan aplikasi digabung"
            link.save(update_fields=["ended_at", "reason"])
            ended.append(link.pk)
            continue
        own.add(key)
        Link.objects.filter(pk=link.pk).update(source=source, target=target)
        moved.append(link.pk)
    rules = list(SourceRule.objects.filter(application=gone).values_list("pk", flat=True))
    SourceRule.objects.filter(pk__in=rules).update(application=stays)
    if StandAlone.objects.filter(application=stays).exists():
        StandAlone.objects.filter(application=gone).delete()
    else:
        StandAlone.objects.filter(application=gone).update(application=stays)
    pairs = Link.objects.filter(pk__in=moved + ended).values_list("source", "target")
    touched = {key for pair in pairs for key in pair}
    count_again({gone.pk, stays.pk} | touched)
    found = {"moved": moved, "ended": ended, "rules": rules}
    if any(found.values()):
        record(by=by, action="links.repoint_links", target=stays, after={"gone": gone.pk, **found})
        tell({gone.pk, stays.pk} | touched, by=by)
    return found


def _standing(one: Application) -> QuerySet[Link]:
    return Link.objects.filter(Q(source=one) | Q(target=one), ended_at__isnull=True).order_by("pk")
