"""Openness, kinds, update promises and classes of personal data of datasets."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Openness(models.TextChoices):
    OPEN = "terbuka", _("terbuka")
    LIMITED = "terbatas", _("terbatas")
    CLOSED = "tertutup", _("tertutup")
    UNKNOWN = "tidak_diketahui", _("belum ditetapkan")


class DataKind(models.TextChoices):
    TABULAR = "tabular", _("tabel")
    GEOSPATIAL = "geospasial", _("peta")
    DOCUMENT = "dokumen", _("dokumen")
    UNKNOWN = "tidak_diketahui", _("belum diketahui")


class Frequency(models.TextChoices):
    """How often it is promised to be renewed, or flows."""

    REALTIME = "langsung", _("langsung")
    DAILY = "harian", _("harian")
    WEEKLY = "mingguan", _("mingguan")
    MONTHLY = "bulanan", _("bulanan")
    QUARTERLY = "triwulanan", _("triwulanan")
    HALF_YEARLY = "semesteran", _("semesteran")
    YEARLY = "tahunan", _("tahunan")
    RARELY = "sewaktu_waktu", _("sewaktu-waktu")
    UNKNOWN = "tidak_diketahui", _("belum diketahui")


class PersonalClass(models.TextChoices):
    """UU 27/2022 art. 4: general and specific personal data."""

    NAME = "nama", _("nama, jenis kelamin, kewarganegaraan, agama, status kawin")
    IDENTITY = "nik", _("nomor identitas")
    CONTACT = "kontak", _("alamat, telepon, e-mail")
    LOCATION = "lokasi", _("lokasi orang")
    HEALTH = "kesehatan", _("data kesehatan")
    BIOMETRIC = "biometrik", _("data biometrik")
    GENETIC = "genetika", _("data genetika")
    CRIMINAL = "kejahatan", _("catatan kejahatan")
    CHILD = "anak", _("data anak")
    FINANCE = "keuangan", _("data keuangan pribadi")
