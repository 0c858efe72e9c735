from django.apps import AppConfig


class EditorConfig(AppConfig):
    name = "jendela.services.editor"
    label = "services_editor"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from jendela.people.members import work
        from jendela.services.editor import actions, reads

        work.register(
            work.WorkKind("drafts", _("rancangan standar"), reads.kept.count, actions.hand_over_drafts)
        )
