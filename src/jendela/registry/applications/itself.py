"""Jendela stands in its own register, by the same rules: one row of a table of its own, so that the region's list stays
what the press and documents showed. What people said of it since is left alone."""

from pathlib import Path

from jendela.common.audit import Actor
from jendela.common.tables import Report, TableError, read_table
from jendela.people.agencies.models import Agency
from jendela.registry.applications.actions import Provenance, create_application, set_values
from jendela.registry.applications.choices import Grade
from jendela.registry.applications.models import Application, ValueSource

TABLE = "aplikasi_jendela.csv"
SLUG = "jendela"
SPEAKS = "Proyek Jendela"
COLUMNS = {
    "nama": "name", "nama_inggris": "name_en", "deskripsi": "purpose", "pengelola": "operator_level",
    "sasaran": "audience", "fungsi_urusan": "function", "tahun": "since", "status": "state", "tahap": "life_cycle",
    "klasifikasi": "app_class", "tipe_lisensi": "licence", "bahasa_pemrograman": "languages",
    "kerangka_pengembangan": "framework",
    "basis_data": "database", "tugas": "task", "tugas_en": "task_en", "catatan": "note",
}  # fmt: skip


def load_itself(directory: Path, *, by: Actor, report: Report) -> None:
    """The row of Jendela, written or renewed; a value that somebody else said stays. Raises TableError."""
    for row in read_table(
        directory / TABLE, (*COLUMNS, "pemilik", "sumber", "sumber_tanggal"), unique=["nama"]
    ):
        owner = Agency.objects.filter(short_name=row["pemilik"]).first()
        if owner is None:
            raise TableError([row.error("pemilik", f"instansi tidak dikenal: {row['pemilik']}")])
        values = {name: row[column] for column, name in COLUMNS.items() if row[column]}
        for column, name in COLUMNS.items():
            field = Application._meta.get_field(name)
            allowed = {value for value, _label in getattr(field, "choices", None) or ()}
            if allowed and row[column] not in allowed:
                raise TableError([row.error(column, f"tidak dikenal: {row[column] or '(kosong)'}")])
        provenance = Provenance(SPEAKS, row["sumber"], "", row["sumber_tanggal"], Grade.STATED)
        values |= {"state_as_of": row["sumber_tanggal"]}
        standing = Application.objects.filter(slug=SLUG).first()
        if standing is None:
            create_application(values={**values, "owner": owner}, by=by, provenance=provenance, slug=SLUG)
        else:
            said = ValueSource.objects.filter(application=standing).exclude(stated_by=SPEAKS)
            others = set(said.values_list("field", flat=True))
            own = {name: value for name, value in values.items() if name not in others}
            set_values(application=standing, values=own, by=by, provenance=provenance)
        report.add("Jendela sendiri")
