"""Tokens of programs. Of the token itself only a digest is kept; its first letters stand in lists."""

from django.conf import settings
from django.db import models

from jendela.people.agencies.models import Agency


class Token(models.Model):
    """Reads what the government may read of the register, until its last day. Never deleted."""

    name = models.CharField(max_length=120)  # which program, for what
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")  # whose program it is
    digest = models.CharField(max_length=64, unique=True)
    hint = models.CharField(max_length=12)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    valid_to = models.DateField()  # the last day
    revoked_at = models.DateTimeField(null=True)
    last_used_on = models.DateField(null=True)
    uses = models.PositiveBigIntegerField(default=0)

    class Meta:
        db_table = "people_tokens_token"
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.name} ({self.hint}…)"
