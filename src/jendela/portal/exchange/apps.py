from django.apps import AppConfig


class ExchangeScreensConfig(AppConfig):
    name = "jendela.portal.exchange"
    label = "portal_exchange"
