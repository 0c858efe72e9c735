from django.urls import path

from jendela.portal.style import views

urlpatterns = [
    path("gaya/", views.show_style, name="show_style"),
]
