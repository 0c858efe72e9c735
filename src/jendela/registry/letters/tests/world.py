"""An agency with applications, its people, and the templates that come with the program."""

from pathlib import Path
from typing import Any

from tests.people import agency, member

from jendela.common.audit import Actor
from jendela.common.tables import Report
from jendela.people.agencies.models import Agency
from jendela.registry.applications.actions import Provenance, create_application
from jendela.registry.applications.models import Application
from jendela.registry.letters.imports import load_templates
from jendela.registry.letters.models import LetterTemplate

BY = Actor("uji")
PROVENANCE = Provenance(stated_by="Dinas Contoh", source="Uji", source_date="2026-10", grade="C")


def application(name: str, owner: Agency, **values: Any) -> Application:
    given = {"operator_level": "daerah", "audience": "internal", "state": "dipakai", **values}
    return create_application(values={"name": name, "owner": owner, **given}, by=BY, provenance=PROVENANCE)


class World:
    def __init__(self) -> None:
        load_templates(Path("/nowhere"), by=BY, report=Report())
        self.owner, self.other = agency("Dinas Contoh"), agency("Dinas Lain")
        self.operator = member("agency_operator", self.owner, name="Oki Operator")
        self.stranger = member("agency_operator", self.other, name="Orang Lain")
        self.team = member("information_team", name="Tia Tim")

    def template(self, slug: str = "bebas") -> LetterTemplate:
        return LetterTemplate.objects.get(slug=slug)

    def with_columns(self, *keys: str) -> LetterTemplate:
        row = self.template()
        row.columns = [{"heading": key, "key": key} for key in keys]
        row.save()
        return row
