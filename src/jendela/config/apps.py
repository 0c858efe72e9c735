from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "jendela.config"
    label = "config"

    def ready(self) -> None:
        from jendela.config import checks  # noqa: F401  registers the system checks
