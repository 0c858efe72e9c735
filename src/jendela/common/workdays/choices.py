"""Enums of working days."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class HolidayKind(models.TextChoices):
    """Who made the day free. Offices of government are closed on all three."""

    NATIONAL = "nasional", _("libur nasional")
    COLLECTIVE_LEAVE = "cuti_bersama", _("cuti bersama")
    LOCAL = "daerah", _("libur daerah")
