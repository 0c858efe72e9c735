from django.urls import path

from jendela.portal.exchange import downloads, views

urlpatterns = [
    path("kelola/impor/", views.list_import_kinds, name="list_import_kinds"),
    path("kelola/impor/riwayat/", views.list_imports, name="list_imports"),
    path("kelola/impor/jenis/<slug:key>/", views.show_import_kind, name="show_import_kind"),
    path(
        "kelola/impor/jenis/<slug:key>/isian.<slug:form>", downloads.export_template, name="export_template"
    ),
    path("kelola/impor/<int:number>/", views.show_import, name="show_import"),
    path("kelola/impor/<int:number>/kemajuan/", views.show_import_progress, name="show_import_progress"),
    path("kelola/impor/<int:number>/kolom/", views.map_columns, name="map_columns"),
    path("kelola/impor/<int:number>/lembar/", views.choose_sheet, name="choose_sheet"),
    path("kelola/impor/<int:number>/periksa/", views.check_import_again, name="check_import_again"),
    path("kelola/impor/<int:number>/putusan/", views.decide_import, name="decide_import"),
    path("kelola/impor/<int:number>/lanjutkan/", views.carry_on_import, name="carry_on_import"),
    path("kelola/impor/<int:number>/tulis/", views.apply_import, name="apply_import"),
    path("kelola/impor/<int:number>/batalkan/", views.undo_import, name="undo_import"),
    path("kelola/impor/<int:number>/hentikan/", views.stop_import, name="stop_import"),
    path(
        "kelola/impor/<int:number>/kesalahan.<slug:form>",
        downloads.export_import_errors,
        name="export_import_errors",
    ),
    path("kelola/ekspor/", downloads.list_exports, name="list_exports"),
    path("kelola/ekspor/<slug:key>/", downloads.export_kind, name="export_kind"),
]
