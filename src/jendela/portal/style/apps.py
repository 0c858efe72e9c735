from django.apps import AppConfig


class StyleConfig(AppConfig):
    name = "jendela.portal.style"
    label = "portal_style"
