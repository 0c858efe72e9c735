from django.apps import AppConfig


class AreasConfig(AppConfig):
    name = "jendela.people.areas"
    label = "people_areas"
