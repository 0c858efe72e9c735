from django.apps import AppConfig


class StaffConfig(AppConfig):
    name = "jendela.portal.staff"
    label = "portal_staff"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from jendela.people.members import work
        from jendela.portal.staff.reads import count_carried
        from jendela.services.catalogue.actions import hand_over_feedback

        work.register(
            work.WorkKind(
                key="kabar",
                label=_("kabar dari warga"),
                count=count_carried,
                hand_over=lambda old, new, agency, by: hand_over_feedback(
                    from_user=old, to_user=new, agency=agency, by=by
                ),
            )
        )
