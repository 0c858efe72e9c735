from django.urls import path

from jendela.registry.datasets.views import datasets, parts

urlpatterns = [
    path("kelola/data/", datasets.list_datasets, name="list_datasets"),
    path("kelola/data/baru/", datasets.add_dataset, name="add_dataset"),
    path("kelola/data/serupa/", datasets.list_data_overlaps, name="list_data_overlaps"),
    path("kelola/data/<slug:slug>/", datasets.show_dataset, name="show_dataset"),
    path("kelola/data/<slug:slug>/ubah/<slug:group>/", datasets.edit_dataset, name="edit_dataset"),
    path("kelola/data/<slug:slug>/batal/", datasets.undo_dataset, name="undo_dataset"),
    path("kelola/data/<slug:slug>/periksa/", datasets.verify_dataset, name="verify_dataset"),
    path("kelola/data/<slug:slug>/periksa/tarik/", datasets.end_verification, name="end_verification"),
    path("kelola/data/<slug:slug>/kolom/", parts.edit_elements, name="edit_elements"),
    path("kelola/data/<slug:slug>/berkas/", parts.add_resource, name="add_resource"),
    path("kelola/data/<slug:slug>/berkas/<int:number>/buang/", parts.remove_resource, name="remove_resource"),
]
