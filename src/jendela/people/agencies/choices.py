"""Levels and kinds of agencies."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    REGENCY = "kabupaten", _("Kabupaten")
    PROVINCE = "provinsi", _("Provinsi")
    CENTRE = "pusat", _("Pusat")
    OTHER = "lain", _("Lainnya")


class AgencyKind(models.TextChoices):
    SECRETARIAT = "sekretariat", _("Sekretariat")
    INSPECTORATE = "inspektorat", _("Inspektorat")
    BOARD = "badan", _("Badan")
    OFFICE = "dinas", _("Dinas")
    UNIT = "satuan", _("Satuan")
    HOSPITAL = "rsud", _("Rumah sakit daerah")
    ENTERPRISE = "bumd", _("Perusahaan daerah")
    DISTRICT = "kecamatan", _("Kecamatan")
    GROUP = "kelompok", _("Kelompok kantor")
    PROVINCIAL = "provinsi", _("Unit provinsi")
    VERTICAL = "vertikal", _("Kantor instansi pusat")
    MINISTRY = "kementerian", _("Kementerian atau lembaga")
    COMPANY = "perusahaan", _("Perusahaan")
    DISSOLVED = "bubar", _("Sudah dilebur")
