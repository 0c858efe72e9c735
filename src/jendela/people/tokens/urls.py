from django.urls import path

from jendela.people.tokens import views

urlpatterns = [
    path("kelola/token/", views.list_tokens, name="list_tokens"),
    path("kelola/token/baru/", views.create_token, name="create_token"),
    path("kelola/token/<int:pk>/cabut/", views.revoke_token, name="revoke_token"),
]
