"""Datasets and their columns as tables that come in and go out. The first columns are those of the regional Daftar Data
(rules 5.3), in its order."""

import copy
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Lower
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jendela.common import content
from jendela.common.audit import Actor
from jendela.common.exchange.cells import CellType
from jendela.common.exchange.kinds import About, Column, Current, Key, Kind, Row
from jendela.people.access.choices import Permission
from jendela.people.agencies.models import Agency
from jendela.registry.applications.actions import Provenance
from jendela.registry.applications.choices import Grade, RecordState
from jendela.registry.applications.models import Application
from jendela.registry.datasets import actions, files, topics, values
from jendela.registry.datasets.cells import column_of, text_of, value_from
from jendela.registry.datasets.models import Dataset, Element, StandardElement

NOT_YOURS = gettext_lazy("Data ini milik instansi lain. Anda hanya dapat mengisi milik instansi Anda.")
IN_USE = gettext_lazy("Sudah dipakai integrasi, jadi dibiarkan.")
STANDING = (RecordState.REGISTERED, RecordState.CONCEPT)
# the order of the regional Daftar Data: code, name, (producer), renewal, standard, metadata, codes, openness, (format
# and address of the files)
FIRST = ("code", "name")
THEN = ("update_promise", "standard_code", "metadata_url", "reference_codes", "openness")

CODE = Column(
    "kode_data", gettext_lazy("Kode data di Jendela"),
    gettext_lazy("Kosongkan untuk data yang belum tercatat."), "jumlah-balita-ditimbang", CellType(100),
)  # fmt: skip
HOLDER = Column(
    "aplikasi", gettext_lazy("Aplikasi"), gettext_lazy("Kode atau nama aplikasi yang memegang data ini."), "e-PPGBM",
    CellType(200), also=("nama aplikasi", "kode aplikasi"),
)  # fmt: skip
PRODUCER = Column(
    "produsen", gettext_lazy("Produsen data"),
    gettext_lazy("Nama pendek instansi. Kosong: pemilik aplikasinya."), "Dinkes", CellType(80),
    also=("instansi produsen", "produsen data"),
)  # fmt: skip
REST = tuple(one.name for one in values.FIELDS if one.name not in (*FIRST, *THEN))


def find_applications(said: Iterable[str]) -> dict[str, list[Application]]:
    """What codes and names (in any letter case) mean: two queries. A code goes before a name."""
    wanted = {one for one in said if one}
    rows = Application.objects.filter(record_state__in=STANDING).select_related("owner")
    found = {one.slug: [one] for one in rows.filter(slug__in=wanted)}
    by_name: dict[str, list[Application]] = {}
    lower = {one.lower() for one in wanted - set(found)}
    for one in rows.annotate(lower_name=Lower("name")).filter(lower_name__in=lower).order_by("pk"):
        by_name.setdefault(one.name.lower(), []).append(one)
    return found | {one: by_name[one.lower()] for one in wanted - set(found) if one.lower() in by_name}


class Datasets(Kind):
    key = "data"
    title = gettext_lazy("Data")
    sentence = gettext_lazy("Daftar Data: keterangan tentang data, bukan datanya.")
    icon = "database"
    columns = (
        *(column_of(values.BY_NAME[name]) for name in FIRST),
        PRODUCER,
        *(column_of(values.BY_NAME[name]) for name in THEN),
        *files.COLUMNS,
        CODE,
        HOLDER,
        *(column_of(values.BY_NAME[name]) for name in REST),
    )
    key_columns = ("kode_data",)
    also_needs = Permission.EDIT_REGISTRY
    not_yours = NOT_YOURS
    about: About | None = None
    promised: set[str]
    named: dict[tuple[str, str, str], Key]

    def ready(self, run: About | None = None) -> "Datasets":
        one = copy.copy(self)
        one.about, one.promised, one.named = run, set(), {}
        return one

    def identify(self, rows: Sequence[Row]) -> None:
        """Rows without a code: the dataset of this name in this application, else a new code."""
        self._settle(rows)
        nameless = [row for row in rows if not row.values.get("kode_data") and row.values.get("nama_data")]
        names = {row.values["nama_data"].lower() for row in nameless}
        known = {
            (
                one.application.slug if one.application else "",
                one.producer.short_name,
                one.name.casefold(),
            ): one.slug
            for one in self.rows().annotate(lower_name=Lower("name")).filter(lower_name__in=names)
        }
        for row in nameless:
            holder, name = row.values.get("aplikasi", ""), row.values["nama_data"].casefold()
            said = (holder, row.values.get("produsen", ""), name)
            found = known.get(said) or (
                holder and next((v for k, v in known.items() if (k[0], k[2]) == (holder, name)), "")
            )
            if not found and said in self.named:
                row.key = self.named[said]
            elif not found:
                found = actions.free_slug(row.values["nama_data"], self.promised)
                self.promised.add(found)
            if found:
                row.key = (found,)
            self.named[said] = row.key
            row.values["kode_data"] = row.key[0]

    def _settle(self, rows: Sequence[Row]) -> None:
        found = find_applications(row.values.get("aplikasi", "") for row in rows)
        for row in rows:
            several = found.get(row.values.get("aplikasi", ""), [])
            if len(several) == 1:
                row.values["aplikasi"] = several[0].slug
            for name in (
                "aplikasi",
                "produsen",
                files.FORMAT,
                files.ADDRESS,
            ):  # an empty cell takes none away
                if not row.values.get(name, "x"):
                    del row.values[name]

    def rows(self, scope: frozenset[int] | None = None) -> QuerySet[Dataset]:
        rows = Dataset.objects.select_related("producer", "application__owner").prefetch_related("resources")
        rows = rows.order_by("slug")
        return rows if scope is None else rows.filter(producer__in=scope)

    def found(self, keys: Sequence[Key], *, lock: bool = False) -> dict[Key, Dataset]:
        rows = self.rows().filter(slug__in=[key[0] for key in keys if key])
        rows = rows.select_for_update(of=("self",)) if lock else rows
        return {(row.slug,): row for row in rows}

    def texts(self, row: Dataset) -> dict[str, str]:
        own = {
            "kode_data": row.slug,
            "aplikasi": row.application.slug if row.application else "",
            "produsen": row.producer.short_name,
        }
        said = {one.column: text_of(one, getattr(row, one.name)) for one in values.FIELDS}
        return own | said | files.texts(row.resources.all())

    def current(self, keys: Sequence[Key], *, lock: bool = False) -> dict[Key, Current]:
        return {
            key: Current(self.settle(self.texts(row)), row.producer_id, row.name)
            for key, row in self.found(keys, lock=lock).items()
        }

    def all_keys(self, scope: frozenset[int] | None) -> Iterator[tuple[Key, str]]:
        for slug, name in self.rows(scope).values_list("slug", "name").iterator(chunk_size=1000):
            yield (slug,), name

    def check(self, rows: Sequence[Row]) -> None:
        holders = find_applications(row.get("aplikasi") for row in rows)
        agencies = dict(
            Agency.objects.filter(short_name__in={row.get("produsen") for row in rows}).values_list(
                "short_name", "pk"
            )
        )
        tree = topics.codes(row.get("tag_rad") for row in rows)
        for row in rows:
            row.label = row.values.get("nama_data") or row.label
            files.check(row)
            if wrong := topics.wrong(row.get("tag_rad"), tree):
                row.wrong("tag_rad", wrong)
            holder, said = row.get("aplikasi"), row.get("produsen")
            several = holders.get(holder, [])
            if holder and len(several) != 1:
                row.wrong("aplikasi", _several(several))
            if said and said not in agencies:
                row.wrong("produsen", _("tidak ada di daftar instansi kami."))
            if not said and not holder:
                row.wrong("produsen", _("kosong, padahal aplikasinya juga kosong."))
            row.owner = agencies.get(said) if said else (several[0].owner_id if len(several) == 1 else None)
            if row.get("jenis_data_pribadi") and row.get("ada_data_pribadi") == "tidak":
                row.wrong("ada_data_pribadi", _("tidak, padahal jenis data pribadinya disebut."))
            if row.get("sifat") in ("terbatas", "tertutup") and not row.get("alasan_sifat"):
                row.wrong("alasan_sifat", _("kosong. Data terbatas atau tertutup perlu alasan."))

    def complete(self, rows: Sequence[Row]) -> None:
        for row in rows:
            if row.get("jenis_data_pribadi") and not row.get("ada_data_pribadi"):
                row.values["ada_data_pribadi"] = "ya"

    def apply(self, rows: Sequence[Row], *, by: Actor) -> None:
        self._put(rows, by=by)

    def restore(self, rows: Sequence[Row], *, by: Actor) -> None:
        """The values from before, each with the source it had."""
        self._put(rows, by=by, back=True)

    def _put(self, rows: Sequence[Row], *, by: Actor, back: bool = False) -> None:
        known = self.found([row.key for row in rows], lock=True)
        holders = find_applications(row.get("aplikasi") for row in rows)
        names = {row.get("produsen") for row in rows}
        agencies = {one.short_name: one for one in Agency.objects.filter(short_name__in=names)}
        said = Provenance(by.name, self.about.file_name if self.about else _("impor"), grade=Grade.STATED)
        new, changed, listed = [], [], {}
        for row in rows:
            texts = (
                row.changes if row.key in known else {name: text for name, text in row.values.items() if text}
            )
            found: dict[str, Any] = {
                one.name: value_from(one, texts[one.column]) for one in values.FIELDS if one.column in texts
            }
            if "aplikasi" in texts or row.key not in known:
                found["application"] = next(iter(holders.get(row.get("aplikasi"), [])), None)
            if row.get("produsen") and ("produsen" in texts or row.key not in known):
                found["producer"] = agencies[row.get("produsen")]
            if {files.FORMAT, files.ADDRESS} & set(texts):
                listed[row.key[0]] = files.files_of(
                    {name: row.get(name) for name in (files.FORMAT, files.ADDRESS)}
                )
            if row.key in known:
                changed.append((known[row.key], found))
            else:
                new.append(
                    (
                        row.key[0],
                        {"producer": found["application"].owner, **found}
                        if found.get("application")
                        else found,
                    )
                )
        actions.set_many(rows=changed, by=by, provenance=said, back=back)
        made = actions.create_many(rows=new, by=by, provenance=said)
        both = {one.slug: one for one in (*known.values(), *made)}
        actions.put_resources(files=[(both[slug], named) for slug, named in listed.items()], by=by)

    def remove(self, keys: Sequence[Key], *, by: Actor) -> dict[Key, str]:
        found = self.found(keys, lock=True)
        used = set(
            Dataset.objects.filter(
                pk__in=[one.pk for one in found.values()], links__isnull=False
            ).values_list("pk", flat=True)
        )
        actions.remove_datasets(rows=[row for row in found.values() if row.pk not in used], by=by)
        return {key: str(IN_USE) for key, row in found.items() if row.pk in used}

    def finish(self, *, by: Actor) -> None:
        content.changed()

    def export(self, scope: frozenset[int] | None, filters: Mapping[str, str]) -> Iterator[Mapping[str, str]]:
        rows = self.rows(scope)
        if filters.get("sifat"):
            rows = rows.filter(openness=filters["sifat"])
        for row in rows.iterator(chunk_size=1000):
            yield self.settle(self.texts(row))

    def filters(self) -> Sequence[tuple[str, Any, Sequence[tuple[str, Any]]]]:
        field = values.BY_NAME["openness"]
        return [("sifat", field.label, field.choices.choices)]


def _several(found: Sequence[Application]) -> str:
    if not found:
        return str(_("belum ada di daftar aplikasi."))
    codes = ", ".join(one.slug for one in found[:5])
    return str(_("ada beberapa dengan nama ini. Tulis kodenya: %(codes)s.") % {"codes": codes})


class Elements(Kind):
    """Columns of datasets with their standard elements; a table says what is, so nothing is only suggested."""

    key = "unsur-data"
    title = gettext_lazy("Kolom data dan unsur bakunya")
    sentence = gettext_lazy("Nama kolom setiap data, dan unsur baku yang dimaksud.")
    icon = "list-details"
    columns = (
        Column(
            "kode_data", gettext_lazy("Kode data di Jendela"), gettext_lazy("Seperti di tabel Data."),
            "jumlah-balita-ditimbang", CellType(100), required=True, also=("data",),
        ),
        Column(
            "kolom", gettext_lazy("Nama kolom"), gettext_lazy("Seperti tertulis di datanya."), "no_ktp", CellType(120),
            required=True, also=("nama kolom", "unsur data"),
        ),
        Column(
            "unsur", gettext_lazy("Unsur baku"), gettext_lazy("Kode dari daftar baku. Kosong bila tidak ada."), "nik",
            CellType(40), also=("kode unsur", "unsur baku"),
        ),
    )  # fmt: skip
    key_columns = ("kode_data", "kolom")
    also_needs = Permission.EDIT_REGISTRY
    not_yours = NOT_YOURS

    def rows(self, scope: frozenset[int] | None = None) -> QuerySet[Element]:
        rows = Element.objects.select_related("dataset").order_by("dataset__slug", "pk")
        return rows if scope is None else rows.filter(dataset__producer__in=scope)

    def found(self, keys: Sequence[Key], *, lock: bool = False) -> dict[Key, Element]:
        wanted = {key for key in keys if key}
        rows = self.rows().filter(
            dataset__slug__in={key[0] for key in wanted}, name__in={key[1] for key in wanted}
        )
        rows = rows.select_for_update(of=("self",)) if lock else rows
        known = {(row.dataset.slug, row.name): row for row in rows}
        return {key: row for key, row in known.items() if key in wanted}

    def texts(self, row: Element) -> dict[str, str]:
        code = "" if row.suggested else row.standard_id or ""
        return {"kode_data": row.dataset.slug, "kolom": row.name, "unsur": code}

    def current(self, keys: Sequence[Key], *, lock: bool = False) -> dict[Key, Current]:
        return {
            key: Current(self.settle(self.texts(row)), row.dataset.producer_id, row.name)
            for key, row in self.found(keys, lock=lock).items()
        }

    def all_keys(self, scope: frozenset[int] | None) -> Iterator[tuple[Key, str]]:
        for row in self.rows(scope).iterator(chunk_size=1000):
            yield (row.dataset.slug, row.name), f"{row.dataset.name}: {row.name}"

    def check(self, rows: Sequence[Row]) -> None:
        slugs = {row.get("kode_data") for row in rows}
        owners = dict(Dataset.objects.filter(slug__in=slugs).values_list("slug", "producer"))
        codes = {row.get("unsur") for row in rows} - {""}
        known = set(StandardElement.objects.filter(code__in=codes).values_list("code", flat=True))
        for row in rows:
            row.owner = owners.get(row.get("kode_data"))
            row.label = row.label or row.get("kolom")
            if row.owner is None:
                row.wrong("kode_data", _("belum ada di daftar data."))
            if row.get("unsur") not in known | {""}:
                row.wrong("unsur", _("tidak ada di daftar unsur baku."))

    def apply(self, rows: Sequence[Row], *, by: Actor) -> None:
        known = self.found([row.key for row in rows], lock=True)
        datasets = {one.slug: one for one in Dataset.objects.filter(slug__in={row.key[0] for row in rows})}
        new: list[Element] = []
        changed: list[Element] = []
        for row in rows:
            one = known.get(row.key) or Element(dataset=datasets[row.key[0]], name=row.key[1])
            one.standard_id, one.suggested = row.get("unsur") or None, False
            (changed if row.key in known else new).append(one)
        actions.put_elements(new=new, changed=changed, removed=[], by=by)

    def remove(self, keys: Sequence[Key], *, by: Actor) -> dict[Key, str]:
        actions.put_elements(new=[], changed=[], removed=list(self.found(keys, lock=True).values()), by=by)
        return {}

    def export(self, scope: frozenset[int] | None, filters: Mapping[str, str]) -> Iterator[Mapping[str, str]]:
        for row in self.rows(scope).iterator(chunk_size=1000):
            yield self.settle(self.texts(row))
