from django.apps import AppConfig


class OverlapConfig(AppConfig):
    name = "jendela.registry.overlap"
    label = "registry_overlap"

    def ready(self) -> None:
        from jendela.people.access.audit_words import register_targets
        from jendela.registry.overlap import jobs, reads  # jobs register themselves

        _ = jobs
        register_targets("registry_overlap.pair", reads.pair_targets)
        register_targets("registry_overlap.request", reads.request_targets)
