from django.apps import AppConfig


class DatasetsConfig(AppConfig):
    name = "jendela.registry.datasets"
    label = "registry_datasets"
