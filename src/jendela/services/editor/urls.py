"""Paths of the editor. A part is named by its key; the Indonesian word works as well."""

from django.urls import path, register_converter

from jendela.services.catalogue.reads.parts import BY_KEY
from jendela.services.editor.views import bench, life, listing, part, publishing

WORDS = {
    "pengaduan": "complaint",
    "cara": "ways",
    "kata": "words",
    "peristiwa": "events",
    "keterangan": "texts",
}
KEYS = {key: word for word, key in WORDS.items()}


class PartConverter:
    """'A3', 'a3', 'ways' and 'cara' are parts; nothing else is."""

    regex = "[A-Za-z]{1,10}[0-9]{0,2}"

    def to_python(self, value: str) -> str:
        key = WORDS.get(value, value)
        key = key.upper() if key.upper() in BY_KEY else key
        if key not in BY_KEY:
            raise ValueError(value)
        return key

    def to_url(self, value: str) -> str:
        return KEYS.get(value, value)


register_converter(PartConverter, "standard_part")

urlpatterns = [
    path("kelola/standar/", listing.list_standards, name="list_standards"),
    path("kelola/standar.csv", listing.export_standards, name="export_standards"),
    path("kelola/standar/<slug:slug>/", bench.show_draft, name="show_draft"),
    path("kelola/standar/<slug:slug>/beda/", bench.compare_draft, name="compare_draft"),
    path("kelola/standar/<slug:slug>/buang/", bench.discard_draft, name="discard_draft"),
    path("kelola/standar/<slug:slug>/kembalikan/", bench.restore_draft, name="restore_draft"),
    path("kelola/standar/<slug:slug>/pegang/", bench.take_over_draft, name="take_over_draft"),
    path("kelola/standar/<slug:slug>/terbit/", publishing.publish_draft, name="publish_draft"),
    path(
        "kelola/standar/<slug:slug>/terbit/<int:number>/",
        publishing.show_publication,
        name="show_publication",
    ),
    path(
        "kelola/standar/<slug:slug>/terbit/<int:number>/tarik/",
        publishing.withdraw_publication,
        name="withdraw_publication",
    ),
    path("kelola/standar/<slug:slug>/konsultasi/", life.record_consultation, name="record_consultation"),
    path("kelola/standar/<slug:slug>/tetapkan/", life.decree_draft, name="decree_draft"),
    path("kelola/standar/<slug:slug>/target/", life.sign_target, name="sign_target"),
    path("kelola/standar/<slug:slug>/target/tarik/", life.withdraw_target, name="withdraw_target"),
    path("kelola/instansi/<slug:slug>/maklumat/", life.edit_charter, name="edit_charter"),
    path("kelola/standar/<slug:slug>/<standard_part:part>/", part.edit_part, name="edit_part"),
    path("kelola/standar/<slug:slug>/<standard_part:part>/simpan/", part.save_part, name="save_part"),
]
