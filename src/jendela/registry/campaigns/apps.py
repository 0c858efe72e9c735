from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    name = "jendela.registry.campaigns"
    label = "registry_campaigns"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from jendela.people.access.audit_words import register_targets
        from jendela.people.members import work
        from jendela.registry.campaigns import jobs  # noqa: F401  jobs register themselves
        from jendela.registry.campaigns.actions.answering import hand_over_all
        from jendela.registry.campaigns.reads import targets

        register_targets("registry_campaigns.round", targets.round_targets)
        register_targets("registry_campaigns.bundle", targets.bundle_targets)
        register_targets("registry_campaigns.item", targets.item_targets)
        register_targets("registry_campaigns.attestation", targets.attestation_targets)
        register_targets("registry_campaigns.questionset", targets.question_set_targets)
        work.register(work.WorkKind("bundles", _("isian pemutakhiran"), targets.count_held, hand_over_all))
