from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "jendela.services.search"
    label = "services_search"

    def ready(self) -> None:
        from jendela.common import spool
        from jendela.services.search import actions, jobs  # noqa: F401  jobs register themselves

        spool.register("query", actions.add_query_counts)
