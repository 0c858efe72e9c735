from django.urls import path

from jendela.portal.places import views

urlpatterns = [
    path("desa/", views.list_areas, name="list_areas"),
    path("desa/<str:code>/", views.show_area, name="show_area"),
    path("desa/<str:code>/poster/", views.show_area_poster, name="show_area_poster"),
    path("instansi/", views.list_agencies, name="list_agencies"),
    path("instansi/<slug:slug>/", views.show_agency, name="show_agency"),
]
