"""Methods, directions, states and confirmation of links."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Method(models.TextChoices):
    API = "api", _("API")
    BUS = "splp", _("sistem penghubung (SPLP)")
    FILE = "berkas", _("kirim berkas")
    DATABASE = "basis_data", _("basis data bersama")
    RETYPED = "ketik_ulang", _("diketik ulang")
    UNKNOWN = "tidak_diketahui", _("belum diketahui")


class Direction(models.TextChoices):
    ONE_WAY = "satu_arah", _("satu arah")
    TWO_WAY = "dua_arah", _("dua arah")


class LinkState(models.TextChoices):
    PLANNED = "rencana", _("direncanakan")
    RUNNING = "berjalan", _("berjalan")
    BROKEN = "terputus", _("terputus")
    STOPPED = "berhenti", _("sudah berhenti")
    UNKNOWN = "tidak_diketahui", _("belum diketahui")


class Confirmation(models.TextChoices):
    WAITING = "menunggu", _("menunggu pihak lain")
    CONFIRMED = "dibenarkan", _("dibenarkan kedua pihak")
    REJECTED = "dibantah", _("dibantah pihak lain")
