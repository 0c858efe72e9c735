from django.apps import AppConfig


class ScoresConfig(AppConfig):
    name = "jendela.registry.scores"
    label = "registry_scores"

    def ready(self) -> None:
        from jendela.registry.scores import jobs  # noqa: F401  jobs register themselves
