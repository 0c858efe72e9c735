from django.urls import path

from jendela.registry.probes import views

urlpatterns = [
    path("kelola/pemeriksaan/", views.list_probes, name="list_probes"),
    path("kelola/pemeriksaan-jaringan/", views.list_allowed_hosts, name="list_allowed_hosts"),
    path(
        "kelola/pemeriksaan-jaringan/<int:number>/hapus/",
        views.end_allowed_host,
        name="end_allowed_host",
    ),
    path("kelola/pemeriksaan/<slug:slug>/", views.show_probe, name="show_probe"),
    path("kelola/pemeriksaan/<slug:slug>/periksa/", views.ask_probe, name="ask_probe"),
    path("kelola/pemeriksaan/<slug:slug>/bantah/<slug:fact>/", views.dispute_fact, name="dispute_fact"),
    path(
        "kelola/pemeriksaan/<slug:slug>/bantahan/<int:number>/", views.answer_dispute, name="answer_dispute"
    ),
    path(
        "kelola/pemeriksaan/<slug:slug>/bantahan/<int:number>/tarik/",
        views.withdraw_dispute,
        name="withdraw_dispute",
    ),
]
