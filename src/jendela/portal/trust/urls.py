from django.urls import path

from jendela.portal.trust import views

urlpatterns = [
    path("asli/", views.show_authenticity, name="show_authenticity"),
    path("cara-kerja/", views.show_how_it_works, name="show_how_it_works"),
    path("data/", views.show_data, name="show_data"),
    path("privasi/", views.show_privacy, name="show_privacy"),
    path("aksesibilitas/", views.show_accessibility, name="show_accessibility"),
    path("bantuan/", views.show_help, name="show_help"),
]
