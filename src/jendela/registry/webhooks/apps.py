from django.apps import AppConfig


class WebhooksConfig(AppConfig):
    name = "jendela.registry.webhooks"
    label = "registry_webhooks"

    def ready(self) -> None:
        from jendela.people.access.audit_words import register_targets
        from jendela.registry.webhooks import jobs, reads  # noqa: F401  jobs register themselves

        register_targets("registry_webhooks.webhook", reads.webhook_targets)
