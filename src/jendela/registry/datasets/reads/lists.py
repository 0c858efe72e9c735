"""Datasets in lists with the counts of their chips."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from jendela.common.dates import today
from jendela.common.paging import keyset
from jendela.people.access.policy import own_agencies
from jendela.people.agencies.models import Agency
from jendela.registry.datasets import promises
from jendela.registry.datasets.choices import Openness
from jendela.registry.datasets.models import Dataset
from jendela.registry.datasets.policy import visible_to

SIZE = 50
MOST_WORDS = 6
OWN = "instansi-saya"


@dataclass(frozen=True)
class Chosen:
    """Filters of the list; an empty value does not narrow. `narrow` is a key of `narrowing`."""

    narrow: str = ""
    agency: str = ""  # slug of a producer, or OWN
    text: str = ""

    @property
    def any(self) -> bool:
        return bool(self.narrow or self.agency or self.text)


@dataclass(frozen=True)
class Found:
    rows: list[Dataset]
    next_key: str


def narrowing() -> dict[str, Q]:
    """The condition behind each chip."""
    return {
        "terbuka": Q(openness=Openness.OPEN),
        "terbatas": Q(openness=Openness.LIMITED),
        "tertutup": Q(openness=Openness.CLOSED),
        "sifat-belum": Q(openness=Openness.UNKNOWN),
        "pribadi": Q(has_personal=True),
        "pribadi-belum": Q(has_personal__isnull=True),
        "janji-lewat": promises.late(today()),
        "tanpa-janji": promises.without_promise(),
        "tanpa-metadata": Q(has_metadata__isnull=True) | Q(has_metadata=False),
        "diperiksa": Q(verified_at__isnull=False),
    }


def _chosen(viewer: Any, chosen: Chosen) -> QuerySet[Dataset]:
    rows = visible_to(viewer)
    if chosen.agency == OWN:
        rows = rows.filter(producer__in=own_agencies(viewer))
    elif chosen.agency:
        rows = rows.filter(producer__slug=chosen.agency)
    for word in chosen.text.replace("\x00", "").split()[:MOST_WORDS]:
        rows = rows.filter(search_text__icontains=word)
    return rows


def page(viewer: Any, chosen: Chosen, *, after: str = "", size: int = SIZE) -> Found:
    """Datasets in the order of their addresses, with producer and application: one query."""
    rows = _chosen(viewer, chosen).select_related("producer", "application")
    if chosen.narrow:
        rows = rows.filter(narrowing()[chosen.narrow])
    found = keyset(rows, field="slug", after=after, size=size)
    return Found(list(found.rows), found.next_key)


def counts(viewer: Any, chosen: Chosen) -> dict[str, int]:
    """How many each chip would leave, '' for all: one query."""
    found = {f"n_{key.replace('-', '_')}": Count("pk", filter=each) for key, each in narrowing().items()}
    numbers = _chosen(viewer, chosen).order_by().aggregate(n_=Count("pk"), **found)
    return {key: numbers[f"n_{key.replace('-', '_')}"] for key in ["", *narrowing()]}


def agencies(viewer: Any) -> list[Agency]:
    """Producers of datasets, by name: one query."""
    owners = visible_to(viewer).order_by().values("producer")
    return list(Agency.objects.filter(pk__in=owners).only("slug", "short_name").order_by("short_name"))


def number_of(viewer: Any) -> int:
    """For the menu: datasets of the viewer's agencies of which nobody has said whether they hold personal data."""
    own = own_agencies(viewer)
    rows = visible_to(viewer).filter(has_personal__isnull=True)
    return rows.filter(producer__in=own).count() if own else rows.count()
