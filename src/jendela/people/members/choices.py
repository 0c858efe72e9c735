"""States of memberships and invitations as lists filter them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RoleState(models.TextChoices):
    NOW = "kini", _("Berlaku sekarang")
    COMING = "nanti", _("Mulai nanti")
    ENDED = "berakhir", _("Sudah berakhir")


class InvitationState(models.TextChoices):
    OPEN = "menunggu", _("menunggu diterima")
    ACCEPTED = "diterima", _("diterima")
    EXPIRED = "lewat", _("lewat waktu")
    WITHDRAWN = "ditarik", _("ditarik")
