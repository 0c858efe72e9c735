"""Kinds of things the search finds, and what editors of words decide."""

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


class Origin(models.TextChoices):
    """Where a test query comes from."""

    EXAMPLE = "contoh", _("contoh")
    TUNING = "latih", _("kueri latih")
    RESIDENTS = "warga", _("dari warga")


class QueryState(models.TextChoices):
    """What was decided about a query that residents ask; a query without a decision is open."""

    OPEN = "belum", _("Belum diurus")
    DONE = "selesai", _("Selesai")
    NOT_OURS = "bukan", _("Bukan urusan kita")


class ChangeKind(models.TextChoices):
    WORDS = "layanan", _("Kata layanan")
    MEANING = "arti", _("Arti kata")
    TOPIC = "topik", _("Urusan instansi lain")


class ChangeState(models.TextChoices):
    TRIED = "dicoba", _("Dicoba")
    KEPT = "disimpan", _("Disimpan")
    CANCELLED = "batal", _("Dibatalkan")
    UNDONE = "kembali", _("Dikembalikan")


class Language(models.TextChoices):
    """From where a form of the word list comes; the data set may name others."""

    SLANG = "slang", _("bahasa gaul")
    SHORT = "singkatan", _("singkatan")
    SPELLING = "ejaan", _("ejaan lain")
    BANJAR = "banjar", _("Banjar")
    NGAJU = "ngaju", _("Dayak Ngaju")
    JAVANESE = "jawa", _("Jawa")
    MADURESE = "madura", _("Madura")
    ENGLISH = "english", _("Inggris")
