"""What an agency is told is missing is what its readers are told: the home of the agency and the resident's page hold
the same view of every service of the data set."""

import pytest

from jendela.people.agencies.models import Agency
from jendela.portal.agency import gaps
from jendela.portal.public import answers, ways
from jendela.services.catalogue.models import Service
from jendela.services.catalogue.reads.service import sheet
from jendela.services.catalogue.tests.region import region, region_rows

__all__ = ["region", "region_rows"]


@pytest.mark.usefixtures("region")
def test_both_pages_miss_the_same() -> None:
    differ, seen = [], set()
    for agency in Agency.objects.filter(services__isnull=False).distinct():
        known = gaps.facts(agency)
        for service in known.services:
            page = sheet(service.slug)
            assert page is not None
            best, others = ways.show_all(page.ways, None)
            shown = [best, *others] if best else others
            said = answers.gaps(page, answers.panes(page, best, others), shown)
            seen |= set(said)
            if set(said) != set(gaps.missing(service, known, agency)):
                differ.append((service.slug, said, gaps.missing(service, known, agency)))
    assert differ == []
    assert Service.objects.count() > 100
    assert len(seen) >= 6, "the data set shows most kinds of gaps"
