from django.apps import AppConfig


class TokensConfig(AppConfig):
    name = "jendela.people.tokens"
    label = "people_tokens"

    def ready(self) -> None:
        from jendela.common import spool
        from jendela.people.access.audit_words import register_targets
        from jendela.people.tokens import actions, reads

        spool.register("token", actions.note_used)
        register_targets("people_tokens.token", reads.token_targets)
