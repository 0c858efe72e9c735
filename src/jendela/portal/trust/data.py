"""What /data/ says of the data: counts, how complete each agency's services are, sources, what is missing."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any
from urllib.parse import urlsplit

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from jendela.people.agencies.reads import wording
from jendela.portal.trust import reads
from jendela.portal.trust.story import source
from jendela.registry.applications.choices import ApplicationState
from jendela.services.catalogue.choices import RuleScope, StandardState
from jendela.ui.templatetags.ui import path

MOST_SITES = 10
AREA_DATA_URL = "https://github.com/fityannugroho/idn-area-data"  # names and codes of areas, ODbL
_ADDRESS = re.compile(r"(https?://\S+)(?: \(([\d-]+)\))?")


def data_page() -> dict[str, Any]:
    known = reads.known_of_services()
    applications = reads.applications()
    offices = reads.offices()
    places = reads.villages()
    agencies = reads.agencies()
    sources = reads.service_sources()
    return {
        "area_data_url": AREA_DATA_URL,
        "counts": _counts(known, applications, offices, places, agencies),
        "decreed": str(sum(row.state == StandardState.IN_FORCE for row in known) or ""),
        "interim": str(sum(row.state == StandardState.INTERIM for row in known)),
        "scopes": _scopes(known),
        "coverage": [_agency(list(rows)) for _key, rows in groupby(known, key=lambda row: row.agency)],
        "total": _agency(known) if known else None,
        "missing": _missing(known, applications, offices, places, agencies),
        "pages_of_sources": str(len({url for url, _date in sources})),
        "sites": _sites([url for url, _date in sources] + [url for _state, _own, url in applications]),
        "populations": [
            {
                "series": row.series,
                "people": number_format(row.people or 0, use_l10n=True, force_grouping=True),
                "year": str(row.year),
                "period": row.period,
                "source": source(row.source_url, row.source_date),
            }
            for row in reads.two_populations()
        ],
        "corrections": [
            {
                "date": date_format(row.date, "j F Y"),
                "text": wording(row.text, row.text_en),
                "sources": _named(row.source),
                "service": wording(row.service.name, row.service.name_en) if row.service else None,
                "url": path(f"/layanan/{row.service.slug}/") if row.service else "",
            }
            for row in reads.corrections()
        ],
    }


def _counts(
    known: Sequence[reads.Known],
    applications: Sequence[tuple[str, str, str]],
    offices: Sequence[tuple[str, str, str]],
    places: dict[str, int],
    agencies: dict[str, int],
) -> list[dict[str, str]]:
    rows = [
        (len(known), _("layanan"), "/layanan/"),
        (len(applications), _("aplikasi"), "/aplikasi/"),
        (agencies["number"], _("instansi"), "/instansi/"),
        (places["districts"], _("kecamatan"), "/desa/"),
        (places["villages"], _("desa dan kelurahan"), "/desa/"),
        (len(offices), _("kantor dan loket"), "/instansi/"),
    ]
    return [{"number": str(number), "label": label, "url": path(url)} for number, label, url in rows]


def _scopes(known: Sequence[reads.Known]) -> list[dict[str, str]]:
    numbers = Counter(row.scope for row in known)
    return [
        {"label": str(scope.label), "number": str(numbers[scope])} for scope in RuleScope if numbers[scope]
    ]


def _agency(rows: Sequence[reads.Known]) -> dict[str, str]:
    average = sum(row.components for row in rows) / len(rows)

    def part(values: Iterable[bool]) -> str:
        return f"{sum(values)}/{len(rows)}"

    return {
        "name": rows[0].agency,
        "url": path(f"/instansi/{rows[0].agency_slug}/"),
        "services": str(len(rows)),
        "components": number_format(round(average, 1), decimal_pos=1, use_l10n=True),
        "papers": part(row.papers for row in rows),
        "time": part(row.time for row in rows),
        "fee": part(row.fee for row in rows),
        "place": part(row.place for row in rows),
    }


def _missing(
    known: Sequence[reads.Known],
    applications: Sequence[tuple[str, str, str]],
    offices: Sequence[tuple[str, str, str]],
    places: dict[str, int],
    agencies: dict[str, int],
) -> list[dict[str, str]]:
    services, offices_all = len(known), len(offices)
    rows = [
        (_("Layanan tanpa daftar berkas"), sum(not row.papers for row in known), services),
        (_("Layanan tanpa lama pengurusan"), sum(not row.time for row in known), services),
        (_("Layanan tanpa biaya"), sum(not row.fee for row in known), services),
        (_("Layanan tanpa tempat atau cara mengurus"), sum(not row.place for row in known), services),
        (_("Kantor tanpa alamat"), sum(not address for address, _h, _p in offices), offices_all),
        (_("Kantor tanpa jam buka"), sum(not hours for _a, hours, _p in offices), offices_all),
        (_("Kantor tanpa nomor telepon"), sum(not phone for _a, _h, phone in offices), offices_all),
        (_("Instansi tanpa nomor telepon"), agencies["no_phone"], agencies["number"]),
        (_("Aplikasi tanpa alamat"), sum(not own for _s, own, _u in applications), len(applications)),
        (
            _("Aplikasi yang keadaannya belum diketahui"),
            sum(state == ApplicationState.UNKNOWN for state, _o, _u in applications),
            len(applications),
        ),
        (_("Desa dan kelurahan tanpa catatan sinyal"), places["no_record"], places["villages"]),
    ]
    return [{"label": label, "number": str(number), "of": str(of)} for label, number, of in rows if number]


def _named(text: str) -> list[dict[str, str]]:
    """Sources of a correction, ';' between: an address with a date in brackets, or words."""
    found = []
    for part in filter(None, (each.strip() for each in text.split(";"))):
        match = _ADDRESS.fullmatch(part)
        found.append(source(match[1], match[2] or "") if match else {"url": "", "name": part, "date": ""})
    return found


def _sites(urls: Sequence[str]) -> list[dict[str, str]]:
    hosts = Counter(urlsplit(url).netloc.removeprefix("www.") for url in set(urls))
    ordered = sorted(hosts.items(), key=lambda pair: (-pair[1], pair[0]))
    return [{"name": name, "number": str(number)} for name, number in ordered[:MOST_SITES]]
