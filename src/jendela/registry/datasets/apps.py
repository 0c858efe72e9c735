from django.apps import AppConfig


class DatasetsConfig(AppConfig):
    name = "jendela.registry.datasets"
    label = "registry_datasets"

    def ready(self) -> None:
        from jendela.people.access.audit_words import register_targets
        from jendela.registry.datasets import jobs, reads  # noqa: F401  jobs register themselves

        register_targets("registry_datasets.dataset", reads.dataset_targets)
