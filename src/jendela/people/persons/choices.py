"""How a person is related to the owner of an account."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Relation(models.TextChoices):
    SELF = "self", _("saya sendiri")
    SPOUSE = "spouse", _("suami atau istri")
    CHILD = "child", _("anak")
    PARENT = "parent", _("orang tua")
    FAMILY = "family", _("keluarga lain")
    NEIGHBOUR = "neighbour", _("tetangga atau warga yang saya bantu")
