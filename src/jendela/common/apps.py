from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "jendela.common"
    label = "common"
    verbose_name = "Common tools"
