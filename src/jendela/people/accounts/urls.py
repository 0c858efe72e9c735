from django.urls import path

from jendela.people.accounts import views

urlpatterns = [
    path("masuk/", views.show_sign_in, name="show_sign_in"),
    path("masuk/", views.show_sign_in, name="account_login"),  # as allauth calls it
    path("masuk/kode/", views.enter_sign_in_code, name="enter_sign_in_code"),
    path("masuk/<slug:token>/", views.use_sign_in_link, name="use_sign_in_link"),
    path("", views.show_account, name="show_account"),
    path("nama/", views.change_name, name="change_name"),
    path("surel/", views.change_email, name="change_email"),
    path("ponsel/", views.change_phone, name="change_phone"),
    path("kontak/kode/", views.confirm_contact, name="confirm_contact"),
    path("perangkat/", views.list_devices, name="list_devices"),
    path("perangkat/<int:key>/akhiri/", views.end_device, name="end_device"),
    path("perangkat/akhiri-semua/", views.end_all_devices, name="end_all_devices"),
    path("tutup/", views.close_account, name="close_account"),
    path("keluar/", views.sign_out, name="sign_out"),
]
