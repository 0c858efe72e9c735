"""Kinds of answering letters."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    LETTER = "surat", _("Surat (ke luar)")
    NOTE = "nota_dinas", _("Nota dinas (di dalam pemerintah kabupaten)")
