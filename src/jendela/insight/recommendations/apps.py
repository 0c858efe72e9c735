from django.apps import AppConfig


class RecommendationsConfig(AppConfig):
    name = "jendela.insight.recommendations"
    label = "insight_recommendations"

    def ready(self) -> None:
        from jendela.insight.recommendations import jobs, reads
        from jendela.people.access.audit_words import register_targets

        _ = jobs  # jobs register themselves
        register_targets("insight_recommendations.recommendation", reads.recommendation_targets)
