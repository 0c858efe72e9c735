from django.apps import AppConfig


class RegisterConfig(AppConfig):
    name = "jendela.portal.register"
    label = "portal_register"
