"""What is read as content and published unchanged stays what it was, for every service of the data set."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.forms.models import model_to_dict

from jendela.common.audit import Actor
from jendela.services.catalogue import actions
from jendela.services.catalogue.models import LifeEvent, Publication, Service, Standard
from jendela.services.catalogue.reads.content import check, clean, content_of, is_filled, public_standard
from jendela.services.catalogue.reads.parts import PARTS

pytestmark = pytest.mark.django_db
OFFICER = Actor("Dinas Contoh")


def values(standard: Standard) -> dict[str, Any]:
    """What is read from the texts of a version, without keys."""
    found: dict[str, Any] = {}
    for name in ("requirements", "steps", "fees"):
        rows = getattr(standard, name).order_by("position")
        found[name] = [model_to_dict(row, exclude=["id", "standard"]) for row in rows]
    time = getattr(standard, "processing_time", None)
    found["time"] = model_to_dict(time, exclude=["id", "standard"]) if time else None
    return found


def test_content_of_every_service_is_clean_and_right(region: None) -> None:
    for service in Service.objects.all():
        content = content_of(service)
        assert list(content) == [part.key for part in PARTS]
        for part, value in content.items():
            assert clean(part, value) == value
            assert check(part, value) == [], (service.name, part)


def test_publishing_what_is_public_makes_no_version(region: None) -> None:
    for service in Service.objects.select_related("owner"):
        assert (
            actions.publish_interim(service=service, changes=content_of(service), by=OFFICER, agency_name="X")
            is None
        )
    assert not Publication.objects.exists()


def test_a_new_version_reads_the_same_values(region: None) -> None:
    for service in Service.objects.select_related("owner"):
        old, before = public_standard(service), content_of(service)
        assert old is not None
        relations = sorted(service.relations.values_list("other", "kind"))
        actions.publish_interim(
            service=service, changes={"B14": "Setiap bulan."}, by=OFFICER, agency_name="X"
        )
        new = public_standard(service)
        assert new is not None
        assert new.version == 2
        assert values(new) == values(old), service.name
        assert content_of(service) == before | {"B14": "Setiap bulan."}
        assert sorted(service.relations.values_list("other", "kind")) == relations, service.name


def test_filled() -> None:
    assert not is_filled("complaint", {"officer": "Ani", "channel": ""})
    assert is_filled("words", {"ungkapan": ["ktp hilang"], "kata": [], "english": []})
    assert not is_filled("ways", [])


def test_a_reload_leaves_what_the_agency_wrote(region: None) -> None:
    service = Service.objects.select_related("owner").get(slug="akta-kelahiran")
    content = content_of(service)
    changes = {
        "A4": "Gratis\nDenda Rp10.000",
        "ways": [{**content["ways"][0], "text": "Loket 2"}],
        "words": content["words"] | {"ungkapan": ["akta bayi"]},
        "events": [*content["events"][:1], {"event": "meninggal", "when": "Bila perlu"}],
        "texts": content["texts"] | {"audience": "Semua warga"},
    }
    assert not [event for event in content["events"] if event["event"] == "meninggal"]
    actions.publish_interim(service=service, changes=changes, by=OFFICER, agency_name="Disdukcapil")
    written = content_of(service)
    out = StringIO()
    call_command("load_kotim", again=True, stdout=out)
    assert f"Tidak disentuh, dirawat instansinya: {service.name}" in out.getvalue()
    service.refresh_from_db()
    assert content_of(service) == written
    assert service.audience == "Semua warga"
    assert service.relations.exists()
    assert Service.objects.count() == 116
    for event in LifeEvent.objects.all():
        places = [step.position for step in event.steps.order_by("position")]
        assert places == list(range(1, len(places) + 1))
