"""publiccode.yml, the description of public software by the standard of that name (https://yml.publiccode.tools, CC0),
version 0.5: written from the register, and read into proposed values.

The standard wants a person as contact of what is maintained internally. Names of officials are not made public here,
so the public file names the agency; the file for staff names who answers for the application.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml
from django.conf import settings
from django.utils.translation import gettext as _

from jendela.common.dates import today
from jendela.registry.applications.addresses import AddressError, clean_address
from jendela.registry.applications.choices import (
    ApplicationState,
    Base,
    Licence,
    LifeCycle,
    PersonRole,
)
from jendela.registry.applications.models import Application, ApplicationPerson, Version

VERSION = "0.5"
SHORTEST_LONG, LONGEST_SHORT, LONGEST_LONG = 150, 150, 10_000
MOST_BYTES = 200_000
MOST_NESTED = 12
STATUS = {
    LifeCycle.PLANNED: "concept",
    LifeCycle.BUILDING: "development",
    LifeCycle.ACTIVE: "stable",
    LifeCycle.TO_MERGE: "stable",
    LifeCycle.RETIRED: "obsolete",
}
STATUS_BY_STATE = {
    ApplicationState.IN_USE: "stable",
    ApplicationState.PLANNED: "concept",
    ApplicationState.INTRODUCED: "beta",
    ApplicationState.DEAD: "obsolete",
}
LIFE = {
    "concept": LifeCycle.PLANNED, "development": LifeCycle.BUILDING, "beta": LifeCycle.BUILDING,
    "stable": LifeCycle.ACTIVE, "obsolete": LifeCycle.RETIRED,
}  # fmt: skip
PLATFORMS = {
    "web": Base.WEB, "android": Base.MOBILE, "ios": Base.MOBILE, "mobile": Base.MOBILE, "windows": Base.DESKTOP,
    "mac": Base.DESKTOP, "linux": Base.DESKTOP, "desktop": Base.DESKTOP,
}  # fmt: skip
TYPES = {Base.WEB: "standalone/web", Base.MOBILE: "standalone/mobile", Base.DESKTOP: "standalone/desktop"}
BASES = {value: key for key, value in TYPES.items()}


class NotReadableError(Exception):
    """The text is no publiccode.yml; the message is one sentence for the person."""


# out


def missing(row: Application) -> list[str]:
    """What the standard asks for and the register does not know, in words; [] when a file can be written."""
    lacks = []
    if row.licence != Licence.OPEN or not row.spdx:
        lacks.append(_("lisensi terbuka dengan nama SPDX-nya"))
    if not row.source_code_url:
        lacks.append(_("alamat kode sumber"))
    if not _status(row):
        lacks.append(_("tahap aplikasi"))
    if not _platforms(row):
        lacks.append(_("berjalan di apa"))
    if not (row.purpose or row.function):
        lacks.append(_("gunanya"))
    return lacks


def is_public(row: Application) -> bool:
    """May everybody have its file? Software under an open licence; everything in the file is public then."""
    return not missing(row)


def write(row: Application, *, staff: bool = False) -> str:
    """The file as UTF-8 YAML. Raises ValueError when the register does not know what the standard asks for."""
    if missing(row):
        raise ValueError(", ".join(missing(row)))
    current = Version.objects.filter(application=row, current=True).first() if staff else None
    data: dict[str, Any] = {
        "publiccodeYmlVersion": VERSION,
        "name": row.name,
        "url": row.source_code_url,
        **({"landingURL": row.url} if row.url else {}),
        **({"softwareVersion": current.number} if current else {}),
        "platforms": _platforms(row),
        "developmentStatus": _status(row),
        "softwareType": _type(row),
        "organisation": {
            "uri": row.owner.website or _page(f"/instansi/{row.owner.slug}/"),
            "name": row.owner.name,
        },
        "intendedAudience": {"countries": ["ID"]},
        "description": {"id": _description(row)},
        "legal": {"license": row.spdx, "mainCopyrightOwner": row.owner.name},
        "maintenance": _maintenance(row, staff=staff),
        "localisation": {"localisationReady": False, "availableLanguages": ["id"]},
        **(_depends_on(row) if staff else {}),  # the database is a field of the government
    }
    head = f"# {_page(f'/aplikasi/{row.slug}/')}\n"
    return head + yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=100)


def _page(path: str) -> str:
    return f"{settings.PUBLIC_URL.rstrip('/')}{path}"


def _status(row: Application) -> str:
    return STATUS.get(LifeCycle(row.life_cycle)) or STATUS_BY_STATE.get(ApplicationState(row.state), "")


def _platforms(row: Application) -> list[str]:
    found = []
    if Base.WEB in row.bases or (row.url and not row.bases):
        found.append("web")
    if row.android_url:
        found.append("android")
    if row.ios_url:
        found.append("ios")
    if Base.MOBILE in row.bases and not (row.android_url or row.ios_url):
        found.append("mobile")
    if Base.DESKTOP in row.bases:
        found.append("desktop")
    if Base.OTHER in row.bases:
        found.append("other")
    return found


def _type(row: Application) -> str:
    first = next((base for base in (Base.WEB, Base.MOBILE, Base.DESKTOP) if base in row.bases), None)
    if first is None:
        first = Base.WEB if row.url else Base.MOBILE if row.android_url or row.ios_url else None
    return TYPES[first] if first else "standalone/other"


def _description(row: Application) -> dict[str, Any]:
    told = row.purpose or row.function
    short = " ".join(told.split())
    if len(short) > LONGEST_SHORT:
        short = short[: LONGEST_SHORT - 1].rsplit(" ", 1)[0] + "…"
    long = [" ".join(told.split()).rstrip(".") + "."]
    if row.function and row.function != told:
        long.append(f"Urusan: {row.function}.")
    if row.output:
        long.append(f"Luaran: {'; '.join(_lines(row.output))}.")
    long.append(f"Milik {row.owner.name}, untuk {row.get_audience_display()}.")
    long.append(
        "Keterangan ini berasal dari daftar aplikasi Kabupaten Kotawaringin Timur di "
        f"{_page(f'/aplikasi/{row.slug}/')}, per {today().isoformat()}."
    )
    text = " ".join(long)
    if len(text) < SHORTEST_LONG:
        text += " Daftar itu mencatat semua aplikasi yang dipakai pemerintah kabupaten."
    features = _lines(row.output) or [row.function or short]
    return {"shortDescription": short, "longDescription": text[:LONGEST_LONG], "features": features[:20]}


def _lines(text: str) -> list[str]:
    return [one.strip(" .-") for part in text.splitlines() for one in part.split(";") if one.strip(" .-")]


def _depends_on(row: Application) -> dict[str, Any]:
    """Databases of the field whose licence is known; others are left out, not guessed."""
    found: dict[str, list[dict[str, str]]] = {}
    for name in re.split(r"[,;/]| dan ", row.database):
        kind = next((kind for word, kind in DATABASES.items() if word in name.lower()), "")
        if kind:
            found.setdefault(kind, []).append({"name": name.strip()})
    return {"dependsOn": found} if found else {}


def _maintenance(row: Application, *, staff: bool) -> dict[str, Any]:
    if _status(row) == "obsolete":
        return {"type": "none"}
    if staff and row.vendor and row.contract_until and row.contract_until >= today():
        return {
            "type": "contract",
            "contractors": [{"name": row.vendor, "until": row.contract_until.isoformat()}],
        }
    names: list[str] = []
    if staff:
        people = ApplicationPerson.objects.filter(application=row, until=None)
        roles = [PersonRole.TECHNICAL, PersonRole.ACCOUNTABLE, PersonRole.OPERATOR]
        names = list(people.filter(role__in=roles).order_by("role", "pk").values_list("name", flat=True)[:3])
    contacts = [{"name": name, "affiliation": row.owner.name} for name in names]
    return {
        "type": "internal",
        "contacts": contacts or [{"name": row.owner.name, "affiliation": row.owner.name}],
    }


# in


@dataclass
class Proposal:
    """What a file says, as values of fields; `passed` are its keys that the register has no place for."""

    values: dict[str, Any] = field(default_factory=dict)
    passed: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)  # sentences about what is not usable


def read(text: str) -> Proposal:
    """Values that the file proposes. Raises NotReadableError."""
    data = _load(text)
    found = Proposal()
    for key, value in data.items():
        reader = READERS.get(str(key))
        if reader is None:
            if str(key) not in KNOWN:
                found.passed.append(str(key)[:60])
            continue
        reader(value, found)
    if not found.values:
        raise NotReadableError(_("Tidak ada isi yang kami kenal. Pastikan ini berkas publiccode.yml."))
    return found


def _load(text: str) -> Mapping[str, Any]:
    if len(text.encode()) > MOST_BYTES:
        raise NotReadableError(_("Berkas ini terlalu besar untuk publiccode.yml."))
    if any(sign in text for sign in ("&", "*")) and _has_alias(text):
        raise NotReadableError(_("Berkas ini memakai rujukan YAML yang tidak kami baca."))
    try:
        data = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError):
        raise NotReadableError(_("Ini bukan YAML yang terbaca. Periksa spasi di depan baris.")) from None
    if not isinstance(data, dict) or _depth(data) > MOST_NESTED:
        raise NotReadableError(_("Tidak ada isi yang kami kenal. Pastikan ini berkas publiccode.yml."))
    return data


def _has_alias(text: str) -> bool:
    """An alias can make a small file endless."""
    try:
        return any(isinstance(one, yaml.AliasEvent) for one in yaml.parse(text, Loader=yaml.SafeLoader))
    except (yaml.YAMLError, ValueError, RecursionError):
        return False


def _depth(value: Any, level: int = 0) -> int:
    if level > MOST_NESTED:
        return level
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return max((_depth(one, level + 1) for one in inner), default=level)


def _text(value: Any, most: int) -> str:
    return (
        " ".join(str(value).replace("\0", "").split())[:most] if isinstance(value, str | int | float) else ""
    )


def _strings(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [one for each in values if (one := _text(each, 200))]


def _name(value: Any, found: Proposal) -> None:
    if name := _text(value, 200):
        found.values["name"] = name


def _address(column: str) -> Any:
    def reader(value: Any, found: Proposal) -> None:
        try:
            if url := clean_address(_text(value, 400)):
                found.values[column] = url
        except AddressError as error:
            found.problems.append(f"{_text(value, 80)}: {error}")

    return reader


def _read_platforms(value: Any, found: Proposal) -> None:
    said = [one.lower() for one in _strings(value)]
    bases = {PLATFORMS.get(one, Base.OTHER).value for one in said}
    if bases:
        found.values["bases"] = [one for one in Base.values if one in bases]


def _read_status(value: Any, found: Proposal) -> None:
    life = LIFE.get(_text(value, 40))
    if life in (LifeCycle.PLANNED, LifeCycle.BUILDING, LifeCycle.ACTIVE):
        found.values["life_cycle"] = life.value
    elif life is not None:
        found.problems.append(_("“obsolete”: penghentian dicatat dengan persetujuan, bukan dari berkas."))


def _read_type(value: Any, found: Proposal) -> None:
    base = BASES.get(_text(value, 40))
    if base and "bases" not in found.values:
        found.values["bases"] = [base.value]


def _read_description(value: Any, found: Proposal) -> None:
    if not isinstance(value, dict) or not value:
        return
    language = next((one for one in ("id", "id-ID", "en") if one in value), next(iter(value)))
    told = value.get(language)
    if not isinstance(told, dict):
        return
    if purpose := _text(told.get("shortDescription") or told.get("longDescription"), 2000):
        found.values["purpose"] = purpose
    if features := _strings(told.get("features") or []):
        found.values["output"] = "; ".join(features)[:2000]


def _read_legal(value: Any, found: Proposal) -> None:
    licence = _text(value.get("license"), 60) if isinstance(value, dict) else ""
    if licence:
        found.values |= {"spdx": licence, "licence": Licence.OPEN.value}


def _read_maintenance(value: Any, found: Proposal) -> None:
    """A contract names its company and its end; contacts are people, who are recorded by hand with a purpose."""
    firms = value.get("contractors") if isinstance(value, dict) else None
    first = firms[0] if isinstance(firms, list) and firms and isinstance(firms[0], dict) else {}
    if vendor := _text(first.get("name"), 200):
        found.values["vendor"] = vendor
    until = str(first.get("until") or "")[:10]
    if len(until) == 10 and until[4] == until[7] == "-" and until.replace("-", "").isdigit():
        found.values["contract_until"] = until


def _read_dependencies(value: Any, found: Proposal) -> None:
    names = [
        _text(one.get("name"), 60).lower()
        for key in ("software", "open", "proprietary")
        for one in (value.get(key) if isinstance(value, dict) else None) or []
        if isinstance(one, dict)
    ]
    bases = [one for one in names if any(word in one for word in DATABASES)]
    if bases:
        found.values["database"] = ", ".join(bases)[:200]


DATABASES = {  # what the standard calls its licence; '' is neither here
    "mysql": "open", "mariadb": "open", "postgres": "open", "sqlite": "open", "oracle": "proprietary",
    "sql server": "proprietary", "mongodb": "",
}  # fmt: skip
READERS: dict[str, Any] = {
    "name": _name,
    "url": _address("source_code_url"),
    "landingURL": _address("url"),
    "platforms": _read_platforms,
    "developmentStatus": _read_status,
    "softwareType": _read_type,
    "description": _read_description,
    "legal": _read_legal,
    "maintenance": _read_maintenance,
    "dependsOn": _read_dependencies,
}
KNOWN: Sequence[str] = ("publiccodeYmlVersion", "localisation", "organisation", "intendedAudience")
