from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    name = "jendela.registry.campaigns"
    label = "registry_campaigns"

    def ready(self) -> None:
        from jendela.registry.campaigns import jobs  # noqa: F401  jobs register themselves
