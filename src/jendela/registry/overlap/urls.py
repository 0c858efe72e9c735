from django.urls import path

from jendela.registry.overlap.views import pairs, requests

urlpatterns = [
    path("kelola/kemiripan/", pairs.list_pairs, name="list_pairs"),
    path("kelola/kemiripan/fungsi/", pairs.list_unnamed_functions, name="list_unnamed_functions"),
    path("kelola/kemiripan/fungsi/<slug:slug>/", pairs.confirm_function, name="confirm_function"),
    path("kelola/kemiripan/baru/", pairs.declare_pair, name="declare_pair"),
    path("kelola/kemiripan/data/<int:number>/", pairs.show_data_pair, name="show_data_pair"),
    path("kelola/kemiripan/<int:number>/", pairs.show_pair, name="show_pair"),
    path("kelola/kemiripan/<int:number>/gabung/", pairs.merge_pair, name="merge_pair"),
    path("kelola/kemiripan/<int:number>/tarik/", pairs.take_back_pair, name="take_back_pair"),
    path("kelola/kemiripan/gabungan/<int:number>/batal/", pairs.undo_merge, name="undo_merge"),
    path("kelola/usulan-aplikasi/", requests.list_requests, name="list_requests"),
    path("kelola/usulan-aplikasi/baru/", requests.create_request, name="create_request"),
    path("kelola/usulan-aplikasi/<int:number>/", requests.show_request, name="show_request"),
    path("kelola/usulan-aplikasi/<int:number>/tarik/", requests.withdraw_request, name="withdraw_request"),
    path("kelola/usulan-aplikasi/<int:number>/putusan/", requests.decide_request, name="decide_request"),
    path(
        "kelola/usulan-aplikasi/<int:number>/<slug:paper>.<slug:form>",
        requests.download_request,
        name="download_request",
    ),
]
