from django.apps import AppConfig


class ProbesConfig(AppConfig):
    name = "jendela.registry.probes"
    label = "registry_probes"

    def ready(self) -> None:
        from jendela.people.access.audit_words import register_targets
        from jendela.registry.probes import jobs, reads  # noqa: F401  jobs register themselves

        register_targets("registry_probes.dispute", reads.dispute_targets)
        register_targets("registry_probes.allowedhost", reads.host_targets)
