from django.apps import AppConfig


class OpenDataConfig(AppConfig):
    name = "jendela.portal.opendata"
    label = "portal_opendata"

    def ready(self) -> None:
        from jendela.portal.opendata import jobs  # noqa: F401  jobs register themselves
