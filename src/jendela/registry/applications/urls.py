from django.urls import path

from jendela.registry.applications import views

ONE = "kelola/aplikasi/<slug:slug>/"

urlpatterns = [
    path("kelola/aplikasi/baru/", views.add_application, name="add_application"),
    path(f"{ONE}ubah/<slug:group>/", views.edit_group, name="edit_group"),
    path(f"{ONE}benar/<slug:group>/", views.confirm_group, name="confirm_group"),
    path(f"{ONE}batalkan/<uuid:batch>/", views.undo_act, name="undo_act"),
    path(f"{ONE}bagian/<slug:part>/", views.add_part, name="add_part"),
    path(f"{ONE}bagian/<slug:part>/<int:key>/", views.change_part, name="change_part"),
    path(f"{ONE}bagian/<slug:part>/<int:key>/cabut/", views.remove_part_row, name="remove_part_row"),
    path(f"{ONE}fungsi/", views.choose_function, name="choose_function"),
    path(f"{ONE}persetujuan/", views.record_approval, name="record_approval"),
    path(f"{ONE}orang/<int:key>/kontak/", views.open_person_contact, name="open_person_contact"),
    path("kelola/atribut/", views.list_attributes, name="list_attributes"),
    path("kelola/atribut/baru/", views.add_attribute, name="add_attribute"),
    path("kelola/atribut/<int:key>/", views.edit_attribute, name="edit_attribute"),
    path("kelola/atribut/<int:key>/urutan/", views.order_attribute, name="order_attribute"),
]
