from django.urls import path

from jendela.portal.directory import views

urlpatterns = [
    path("aplikasi/", views.list_applications, name="list_applications"),
    path("aplikasi/<slug:slug>/", views.show_application, name="show_application"),
]
