from django.urls import path

from jendela.registry.webhooks import views

urlpatterns = [
    path("kelola/pemberitahuan/", views.list_webhooks, name="list_webhooks"),
    path("kelola/pemberitahuan/baru/", views.create_webhook, name="create_webhook"),
    path("kelola/pemberitahuan/<int:number>/", views.show_webhook, name="show_webhook"),
    path("kelola/pemberitahuan/<int:number>/coba/", views.try_webhook, name="try_webhook"),
    path("kelola/pemberitahuan/<int:number>/hentikan/", views.stop_webhook, name="stop_webhook"),
    path(
        "kelola/pemberitahuan/<int:number>/<int:delivery>/ulang/",
        views.repeat_delivery,
        name="repeat_delivery",
    ),
]
