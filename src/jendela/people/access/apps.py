from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "jendela.people.access"
    label = "people_access"

    def ready(self) -> None:
        from jendela.people.access import jobs  # noqa: F401  jobs register themselves
