from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "jendela.people.accounts"
    label = "people_accounts"

    def ready(self) -> None:
        from jendela.people.accounts import jobs  # noqa: F401  jobs register themselves
