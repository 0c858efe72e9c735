from collections.abc import Iterator

import pytest

from jendela.services.catalogue.tests.region import region, region_rows
from jendela.services.search import actions, reads
from jendela.services.search.choices import Kind
from jendela.services.search.models import Topic

__all__ = ["region", "region_rows", "searchable"]


@pytest.fixture
def searchable(region: None) -> Iterator[None]:
    """The region's data with its search documents and one topic that nobody here serves."""
    if not Topic.objects.filter(kind=Kind.ELSEWHERE).exists():
        Topic.objects.create(
            kind=Kind.ELSEWHERE,
            key="jodoh",
            name="Mencari jodoh",
            text="Bukan tugas pemerintah daerah.",
            words="cari jodoh;mencari pacar;biro jodoh",
        )
    actions.refresh_documents()
    reads.forget()
    yield
    reads.forget()
