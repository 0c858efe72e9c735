"""Links as a table that comes in and goes out: from, to, method and data make a row. The matrix of the national
evaluation has the same columns."""

import copy
import datetime
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jendela.common import content
from jendela.common.audit import Actor
from jendela.common.exchange.cells import CellType, Choice, Day, Number
from jendela.common.exchange.kinds import About, Column, Current, Key, Kind, Row
from jendela.people.access.choices import Permission
from jendela.people.agencies.models import Agency
from jendela.registry.applications.choices import Grade
from jendela.registry.applications.models import Application
from jendela.registry.datasets.choices import Frequency
from jendela.registry.datasets.kinds import find_applications
from jendela.registry.links import actions
from jendela.registry.links.choices import Confirmation, Direction, LinkState, Method
from jendela.registry.links.models import Link

UNKNOWN = "tidak_diketahui"


def _choice(choices: Any) -> Choice:
    """Unknown is an empty cell, except in the key."""
    return Choice({value: label for value, label in choices.choices if value != UNKNOWN})


class Links(Kind):
    key = "integrasi"
    title = gettext_lazy("Integrasi")
    sentence = gettext_lazy("Data mengalir dari aplikasi mana ke mana, dan dengan cara apa.")
    icon = "link"
    columns = (
        Column("dari", gettext_lazy("Dari aplikasi"), gettext_lazy("Kode atau nama aplikasi yang memberi."),
               "SIAK Terpusat", CellType(200), required=True,
               also=("aplikasi", "aplikasi asal", "sumber", "nama aplikasi")),
        Column("ke", gettext_lazy("Ke aplikasi"), gettext_lazy("Kode atau nama aplikasi yang menerima."), "e-PPGBM",
               CellType(200), required=True, also=("aplikasi tujuan", "tujuan", "target", "terintegrasi dengan")),
        Column("cara", gettext_lazy("Cara"), gettext_lazy("API, SPLP, berkas, basis_data, atau ketik_ulang."), "api",
               Choice(dict(Method.choices)), required=True, also=("metode", "metode integrasi", "jenis integrasi")),
        Column("data", gettext_lazy("Data"), gettext_lazy("Data yang mengalir."), "NIK dan nama balita", CellType(300),
               required=True, also=("data yang dipertukarkan", "data dibagikan")),
        Column("status", gettext_lazy("Status"), gettext_lazy("Kosong bila belum diketahui."), "berjalan",
               _choice(LinkState), also=("keadaan",)),
        Column("arah", gettext_lazy("Arah"), gettext_lazy("Satu arah bila kosong."), "satu_arah",
               Choice(dict(Direction.choices))),
        Column("frekuensi", gettext_lazy("Seberapa sering"), gettext_lazy("Kosong bila belum diketahui."), "harian",
               _choice(Frequency)),
        Column("perjanjian", gettext_lazy("Nomor perjanjian"), gettext_lazy("Bila ada."), "100/PKS/2026",
               CellType(200)),
        Column("perjanjian_sampai", gettext_lazy("Perjanjian sampai"), gettext_lazy("Tanggal."), "2027-12-31", Day()),
        Column("jam_sebulan", gettext_lazy("Jam sebulan"), gettext_lazy("Hanya untuk yang diketik ulang."), "7,5",
               Number(1, 0, 9999), also=("jam per bulan",)),
    )  # fmt: skip
    key_columns = ("dari", "ke", "cara", "data")
    also_needs = Permission.EDIT_REGISTRY
    not_yours = gettext_lazy("Salah satu aplikasi harus milik instansi Anda.")
    about: About | None = None

    def ready(self, run: About | None = None) -> "Links":
        one = copy.copy(self)
        one.about = run
        return one

    def identify(self, rows: Sequence[Row]) -> None:
        """Names become codes where they mean one application."""
        found = find_applications(row.values.get(end, "") for row in rows for end in ("dari", "ke"))
        for row in rows:
            for end in ("dari", "ke"):
                several = found.get(row.values.get(end, ""), [])
                if len(several) == 1:
                    row.values[end] = several[0].slug
            row.key = tuple(row.values.get(name, "") for name in self.key_columns)

    def rows(self, scope: frozenset[int] | None = None) -> QuerySet[Link]:
        rows = Link.objects.filter(ended_at__isnull=True).select_related("source", "target").order_by("pk")
        return rows if scope is None else rows.filter(Q(source__owner__in=scope) | Q(target__owner__in=scope))

    def key_of(self, row: Link) -> Key:
        return (row.source.slug, row.target.slug, row.method, row.data)

    def found(self, keys: Sequence[Key], *, lock: bool = False) -> dict[Key, Link]:
        wanted = set(keys)
        rows = self.rows().filter(
            source__slug__in={key[0] for key in keys if key}, target__slug__in={key[1] for key in keys if key}
        )
        rows = rows.select_for_update(of=("self",)) if lock else rows
        return {key: row for row in rows if (key := self.key_of(row)) in wanted}

    def owner(self, source: Application, target: Application) -> int:
        """The side in whose name the file speaks, else the giving one."""
        scope = self.about.scope if self.about else None
        if scope is not None and source.owner_id not in scope and target.owner_id in scope:
            return target.owner_id
        return source.owner_id

    def texts(self, row: Link) -> dict[str, str]:
        known = {
            name: "" if getattr(row, name) == UNKNOWN else getattr(row, name)
            for name in ("state", "frequency")
        }
        return {
            **dict(zip(self.key_columns, self.key_of(row), strict=True)),
            "status": known["state"],
            "arah": row.direction,
            "frekuensi": known["frequency"],
            "perjanjian": row.agreement,
            "perjanjian_sampai": row.agreement_until.isoformat() if row.agreement_until else "",
            "jam_sebulan": str(row.hours_a_month) if row.hours_a_month is not None else "",
        }

    def current(self, keys: Sequence[Key], *, lock: bool = False) -> dict[Key, Current]:
        return {
            key: Current(self.settle(self.texts(row)), self.owner(row.source, row.target), _label(row))
            for key, row in self.found(keys, lock=lock).items()
        }

    def all_keys(self, scope: frozenset[int] | None) -> Iterator[tuple[Key, str]]:
        for row in self.rows(scope).iterator(chunk_size=1000):
            yield self.key_of(row), _label(row)

    def check(self, rows: Sequence[Row]) -> None:
        found = find_applications(row.get(end) for row in rows for end in ("dari", "ke"))
        for row in rows:
            ends = [found.get(row.get(end), []) for end in ("dari", "ke")]
            for end, several in zip(("dari", "ke"), ends, strict=True):
                if len(several) > 1:
                    codes = ", ".join(one.slug for one in several[:5])
                    row.wrong(
                        end, _("ada beberapa dengan nama ini. Tulis kodenya: %(codes)s.") % {"codes": codes}
                    )
                elif not several and row.get(end):
                    row.wrong(end, _("belum ada di daftar aplikasi."))
            if all(len(several) == 1 for several in ends):
                source, target = ends[0][0], ends[1][0]
                row.owner, row.label = (
                    self.owner(source, target),
                    row.label or f"{source.name} → {target.name}",
                )
                if source.pk == target.pk:
                    row.wrong("ke", _("sama dengan aplikasi yang memberi."))
            if row.get("jam_sebulan") and row.get("cara") != Method.RETYPED:
                row.wrong("jam_sebulan", _("hanya diisi bila caranya diketik ulang."))

    def apply(self, rows: Sequence[Row], *, by: Actor) -> None:
        known = self.found([row.key for row in rows], lock=True)
        ends = find_applications(row.key[place] for row in rows for place in (0, 1))
        owners = {one.owner_id for several in ends.values() for one in several}
        agencies = Agency.objects.in_bulk(owners)
        new, changed = [], []
        for row in rows:
            if row.key in known:
                changed.append((known[row.key], self._values(row.changes)))
            else:
                new.append(self._new(row, ends, agencies, by))
        actions.correct_many(rows=changed, by=by)
        actions.declare_many(rows=new, by=by)

    def _new(
        self, row: Row, ends: Mapping[str, list[Application]], agencies: Mapping[int, Agency], by: Actor
    ) -> Link:
        source, target = ends[row.key[0]][0], ends[row.key[1]][0]
        own = self.about is not None and self.about.scope is not None
        speaking = agencies[self.owner(source, target)] if own else None
        values = {"state": UNKNOWN, **self._values({name: text for name, text in row.values.items() if text})}
        link = Link(source=source, target=target, method=row.key[2], data=row.key[3], **values)
        link.declared_by, link.declared_at = speaking, timezone.now()
        link.declared_words = (f"{by.name}, {speaking.short_name}" if speaking else by.name)[:200]
        link.grade = Grade.STATED if speaking else Grade.TOLD
        link.source_words = self.about.file_name[:300] if self.about else ""
        if speaking and source.owner_id == target.owner_id == speaking.pk:
            link.confirmation, link.answered_by = Confirmation.CONFIRMED, link.declared_words
            link.answered_at = link.declared_at
        return link

    def _values(self, texts: Mapping[str, str]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for column, name in (("status", "state"), ("frekuensi", "frequency")):
            if column in texts:
                found[name] = texts[column] or UNKNOWN
        if "arah" in texts:
            found["direction"] = texts["arah"] or Direction.ONE_WAY
        if "perjanjian" in texts:
            found["agreement"] = texts["perjanjian"]
        if "perjanjian_sampai" in texts:
            day = texts["perjanjian_sampai"]
            found["agreement_until"] = datetime.date.fromisoformat(day) if day else None
        if "jam_sebulan" in texts:
            found["hours_a_month"] = Decimal(texts["jam_sebulan"]) if texts["jam_sebulan"] else None
        return found

    def remove(self, keys: Sequence[Key], *, by: Actor) -> dict[Key, str]:
        actions.remove_many(rows=list(self.found(keys, lock=True).values()), by=by)
        return {}

    def finish(self, *, by: Actor) -> None:
        content.changed()

    def export(self, scope: frozenset[int] | None, filters: Mapping[str, str]) -> Iterator[Mapping[str, str]]:
        rows = self.rows(scope)
        if filters.get("cara"):
            rows = rows.filter(method=filters["cara"])
        for row in rows.iterator(chunk_size=1000):
            yield self.settle(self.texts(row))

    def filters(self) -> Sequence[tuple[str, Any, Sequence[tuple[str, Any]]]]:
        return [("cara", gettext_lazy("Cara"), Method.choices)]


def _label(row: Link) -> str:
    return f"{row.source.name} → {row.target.name}"
