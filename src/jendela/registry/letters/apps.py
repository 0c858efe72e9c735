from django.apps import AppConfig


class LettersConfig(AppConfig):
    name = "jendela.registry.letters"
    label = "registry_letters"
