from django.apps import AppConfig


class TrustConfig(AppConfig):
    name = "jendela.portal.trust"
    label = "portal_trust"
