"""publiccode.yml: what we write passes its standard, what we read is proposed and never taken by itself.

The schema beside this file is ours, written from the text of the standard: neither PyPI nor npm was found to hold a
package with a schema or a validator of it (November 2026)."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.people import agency, client_of, member

from jendela.common.audit import Actor
from jendela.common.dates import today
from jendela.people.agencies.models import Agency
from jendela.registry.applications import publiccode
from jendela.registry.applications.actions import Provenance, create_application, put_part
from jendela.registry.applications.models import Application, ValueSource
from jendela.registry.applications.publiccode import NotReadableError, read

pytestmark = pytest.mark.django_db
SCHEMA = json.loads((Path(__file__).parent / "publiccode-0.5.schema.json").read_text("utf-8"))
OPEN = {
    "name": "e-Klinik", "purpose": "Mencatat pasien puskesmas", "licence": "terbuka", "spdx": "AGPL-3.0-or-later",
    "source_code_url": "https://git.contoh.go.id/klinik.git", "bases": ["web"], "life_cycle": "aktif",
    "operator_level": "daerah", "audience": "internal", "state": "dipakai",
}  # fmt: skip
MINIMAL = """
publiccodeYmlVersion: "0.4"
name: Klinik Baru
url: https://git.contoh.go.id/baru.git
landingURL: klinik.contoh.go.id
platforms: [web, android]
developmentStatus: development
softwareType: standalone/web
description:
  en: {shortDescription: Records, features: [x]}
  id:
    shortDescription: Rekam medis
    features: [Antrean, Resep]
legal: {license: MIT}
maintenance:
  type: contract
  contractors: [{name: PT Contoh, until: 2027-01-31}]
dependsOn:
  open: [{name: MySQL, versionMin: "8"}]
roadmap: https://contoh.go.id
"""


@pytest.fixture
def dinkes() -> Agency:
    return agency("Dinkes", name="Dinas Kesehatan")


def application(owner: Agency, **values: Any) -> Application:
    return create_application(
        values={**OPEN, "owner": owner, **values}, by=Actor("x"), provenance=Provenance("x")
    )


def valid(text: str) -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load(text)
    jsonschema.Draft202012Validator(SCHEMA).validate(data)
    return data


def test_the_public_file_passes_and_names_nobody(dinkes: Agency) -> None:
    row = application(dinkes)
    person = {"role": "teknis", "name": "Budi Contoh", "since": today(), "email": "budi@contoh.id"}
    put_part(application=row, part="people", values=person, by=Actor("x"), provenance=Provenance("x"))
    page = Client().get(f"/aplikasi/{row.slug}/publiccode.yml")
    assert page["Content-Type"].startswith("application/yaml")
    data = valid(page.content.decode())
    assert data["legal"] == {"license": "AGPL-3.0-or-later", "mainCopyrightOwner": "Dinas Kesehatan"}
    assert data["maintenance"]["contacts"] == [{"name": "Dinas Kesehatan", "affiliation": "Dinas Kesehatan"}]
    assert "Budi" not in page.content.decode()
    staff = client_of(member("agency_operator", dinkes)).get(f"/kelola/aplikasi/{row.slug}/publiccode.yml")
    data = valid(staff.content.decode())
    assert data["maintenance"]["contacts"][0]["name"] == "Budi Contoh"
    assert "budi@contoh.id" not in staff.content.decode()


@pytest.mark.parametrize(
    ("values", "lacks"),
    [
        ({"licence": "milik_pemerintah"}, "lisensi"),
        ({"spdx": ""}, "lisensi"),
        ({"source_code_url": ""}, "kode sumber"),
        ({"life_cycle": "tidak_diketahui", "state": "tidak_diketahui"}, "tahap"),
        ({"bases": []}, "berjalan"),
        ({"purpose": ""}, "guna"),
    ],
)
def test_nothing_is_made_up(dinkes: Agency, values: dict[str, Any], lacks: str) -> None:
    row = application(dinkes, **values)
    assert lacks in " ".join(publiccode.missing(row))
    assert Client().get(f"/aplikasi/{row.slug}/publiccode.yml").status_code == 404
    client = client_of(member("agency_operator", dinkes))
    answer = client.get(f"/kelola/aplikasi/{row.slug}/publiccode.yml")
    assert lacks in client.get(answer["Location"]).content.decode()
    with pytest.raises(ValueError, match=lacks):
        publiccode.write(row)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    purpose=st.text(min_size=1, max_size=400).filter(lambda text: text.replace("\0", "").strip() != ""),
    output=st.text(max_size=200),
    bases=st.lists(st.sampled_from(["web", "mobile", "desktop", "lainnya"]), unique=True, min_size=1),
    life=st.sampled_from(["rencana", "dibangun", "aktif", "akan_digabung", "dihentikan"]),
)
def test_any_record_writes_a_valid_file(
    dinkes: Agency, purpose: str, output: str, bases: list[str], life: str
) -> None:
    given_ = {**OPEN, "purpose": purpose, "output": output, "bases": bases, "life_cycle": life}
    row = Application(slug="x", owner=dinkes, **given_)
    valid(publiccode.write(row))


def test_a_file_is_proposed_and_only_what_is_ticked_is_taken(dinkes: Agency) -> None:
    row = application(dinkes)
    client, place = client_of(member("agency_operator", dinkes)), f"/kelola/aplikasi/{row.slug}/publiccode/"
    upload = SimpleUploadedFile("publiccode.yml", MINIMAL.encode())
    page = client.post(place, {"berkas": upload}).content.decode()
    assert "Klinik Baru" in page
    assert "Tidak dipakai: roadmap." in page
    row.refresh_from_db()
    assert row.name == "e-Klinik", "nothing is taken yet"
    seen = json.dumps({"purpose": row.purpose, "bases": row.bases, "spdx": row.spdx})
    sent = {"isi": MINIMAL, "langkah": "ambil", "ambil": ["purpose", "bases", "spdx"], "dilihat": seen}
    assert client.post(place, sent)["Location"].split("?")[0].endswith(f"/kelola/aplikasi/{row.slug}/")
    row.refresh_from_db()
    assert (row.name, row.purpose, row.bases, row.spdx) == (
        "e-Klinik",
        "Rekam medis",
        ["web", "mobile"],
        "MIT",
    )
    source = ValueSource.objects.get(application=row, field="purpose")
    assert (source.stated_by, source.source) == ("Dinas Kesehatan", "publiccode.yml")
    old = {**sent, "dilihat": json.dumps({"purpose": "Lain lagi"}), "ambil": ["name", "purpose"]}
    row.purpose = "Ditulis orang lain"
    row.save()
    page = client.post(place, old).content.decode()
    assert "Belum tersimpan." in page
    row.refresh_from_db()
    assert row.purpose == "Ditulis orang lain"


def test_what_a_file_says_as_values() -> None:
    found = read(MINIMAL)
    assert found.values == {
        "name": "Klinik Baru",
        "source_code_url": "https://git.contoh.go.id/baru.git",
        "url": "https://klinik.contoh.go.id",
        "bases": ["web", "mobile"],
        "life_cycle": "dibangun",
        "purpose": "Rekam medis",
        "output": "Antrean; Resep",
        "spdx": "MIT",
        "licence": "terbuka",
        "vendor": "PT Contoh",
        "contract_until": "2027-01-31",
        "database": "mysql",
    }
    assert found.passed == ["roadmap"]


def test_the_database_stands_in_the_file_of_staff_alone(dinkes: Agency) -> None:
    row = application(dinkes, database="PostgreSQL 16, Oracle; Basis sendiri")
    assert "dependsOn" not in valid(publiccode.write(row))
    said = valid(publiccode.write(row, staff=True))["dependsOn"]
    assert said == {"open": [{"name": "PostgreSQL 16"}], "proprietary": [{"name": "Oracle"}]}
    assert read(publiccode.write(row, staff=True)).values["database"] == "postgresql 16, oracle"


def test_what_we_write_comes_back_the_same(dinkes: Agency) -> None:
    row = application(dinkes, output="Antrean; Resep", url="https://klinik.contoh.go.id")
    again = read(publiccode.write(row)).values
    names = ("name", "purpose", "output", "url", "source_code_url", "bases", "life_cycle", "spdx", "licence")
    assert {name: again[name] for name in names} == {name: getattr(row, name) for name in names}


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("", "Tempel"),
        ("halo", "publiccode.yml"),
        ("a: [1, 2", "YAML"),
        ("x: 1", "publiccode.yml"),
        ("- a\n- b", "publiccode.yml"),
        ("a: &x [1]\nb: *x", "rujukan"),
        ("name: !!python/object/apply:os.system ['true']", "YAML"),
        ("a: " + "[" * 2000, "YAML"),
        ("name: " + "x" * 210_000, "huruf"),
        ("\x00", ""),
    ],
)
def test_what_is_no_file_is_refused_in_words(dinkes: Agency, text: str, word: str) -> None:
    row = application(dinkes)
    client = client_of(member("agency_operator", dinkes))
    page = client.post(f"/kelola/aplikasi/{row.slug}/publiccode/", {"isi": text})
    assert page.status_code == 400
    assert word in page.content.decode()


def test_a_file_that_is_no_text_is_refused(dinkes: Agency) -> None:
    row = application(dinkes)
    upload = SimpleUploadedFile("publiccode.yml", b"\xff\xfe\x00\x81")
    client = client_of(member("agency_operator", dinkes))
    page = client.post(f"/kelola/aplikasi/{row.slug}/publiccode/", {"berkas": upload})
    assert "bukan teks UTF-8" in page.content.decode()


def test_an_address_of_an_office_network_is_not_taken() -> None:
    found = read("name: X\nurl: http://10.0.0.1/x.git\nlandingURL: http://localhost/")
    assert found.values == {"name": "X"}
    assert len(found.problems) == 2


def test_retirement_does_not_come_from_a_file() -> None:
    found = read("name: X\ndevelopmentStatus: obsolete")
    assert "life_cycle" not in found.values
    assert "persetujuan" in found.problems[0]


def test_others_and_strangers(dinkes: Agency) -> None:
    row = application(dinkes)
    place = f"/kelola/aplikasi/{row.slug}/publiccode"
    other = client_of(member("agency_operator", agency("Dukcapil")))
    assert [other.get(f"{place}{end}").status_code for end in ("/", ".yml")] == [404, 404]
    assert Client().get(f"{place}/").status_code == 302
    with pytest.raises(NotReadableError):
        read("x: y")
