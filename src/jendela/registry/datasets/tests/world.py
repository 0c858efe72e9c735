"""Applications and datasets made by hand for the tests of the registry's rooms of data and links."""

from typing import Any

from tests.people import agency

from jendela.common.audit import SYSTEM
from jendela.people.agencies.models import Agency
from jendela.registry.applications.actions import Provenance
from jendela.registry.applications.models import Application
from jendela.registry.applications.values import search_words
from jendela.registry.datasets.actions import declare_dataset
from jendela.registry.datasets.models import Dataset

SAID = Provenance("Budi Santoso", "isian")


def application(name: str = "Aplikasi Gizi", owner: Agency | None = None, **values: Any) -> Application:
    values = {
        "operator_level": "daerah",
        "audience": "internal",
        "state": "dipakai",
        "evidence": "belum",
    } | values
    row = Application(name=name, slug=name.lower().replace(" ", "-"), owner=owner or agency(), **values)
    row.search_text = search_words(row)
    row.save()
    return row


def dataset(name: str = "Jumlah Balita Ditimbang", at: Application | None = None, **values: Any) -> Dataset:
    return declare_dataset(application=at or application(), name=name, by=SYSTEM, provenance=SAID, **values)
