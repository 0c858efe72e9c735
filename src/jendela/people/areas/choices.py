"""Kinds of areas and states of phone signal."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AreaKind(models.TextChoices):
    REGENCY = "kabupaten", _("Kabupaten")
    DISTRICT = "kecamatan", _("Kecamatan")
    VILLAGE = "desa", _("Desa")
    URBAN_VILLAGE = "kelurahan", _("Kelurahan")


class SignalState(models.TextChoices):
    NONE = "blank_spot", _("tanpa sinyal")
    WEAK = "lemah", _("sinyal lemah")
    SATELLITE = "starlink", _("internet satelit (Starlink)")
