from django.apps import AppConfig


class MembersConfig(AppConfig):
    name = "jendela.people.members"
    label = "people_members"

    def ready(self) -> None:
        from jendela.people.access.audit_words import register_targets
        from jendela.people.members import jobs, reads  # noqa: F401  jobs register themselves

        register_targets("people_accounts.user", reads.account_targets)
        register_targets("people_access.membership", reads.membership_targets)
        register_targets("people_access.moduleopening", reads.module_targets)
        register_targets("people_members.invitation", reads.invitation_targets)
