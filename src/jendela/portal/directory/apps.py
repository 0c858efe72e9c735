from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "jendela.portal.directory"
    label = "portal_directory"
