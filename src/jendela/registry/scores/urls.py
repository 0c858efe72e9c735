from django.urls import path

from jendela.registry.scores import views

urlpatterns = [
    path("kelola/nilai/", views.list_scores, name="list_scores"),
    path("kelola/nilai/biaya/", views.list_function_costs, name="list_function_costs"),
    path("kelola/nilai/biaya/<str:code>/", views.show_function_cost, name="show_function_cost"),
    path("kelola/nilai/tenggat/", views.list_dues, name="list_dues"),
    path("kelola/nilai/aplikasi/<slug:slug>/", views.show_scorecard, name="show_scorecard"),
]
