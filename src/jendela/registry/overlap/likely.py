"""Rows of an imported list beside the register: what may be the same, with reasons. A person decides."""

from collections.abc import Sequence

from jendela.common.exchange.kinds import Candidate, Row
from jendela.people.agencies.models import Agency
from jendela.registry.applications.models import Application
from jendela.registry.overlap.matching import Match
from jendela.registry.overlap.register import index

LIMIT = 3  # candidates a person is asked about


def likely(rows: Sequence[Row]) -> Sequence[Sequence[Candidate]]:
    """For each row the applications of the same government that may be meant, best first. Two statements and, when the
    register has changed, a new index."""
    owners = dict(
        Agency.objects.filter(short_name__in={row.values.get("pemilik", "") for row in rows}).values_list(
            "short_name", "name"
        )
    )
    register = index()
    found = [
        [match for match in register.check(**_asked(row, owners), limit=2 * LIMIT) if _ours(match)][:LIMIT]
        for row in rows
    ]
    keys = {int(match.record.id) for matches in found for match in matches}
    slugs = dict(Application.objects.filter(pk__in=keys).values_list("pk", "slug"))
    return [
        [
            Candidate((slugs[key],), match.record.name, match.score, tuple(match.reasons))
            for match in matches
            if (key := int(match.record.id)) in slugs
        ]
        for matches in found
    ]


def _asked(row: Row, owners: dict[str, str]) -> dict[str, str]:
    owner = row.values.get("pemilik", "")
    return {
        "name": row.values.get("nama", ""),
        "description": row.values.get("uraian", ""),
        "url": row.values.get("url", ""),
        "owner": owners.get(owner, owner),
    }


def _ours(match: Match) -> bool:
    """A record of this register and this government: those of the centre are shown as examples elsewhere."""
    return not match.national and match.same_government
