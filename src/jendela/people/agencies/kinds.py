"""Agencies and offices as tables that come in and go out."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, ClassVar

from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jendela.common.audit import Actor, snapshot
from jendela.common.dates import today
from jendela.common.exchange.cells import CellError, CellType, Choice, Code, PartialDay, Phone, Web
from jendela.common.exchange.kinds import Column, Current, Key, Kind, RefusedError, Row
from jendela.common.exchange.references import referred_to
from jendela.people.agencies import actions
from jendela.people.agencies.choices import AgencyKind, Level
from jendela.people.agencies.models import Agency, Office
from jendela.people.agencies.phones import PhoneError, clean_phone
from jendela.people.areas.models import Area

NOT_YOURS = gettext_lazy("Baris ini milik instansi lain. Anda hanya dapat mengubah milik instansi Anda.")
IN_USE = gettext_lazy("Sudah dipakai data lain, jadi dibiarkan.")
SOURCE = Column(
    "sumber", gettext_lazy("Sumber"), gettext_lazy("Alamat web tempat isian ini dapat dilihat."),
    "https://kotimkab.go.id/", Web(500), also=("sumber_url", "url sumber"),
)  # fmt: skip
SOURCE_DATE = Column(
    "tanggal_sumber", gettext_lazy("Tanggal sumber"),
    gettext_lazy("Kapan sumber itu terbit. Cukup tahun atau bulan bila hanya itu yang diketahui."),
    "2026-02-28", PartialDay(30), also=("sumber_tanggal",),
)  # fmt: skip
NOTE = Column(
    "catatan", gettext_lazy("Catatan"), gettext_lazy("Yang perlu diketahui tim Jendela tentang baris ini."),
    "Pindah gedung sejak Mei.", CellType(2000, lines=True), also=("keterangan",),
)  # fmt: skip


class OnePhone(Phone):
    """One number in the shape that pages print."""

    def read_text(self, text: str) -> str:
        try:
            return clean_phone(text)
        except PhoneError as error:
            raise CellError(str(error)) from None


PHONE = Column(
    "telepon", gettext_lazy("Telepon"), gettext_lazy("Satu nomor dengan kode wilayah. Ubah sel menjadi teks."),
    "0531 21234", OnePhone(), also=("no telepon", "nomor telepon", "telp", "no telp", "no hp", "hp", "kontak"),
)  # fmt: skip


class AgencyRows(Kind):
    """What agencies and offices have in common."""

    model: ClassVar[type[Model]]
    not_yours = NOT_YOURS
    fields: ClassVar[dict[str, str]]  # column -> field
    key_field: ClassVar[str]

    def rows(self, scope: frozenset[int] | None = None) -> QuerySet[Any]:
        raise NotImplementedError

    def owner(self, row: Any) -> int:
        raise NotImplementedError

    def fill(self, row: Any, values: Mapping[str, str]) -> None:
        for column, field in self.fields.items():
            if column in values:
                setattr(row, field, values[column])

    def texts(self, row: Any) -> dict[str, str]:
        return {column: getattr(row, field) for column, field in self.fields.items()}

    def found(self, keys: Sequence[Key], *, lock: bool = False) -> dict[Key, Any]:
        rows = self.rows().filter(**{f"{self.key_field}__in": [key[0] for key in keys]})
        rows = rows.select_for_update(of=("self",)) if lock else rows
        return {(getattr(row, self.key_field),): row for row in rows.order_by("pk")}

    def current(self, keys: Sequence[Key], *, lock: bool = False) -> dict[Key, Current]:
        return {
            key: Current(self.settle(self.texts(row)), self.owner(row), str(row))
            for key, row in self.found(keys, lock=lock).items()
        }

    def all_keys(self, scope: frozenset[int] | None) -> Iterator[tuple[Key, str]]:
        for row in self.rows(scope).iterator(chunk_size=1000):
            yield (getattr(row, self.key_field),), str(row)

    def write(
        self,
        rows: Sequence[Row],
        make: Callable[[Row], Any],
        fields: Sequence[str],
        by: Actor,
        place: Callable[[Any, Mapping[str, str]], None] = lambda _row, _values: None,
    ) -> None:
        known = self.found([row.key for row in rows])
        new, changed, before = [], [], {}
        for row in rows:
            target = known.get(row.key)
            if target is None:
                target = make(row)
                new.append(target)
            else:
                before[target.pk] = snapshot(target)
                changed.append(target)
            self.fill(target, row.values)
            place(target, row.values)
        actions.put_imported(new=new, changed=changed, before=before, fields=fields, by=by)

    def remove(self, keys: Sequence[Key], *, by: Actor) -> dict[Key, str]:
        found = self.found(keys, lock=True)
        used = referred_to(self.model, {row.pk for row in found.values()})
        actions.remove_imported(rows=[row for row in found.values() if row.pk not in used], by=by)
        return {key: str(IN_USE) for key, row in found.items() if row.pk in used}

    def finish(self, *, by: Actor) -> None:
        actions.tell_imported()

    def export(self, scope: frozenset[int] | None, filters: Mapping[str, str]) -> Iterator[Mapping[str, str]]:
        rows = self.rows(scope)
        if filters.get("tingkat") in Level.values:
            rows = self.of_level(rows, filters["tingkat"])
        return (self.settle(self.texts(row)) for row in rows.iterator(chunk_size=1000))

    def of_level(self, rows: QuerySet[Any], level: str) -> QuerySet[Any]:
        return rows.filter(level=level)

    def filters(self) -> Sequence[tuple[str, Any, Sequence[tuple[str, Any]]]]:
        return [("tingkat", gettext_lazy("Tingkat"), [(one.value, one.label) for one in Level])]


class Agencies(AgencyRows):
    key = "instansi"
    title = gettext_lazy("Instansi")
    sentence = gettext_lazy("Nama, telepon dan situs instansi.")
    icon = "building-community"
    model = Agency
    key_columns = ("singkatan",)
    key_field = "short_name"
    fields = {
        "singkatan": "short_name", "nama": "name", "nama_inggris": "name_en", "tingkat": "level", "jenis": "kind",
        "telepon": "phone", "situs": "website", "sumber": "source_url", "tanggal_sumber": "source_date",
        "catatan": "note",
    }  # fmt: skip
    columns = (
        Column(
            "singkatan", gettext_lazy("Singkatan"), gettext_lazy("Nama pendek instansi, satu untuk setiap instansi."),
            "Disdukcapil", CellType(80), required=True, also=("nama singkat", "nama pendek"),
        ),
        Column(
            "nama", gettext_lazy("Nama"), gettext_lazy("Nama lengkap menurut peraturan."),
            "Dinas Kependudukan dan Pencatatan Sipil", CellType(200), required=True,
            also=("nama instansi", "nama opd"),
        ),
        Column(
            "nama_inggris", gettext_lazy("Nama Inggris"), gettext_lazy("Untuk halaman berbahasa Inggris."),
            "Population and Civil Registration Office", CellType(200), also=("name_en",),
        ),
        Column(
            "tingkat", gettext_lazy("Tingkat"), gettext_lazy("Tulis kabupaten, provinsi, pusat atau lain."),
            "kabupaten", Choice(dict(Level.choices)), required=True, also=("level",),
        ),
        Column(
            "jenis", gettext_lazy("Jenis"), gettext_lazy("Seperti dinas, badan, kecamatan."), "dinas",
            Choice(dict(AgencyKind.choices)), required=True,
        ),
        PHONE,
        Column(
            "situs", gettext_lazy("Situs"), gettext_lazy("Alamat web instansi."), "https://disdukcapil.kotimkab.go.id/",
            Web(300), also=("website", "web", "situs web"),
        ),
        SOURCE,
        SOURCE_DATE,
        NOTE,
    )  # fmt: skip

    def rows(self, scope: frozenset[int] | None = None) -> QuerySet[Any]:
        rows = Agency.objects.order_by("short_name", "pk")
        return rows if scope is None else rows.filter(pk__in=scope)

    def owner(self, row: Any) -> int:
        return int(row.pk)

    def apply(self, rows: Sequence[Row], *, by: Actor) -> None:
        taken = set(Agency.objects.values_list("slug", flat=True))
        fields = [field for field in self.fields.values() if field != "short_name"]
        self.write(
            rows, lambda row: Agency(slug=_free(row.key[0], taken)), [*fields, "edited_by_agency_at"], by
        )

    def fill(self, row: Any, values: Mapping[str, str]) -> None:
        if values.get("telepon", row.phone) != row.phone:
            row.edited_by_agency_at = timezone.now()  # a reload of the data set then leaves the phone alone
        super().fill(row, values)


class Offices(AgencyRows):
    """A change of address, hours or phone says who said so, as the form of one office does."""

    key = "kantor"
    title = gettext_lazy("Kantor dan loket")
    sentence = gettext_lazy("Alamat, jam buka dan telepon setiap kantor.")
    icon = "building"
    model = Office
    key_columns = ("kode",)
    key_field = "slug"
    fields = {
        "kode": "slug", "nama": "name", "alamat": "address", "jam": "hours", "sumber_jam": "hours_source",
        "tanggal_jam": "hours_date", "telepon": "phone", "disampaikan": "stated_by", "sumber": "source_url",
        "tanggal_sumber": "source_date", "catatan": "note",
    }  # fmt: skip
    contact = ("alamat", "jam", "telepon")
    columns = (
        Column(
            "kode", gettext_lazy("Kode kantor"),
            gettext_lazy("Huruf kecil, angka dan tanda hubung; tidak berubah bila nama berubah."),
            "kantor-camat-baamang",
            Code(r"[a-z0-9]+(?:-[a-z0-9]+)*", gettext_lazy("kode seperti kantor-camat-baamang")),
            required=True, also=("slug", "kode"),
        ),
        Column(
            "nama", gettext_lazy("Nama kantor"), gettext_lazy("Nama yang dibaca warga di pintu."),
            "Kantor Camat Baamang", CellType(200), required=True, also=("nama", "kantor"),
        ),
        Column(
            "instansi", gettext_lazy("Instansi"), gettext_lazy("Singkatan instansi yang membuka kantor ini."),
            "Kecamatan Baamang", CellType(80), required=True, also=("opd", "sopd", "dinas"),
        ),
        Column(
            "kode_wilayah", gettext_lazy("Kode wilayah"), gettext_lazy("Kode Kemendagri dengan titik, sebagai teks."),
            "62.02.06", Code(r"\d{2}(?:\.\d{2}(?:\.\d{2}(?:\.\d{4})?)?)?", gettext_lazy("kode seperti 62.02.01"), 13),
            also=("wilayah", "kode kemendagri"),
        ),
        Column(
            "alamat", gettext_lazy("Alamat"), gettext_lazy("Jalan, nomor dan patokan."),
            "Jalan Cristopel Mihing, Sampit", CellType(300), also=("alamat kantor",),
        ),
        Column(
            "jam", gettext_lazy("Jam buka"), gettext_lazy("Hari dan jam loket dibuka."), "Senin–Kamis 08.00–15.00 WIB",
            CellType(200), also=("jam layanan", "jam pelayanan"),
        ),
        Column(
            "sumber_jam", gettext_lazy("Sumber jam buka"), gettext_lazy("Alamat web yang menyebut jam buka."),
            "https://kotimkab.go.id/jam", Web(500),
        ),
        Column(
            "tanggal_jam", gettext_lazy("Tanggal jam buka"), gettext_lazy("Kapan jam buka itu berlaku."), "2026-02-28",
            PartialDay(30),
        ),
        PHONE,
        Column(
            "disampaikan", gettext_lazy("Disampaikan oleh"),
            gettext_lazy("Instansi yang menyampaikan alamat, jam atau telepon ini."), "Kecamatan Baamang",
            CellType(200),
        ),
        SOURCE,
        SOURCE_DATE,
        NOTE,
    )  # fmt: skip

    def rows(self, scope: frozenset[int] | None = None) -> QuerySet[Any]:
        rows = Office.objects.select_related("agency").order_by("name", "pk")
        return rows if scope is None else rows.filter(agency_id__in=scope)

    def of_level(self, rows: QuerySet[Any], level: str) -> QuerySet[Any]:
        return rows.filter(agency__level=level)

    def owner(self, row: Any) -> int:
        return int(row.agency_id)

    def texts(self, row: Any) -> dict[str, str]:
        return super().texts(row) | {"instansi": row.agency.short_name, "kode_wilayah": row.area_id or ""}

    def check(self, rows: Sequence[Row]) -> None:
        names = {row.get("instansi") for row in rows}
        codes = {row.get("kode_wilayah") for row in rows} - {""}
        agencies = dict(Agency.objects.filter(short_name__in=names).values_list("short_name", "pk"))
        known = set(Area.objects.filter(code__in=codes).values_list("code", flat=True))
        for row in rows:
            agency = row.get("instansi")
            if agency:
                row.owner = agencies.get(agency)
                if row.owner is None:
                    row.wrong("instansi", _("tidak ada di daftar instansi kami."))
            if row.get("kode_wilayah") not in known | {""}:
                row.wrong("kode_wilayah", _("tidak ada di daftar wilayah kami."))
            row.label = row.label or row.values.get("nama", "")

    def complete(self, rows: Sequence[Row]) -> None:
        for row in rows:
            self._say_who(row)

    def _say_who(self, row: Row) -> None:
        changes = row.changes
        derived = {}
        if "jam" in changes:
            derived = {"sumber_jam": "", "tanggal_jam": today().isoformat() if changes["jam"] else ""}
        if any(name in changes for name in self.contact):
            derived["disampaikan"] = row.get("instansi")
        for name, value in derived.items():
            if name not in changes:  # what the file itself says of it stands
                row.values[name] = value

    def apply(self, rows: Sequence[Row], *, by: Actor) -> None:
        names = {row.get("instansi") for row in rows}
        agencies = {one.short_name: one for one in Agency.objects.filter(short_name__in=names)}

        def place(row: Any, values: Mapping[str, str]) -> None:
            if name := values.get("instansi"):
                if name not in agencies:  # renamed since the import that is taken back
                    raise RefusedError(_("Instansi %(name)s tidak ada lagi.") % {"name": name})
                row.agency = agencies[name]
            if "kode_wilayah" in values:
                row.area_id = values["kode_wilayah"] or None

        fields = [field for field in self.fields.values() if field != "slug"]
        fields += ["agency", "area", "edited_by_agency_at"]
        self.write(rows, lambda row: Office(slug=row.key[0]), fields, by, place)

    def fill(self, row: Any, values: Mapping[str, str]) -> None:
        now = {name: getattr(row, self.fields[name]) for name in self.contact}
        if any(values.get(name, text) != text for name, text in now.items()):
            row.edited_by_agency_at = timezone.now()  # a reload of the data set then leaves them alone
        super().fill(row, values)


def _free(name: str, taken: set[str]) -> str:
    """A slug that no other agency has."""
    base = slugify(name)[:70] or "instansi"
    slug, number = base, 1
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    taken.add(slug)
    return slug
