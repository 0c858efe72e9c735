"""The real data set loads whole: every row is there, every value is read or kept as text."""

import csv
import re
import time
from collections import Counter
from decimal import Decimal

import pytest

from jendela.common.models import AuditEntry, OutboxEvent
from jendela.config.management.commands.load_kotim import HERE
from jendela.insight.recommendations.models import Reach, Recommendation
from jendela.people.agencies.models import Agency, Office, Succession
from jendela.people.areas.models import Area, PopulationFigure, SignalRecord
from jendela.registry.applications.models import Application
from jendela.services.catalogue.choices import Copy, FeeKind, RelationKind, StandardState
from jendela.services.catalogue.models import (
    Category,
    ComponentType,
    Correction,
    EmergencyContact,
    Fee,
    LifeEvent,
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
from tests.dataset.conftest import Load

pytestmark = pytest.mark.django_db
HOME = ["anak-lahir", "menikah", "pindah", "meninggal", "cari-kerja", "buka-usaha", "sakit", "bertani"]


def rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def service(name: str) -> Service:
    return Service.objects.get(name=name)


def requirement(name: str, part: str) -> Requirement:
    return Requirement.objects.get(standard__service__name=name, text__contains=part)


@pytest.fixture(autouse=True)
def report(load: Load) -> str:
    began = time.monotonic()
    text = load()
    assert time.monotonic() - began < 20  # 5 seconds on an idle machine
    return text


def test_areas() -> None:
    kinds = Counter(Area.objects.values_list("kind", flat=True))
    assert kinds == {"kabupaten": 1, "kecamatan": 17, "desa": 168, "kelurahan": 17}
    assert (
        Area.objects.get(code="62.02.13.2011").name == "Sungai Ubar Mandiiri"
    )  # kept as in the official list
    assert Area.objects.filter(parent=None).get().code == "62.02"
    assert PopulationFigure.objects.count() == 13
    assert PopulationFigure.objects.filter(people=None).count() == 2
    both = PopulationFigure.objects.filter(area="62.02", year=2024).values_list("series", "people")
    assert {("Dukcapil", 454515), ("BPS proyeksi", 448180)} <= set(both)
    assert SignalRecord.objects.count() == 51


def test_agencies_and_successions() -> None:
    assert Agency.objects.filter(needs_check=False, valid_to="").count() == 58
    assert Agency.objects.filter(needs_check=True).count() == 33
    assert Agency.objects.get(short_name="Kementerian Pertanian").level == "pusat"
    assert Agency.objects.get(short_name="Pemprov Kalteng").level == "provinsi"
    assert Agency.objects.get(short_name="Pertamina").level == "lain"
    assert Agency.objects.get(short_name="Kec. Telawang").area_id == "62.02.14"
    pairs = Succession.objects.values_list("predecessor__short_name", "successor__short_name")
    assert ("DPUPRPRKP", "SDABMBKPRKP") in pairs
    assert ("DPUPRPRKP", "DCKTRP") in pairs
    assert Agency.objects.get(short_name="Bappelitbangda").valid_to == "2024"
    assert Agency.objects.get(short_name="Bapperida").valid_from == "2024"


def test_offices_say_only_what_sources_say() -> None:
    assert Office.objects.get(slug="mpp-habaring-hurung").address == "Jl MT Haryono, Sampit"
    counter = Office.objects.get(slug="loket-dpmptsp")
    assert (counter.hours, counter.hours_date, counter.address) == ("08.00-14.30 WIB", "2020-06", "")
    assert Office.objects.exclude(hours="").count() == 1
    assert not Office.objects.exclude(phone="").exists()
    assert Office.objects.filter(agency__kind="kecamatan", area__kind="kecamatan", address="").count() == 17


def test_applications() -> None:
    assert Application.objects.count() == 82  # 81 that press and documents showed, and Jendela itself
    assert not Application.objects.exclude(audience="publik").filter(task="").exists()
    assert 10 <= Application.objects.exclude(task="").values("task").distinct().count() <= 16
    parking = Application.objects.get(name="e-Parking PPM Sampit")
    assert (parking.state, parking.works) == ("mati", False)


def test_every_service_value_is_kept_as_text() -> None:
    """Whatever the columns say of a service can be read again, word by word."""
    columns = {
        "persyaratan": "A1",
        "prosedur_ringkas": "A2",
        "waktu": "A3",
        "biaya": "A4",
        "produk": "A5",
        "dasar_hukum": "B7",
    }
    texts = {
        (name, code): text
        for name, code, text in StandardComponent.objects.values_list(
            "standard__service__name", "type_id", "text"
        )
    }
    listed = rows("layanan.csv")
    assert len(listed) == Service.objects.count() == 116
    for number, row in enumerate(listed, start=1):
        found = service(row["nama"])
        assert found.number == number
        assert found.owner.short_name == row["opd"]
        assert found.rule_scope == row["scope"]
        assert (found.audience, found.note) == (row["kelompok_sasaran"], row["catatan"])
        assert found.source_dates == row["sumber_tanggal"]
        for column, code in columns.items():
            assert texts.pop((row["nama"], code), "") == row[column]
    assert not texts


def test_every_value_is_read_or_reported(report: str) -> None:
    for row in rows("layanan.csv"):
        standard = Standard.objects.get(service__name=row["nama"], version=1, state=StandardState.INTERIM)
        if row["persyaratan"]:
            texts = Requirement.objects.filter(standard=standard).values_list("text", flat=True)
            assert ";".join(texts).replace(" ", "") == row["persyaratan"].replace("; ", ";").replace(" ", "")
        assert bool(row["prosedur_ringkas"]) == Step.objects.filter(standard=standard).exists()
        if row["waktu"] and not ProcessingTime.objects.filter(standard=standard).exists():
            assert f"{row['nama']}: tetap teks, bukan satu angka" in report
        assert bool(row["biaya"]) == Fee.objects.filter(standard=standard).exists()
        urls = ServiceSource.objects.filter(service__name=row["nama"]).values_list("url", flat=True)
        assert " ; ".join(urls) == row["sumber_url"]
    for fee in Fee.objects.filter(kind=FeeKind.TEXT):
        assert fee.label in report


def test_steps_keep_all_words() -> None:
    def letters(text: str) -> str:
        return re.sub(r"[\s;,]", "", text).lower()

    for row in rows("layanan.csv"):
        steps = Step.objects.filter(standard__service__name=row["nama"]).values_list("text", flat=True)
        assert letters("".join(steps)) == letters(row["prosedur_ringkas"])


def test_times_and_fees() -> None:
    read = ProcessingTime.objects.get(standard__service__name="Akta kematian")
    assert (read.shortest, read.longest, read.unit, read.elsewhere) == (30, 30, "menit", "Purbalingga")
    read = ProcessingTime.objects.get(standard__service__name="Izin penyelenggaraan reklame")
    assert (read.longest, read.unit, read.counts_from) == (3, "jam", "setelah lengkap")
    name = "Persetujuan Bangunan Gedung (PBG, pengganti IMB)"
    assert not ProcessingTime.objects.filter(standard__service__name=name).exists()
    lines = Fee.objects.filter(standard__service__name="Tarif dan aduan parkir pasar (PPM Sampit)")
    assert list(lines.values_list("label", "amount"))[:2] == [
        ("Sepeda/becak", Decimal(1000)),
        ("motor", Decimal(2000)),
    ]
    water = Fee.objects.filter(standard__service__name="Sambungan baru air bersih PDAM").first()
    assert water is not None
    assert (water.amount, water.about) == (Decimal(2_100_000), True)


def test_papers_lead_to_the_service_that_gives_them() -> None:
    lost = requirement("Penggantian KTP elektronik hilang", "kehilangan")
    assert lost.obtained_by == service("Surat keterangan kehilangan dari polisi")
    assert (lost.usually_owned, lost.copy) == (False, Copy.ORIGINAL)
    card = requirement("Surat keterangan domisili", "Fotokopi KK")
    assert card.usually_owned
    assert requirement("SKCK baru", "Pas foto").copies == 6
    own = Requirement.objects.filter(obtained_by__isnull=False).select_related("standard", "obtained_by")
    assert all(paper.standard.service_id != paper.obtained_by_id for paper in own)
    first = RelatedService.objects.filter(kind=RelationKind.NEEDS_FIRST).values_list(
        "service__name", "other__name"
    )
    assert ("Penggantian KTP elektronik hilang", "Surat keterangan kehilangan dari polisi") in first
    assert not any(other.startswith(("Kartu keluarga", "Perekaman")) for _, other in first)
    birth = "Persalinan darurat dan bayi baru lahir (PONEK) 24 jam"
    assert not any(name == birth for name, _ in first)  # no paper comes before an emergency


def test_ways() -> None:
    ways = Way.objects.filter(service__name="Penggantian KTP elektronik hilang")
    assert list(ways.values_list("kind", flat=True)) == ["perangkat_desa", "loket", "loket"]
    violence = Way.objects.filter(service__name__contains="SAPA 129").values_list("kind", "phone")
    assert list(violence)[:2] == [("telepon", "129"), ("pesan", "628111129129")]
    flood = Way.objects.filter(service__name__startswith="Lapor bencana").first()
    assert flood is not None
    assert flood.url == "https://s.id/bpbdkotim_official"
    fire = Way.objects.get(service__name="Pemadaman kebakaran")
    assert (fire.kind, fire.phone) == ("telepon", "")  # the number is not known and not made up
    listed = {part.strip() for row in rows("layanan.csv") for part in row["kanal"].split(";") if part.strip()}
    assert listed <= {row["kanal"] for row in rows("kanal.csv")}
    assert not Way.objects.filter(application__state__in=["mati", "rencana"]).exists()


def test_categories_life_events_and_emergencies() -> None:
    assert 12 <= Category.objects.count() <= 14
    assert not Service.objects.filter(categories=None).exists()
    assert list(LifeEvent.objects.filter(on_home=True).values_list("slug", flat=True)) == HOME
    assert LifeEvent.objects.filter(on_home=False).count() == 8
    assert all(event.steps.exists() for event in LifeEvent.objects.all())
    works = EmergencyContact.objects.filter(works=True).values_list("name", flat=True)
    assert list(works) == ["Polisi 110", "SAPA 129", "BPBD Kotim"]
    assert Service.objects.filter(is_emergency=True).count() == 9
    assert Correction.objects.count() >= 5
    assert ComponentType.objects.count() == 14


def test_slugs_are_short_and_readable() -> None:
    slugs = Service.objects.values_list("slug", flat=True)
    assert "penggantian-ktp-elektronik-hilang" in slugs
    assert all(len(slug) <= 60 for slug in slugs)
    assert not [slug for slug in slugs if slug.endswith(("-atau", "-dan", "-di"))]


def test_every_application_without_a_figure_of_use_has_somebody_to_answer() -> None:
    """58 have none: 50 are asked about, owners here or else who keeps the register; 8 are in their first year."""
    reach = dict(Reach.objects.filter(rule="belum_diukur").values_list("verdict", "number"))
    assert reach == {"berlaku": 50, "baru": 8, "tidak": 24}
    asked = Recommendation.objects.filter(rule="belum_diukur")
    assert asked.count() == 50
    assert set(asked.values_list("agency__level", flat=True)) == {"kabupaten"}
    central = asked.exclude(application__owner__level="kabupaten")
    assert set(central.values_list("agency__short_name", flat=True)) == {"Diskominfo"}


def test_report(report: str) -> None:
    assert re.search(r"^ +116  Layanan$", report, re.MULTILINE)
    assert re.search(r"^ +81  Aplikasi$", report, re.MULTILINE)
    assert "2 hari + 3-25 hari + 3 hari kerja (Pematangsiantar)" in report
    assert "Akta kematian: 2 alamat, 1 tanggal" in report
    assert "Rawasari dicocokkan dengan Rawa Sari" in report
    assert "26 layanan belum punya kanal" in report
    assert "indikator.csv: 71 angka" in report


def test_audit_and_events() -> None:
    actions = AuditEntry.objects.filter(actor="pemuat data").values_list("action", flat=True)
    assert {
        "areas.put_areas",
        "agencies.put_agencies",
        "applications.create_application",
        "catalogue.replace_catalogue",
    } <= set(actions)
    names = [name.rpartition(".")[2] for name in OutboxEvent.objects.values_list("name", flat=True)]
    assert {"AreasChanged", "AgenciesChanged", "ApplicationsChanged", "CatalogueChanged"} <= set(names)
    assert names.count("CatalogueChanged") == 1
