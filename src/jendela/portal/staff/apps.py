from django.apps import AppConfig


class StaffConfig(AppConfig):
    name = "jendela.portal.staff"
    label = "portal_staff"
