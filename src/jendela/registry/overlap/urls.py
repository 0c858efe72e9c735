from django.urls import path

from jendela.registry.overlap.views import pairs

urlpatterns = [
    path("kelola/kemiripan/", pairs.list_pairs, name="list_pairs"),
    path("kelola/kemiripan/fungsi/", pairs.list_unnamed_functions, name="list_unnamed_functions"),
    path("kelola/kemiripan/fungsi/<slug:slug>/", pairs.confirm_function, name="confirm_function"),
    path("kelola/kemiripan/data/<int:number>/", pairs.show_data_pair, name="show_data_pair"),
    path("kelola/kemiripan/<int:number>/", pairs.show_pair, name="show_pair"),
    path("kelola/kemiripan/<int:number>/gabung/", pairs.merge_pair, name="merge_pair"),
    path("kelola/kemiripan/gabungan/<int:number>/batal/", pairs.undo_merge, name="undo_merge"),
]
