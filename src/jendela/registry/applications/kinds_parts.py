"""Parts of applications as tables: who uses what, what it cost, versions with their contracts."""

import copy
import uuid
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jendela.common.audit import Actor
from jendela.common.exchange.cells import CellType, Choice, Year
from jendela.common.exchange.cells_office import Rupiah
from jendela.common.exchange.kinds import About, Column, Current, Key, Kind, Option, Row
from jendela.people.access.choices import Permission
from jendela.registry.applications.actions import Provenance
from jendela.registry.applications.actions.imported import restore_imported
from jendela.registry.applications.actions.many import Changed, put_many, remove_many, seen
from jendela.registry.applications.choices import CostKind, Grade, RecordState, UseState
from jendela.registry.applications.kinds import NOT_YOURS
from jendela.registry.applications.kinds_cells import text_of
from jendela.registry.applications.kinds_owners import Owners
from jendela.registry.applications.matching import STANDING, plain_name
from jendela.registry.applications.models import Application, ApplicationUse, Change, Cost
from jendela.registry.applications.parts import put_back
from jendela.registry.applications.values import PART

APPLICATION = Column(
    "aplikasi", gettext_lazy("Aplikasi"), gettext_lazy("Kode atau nama aplikasi yang sudah tercatat."),
    "e-arsip-contoh", CellType(200), required=True, also=("kode aplikasi", "nama aplikasi", "kode"),
)  # fmt: skip
FUND = Column("sumber_dana", gettext_lazy("Sumber dana"), gettext_lazy("Contoh: APBD, DAK."), "APBD", CellType(120),
              also=("dana",))  # fmt: skip


def note(longest: int) -> Column:
    return Column("catatan", gettext_lazy("Catatan"), gettext_lazy("Bila ada."), "Termasuk pelatihan.",
                  CellType(longest), also=("keterangan", "ket"))  # fmt: skip


class Named:
    """Applications by code or name: two rows of one name must be told apart by code."""

    def __init__(self) -> None:
        self.known: dict[str, Application] = {}
        self._names: dict[str, list[str]] = {}

    def learn(self) -> None:
        """All standing applications, once for an import: three columns of each."""
        if self.known:
            return
        rows = Application.objects.filter(record_state__in=STANDING).order_by("pk")
        for row in rows.only("pk", "slug", "name", "owner_id", "url").iterator(chunk_size=2000):
            self.known[row.slug] = row
            self._names.setdefault(plain_name(row.name), []).append(row.slug)

    def find(self, text: str) -> list[str]:
        """Codes that the text may mean."""
        code = text.strip().strip("/").rsplit("/", 1)[-1]
        if code in self.known:
            return [code]
        named = self._names.get(plain_name(text), [])
        return named or ([code.lower()] if code.lower() in self.known else [])


class PartRows(Kind):
    """What parts have in common: the application is found by code or name, every change is kept in its history."""

    part: ClassVar[str]
    model: ClassVar[Any]
    fields: ClassVar[Mapping[str, str]]  # column -> attribute
    icon = "table-import"
    also_needs = Permission.EDIT_REGISTRY
    not_yours = NOT_YOURS
    fills_down = True
    matches = False
    about: About | None = None
    named: Named
    owners: Owners

    def ready(self, run: About | None = None) -> "PartRows":
        one = copy.copy(self)
        one.about, one.named, one.owners = run, Named(), Owners(run.scope if run else None)
        return one

    @property
    def batch(self) -> uuid.UUID:
        number = self.about.number if self.about else uuid.uuid4()
        return uuid.uuid5(uuid.NAMESPACE_OID, f"jendela-import-{number}")

    def options(self, scope: frozenset[int] | None) -> Sequence[Option]:
        return (
            Option(
                "tingkat", gettext_lazy("Siapa yang menyatakan isi tabel ini?"),
                gettext_lazy("Tercatat pada setiap isian, supaya jelas seberapa kuat sumbernya."),
                ((Grade.STATED, gettext_lazy("Instansi pemiliknya")), (Grade.PROVEN, gettext_lazy("Ada dokumennya")),
                 (Grade.TOLD, gettext_lazy("Surat, berita, atau daftar pihak lain"))), Grade.STATED,
            ),
            Option(
                "menurut", gettext_lazy("Menurut siapa"), gettext_lazy("Contoh: Kementerian Kesehatan."),
                initial=self.owners.only() if hasattr(self, "owners") else "", required=False,
            ),
            Option("sumber", gettext_lazy("Nama sumber"), gettext_lazy("Contoh: DPA 2026. Kosong: nama berkas."),
                   required=False),
        )  # fmt: skip

    def option(self, name: str) -> str:
        return self.about.options.get(name, "") if self.about else ""

    def provenance(self) -> Provenance:
        file_name = self.about.file_name if self.about else ""
        source = self.option("sumber") or file_name
        grade = self.option("tingkat") or Grade.STATED
        return Provenance((self.option("menurut") or source)[:200], source[:300], grade=grade)

    # recognising rows

    def identify(self, rows: Sequence[Row]) -> None:
        self.named.learn()
        for row in rows:
            said = row.values.get("aplikasi", "")
            found = self.named.find(said) if said else []
            if len(found) == 1:
                row.values["aplikasi"] = found[0]
            elif found:
                row.wrong(
                    "aplikasi", _("bisa berarti %(codes)s. Tulis kodenya.") % {"codes": ", ".join(found[:5])}
                )
            self.settle_row(row)
            row.key = tuple(row.values.get(name, "") for name in self.key_columns)

    def settle_row(self, row: Row) -> None:
        """What else must be made canonical before rows are looked for."""

    # the port

    def rows(self, scope: frozenset[int] | None = None) -> QuerySet[Any]:
        rows: QuerySet[Any] = self.model.objects.select_related("application__owner")
        rows = rows.order_by("application__name", "pk")
        return rows if scope is None else rows.filter(**{f"{self.owner_path}__in": scope})

    owner_path: ClassVar[str] = "application__owner_id"

    def key_of(self, row: Any) -> Key:
        texts = self.texts(row)
        return tuple(texts[name] for name in self.key_columns)

    def found(self, keys: Sequence[Key], *, lock: bool = False) -> dict[Key, Any]:
        rows = self.rows().filter(application__slug__in={key[0] for key in keys})
        rows = rows.select_for_update(of=("self",)) if lock else rows
        wanted = set(keys)
        return {key: row for row in rows.order_by("pk") if (key := self.key_of(row)) in wanted}

    def owner(self, row: Any) -> int:
        return int(row.application.owner_id)

    def texts(self, row: Any) -> dict[str, str]:
        return {"aplikasi": row.application.slug} | {
            column: self.to_text(getattr(row, name)) for column, name in self.fields.items()
        }

    def to_text(self, value: Any) -> str:
        return format(value.normalize(), "f") if isinstance(value, Decimal) else text_of(value)

    def current(self, keys: Sequence[Key], *, lock: bool = False) -> dict[Key, Current]:
        return {
            key: Current(self.settle(self.texts(row)), self.owner(row), self.name_of(row))
            for key, row in self.found(keys, lock=lock).items()
        }

    def name_of(self, row: Any) -> str:
        return " · ".join((row.application.name, *(part for part in self.key_of(row)[1:] if part)))

    def all_keys(self, scope: frozenset[int] | None) -> Iterator[tuple[Key, str]]:
        for row in self.rows(scope).iterator(chunk_size=1000):
            yield self.key_of(row), self.name_of(row)

    def check(self, rows: Sequence[Row]) -> None:
        self.named.learn()
        for row in rows:
            application = self.named.known.get(row.key[0] if row.key else "")
            if application is None and row.get("aplikasi"):
                row.wrong("aplikasi", _("belum tercatat. Impor dulu di tabel Aplikasi."))
            elif application is not None:
                row.owner = self.owner_of_new(application, row)
                row.label = row.label or " · ".join((application.name, *(one for one in row.key[1:] if one)))
            self.check_row(row)

    def owner_of_new(self, application: Application, row: Row) -> int | None:
        return application.owner_id

    def check_row(self, row: Row) -> None:
        """What must fit within a row."""

    def apply(self, rows: Sequence[Row], *, by: Actor) -> None:
        known = self.found([row.key for row in rows], lock=True)
        self.named.learn()
        changed = []
        provenance = self.provenance()
        for row in rows:
            old = known.get(row.key)
            if old is not None:
                one = seen(self.part, [old])[0]
            else:
                one = Changed(self.model(application=self.named.known[row.key[0]]), None)
            self.fill(one.row, row.values)
            self.stamp(one, provenance)
            changed.append(one)
        put_many(part=self.part, rows=changed, by=by, provenance=provenance, batch=self.batch)

    def fill(self, row: Any, values: Mapping[str, str]) -> None:
        for column, name in self.fields.items():
            if column in values:
                setattr(row, name, self.from_text(name, values[column]))

    def from_text(self, name: str, text: str) -> Any:
        field = self.model._meta.get_field(name)
        return field.to_python(text) if text or not field.null else None

    def stamp(self, one: Changed, provenance: Provenance) -> None:
        """Who says it, where the part has columns for that."""

    def restore(self, rows: Sequence[Row], *, by: Actor) -> None:
        """What the history kept of each row before this import stands again, its source included."""
        known = self.found([row.key for row in rows], lock=True)
        changed = seen(self.part, known.values())
        states = self._before([one.row.application_id for one in changed])
        for one in changed:
            if one.row.pk in states:
                put_back(one.row, states[one.row.pk])
        put_many(
            part=self.part,
            rows=changed,
            by=by,
            provenance=self.provenance(),
            batch=uuid.uuid5(self.batch, "undo"),
            undoes=self.batch,
            follow=False,
        )
        self._contracts_back(changed, by)

    def _before(self, applications: Sequence[int]) -> dict[int, Mapping[str, Any]]:
        done = Change.objects.filter(
            batch=self.batch, field=f"{PART}{self.part}", application__in=applications
        )
        return {one.before["id"]: one.before for one in done if one.before}

    def _contracts_back(self, changed: Sequence[Changed], by: Actor) -> None:
        """The end of the contract that the import had moved."""
        applications = {one.row.application_id: one.row.application for one in changed}
        moved = Change.objects.filter(batch=self.batch, field="contract_until", application__in=applications)
        rows = [(applications[one.application_id], {"contract_until": one.before}) for one in moved]
        if rows:
            restore_imported(rows=rows, batch=self.batch, by=by, stated_by=by.name)

    def remove(self, keys: Sequence[Key], *, by: Actor) -> dict[Key, str]:
        found = list(self.found(keys, lock=True).values())
        batch = uuid.uuid5(self.batch, "undo")
        remove_many(part=self.part, rows=found, by=by, provenance=self.provenance(), batch=batch)
        self._contracts_back([Changed(row, None) for row in found], by)
        return {}

    def export(self, scope: frozenset[int] | None, filters: Mapping[str, str]) -> Iterator[Mapping[str, str]]:
        rows = self.rows(scope).filter(application__record_state=RecordState.REGISTERED)
        return (self.settle(self.texts(row)) for row in rows.iterator(chunk_size=1000))


class Uses(PartRows):
    """Diskominfo loads who the centre says uses what; each agency answers it."""

    key = "pemakaian-aplikasi"
    title = gettext_lazy("Pemakaian aplikasi")
    sentence = gettext_lazy("Instansi mana memakai aplikasi apa. Instansinya yang membenarkan.")
    icon = "users"
    part = "uses"
    model = ApplicationUse
    key_columns = ("aplikasi", "pemakai")
    fields: ClassVar[Mapping[str, str]] = {"keadaan": "state", "sumber": "source", "catatan": "note"}
    owner_path = "agency_id"
    columns = (
        APPLICATION,
        Column(
            "pemakai", gettext_lazy("Instansi pemakai"), gettext_lazy("Singkatan atau nama instansi."), "Diskominfo",
            CellType(200), required=True, splits=True,
            also=("instansi", "opd", "perangkat daerah", "opd pengguna", "instansi pengguna", "pengguna",
                  "perangkat daerah pengguna", "dipakai oleh"),
        ),
        Column(
            "keadaan", gettext_lazy("Jawaban instansi"),
            gettext_lazy("Kosongkan: instansinya akan ditanya."), "disebut", Choice(dict(UseState.choices)),
        ),
        Column("sumber", gettext_lazy("Sumber"), gettext_lazy("Surat atau daftar yang menyebutnya."),
               "Surat Kemenkes 10/2026", CellType(300)),
        note(300),
    )  # fmt: skip

    def settle_row(self, row: Row) -> None:
        said = row.values.get("pemakai", "")
        row.values["pemakai"] = self.owners.find(said) or said
        if not row.values.get("keadaan"):
            row.values.pop("keadaan", None)

    def texts(self, row: Any) -> dict[str, str]:
        return super().texts(row) | {"pemakai": row.agency.short_name}

    def rows(self, scope: frozenset[int] | None = None) -> QuerySet[Any]:
        return super().rows(scope).select_related("application__owner", "agency")

    def owner(self, row: Any) -> int:
        return int(row.agency_id)

    def owner_of_new(self, application: Application, row: Row) -> int | None:
        return self.owners.number(row.key[1])

    def check_row(self, row: Row) -> None:
        if row.get("pemakai") and self.owners.number(row.get("pemakai")) is None:
            row.wrong("pemakai", self.owners.unknown(row.get("pemakai")))

    def fill(self, row: Any, values: Mapping[str, str]) -> None:
        super().fill(row, values)
        if "pemakai" in values and row.agency_id is None:
            row.agency_id = self.owners.number(values["pemakai"])

    def stamp(self, one: Changed, provenance: Provenance) -> None:
        row, now = one.row, timezone.now()
        row.state = row.state or UseState.CLAIMED
        if one.before is None:
            row.said_by, row.said_at = provenance.stated_by, now
            row.source = row.source or provenance.source
        if row.state != UseState.CLAIMED and (one.before or {}).get("state") != row.state:
            row.answered_by, row.answered_at = provenance.stated_by, now


class Costs(PartRows):
    key = "biaya-aplikasi"
    title = gettext_lazy("Biaya aplikasi")
    sentence = gettext_lazy("Biaya setiap aplikasi menurut tahun dan jenisnya.")
    icon = "wallet"
    part = "costs"
    model = Cost
    key_columns = ("aplikasi", "tahun", "jenis")
    fields: ClassVar[Mapping[str, str]] = {
        "tahun": "year", "jenis": "kind", "jumlah": "amount", "sumber_dana": "fund", "catatan": "note",
    }  # fmt: skip
    columns = (
        APPLICATION,
        Column("tahun", gettext_lazy("Tahun anggaran"), gettext_lazy("Empat angka."), "2026", Year(2000, 2100),
               required=True),
        Column("jenis", gettext_lazy("Jenis biaya"), gettext_lazy("Pembangunan, pemeliharaan, lisensi, dan lain-lain."),
               "pemeliharaan", Choice(dict(CostKind.choices)), required=True, also=("jenis belanja",)),
        Column("jumlah", gettext_lazy("Jumlah"), gettext_lazy("Dalam rupiah: 1.200.000 atau Rp 1,2 M."), "1200000",
               Rupiah(), required=True, also=("nilai", "biaya", "anggaran", "pagu", "nilai kontrak")),
        FUND,
        note(300),
    )  # fmt: skip

    def stamp(self, one: Changed, provenance: Provenance) -> None:
        one.row.stated_by, one.row.stated_at = provenance.stated_by, timezone.now()
        one.row.source, one.row.grade = provenance.source, provenance.grade
