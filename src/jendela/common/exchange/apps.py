from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "jendela.common.exchange"
    label = "common_exchange"
    verbose_name = "Tables in and out"

    def ready(self) -> None:
        from jendela.common.exchange import jobs  # noqa: F401  they register themselves
