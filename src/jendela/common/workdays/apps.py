from django.apps import AppConfig


class WorkdaysConfig(AppConfig):
    name = "jendela.common.workdays"
    label = "common_workdays"
    verbose_name = "Working days"

    def ready(self) -> None:
        from jendela.common.workdays import reads

        reads.keep_for_requests()
