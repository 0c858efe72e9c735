from django.apps import AppConfig


class WordsConfig(AppConfig):
    name = "jendela.portal.words"
    label = "portal_words"
