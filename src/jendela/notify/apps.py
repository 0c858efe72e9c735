from django.apps import AppConfig


class NotifyConfig(AppConfig):
    name = "jendela.notify"
    label = "notify"

    def ready(self) -> None:
        from jendela.notify import jobs  # noqa: F401  jobs register themselves
