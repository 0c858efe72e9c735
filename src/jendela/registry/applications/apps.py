from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    name = "jendela.registry.applications"
    label = "registry_applications"
