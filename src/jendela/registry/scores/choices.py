"""Results of checks, levels of an application, TIME classes, kinds of due dates."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Result(models.TextChoices):
    PASSED = "lulus", _("sesuai")
    FAILED = "kurang", _("perlu dibenahi")
    UNKNOWN = "belum", _("belum kami ketahui")
    NOT_ASKED = "tidak_berlaku", _("tidak berlaku")


class Rank(models.TextChoices):
    """The highest level all of whose checks, and those below, pass."""

    NONE = "awal", _("Baru tercatat")
    BASIC = "dasar", _("Dasar")
    GOOD = "baik", _("Baik")
    BEST = "sangat_baik", _("Sangat baik")


RANKS = (Rank.NONE, Rank.BASIC, Rank.GOOD, Rank.BEST)


class Side(models.TextChoices):
    """What a check says something about: how well it serves, or how well it is built and kept."""

    FUNCTION = "guna", _("Guna")
    TECHNIQUE = "teknik", _("Teknik")


class Time(models.TextChoices):
    """Tolerate, Invest, Migrate, Eliminate: functional fit and technical fit, each low or high."""

    TOLERATE = "biarkan", _("Biarkan dulu")
    INVEST = "kembangkan", _("Kembangkan")
    MIGRATE = "perbarui", _("Perbarui tekniknya")
    ELIMINATE = "hentikan", _("Pertimbangkan berhenti")
    UNKNOWN = "belum_cukup", _("Belum cukup bukti")


class Due(models.TextChoices):
    CONTRACT = "kontrak", _("Kontrak")
    CERTIFICATE = "sertifikat", _("Sertifikat keamanan web")
    AUDIT = "audit", _("Audit keamanan")
    REGISTRATION = "tdpse", _("Daftar ulang PSE")
    AGREEMENT = "perjanjian", _("Perjanjian integrasi")
    ATTESTATION = "pernyataan", _("Pernyataan daftar")
