"""A small world for tests of the editor: one agency with one service, its people, and another agency's writer."""

from dataclasses import dataclass
from typing import Any

from django.test import Client
from tests.people import agency, client_of, member

from jendela.common.audit import Actor
from jendela.people.accounts.models import User
from jendela.people.agencies.models import Agency
from jendela.services.catalogue.choices import ComponentGroup, RuleScope, StandardState
from jendela.services.catalogue.models import ComponentType, Service, Standard, StandardComponent
from jendela.services.catalogue.reads.parts import PARTS

TEXTS = {"A1": "KTP-el asli\nFotokopi kartu keluarga", "A2": "Datang ke loket\nTerima kartu", "A4": "Gratis"}


@dataclass
class World:
    owner: Agency
    service: Service
    writer: User
    head: User
    stranger: User  # writes for another agency

    @property
    def by(self) -> Actor:
        return Actor(self.writer.name, user=self.writer)

    def path(self, tail: str = "") -> str:
        return f"/kelola/standar/{self.service.slug}/{tail}"

    def client(self, who: str = "writer") -> Client:
        return client_of(getattr(self, who))


def component_types() -> None:
    for at, part in enumerate(part for part in PARTS if part.is_component):
        ComponentType.objects.get_or_create(
            code=part.key,
            defaults={
                "group": ComponentGroup(part.key[0]),
                "position": at + 1,
                "name": str(part.legal),
                "citation": "UU 25/2009 pasal 21",
                "valid_from": "2009-07-18",
            },
        )


def service(owner: Agency, name: str, texts: dict[str, str] | None = None, **values: Any) -> Service:
    """A service with an interim standard of these texts."""
    number = (Service.objects.order_by("-number").values_list("number", flat=True).first() or 0) + 1
    slug = name.lower().replace(" ", "-")
    made = Service.objects.create(
        number=number, slug=slug, name=name, owner=owner, rule_scope=RuleScope.REGENCY, **values
    )
    standard = Standard.objects.create(service=made, version=1, state=StandardState.INTERIM)
    for code, text in (TEXTS if texts is None else texts).items():
        StandardComponent.objects.create(standard=standard, type_id=code, text=text)
    return made


def world() -> World:
    component_types()
    owner, other = agency("Dinas Contoh"), agency("Dinas Lain")
    return World(
        owner=owner,
        service=service(owner, "Kartu contoh"),
        writer=member("service_admin", owner, name="Rina Wati"),
        head=member("agency_head", owner, name="Kepala Contoh"),
        stranger=member("service_admin", other, name="Orang Lain"),
    )
