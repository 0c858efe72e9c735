from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    name = "jendela.people.agencies"
    label = "people_agencies"
