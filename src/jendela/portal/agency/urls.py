from django.urls import path

from jendela.portal.agency import views

urlpatterns = [
    path("kelola/instansi/", views.choose_agency, name="choose_agency"),
    path("kelola/instansi/gabung/", views.merge_agencies, name="merge_agencies"),
    path("kelola/instansi/gabung/<int:number>/", views.undo_merger, name="undo_merger"),
    path("kelola/instansi/pisah/", views.split_agency, name="split_agency"),
    path("kelola/instansi/pisah/<int:number>/", views.undo_agency_split, name="undo_agency_split"),
    path("kelola/instansi/<slug:slug>/", views.show_agency_home, name="show_agency_home"),
    path("kelola/instansi/<slug:slug>/kantor/baru/", views.add_office, name="add_office"),
    path("kelola/instansi/<slug:slug>/kantor/<slug:office>/", views.edit_office, name="edit_office"),
    path("kelola/instansi/<slug:slug>/kantor/<slug:office>/batal/", views.undo_office, name="undo_office"),
    path(
        "kelola/instansi/<slug:slug>/aplikasi/<slug:application>/",
        views.edit_application_address,
        name="edit_application_address",
    ),
    path(
        "kelola/instansi/<slug:slug>/aplikasi/<slug:application>/batal/",
        views.undo_application_address,
        name="undo_application_address",
    ),
]
