from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "jendela.common"
    label = "common"
    verbose_name = "Common tools"

    def ready(self) -> None:
        from jendela.common import events, spool  # noqa: F401  their jobs register themselves
