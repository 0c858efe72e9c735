from django.apps import AppConfig


class PublicConfig(AppConfig):
    name = "jendela.portal.public"
    label = "portal_public"
