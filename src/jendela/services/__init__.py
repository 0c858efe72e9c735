"""The one window: the catalogue of services and the search over everything."""
