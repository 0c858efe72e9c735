"""How an account is reached, and for what a code is sent."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    EMAIL = "email", _("alamat e-mail")
    PHONE = "phone", _("nomor HP")


class CodePurpose(models.TextChoices):
    SIGN_IN = "sign_in", _("masuk")
    CHANGE = "change", _("mengganti alamat atau nomor")
    CONFIRM = "confirm", _("memastikan pemilik akun")
