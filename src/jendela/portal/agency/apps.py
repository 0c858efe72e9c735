from django.apps import AppConfig


class AgencyHomeConfig(AppConfig):
    name = "jendela.portal.agency"
    label = "portal_agency"
