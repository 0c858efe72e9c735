from django.apps import AppConfig


class LinksConfig(AppConfig):
    name = "jendela.registry.links"
    label = "registry_links"
