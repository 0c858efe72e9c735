"""What is read as content and published unchanged stays what it was, for every service of the data set."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.forms.models import model_to_dict
from hypothesis import given
from hypothesis import strategies as st

from jendela.common.audit import Actor
from jendela.services.catalogue import actions
from jendela.services.catalogue.models import LifeEvent, Publication, Service, Standard
from jendela.services.catalogue.reads.content import (
    TEXT_FIELDS,
    WAY_FIELDS,
    check,
    clean,
    content_of,
    empty,
    is_filled,
    public_standard,
)
from jendela.services.catalogue.reads.parts import PARTS
from jendela.services.catalogue.reads.rows import rows_of

pytestmark = pytest.mark.django_db
OFFICER = Actor("Dinas Contoh")
FIELDS = (*TEXT_FIELDS, *WAY_FIELDS, "officer", "channel", "event", "when", "ungkapan", "kata", "english")


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
    call_command("load_kotim", again=True, verbosity=2, stdout=out)
    assert f"Tidak disentuh, dirawat instansinya: {service.name}" in out.getvalue()
    service.refresh_from_db()
    assert content_of(service) == written
    assert service.audience == "Semua warga"
    assert service.relations.exists()
    assert Service.objects.count() == 116
    for event in LifeEvent.objects.all():
        places = [step.position for step in event.steps.order_by("position")]
        assert places == list(range(1, len(places) + 1))


ANY = st.recursive(
    st.none() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(FIELDS), inner, max_size=6),
    max_leaves=12,
)


@given(st.sampled_from([part.key for part in PARTS]), ANY)
def test_clean_takes_anything_and_once_is_enough(part: str, value: object) -> None:
    once = clean(part, value)
    assert clean(part, once) == once
    assert type(once) is type(empty(part))
    assert "\x00" not in json.dumps(once)


@given(st.text("ab;,() \n\r", max_size=60))
def test_lines_are_the_rows_of_a_version(text: str) -> None:
    """What is written as a line is read as one paper, one step, one line of the tariff."""
    content = {code: clean(code, text) for code in ("A1", "A2", "A4")}
    rows = rows_of(content, Standard(), {})
    assert [row.text for row in rows.requirements] == content["A1"].splitlines()
    assert [row.text for row in rows.steps] == content["A2"].splitlines()
    assert len(rows.fees) == len(content["A4"].splitlines())


@pytest.mark.parametrize(
    ("part", "value", "words"),
    [
        ("A1", "x" * 301, "Baris 1: paling banyak 300 huruf."),
        ("A3", "x" * 8001, "paling banyak 8000 huruf"),
        ("complaint", {"officer": "Sari"}, "Tulis petugas dan sarananya, keduanya."),
        ("ways", [{"kind": "kapal", "text": "Loket"}], "Cara 1: pilih jenisnya."),
        ("ways", [{"kind": "loket", "detail": "pagi"}], "Cara 1: tulis namanya."),
        ("ways", [{"kind": "situs", "text": "Situs", "url": "javascript:alert(1)"}], "alamat web dimulai"),
        (
            "ways",
            [{"kind": "telepon", "text": "Telepon", "phone": "nol"}],
            "nomor telepon hanya berisi angka",
        ),
        ("ways", [{"kind": "loket", "text": "Loket", "office": "tidak-ada"}], "tidak ada di daftar"),
        ("events", [{"event": "tidak-ada"}], "Peristiwa tidak dikenal: tidak-ada."),
        ("words", {"kata": ["x" * 201]}, "paling banyak 200 huruf"),
        ("texts", {"audience": "x" * 301}, "Untuk siapa: paling banyak 300 huruf."),
    ],
)
def test_what_is_wrong_is_said_in_words(part: str, value: object, words: str) -> None:
    assert any(words in error for error in check(part, value)), check(part, value)
    assert check(part, empty(part)) == []
