from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "jendela.services.catalogue"
    label = "services_catalogue"

    def ready(self) -> None:
        from jendela.common import spool
        from jendela.services.catalogue import actions, jobs  # noqa: F401  jobs register themselves

        spool.register("gap", actions.add_gap_counts)
        spool.register("view", actions.add_view_counts)
