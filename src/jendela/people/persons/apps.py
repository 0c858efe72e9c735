from django.apps import AppConfig


class PersonsConfig(AppConfig):
    name = "jendela.people.persons"
    label = "people_persons"

    def ready(self) -> None:
        from jendela.people.persons import jobs  # noqa: F401  jobs register themselves
