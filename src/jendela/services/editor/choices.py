"""Enums of the editor."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DraftState(models.TextChoices):
    """Where a draft stands before it is decreed."""

    WRITING = "ditulis", _("Sedang ditulis")
    CONSULTED = "dibahas", _("Sudah dibahas bersama warga")


class EditKind(models.TextChoices):
    """What an entry of the history says."""

    WRITTEN = "ditulis", _("menulis")
    SET_ASIDE = "disisihkan", _("menyisihkan tulisan sendiri")
    DISCARDED = "dibuang", _("membuang rancangan")
    RESTORED = "dikembalikan", _("mengembalikan rancangan")
    PUBLISHED = "diterbitkan", _("menerbitkan")
