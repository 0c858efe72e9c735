"""Audiences, permissions and roles. A role is a class with one sentence that anyone can check."""

import enum

from django.db import models
from django.utils.translation import gettext_lazy as _


class Audience(enum.Enum):
    """For whom a screen is made. Everything but PUBLIC demands a sign-in."""

    PUBLIC = "public"
    SIGNED_IN = "signed_in"
    STAFF = "staff"


class Permission(models.TextChoices):
    READ_FEEDBACK = "read_feedback", _("membaca dan menjawab kabar dari warga")
    READ_INSIGHT = "read_insight", _("melihat pencarian yang tidak terjawab dan data yang kurang")


class Role(models.TextChoices):
    ADMINISTRATOR = "administrator", _("Pengelola Jendela")


ROLE_PERMISSIONS: dict[str, frozenset[str]] = {
    Role.ADMINISTRATOR: frozenset(Permission.values),
}

ROLE_SENTENCES = {
    Role.ADMINISTRATOR: _(
        "Menjaga Jendela berjalan, dan membaca kabar dari warga untuk semua perangkat daerah."
    ),
}
