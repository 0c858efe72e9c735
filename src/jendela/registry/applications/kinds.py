"""Applications as tables that come in and go out: every field of fields.py, its owner, extra attributes."""

import copy
import uuid
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jendela.common.audit import Actor
from jendela.common.exchange.choices import Question
from jendela.common.exchange.kinds import About, Candidate, Column, Current, Key, Kind, Option, Row
from jendela.people.access.choices import Permission
from jendela.people.agencies.models import Agency
from jendela.registry.applications import actions
from jendela.registry.applications.actions.imported import remove_imported, restore_imported, used_elsewhere
from jendela.registry.applications.actions.values import free_slugs, slug_for
from jendela.registry.applications.choices import (
    ApplicationAudience,
    ApplicationState,
    Grade,
    OperatorLevel,
    RecordState,
    Visibility,
)
from jendela.registry.applications.fields import BY_NAME, Field, extra_field
from jendela.registry.applications.kinds_cells import COLUMNS, column_of, text_of, value_from
from jendela.registry.applications.kinds_owners import Owners
from jendela.registry.applications.matching import STANDING, Sought, find, names_taken, plain_name
from jendela.registry.applications.models import Application, AttributeDefinition, FormerSlug
from jendela.registry.applications.values import value_of

NOT_YOURS = gettext_lazy("Aplikasi ini milik instansi lain. Anda hanya dapat mengisi milik instansi Anda.")
IN_USE = gettext_lazy("Sudah dipakai data lain atau diubah lagi, jadi dibiarkan.")
KEEP, CLEAR = "biarkan", "kosongkan"
LEVELS = {
    "kabupaten": OperatorLevel.REGENCY,
    "provinsi": OperatorLevel.PROVINCE,
    "pusat": OperatorLevel.CENTRE,
}
NAMES: dict[str, tuple[str, Field | None]] = {
    column.key: (name, BY_NAME.get(name)) for name, column in COLUMNS
}


class Applications(Kind):
    key = "aplikasi"
    title = gettext_lazy("Aplikasi")
    sentence = gettext_lazy("Daftar aplikasi instansi, dalam bentuk apa pun yang Anda punya.")
    icon = "apps"
    columns = tuple(column for _name, column in COLUMNS)
    key_columns = ("kode",)
    also_needs = Permission.EDIT_REGISTRY
    not_yours = NOT_YOURS
    fills_down = True
    matches = True

    names: Mapping[str, tuple[str, Field | None]] = NAMES
    about: About | None = None
    owners: Owners

    def ready(self, run: About | None = None) -> "Applications":
        """With the extra attributes of today, the agencies, and what was answered for the file."""
        one = copy.copy(self)
        extras = [
            extra_field(each)
            for each in AttributeDefinition.objects.filter(retired_at=None).order_by("position", "label")
        ]
        one.columns = (*type(self).columns, *(column_of(each, extra=True) for each in extras))
        one.names = {**NAMES, **{each.column: (each.name, each) for each in extras}}
        one.about = run
        one.owners = Owners(run.scope if run else None)
        one.slugs = set()
        one.named = {}
        one.seen_owners = set()
        return one

    slugs: set[str]  # promised to new rows of this file
    named: dict[tuple[str, str], Key]  # owner and name -> key, within this file
    seen_owners: set[int]

    def option(self, name: str, default: str = "") -> str:
        return (self.about.options.get(name, default) if self.about else default) or default

    @property
    def batch(self) -> uuid.UUID:
        """The one act that this import is, in the history."""
        if self.about is None:
            return uuid.uuid4()
        return uuid.uuid5(uuid.NAMESPACE_OID, f"jendela-import-{self.about.number}")

    def options(self, scope: frozenset[int] | None) -> Sequence[Option]:
        owners = Owners(scope)
        return (
            Option(
                "tingkat", gettext_lazy("Siapa yang menyatakan isi tabel ini?"),
                gettext_lazy("Tercatat pada setiap isian, supaya jelas seberapa kuat sumbernya."),
                ((Grade.STATED, gettext_lazy("Instansi pemiliknya")), (Grade.TOLD, gettext_lazy("Surat, berita, atau "
                 "daftar pihak lain"))), Grade.TOLD if scope is None else Grade.STATED,
            ),
            Option(
                "sumber", gettext_lazy("Nama sumber"),
                gettext_lazy("Contoh: Surat Sekda 100/2026. Kosong: nama berkas yang dicatat."), required=False,
            ),
            Option(
                "kosong", gettext_lazy("Sel yang kosong"), gettext_lazy("Untuk aplikasi yang sudah tercatat."),
                ((KEEP, gettext_lazy("Biarkan isi yang sudah ada")), (CLEAR, gettext_lazy("Kosongkan isinya"))), KEEP,
            ),
            Option(
                "pemilik", gettext_lazy("Pemilik, bila tidak disebut di baris"),
                gettext_lazy("Isi ini bila seluruh tabel milik satu instansi."),
                (("", gettext_lazy("Disebut di tabel")), *owners.choices()), owners.only(), required=False,
            ),
            Option(
                "sasaran", gettext_lazy("Untuk siapa, bila tidak disebut"),
                gettext_lazy("Hanya untuk aplikasi yang belum tercatat."), tuple(ApplicationAudience.choices),
                ApplicationAudience.INTERNAL,
            ),
        )  # fmt: skip

    def looks_like(self, column: Column, text: str) -> bool:
        if column.key == "pemilik":
            return bool(self.owners.find(text)) if hasattr(self, "owners") else False
        return super().looks_like(column, text)

    # recognising rows

    def identify(self, rows: Sequence[Row]) -> None:
        for row in rows:
            self._settle_owner(row)
            if self.option("kosong", KEEP) == KEEP:
                for name in [name for name, value in row.values.items() if not value]:
                    if name not in ("nama", "pemilik") or row.values.get("kode"):
                        del row.values[name]
        self._follow_old_codes(rows)
        nameless = [row for row in rows if not row.values.get("kode")]
        found = find([self._sought(row) for row in nameless])
        new = []
        for row, each in zip(nameless, found, strict=True):
            if len(each) == 1 and each[0].certain:
                self._give_key(row, each[0].known.slug)
                row.notes.append(_("Kami kenali: %(reason)s.") % {"reason": each[0].reason})
                continue
            row.candidates = [
                Candidate((one.known.slug,), one.known.name, 0.99, (one.reason,)) for one in each
            ]
            new.append(row)
        self._promise(new)

    def _settle_owner(self, row: Row) -> None:
        """The owner by its short name: of the cell, of the title above this part of the table, or of the whole file."""
        said = row.values.get("pemilik", "")
        if said:
            row.values["pemilik"] = self.owners.find(said) or said
        elif not row.values.get("kode"):
            default = self.owners.find(row.section) or self.option("pemilik")
            if default:
                row.values["pemilik"] = default

    def _follow_old_codes(self, rows: Sequence[Row]) -> None:
        codes = {row.values["kode"] for row in rows if row.values.get("kode")}
        moved = dict(
            FormerSlug.objects.filter(slug__in=codes).values_list("slug", "application__slug")
            if codes
            else ()
        )
        for row in rows:
            code = row.values.get("kode", "")
            if code in moved:
                self._give_key(row, moved[code])

    def _give_key(self, row: Row, slug: str) -> None:
        row.key = (slug,)
        row.values["kode"] = slug

    def _sought(self, row: Row) -> Sought:
        owner = self.owners.number(row.values.get("pemilik", ""))
        stores = [row.values.get(name, "") for name in ("url_android", "url_ios", "url")]
        return Sought(row.values.get("nama", ""), owner, row.values.get("url", ""), stores)

    def _promise(self, rows: Sequence[Row]) -> None:
        """Codes for rows that seem new; the same name of the same owner again gets the same one, so that the second
        is named."""
        fresh: dict[tuple[str, str], Row] = {}
        again: list[tuple[Row, tuple[str, str]]] = []
        for row in rows:
            same = (row.values.get("pemilik", ""), plain_name(row.values.get("nama", "")))
            if not same[1] or Question.SPLIT in row.asks:
                continue
            if same in self.named or same in fresh:
                again.append((row, same))
            else:
                fresh[same] = row
        slugs = free_slugs([slug_for(row.values["nama"]) for row in fresh.values()], self.slugs)
        self.slugs.update(slugs)
        for (same, row), slug in zip(fresh.items(), slugs, strict=True):
            self._give_key(row, slug)
            self.named[same] = row.key
        for row, same in again:
            self._give_key(row, self.named[same][0])

    # the port

    def rows(self, scope: frozenset[int] | None = None) -> QuerySet[Application]:
        rows = Application.objects.select_related("owner").order_by("name", "pk")
        return rows if scope is None else rows.filter(owner_id__in=scope)

    def found(self, keys: Sequence[Key], *, lock: bool = False) -> dict[Key, Application]:
        rows = self.rows().filter(slug__in=[key[0] for key in keys if key], record_state__in=STANDING)
        rows = rows.select_for_update(of=("self",)) if lock else rows
        return {(row.slug,): row for row in rows.order_by("pk")}

    def texts(self, row: Application) -> dict[str, str]:
        special = {"kode": row.slug, "pemilik": row.owner.short_name}
        return {
            column: special[column] if column in special else text_of(value_of(row, name))
            for column, (name, _field) in self.names.items()
        }

    def current(self, keys: Sequence[Key], *, lock: bool = False) -> dict[Key, Current]:
        return {
            key: Current(self.settle(self.texts(row)), row.owner_id, row.name)
            for key, row in self.found(keys, lock=lock).items()
        }

    def all_keys(self, scope: frozenset[int] | None) -> Iterator[tuple[Key, str]]:
        """Of an import only the applications of the owners that its file names: the others are not missing."""
        rows = self.rows(scope).filter(record_state=RecordState.REGISTERED)
        if self.about is not None:
            rows = rows.filter(owner_id__in=self.seen_owners)
        for slug, name in rows.values_list("slug", "name").iterator(chunk_size=1000):
            yield (slug,), name

    def check(self, rows: Sequence[Row]) -> None:
        new = [row for row in rows if row.before is None]
        merged = set(
            Application.objects.filter(slug__in=[row.key[0] for row in new if row.key])
            .exclude(record_state__in=STANDING)
            .values_list("slug", flat=True)
        )
        owners = {id(row): self.owners.number(row.get("pemilik")) for row in rows}
        taken = names_taken([(owners[id(row)], row.get("nama")) for row in new])
        for row in rows:
            said = row.get("pemilik")
            row.owner = owners[id(row)]
            row.label = row.values.get("nama") or row.label
            if said and row.owner is None:
                row.wrong("pemilik", self.owners.unknown(said))
            if row.owner is not None:
                self.seen_owners.add(row.owner)
            if row.before is None and row.key and row.key[0] in merged:
                row.wrong("kode", _("sudah digabung ke aplikasi lain, atau bukan aplikasi."))
            if row.before is None and (row.owner, plain_name(row.get("nama"))) in taken:
                row.wrong("nama", _("sudah tercatat dengan nama dan pemilik yang sama."))

    def apply(self, rows: Sequence[Row], *, by: Actor) -> None:
        known = self.found([row.key for row in rows])
        groups: dict[actions.Provenance, tuple[list[Row], list[Row]]] = {}
        for row in rows:
            old, new = groups.setdefault(self.provenance(row), ([], []))
            (old if row.key in known else new).append(row)
        for provenance, (old, new) in groups.items():
            if old:
                changed = [(known[row.key], self._values(row.changes)) for row in old]
                actions.set_many(rows=changed, by=by, provenance=provenance, batch=self.batch)
            if new:
                agencies = Agency.objects.in_bulk(
                    {self.owners.number(row.get("pemilik")) or 0 for row in new}
                )
                values = [self._all_values(row) for row in new]
                actions.create_many(
                    rows=[{**one, "owner": agencies[one["owner"]]} for one in values],
                    slugs=[row.key[0] for row in new],
                    by=by,
                    provenance=provenance,
                    batch=self.batch,
                )

    def provenance(self, row: Row) -> actions.Provenance:
        """From where the values of a row come: its own source, or that of the file. Rows that share it are written
        together."""
        url, date = row.get("sumber_url"), row.get("sumber_tanggal").partition(" ; ")[0]
        grade = self.option("tingkat", Grade.TOLD)
        source = self.option("sumber") or (self.about.file_name if self.about else "")
        told = (urlsplit(url).hostname or "").removeprefix("www.") or source
        stated_by = row.get("pemilik") if grade == Grade.STATED else told
        return actions.Provenance(stated_by[:200], source[:300], url, date, grade)

    def _values(self, texts: Mapping[str, str]) -> dict[str, Any]:
        found = {}
        for column, text in texts.items():
            name, field = self.names[column]
            if name == "owner":
                found[name] = self.owners.number(text)
            elif name != "slug":
                found[name] = value_from(field, text)
        return found

    def _all_values(self, row: Row) -> dict[str, Any]:
        """What a new record must say: its owner's level, for whom, and whether it is used, where the file is silent."""
        said = self._values({name: text for name, text in row.values.items() if text})
        level = LEVELS.get(self.owners.level(row.values.get("pemilik", "")), OperatorLevel.OTHER)
        usual = {
            "operator_level": level,
            "audience": self.option("sasaran", ApplicationAudience.INTERNAL),
            "state": ApplicationState.UNKNOWN,
        }
        return usual | said

    def restore(self, rows: Sequence[Row], *, by: Actor) -> None:
        known = self.found([row.key for row in rows])
        values = [(known[row.key], self._values(row.changes)) for row in rows if row.key in known]
        restore_imported(rows=values, batch=self.batch, by=by, stated_by=by.name)

    def remove(self, keys: Sequence[Key], *, by: Actor) -> dict[Key, str]:
        found = self.found(keys, lock=True)
        used = used_elsewhere(list(found.values()), self.batch)
        remove_imported(rows=[row for row in found.values() if row.pk not in used], by=by)
        return {key: str(IN_USE) for key, row in found.items() if row.pk in used}

    def owner_columns(self) -> frozenset[str]:
        found = self.names.items()
        return frozenset(
            column for column, (_name, one) in found if one and one.visibility == Visibility.OWNER
        )

    def export(self, scope: frozenset[int] | None, filters: Mapping[str, str]) -> Iterator[Mapping[str, str]]:
        rows = self.rows(scope).filter(record_state=RecordState.REGISTERED)
        for name, column in (
            ("pengelola", "operator_level"),
            ("status", "state"),
            ("instansi", "owner__short_name"),
        ):
            if filters.get(name):
                rows = rows.filter(**{column: filters[name]})
        return (self.settle(self.texts(row)) for row in rows.iterator(chunk_size=1000))

    def filters(self) -> Sequence[tuple[str, Any, Sequence[tuple[str, Any]]]]:
        return [
            ("pengelola", gettext_lazy("Siapa yang menjalankan"), OperatorLevel.choices),
            ("status", gettext_lazy("Masih dipakai?"), ApplicationState.choices),
        ]
