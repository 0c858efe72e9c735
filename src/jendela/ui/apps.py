from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "jendela.ui"
    label = "ui"
