from django.urls import path

from jendela.portal.public import views

urlpatterns = [
    path("", views.show_home, name="show_home"),
    path("cari/", views.show_results, name="show_results"),
    path("layanan/<slug:slug>/", views.show_service, name="show_service"),
    path("layanan/<slug:slug>/poster/", views.show_service_poster, name="show_service_poster"),
    path("layanan/<slug:slug>/qr.svg", views.show_service_qr, name="show_service_qr"),
    path("l/<int:number>/", views.follow_service_link, name="follow_service_link"),
    path("d/<str:code>/", views.follow_village_link, name="follow_village_link"),
    path("salah/", views.show_feedback_form, name="show_feedback_form"),
    path("salah/terima-kasih/<int:number>/", views.show_feedback_thanks, name="show_feedback_thanks"),
    path("sitemap.xml", views.show_sitemap, name="show_sitemap"),
    path("robots.txt", views.show_robots, name="show_robots"),
]
