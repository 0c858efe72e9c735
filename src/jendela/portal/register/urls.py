from django.urls import path

from jendela.portal.register import views

urlpatterns = [
    path("kelola/aplikasi/", views.list_register, name="list_register"),
    path("kelola/aplikasi/<slug:slug>/", views.show_record, name="show_record"),
    path("kelola/aplikasi/<slug:slug>/riwayat/", views.show_record_history, name="show_record_history"),
]
