from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "jendela.people.access"
    label = "people_access"
