from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    name = "jendela.registry.campaigns"
    label = "registry_campaigns"
