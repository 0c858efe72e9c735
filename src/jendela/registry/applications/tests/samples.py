"""An application and who says things about it, for the tests of this register and of others."""

from typing import Any

from tests.people import agency

from jendela.common.audit import Actor
from jendela.people.agencies.models import Agency
from jendela.registry.applications.actions import Provenance, create_application
from jendela.registry.applications.models import Application, FunctionNode

BY = Actor("Penguji")
SAID = Provenance("Dinas Contoh")


def made(name: str = "Aplikasi Uji", owner: Agency | None = None, **values: Any) -> Application:
    """A registered application of 'Dinas Contoh', or of `owner`."""
    known = {
        "name": name,
        "owner": owner or agency(),
        "operator_level": "daerah",
        "audience": "internal",
        "state": "dipakai",
    }
    return create_application(values=known | values, by=BY, provenance=SAID)


def node(
    code: str = "RAB.04.01", name: str = "Kesehatan", parent: FunctionNode | None = None
) -> FunctionNode:
    row, _new = FunctionNode.objects.get_or_create(
        code=code, defaults={"tree": code[:3], "name": name, "parent": parent, "citation": "Uji"}
    )
    return row
