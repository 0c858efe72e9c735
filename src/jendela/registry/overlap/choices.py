"""Kinds of likeness, what a person says of it, and the road of a request for a new application."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PairKind(models.TextChoices):
    DUPLICATE = "duplicate", _("aplikasi yang sama")
    FUNCTION = "function", _("fungsi yang sama")


class Verdict(models.TextChoices):
    """What a person decided; it is remembered until its review."""

    OPEN = "", _("belum diputuskan")
    DIFFERENT = "bukan", _("bukan yang sama")
    MERGE_LATER = "nanti", _("sama, digabung nanti")
    RELATED = "terkait", _("berbeda, tetapi terkait")
    MERGED = "digabung", _("sudah digabung")


class RequestState(models.TextChoices):
    DRAFT = "rancangan", _("rancangan")
    SENT = "dikirim", _("menunggu keputusan Diskominfo")
    RETURNED = "ditanya", _("Diskominfo bertanya")
    APPROVED = "disetujui", _("disetujui")
    REFUSED = "ditolak", _("tidak disetujui")
    WITHDRAWN = "ditarik", _("ditarik pengusul")


class RefusalReason(models.TextChoices):
    SAME = "sudah_ada", _("Aplikasi yang sama sudah ada.")
    GENERAL = "aplikasi_umum", _("Fungsinya milik aplikasi umum yang wajib dipakai.")
    FUNCTION = "fungsi_sama", _("Aplikasi lain punya fungsi yang sama dan dapat dikembangkan.")
    NOT_AN_APP = "bukan_aplikasi", _("Masalahnya dapat diselesaikan tanpa aplikasi.")
    CANNOT_INTEGRATE = "tidak_terhubung", _("Tidak dapat dihubungkan dengan aplikasi yang ada.")
    NO_BASIS = "belum_siap", _("Dasar hukum, data atau biayanya belum jelas.")
    OTHER = "lain", _("Alasan lain.")
