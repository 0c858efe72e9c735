from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "jendela.portal.places"
    label = "portal_places"
