"""A register as a province has it: 30,000 invented applications of 500 invented agencies, the same every time.

Rows are written in bulk past the actions; they carry slugs that begin with `uji-` and go with `clear`. Names are made
of what such names are made of (a word of the trade, a field, a place), so that searching them costs what it would.
"""

import datetime
import random
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

APPLICATIONS, AGENCIES = 30_000, 500
MARK = "uji-"
FIRST = ("Sistem Informasi", "Aplikasi", "e", "Si", "Portal", "Layanan", "Dasbor", "Simpul", "Satu", "Pusat")
TRADE = (
    "Kepegawaian", "Perizinan", "Kesehatan", "Sekolah", "Arsip", "Pajak", "Aset", "Gudang", "Surat", "Anggaran",
    "Pengaduan", "Kehadiran", "Tanah", "Jalan", "Air Bersih", "Pasar", "Ternak", "Nelayan", "Wisata", "Perpustakaan",
    "Bencana", "Sampah", "Bantuan Sosial", "Kependudukan", "Posyandu", "Imunisasi", "Rujukan", "Beasiswa", "Hutan",
    "Tambang", "Koperasi", "Pelatihan", "Parkir", "Terminal", "Pelabuhan", "Data Desa", "Statistik", "Hukum", "Rapat",
)  # fmt: skip
WHAT = (
    "Terpadu",
    "Daerah",
    "Elektronik",
    "Digital",
    "Cepat",
    "Bersama",
    "Mandiri",
    "Daring",
    "Keliling",
    "Cerdas",
)
DEEDS = (
    "Mencatat",
    "Melayani",
    "Mengurus",
    "Memantau",
    "Melaporkan",
    "Menghitung",
    "Mengumumkan",
    "Menyimpan",
)


def fill(applications: int = APPLICATIONS, agencies: int = AGENCIES) -> None:
    """Make the rows unless they are there, and let the planner know them."""
    from django.db import connection, transaction

    from jendela.registry.applications.models import Application

    if Application.objects.filter(slug__startswith=MARK).count() == applications:
        return
    clear()
    chance = random.Random(11)  # noqa: S311  the same rows each time
    with transaction.atomic():
        owners = _agencies(agencies)
        _applications(applications, owners, chance)
        _parts(chance, owners)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def clear() -> None:
    """Take the invented rows out again."""
    from django.db import connection

    tables = ("value_source", "change", "cost", "use")
    with connection.cursor() as cursor:
        # what bench/rooms.py adds, with everything that points to it
        cursor.execute(
            "TRUNCATE registry_overlap_pair, registry_overlap_request, registry_probes_probe, registry_probes_state,"
            " registry_scores_score, registry_campaigns_round, insight_recommendations_recommendation CASCADE"
        )
        cursor.execute(
            "DELETE FROM people_access_membership WHERE agency_id IN"
            " (SELECT id FROM people_agencies_agency WHERE slug LIKE 'uji-%')"
        )
        # what bench/links.py adds
        cursor.execute("DELETE FROM registry_links_source_rule WHERE words = 'Uji'")
        cursor.execute("DELETE FROM registry_links_link WHERE declared_words = 'Uji'")
        cursor.execute(
            "DELETE FROM registry_datasets_element WHERE dataset_id IN"
            " (SELECT id FROM registry_datasets_dataset WHERE slug LIKE 'uji-%')"
        )
        cursor.execute("DELETE FROM registry_datasets_dataset WHERE slug LIKE 'uji-%'")
        for table in tables:
            cursor.execute(
                f"DELETE FROM registry_applications_{table} WHERE application_id IN"  # noqa: S608  names from above
                " (SELECT id FROM registry_applications_application WHERE slug LIKE 'uji-%')"
            )
        cursor.execute("DELETE FROM registry_applications_application WHERE slug LIKE 'uji-%'")
        cursor.execute("DELETE FROM people_agencies_agency WHERE slug LIKE 'uji-%'")


def _agencies(number: int) -> list[Any]:
    from jendela.people.agencies.models import Agency

    return Agency.objects.bulk_create(
        Agency(
            slug=f"{MARK}{place:03}",
            short_name=f"Dinas Uji {place:03}",
            name=f"Dinas {TRADE[place % len(TRADE)]} Uji {place:03}",
            level="kabupaten",
            kind="dinas",
        )
        for place in range(number)
    )


def _applications(number: int, owners: list[Any], chance: random.Random) -> None:
    from jendela.registry.applications.models import Application
    from jendela.registry.applications.values import search_words

    def rows() -> Iterator[Any]:
        now = datetime.datetime(2026, 11, 24, 3, tzinfo=datetime.UTC)
        for place in range(number):
            name = f"{chance.choice(FIRST)} {chance.choice(TRADE)} {chance.choice(WHAT)} {place:05}"
            row = Application(
                slug=f"{MARK}{place:05}",
                name=name,
                purpose=f"{chance.choice(DEEDS)} {chance.choice(TRADE).lower()} dan {chance.choice(TRADE).lower()}.",
                owner=chance.choice(owners),
                operator_level=chance.choices(["daerah", "pusat", "provinsi"], [6, 3, 1])[0],
                audience=chance.choice(["publik", "internal", "keduanya"]),
                function=chance.choice(TRADE),
                state=chance.choices(["dipakai", "tidak_diketahui", "mati", "rencana"], [6, 3, 1, 1])[0],
                evidence="belum",
                app_class=chance.choice(["umum", "khusus_pusat", "khusus_daerah", "tidak_diketahui"]),
                life_cycle=chance.choices(
                    ["aktif", "tidak_diketahui", "dihentikan", "rencana", "dibangun", "akan_digabung"],
                    [50, 40, 5, 3, 1, 1],
                )[0],
                hosting=chance.choice(["tidak_diketahui", "pusat_data_daerah", "komputasi_awan", "penyedia"]),
                operating_unit=f"Bidang {chance.choice(TRADE)}" if place % 3 else "",
                url=f"https://{MARK}{place:05}.example.go.id" if place % 2 else "",
                completeness=chance.randrange(101) if place % 5 else None,
                changed_at=now - datetime.timedelta(minutes=chance.randrange(2_000_000)),
                attested_at=now - datetime.timedelta(days=chance.randrange(700)) if place % 4 == 0 else None,
            )
            row.search_text = search_words(row)
            yield row

    Application.objects.bulk_create(rows(), batch_size=1000)


def _parts(chance: random.Random, owners: list[Any]) -> None:
    from jendela.registry.applications.models import Application, ApplicationUse, Change, Cost, ValueSource

    now = datetime.datetime(2026, 11, 24, 3, tzinfo=datetime.UTC)
    keys = list(Application.objects.filter(slug__startswith=MARK).order_by("pk").values_list("pk", flat=True))
    said: dict[str, Any] = {"stated_by": "Dinas Uji", "stated_at": now, "grade": "C", "source": "Uji"}
    ValueSource.objects.bulk_create(
        (
            ValueSource(application_id=key, field=field, **said)
            for key in keys
            for field in ("name", "purpose", "function", "state", "operator_level", "audience", "hosting")
        ),
        batch_size=5000,
    )
    Change.objects.bulk_create(
        (
            Change(
                application_id=key,
                field=field,
                after="x",
                batch=f"00000000-0000-4000-8000-{key:012d}",
                stated_by="Dinas Uji",
                at=now,
                grade="C",
            )
            for key in keys
            for field in ("name", "purpose", "state")
        ),
        batch_size=5000,
    )
    Cost.objects.bulk_create(
        (
            Cost(
                application_id=key,
                kind=kind,
                year=year,
                amount=Decimal(chance.randrange(1, 900)) * 1_000_000,
                **said,
            )
            for key in keys[::2]
            for kind, year in (("pembangunan", 2024), ("pemeliharaan", 2025), ("pemeliharaan", 2026))
        ),
        batch_size=5000,
    )
    ApplicationUse.objects.bulk_create(
        (
            ApplicationUse(
                application_id=key, agency=agency, state="dipakai", said_by="Dinas Uji", said_at=now
            )
            for key in keys
            for agency in chance.sample(owners, 3)
        ),
        batch_size=5000,
    )
