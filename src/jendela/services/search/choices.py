"""Kinds of things the search finds."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    SERVICE = "service", _("Layanan")
    LIFE_EVENT = "life_event", _("Peristiwa hidup")
    APPLICATION = "application", _("Aplikasi")
    AGENCY = "agency", _("Instansi")
    AREA = "area", _("Wilayah")
    HELP = "help", _("Bantuan")
    ELSEWHERE = "elsewhere", _("Bukan di sini")
