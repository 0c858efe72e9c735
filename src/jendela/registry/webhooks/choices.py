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
