from django.apps import AppConfig


class FactorsConfig(AppConfig):
    name = "jendela.people.factors"
    label = "people_factors"
