"""Paths of answering letters."""

from django.urls import path

from jendela.registry.letters import views

HOME = "kelola/surat/"

urlpatterns = [
    path(HOME, views.list_letters, name="list_letters"),
    path(f"{HOME}tulis/<slug:template>/", views.write_letter, name="write_letter"),
    path(f"{HOME}bentuk/baru/", views.make_template, name="make_template"),
    path(f"{HOME}bentuk/<slug:template>/", views.edit_template, name="edit_template"),
    path(f"{HOME}bentuk/<slug:template>/hapus/", views.retire_template, name="retire_template"),
    path(f"{HOME}<int:number>/", views.show_letter, name="show_letter"),
    path(f"{HOME}<int:number>/surat.<slug:form>", views.export_letter, name="export_letter"),
]
