from django.urls import path

from jendela.portal.staff import views

urlpatterns = [
    path("pegawai/", views.show_staff_window, name="show_staff_window"),
    path("kelola/", views.show_management, name="show_management"),
    path("kelola/kabar/", views.list_feedback, name="list_feedback"),
    path("kelola/kabar/<int:number>/", views.answer_feedback, name="answer_feedback"),
    path("kelola/kabar/<int:number>/kontak/", views.read_contact, name="read_contact"),
    path("kelola/kabar/<int:number>/tugas/", views.assign_feedback, name="assign_feedback"),
    path("kelola/pencarian/", views.list_unanswered, name="list_unanswered"),
    path("kelola/pencarian.csv", views.export_unanswered, name="export_unanswered"),
    path("kelola/kekurangan/", views.list_gaps, name="list_gaps"),
]
