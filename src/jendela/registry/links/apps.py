from django.apps import AppConfig


class LinksConfig(AppConfig):
    name = "jendela.registry.links"
    label = "registry_links"

    def ready(self) -> None:
        from jendela.people.access.audit_words import register_targets
        from jendela.registry.links import jobs, reads  # noqa: F401  jobs register themselves

        register_targets("registry_links.link", reads.link_targets)
        register_targets("registry_links.sourcerule", reads.rule_targets)
