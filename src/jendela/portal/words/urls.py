from django.urls import path

from jendela.portal.words import views

urlpatterns = [
    path("kelola/kata/", views.list_queries, name="list_queries"),
    path("kelola/kata/kueri/", views.show_query, name="show_query"),
    path("kelola/kata/tandai/", views.mark_query, name="mark_query"),
    path("kelola/kata/layanan/<slug:slug>/", views.edit_words, name="edit_words"),
    path("kelola/kata/arti/", views.add_meaning, name="add_meaning"),
    path("kelola/kata/urusan-lain/", views.add_to_topic, name="add_to_topic"),
    path("kelola/kata/uji/<int:number>/", views.try_change, name="try_change"),
    path("kelola/kata/riwayat/", views.list_changes, name="list_changes"),
    path("kelola/kata/kueri-uji/", views.list_test_queries, name="list_test_queries"),
    path("kelola/kata/kueri-uji/<int:number>/", views.set_test_query, name="set_test_query"),
]
