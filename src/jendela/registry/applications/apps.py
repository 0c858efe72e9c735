from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    name = "jendela.registry.applications"
    label = "registry_applications"

    def ready(self) -> None:
        from jendela.registry.applications import jobs  # noqa: F401  jobs register themselves
