from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "jendela.people.accounts"
    label = "people_accounts"
