"""What is told, and where a delivery stands."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EventType(models.TextChoices):
    """Names as they are sent."""

    APPLICATION = "application.changed", _("catatan aplikasi berubah")
    DATASET = "dataset.changed", _("data yang dipegang aplikasi berubah")
    LINK = "link.changed", _("integrasi aplikasi berubah")
    TEST = "test", _("percobaan")


class DeliveryState(models.TextChoices):
    WAITING = "menunggu", _("menunggu")
    DELIVERED = "sampai", _("sampai")
    FAILED = "gagal", _("gagal")


class Why(models.TextChoices):
    """Why there was no answer."""

    REFUSED = "ditolak", _("alamatnya tidak boleh dipanggil")
    NAME = "nama", _("nama alamatnya tidak ditemukan")
    SLOW = "lambat", _("tidak menjawab pada waktunya")
    TLS = "tls", _("sambungannya tidak aman")
    CLOSED = "tertutup", _("tidak ada yang menerima sambungan")
    UNCLEAR = "jawaban", _("jawabannya tidak terbaca")
