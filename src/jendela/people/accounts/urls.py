from django.urls import path

from jendela.people.accounts import views

urlpatterns = [
    path("masuk/", views.show_sign_in, name="show_sign_in"),
    path("masuk/<slug:token>/", views.use_sign_in_link, name="use_sign_in_link"),
    path("keluar/", views.sign_out, name="sign_out"),
]
