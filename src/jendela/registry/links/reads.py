"""Every query on links."""

from dataclasses import dataclass

from jendela.registry.links.models import Link


@dataclass(frozen=True)
class Around:
    """The links of one application that stand: what it gets and what it gives."""

    incoming: list[Link]
    outgoing: list[Link]

    @property
    def any(self) -> bool:
        return bool(self.incoming or self.outgoing)


def of_application(application_id: int) -> Around:
    """Links in and out, with both ends and their owners: two queries."""
    rows = Link.objects.filter(ended_at__isnull=True).select_related(
        "source__owner", "target__owner", "dataset", "declared_by"
    )
    incoming = rows.filter(target=application_id).order_by("source__name", "id")
    outgoing = rows.filter(source=application_id).order_by("target__name", "id")
    return Around(list(incoming), list(outgoing))
