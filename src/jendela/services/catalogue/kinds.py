"""Services with the texts of their standards as a table. What comes in is published as an interim version, by the same
action as the editor's; ways are not in the table, since one service has several."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jendela.common.audit import Actor
from jendela.common.exchange.cells import CellError, CellType, Code, clean
from jendela.common.exchange.kinds import Column, Current, Key, Kind, RefusedError, Row
from jendela.people.access.choices import Permission
from jendela.services.catalogue.actions import PartIsWrong, StandardIsDecreed, publish_interim
from jendela.services.catalogue.choices import StandardState, WordKind
from jendela.services.catalogue.models import Service, ServiceWord, Standard
from jendela.services.catalogue.reads import content
from jendela.services.catalogue.reads.parts import BY_KEY, COMPONENTS

TEXTS = {"nama_inggris": "name_en", "untuk_siapa": "audience", "hasil": "product"}
WORDS = {"ungkapan": WordKind.PHRASE, "kata": WordKind.KEYWORD, "kata_inggris": WordKind.ENGLISH}
COMPLAINT = {"petugas_pengaduan": "officer", "sarana_pengaduan": "channel"}
FIXED = ("nama", "instansi")
DECREED = gettext_lazy("Standar berlaku hanya berubah dengan SK baru.")
EXAMPLES = {
    "A1": "Kartu keluarga", "A2": "Datang ke loket.", "A3": "3 hari kerja", "A4": "Gratis", "A5": "KTP elektronik",
    "A6": "Lewat LAPOR!", "B7": "UU 24/2013", "B8": "Ruang tunggu", "B9": "Menguasai SIAK", "B10": "Atasan langsung",
    "B11": "4 orang", "B12": "Selesai tepat waktu", "B13": "Berkas disimpan terkunci", "B14": "Setiap semester",
}  # fmt: skip


class PartText(CellType):
    """The text of a component, in order and checked as the editor does; lists have one item a line."""

    def __init__(self, part: str) -> None:
        super().__init__(lines=True)
        self.part = part

    def read_text(self, text: str) -> str:
        if errors := content.check(self.part, text):
            raise CellError(errors[0])
        return self.settle(text)

    def settle(self, text: str) -> str:
        return str(content.clean(self.part, clean(text)))


class Lines(CellType):
    """Words, one a line; a semicolon parts them too."""

    def __init__(self) -> None:
        super().__init__(lines=True)

    def read_text(self, text: str) -> str:
        text = self.settle(text)
        if too_long := next((word for word in text.splitlines() if len(word) > 200), None):
            raise CellError(_("kata terlalu panjang: %(text)s…") % {"text": too_long[:40]})
        return text

    def settle(self, text: str) -> str:
        words = (" ".join(word.split()) for line in clean(text).splitlines() for word in line.split(";"))
        return "\n".join(dict.fromkeys(word for word in words if word))


def _component(part: str) -> Column:
    about = BY_KEY[part]
    return Column(
        part.lower(),
        about.label,
        about.question,
        EXAMPLES[part],
        PartText(part),
        also=(str(about.legal), f"{part} {about.label}"),
    )


class Services(Kind):
    key = "layanan"
    title = gettext_lazy("Layanan dan standarnya")
    sentence = gettext_lazy("Syarat, langkah, waktu, biaya dan kata warga setiap layanan.")
    icon = "file-text"
    also_needs = Permission.PUBLISH_INTERIM
    adds = False
    unknown = gettext_lazy("Kode layanan ini tidak ada. Layanan baru tidak dibuat lewat tabel.")
    not_yours = gettext_lazy(
        "Layanan ini milik instansi lain. Anda hanya dapat mengubah milik instansi Anda."
    )
    key_columns = ("kode",)
    columns = (
        Column(
            "kode", gettext_lazy("Kode layanan"), gettext_lazy("Seperti di alamat halamannya. Jangan diubah."),
            "ktp-el-hilang", Code(r"[a-z0-9]+(?:-[a-z0-9]+)*", gettext_lazy("kode seperti ktp-el-hilang"), 140),
            required=True, also=("slug", "kode"),
        ),
        Column(
            "nama", gettext_lazy("Nama layanan"), gettext_lazy("Untuk dibaca saja; tidak berubah lewat tabel."),
            "Penggantian KTP-el hilang", CellType(200), also=("nama", "layanan"),
        ),
        Column(
            "instansi", gettext_lazy("Instansi"), gettext_lazy("Untuk dibaca saja; tidak berubah lewat tabel."),
            "Disdukcapil", CellType(80), also=("pemilik",),
        ),
        Column(
            "untuk_siapa", gettext_lazy("Untuk siapa"), gettext_lazy("Siapa yang dapat mengurusnya."),
            "Warga yang KTP-nya hilang", CellType(300),
        ),
        Column(
            "hasil", gettext_lazy("Hasil"), gettext_lazy("Apa yang warga bawa pulang."), "KTP elektronik",
            CellType(300),
        ),
        Column(
            "nama_inggris", gettext_lazy("Nama Inggris"), gettext_lazy("Untuk halaman berbahasa Inggris."),
            "Lost identity card", CellType(200),
        ),
        *(_component(part) for part in COMPONENTS),
        Column(
            "petugas_pengaduan", gettext_lazy("Petugas pengaduan"), gettext_lazy("Nama atau jabatan."),
            "Kepala Seksi Pelayanan", CellType(150),
        ),
        Column(
            "sarana_pengaduan", gettext_lazy("Sarana pengaduan"), gettext_lazy("Ke mana warga mengadu."),
            "Loket 3, atau lapor.go.id", CellType(300),
        ),
        Column(
            "ungkapan", gettext_lazy("Ungkapan warga"), gettext_lazy("Satu ungkapan setiap baris."), "ktp ilang",
            Lines(),
        ),
        Column("kata", gettext_lazy("Kata kunci"), gettext_lazy("Satu kata setiap baris."), "ktp", Lines()),
        Column(
            "kata_inggris", gettext_lazy("Kata Inggris"), gettext_lazy("Satu kata setiap baris."), "id card", Lines(),
        ),
    )  # fmt: skip

    def _found(self, keys: Sequence[Key] | None, *, lock: bool = False) -> list[Service]:
        rows = Service.objects.select_related("owner").order_by("slug")
        if keys is not None:
            rows = rows.filter(slug__in=[key[0] for key in keys])
        return list(rows.select_for_update(of=("self",)) if lock else rows)

    def _texts(self, services: Sequence[Service]) -> dict[int, dict[str, str]]:
        """The columns of several services; five queries, however many."""
        standards = Standard.objects.filter(service__in=services, state__in=content.PUBLIC)
        of_service = {one.service_id: one for one in standards}
        parts = content.contents(list(of_service.values()))
        words: dict[tuple[int, str], list[str]] = {}
        rows = ServiceWord.objects.filter(service__in=services).order_by("pk")
        for service, kind, text in rows.values_list("service_id", "kind", "text"):
            words.setdefault((service, kind), []).append(text)
        found = {}
        for one in services:
            values = {"kode": one.slug, "nama": one.name, "instansi": one.owner.short_name}
            values |= {column: getattr(one, field) for column, field in TEXTS.items()}
            standard = of_service.get(one.pk)
            if standard is not None:
                part = parts[standard.pk]
                values |= {code.lower(): part[code] for code in COMPONENTS}
                values |= {column: part["complaint"][name] for column, name in COMPLAINT.items()}
            values |= {column: "\n".join(words.get((one.pk, kind), [])) for column, kind in WORDS.items()}
            found[one.pk] = self.settle(values)
        return found

    def current(self, keys: Sequence[Key], *, lock: bool = False) -> dict[Key, Current]:
        services = self._found(keys, lock=lock)
        texts = self._texts(services)
        return {(one.slug,): Current(texts[one.pk], one.owner_id, one.name) for one in services}

    def all_keys(self, scope: frozenset[int] | None) -> Iterator[tuple[Key, str]]:
        rows = Service.objects.order_by("slug")
        rows = rows if scope is None else rows.filter(owner_id__in=scope)
        return (((slug,), name) for slug, name in rows.values_list("slug", "name"))

    def check(self, rows: Sequence[Row]) -> None:
        decreed = set(
            Standard.objects.filter(
                service__slug__in=[row.key[0] for row in rows], state=StandardState.IN_FORCE
            ).values_list("service__slug", flat=True)
        )
        for row in rows:
            changes = row.changes
            for name in FIXED:
                if name in changes and row.before is not None:
                    row.wrong(name, _("tidak berubah lewat tabel. Kembalikan seperti semula."))
            parts = [code.lower() for code in COMPONENTS if code.lower() in changes]
            if parts and row.key[0] in decreed:
                row.wrong(parts[0], str(DECREED))
            officer, channel = (bool(row.get(column)) for column in COMPLAINT)
            if officer != channel:
                row.wrong(next(iter(COMPLAINT)), _("tulis petugas dan sarananya, keduanya."))

    def apply(self, rows: Sequence[Row], *, by: Actor) -> None:
        services: dict[Key, Service] = {(one.slug,): one for one in self._found([row.key for row in rows])}
        for row in rows:
            service = services[row.key]
            try:
                publish_interim(
                    service=service, changes=self._parts(row, service), by=by, agency_name=service.owner.name
                )
            except StandardIsDecreed:
                raise RefusedError(f"{service.name}: {DECREED}") from None
            except PartIsWrong as error:
                sentence = next(iter(error.errors.values()))[0]
                raise RefusedError(f"{service.name}: {sentence}") from None

    def _parts(self, row: Row, service: Service) -> dict[str, Any]:
        changes = row.changes
        parts: dict[str, Any] = {
            code: changes[code.lower()] for code in COMPONENTS if code.lower() in changes
        }
        if changes.keys() & TEXTS.keys():
            parts["texts"] = {field: row.get(column) for column, field in TEXTS.items()}
            parts["texts"]["note"] = service.note
        if changes.keys() & WORDS.keys():
            parts["words"] = {kind: row.get(column).splitlines() for column, kind in WORDS.items()}
        if changes.keys() & COMPLAINT.keys():
            parts["complaint"] = {name: row.get(column) for column, name in COMPLAINT.items()}
        return parts

    def remove(self, keys: Sequence[Key], *, by: Actor) -> dict[Key, str]:
        return {key: str(self.unknown) for key in keys}  # none is ever added

    def export(self, scope: frozenset[int] | None, filters: Mapping[str, str]) -> Iterator[Mapping[str, str]]:
        services = self._found(None)
        texts = self._texts(services)
        agency = filters.get("instansi", "")
        for one in services:
            if (scope is None or one.owner_id in scope) and (not agency or one.owner.slug == agency):
                yield texts[one.pk]

    def filters(self) -> Sequence[tuple[str, Any, Sequence[tuple[str, Any]]]]:
        owners = Service.objects.order_by("owner__short_name").values_list("owner__slug", "owner__short_name")
        return [("instansi", gettext_lazy("Instansi"), list(owners.distinct()))]
