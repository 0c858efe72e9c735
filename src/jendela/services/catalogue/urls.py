from django.urls import path

from jendela.services.catalogue import views

urlpatterns = [
    path("layanan/", views.list_services, name="list_services"),
    path("kategori/<slug:slug>/", views.show_category, name="show_category"),
    path("peristiwa/", views.list_life_events, name="list_life_events"),
    path("peristiwa/<slug:slug>/", views.show_life_event, name="show_life_event"),
]
