from django.urls import path

from jendela.people.factors import views

urlpatterns = [
    path("masuk/kunci/", views.sign_in_with_passkey, name="sign_in_with_passkey"),
    path("masuk/pengaman/", views.confirm_second_factor, name="confirm_second_factor"),
    path(
        "masuk/pengaman/", views.confirm_second_factor, name="mfa_authenticate"
    ),  # as allauth's stage calls it
    path("pengaman/", views.list_factors, name="list_factors"),
    path("pengaman/pastikan/", views.confirm_identity, name="confirm_identity"),
    path("pengaman/kunci/", views.add_passkey, name="add_passkey"),
    path("pengaman/aplikasi/", views.add_totp, name="add_totp"),
    path("pengaman/<int:key>/hapus/", views.remove_factor, name="remove_factor"),
    path("pengaman/cadangan/", views.show_recovery_codes, name="show_recovery_codes"),
    path("pengaman/cadangan/ganti/", views.renew_recovery_codes, name="renew_recovery_codes"),
]
