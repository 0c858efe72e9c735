from django.urls import path

from jendela.people.access import views

urlpatterns = [
    path("izin/", views.show_permissions, name="show_permissions"),
    path("izin/halaman/", views.list_screens, name="list_screens"),
    path("modul/", views.list_modules, name="list_modules"),
    path("modul/<slug:module>/", views.set_module, name="set_module"),
    path("catatan/", views.list_audit, name="list_audit"),
    path("catatan.csv", views.export_audit, name="export_audit"),
]
