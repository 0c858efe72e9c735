"""What the tests of the API read: the region's areas, agencies and applications, and two services made by hand."""

from collections.abc import Iterator
from decimal import Decimal

import pytest
from django.conf import settings
from pytest_django.plugin import DjangoDbBlocker

from jendela.common.audit import Actor
from jendela.common.tables import Report
from jendela.people.agencies.imports import load_agencies
from jendela.people.agencies.models import Agency, Office
from jendela.people.areas.imports import load_areas
from jendela.registry.applications.imports import load_applications
from jendela.registry.applications.models import Application
from jendela.services.catalogue.choices import FeeKind, RelationKind, RuleScope, StandardState, WayKind
from jendela.services.catalogue.models import (
    Category,
    ComponentType,
    Fee,
    LifeEvent,
    LifeEventStep,
    ProcessingTime,
    RelatedService,
    Requirement,
    Service,
    ServiceSource,
    Standard,
    StandardComponent,
    Step,
    Way,
)
from jendela.services.search import reads as search
from jendela.services.search.actions import refresh_documents

LOADERS = (load_areas, load_agencies, load_applications)
HOW_MANY = 23  # services beside the two that are looked at


@pytest.fixture
def region(db: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The data set's areas, agencies and applications, services made by hand, and their search documents."""
    for load in LOADERS:
        load(settings.DATASET, by=Actor("uji"), report=Report())
    ComponentType.objects.all().delete()
    for position in range(1, 15):
        group = "A" if position <= 6 else "B"
        ComponentType.objects.create(
            code=f"{group}{position}",
            group=group,
            position=position,
            name=f"Komponen {position}",
            citation="UU 25/2009",
            valid_from="2009-07-18",
        )
    parking, thin = make_service(1, "Parkir pasar uji"), make_service(2, "Layanan tipis uji")
    fill(parking, other=thin)
    for number in range(3, 3 + HOW_MANY):
        make_service(number, f"Layanan uji {number}")
    refresh_documents()
    search.forget()
    yield
    search.forget()


def make_service(number: int, name: str) -> Service:
    service = Service.objects.create(
        number=number,
        slug=name.lower().replace(" ", "-"),
        name=name,
        owner=Agency.objects.get(short_name="Dishub"),
        rule_scope=RuleScope.REGENCY,
    )
    Standard.objects.create(service=service, version=1, state=StandardState.INTERIM)
    return service


def fill(service: Service, *, other: Service) -> None:
    """Everything that a service can have, once."""
    standard = service.standards.get()
    application = Application.objects.get(slug="e-parking-ppm-sampit")
    ServiceSource.objects.create(service=service, url="https://example.org/parkir", date="2023", position=1)
    StandardComponent.objects.create(standard=standard, type_id="A4", text="Motor Rp2.000")
    Requirement.objects.create(
        standard=standard, position=1, text="Karcis", kind="dokumen", copy="asli", obtained_by=other
    )
    Step.objects.create(standard=standard, position=1, text="Bayar di gerbang")
    ProcessingTime.objects.create(standard=standard, shortest=1, longest=2, unit="menit")
    Fee.objects.create(
        standard=standard, position=1, kind=FeeKind.AMOUNT, label="Motor", amount=Decimal("2000")
    )
    Fee.objects.create(standard=standard, position=2, kind=FeeKind.FREE)
    Way.objects.create(
        service=service,
        position=1,
        kind=WayKind.COUNTER,
        text="Kantor",
        office=Office.objects.order_by("slug").first(),
    )
    Way.objects.create(
        service=service, position=2, kind=WayKind.APPLICATION, text="e-Parking", application=application
    )
    category, _ = Category.objects.get_or_create(
        slug="uji", defaults={"name": "Uji", "name_en": "Test", "icon": "car", "position": 99}
    )
    category.services.add(service)
    event, _ = LifeEvent.objects.get_or_create(
        slug="uji",
        defaults={"name": "Belanja", "name_en": "Shopping", "intro": "", "intro_en": "", "position": 99},
    )
    LifeEventStep.objects.create(event=event, service=service, position=1, when="di pasar")
    RelatedService.objects.create(service=service, other=other, kind=RelationKind.SEE_ALSO)
