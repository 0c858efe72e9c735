"""Operator levels, audiences, states and grades of evidence of applications."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OperatorLevel(models.TextChoices):
    REGENCY = "daerah", _("Kabupaten")
    PROVINCE = "provinsi", _("Provinsi")
    CENTRE = "pusat", _("Pusat")
    OTHER = "lain", _("Pihak lain")


class ApplicationAudience(models.TextChoices):
    PUBLIC = "publik", _("warga")
    INTERNAL = "internal", _("pegawai")
    BOTH = "keduanya", _("warga dan pegawai")


class ApplicationState(models.TextChoices):
    IN_USE = "dipakai", _("dipakai")
    PLANNED = "rencana", _("baru rencana")
    INTRODUCED = "sosialisasi", _("pernah diperkenalkan")
    DEAD = "mati", _("tidak berfungsi")
    UNKNOWN = "tidak_diketahui", _("belum diketahui")


class Evidence(models.TextChoices):
    REGENCY = "ya", _("sumber tentang Kotim")
    PROVINCE = "kalteng", _("sumber tentang Kalimantan Tengah")
    NATIONAL = "nasional", _("sumber nasional")
    ELSEWHERE = "daerah_lain", _("sumber dari daerah lain")
