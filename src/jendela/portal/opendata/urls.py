from django.urls import path

from jendela.portal.opendata import architecture_views, views

urlpatterns = [
    path("data/daftar/", views.list_open_data, name="list_open_data"),
    path("data/daftar/<slug:slug>/", views.show_open_data, name="show_open_data"),
    path("data/unduh/", views.list_dumps, name="list_dumps"),
    path("data/unduh/<str:name>", views.download_dump, name="download_dump"),
    path("kelola/ekspor/arsitektur/", architecture_views.list_architecture, name="list_architecture"),
    path(
        "kelola/ekspor/arsitektur/<slug:domain>.<slug:form>",
        architecture_views.export_architecture,
        name="export_architecture",
    ),
]
