"""Data and links at the size of a province: 60,000 links and 9,000 datasets over the 30,000 applications of
bench/_registry.py. Each screen with its statements and its time (median of five), and the comparison of all datasets.

    ./jendela bench links            30,000 applications
    ./jendela bench links 5000       another number; twice as many links, three tenths as many datasets
"""

import random
import sys
import time
from collections.abc import Sequence

import _registry
from _setup import headline, setup
from register import measure, people

HERE = "/kelola/integrasi/"
SCREENS = [
    ("links, newest", HERE),
    ("links, page 1000", f"{HERE}?sesudah=KEY"),
    ("links typed again", f"{HERE}?cara=ketik_ulang"),
    ("links that wait", f"{HERE}?jawab=saya"),
    ("links of one agency", f"{HERE}?instansi={_registry.MARK}007"),
    ("links, two words", f"{HERE}?nama=kepegawaian+terpadu"),
    ("isolated", f"{HERE}sendiri/"),
    ("typed again, hours", f"{HERE}ketik-ulang/"),
    ("matrix", f"{HERE}matriks/"),
    ("rules and shares", f"{HERE}aturan/"),
    ("map, whole", f"{HERE}peta/"),
    ("map by function", f"{HERE}peta/?menurut=fungsi"),
    ("map of one agency", f"{HERE}peta/?instansi={_registry.MARK}007"),
    ("map of one application", f"{HERE}peta/?aplikasi={_registry.MARK}00042"),
    ("map, two steps", f"{HERE}peta/?aplikasi={_registry.MARK}00042&jarak=2"),
    ("data", "/kelola/data/"),
    ("data, promise late", "/kelola/data/?saring=janji-lewat"),
    ("data, two words", "/kelola/data/?nama=jumlah+kesehatan"),
    ("one dataset", f"/kelola/data/{_registry.MARK}00042/"),
    ("data of one agency", f"/kelola/data/?instansi={_registry.MARK}007"),
]


def fill(applications: int) -> None:
    """Rows past the actions, the same every time; nothing when they are there."""
    from django.db import connection, transaction

    from jendela.registry.datasets.models import Dataset
    from jendela.registry.links.models import Link

    if (
        Link.objects.count() >= 2 * applications * 0.95
        and Dataset.objects.filter(slug__startswith=_registry.MARK).exists()
    ):
        return
    chance = random.Random(23)  # noqa: S311  the same rows each time
    with transaction.atomic():
        _datasets(applications * 3 // 10, chance)
        _links(applications * 2, chance)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE registry_applications_application a SET links_count ="
            " (SELECT count(*) FROM registry_links_link l WHERE l.source_id = a.id OR l.target_id = a.id)"
            " WHERE a.slug LIKE 'uji-%'"
        )
        cursor.execute("VACUUM ANALYZE")


def _datasets(number: int, chance: random.Random) -> None:
    import datetime

    from jendela.registry.applications.models import Application
    from jendela.registry.datasets.models import Dataset, Element, StandardElement

    holders = list(Application.objects.filter(slug__startswith=_registry.MARK).order_by("pk")[:number])
    day = datetime.date(2026, 11, 24)
    made = Dataset.objects.bulk_create(
        (
            Dataset(
                slug=f"{_registry.MARK}{place:05}",
                name=f"Jumlah {chance.choice(_registry.TRADE)} {place:05}",
                application=one,
                producer_id=one.owner_id,
                openness=chance.choice(["terbuka", "terbatas", "tidak_diketahui"]),
                update_promise=chance.choice(["bulanan", "tahunan", "tidak_diketahui"]),
                last_update=day - datetime.timedelta(days=chance.randrange(500)) if place % 2 else None,
                has_personal=chance.choice([True, False, None]),
                has_metadata=chance.choice([True, None]),
                topic=f"RAD.{chance.randrange(1, 10):02}",
                search_text=f"jumlah {chance.choice(_registry.TRADE).lower()} {place:05}",
            )
            for place, one in enumerate(holders)
        ),
        batch_size=2000,
    )
    codes = list(StandardElement.objects.values_list("code", flat=True))
    Element.objects.bulk_create(
        (
            Element(dataset=one, name=code, standard_id=code)
            for one in made
            for code in chance.sample(codes, chance.randrange(4, 16))
        ),
        batch_size=5000,
    )


def _links(number: int, chance: random.Random) -> None:
    import datetime

    from jendela.registry.applications.models import Application
    from jendela.registry.datasets.models import Dataset
    from jendela.registry.links.models import Link

    keys = list(
        Application.objects.filter(slug__startswith=_registry.MARK)
        .order_by("pk")
        .values_list("pk", "owner_id")
    )
    hubs = keys[:200]  # some feed many, as registers of people do
    held = dict(Dataset.objects.filter(slug__startswith=_registry.MARK).values_list("application", "pk"))
    now = datetime.datetime(2026, 11, 24, 3, tzinfo=datetime.UTC)
    seen = set()
    rows = []
    while len(rows) < number:
        (source, owner), (target, other) = (
            chance.choice(hubs if len(rows) % 3 == 0 else keys),
            chance.choice(keys),
        )
        if source == target or (source, target) in seen:
            continue
        seen.add((source, target))
        method = chance.choice(["api", "splp", "berkas", "basis_data", "ketik_ulang", "tidak_diketahui"])
        rows.append(
            Link(
                source_id=source,
                target_id=target,
                dataset_id=held.get(source),
                data=f"{chance.choice(_registry.TRADE)} {len(rows) % 50}",
                method=method,
                state=chance.choice(["berjalan", "rencana", "terputus", "tidak_diketahui"]),
                hours_a_month=chance.randrange(1, 60) if method == "ketik_ulang" and len(rows) % 2 else None,
                declared_by_id=chance.choice([owner, other, None]),
                declared_words="Uji",
                declared_at=now,
                confirmation=chance.choices(["menunggu", "dibenarkan", "dibantah"], [3, 6, 1])[0],
                grade="C",
            )
        )
    Link.objects.bulk_create(rows, batch_size=5000)


def main(arguments: Sequence[str]) -> int:
    setup()
    from django.conf import settings
    from django.core.cache import cache

    from jendela.registry.datasets.reads import data_overlaps, held_codes
    from jendela.registry.links.models import Link, SourceRule

    settings.ALL_MODULES_OPEN, settings.STAFF_SECOND_FACTOR = True, False
    settings.ALLOWED_HOSTS = ["*"]
    cache.clear()
    number = int(arguments[0]) if arguments else _registry.APPLICATIONS
    begun = time.perf_counter()
    _registry.fill(number)
    fill(number)
    first = Link.objects.order_by("pk").first()
    if first and not SourceRule.objects.exists():
        SourceRule.objects.create(
            words="Uji",
            topic="RAD.01",
            application_id=first.source_id,
            valid_from="2026-01-01",
            citation="uji",
        )
    headline(f"Data and links with {number} applications, {Link.objects.count()} links", "django", "psycopg")
    print(f"rows made or found in {time.perf_counter() - begun:.0f} s\n")
    key = str(Link.objects.order_by("-pk").values_list("pk", flat=True)[min(50_000, number)])
    team = people()["team"]
    print(f"{'screen':<28}{'status':>7}{'statements':>12}{'db ms':>8}{'ms':>8}{'KB':>7}")
    for name, path in SCREENS:
        status, queries, database, whole, size = measure(team, path.replace("KEY", key))
        print(f"{name:<28}{status:>7}{queries:>12}{database:>8.1f}{whole:>8.1f}{size / 1024:>7.0f}")
    begun = time.perf_counter()
    pairs = data_overlaps()
    print(
        f"\nsame data twice: {len(held_codes())} datasets, {len(pairs)} pairs in {time.perf_counter() - begun:.1f} s"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
