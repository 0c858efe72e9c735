from django.urls import path

from jendela.people.persons import views

urlpatterns = [
    path("", views.list_persons, name="list_persons"),
    path("tambah/", views.add_person, name="add_person"),
    path("<int:key>/", views.change_person, name="change_person"),
    path("<int:key>/hapus/", views.remove_person, name="remove_person"),
    path("<int:key>/kembalikan/", views.restore_person, name="restore_person"),
    path("<int:key>/nik/", views.read_nik, name="read_nik"),
]
