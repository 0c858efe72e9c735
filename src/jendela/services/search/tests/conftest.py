from jendela.services.catalogue.tests.region import region, region_rows

__all__ = ["region", "region_rows"]
