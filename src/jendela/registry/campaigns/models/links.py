"""Personal links to bundles, the devices that may use them, and codes for a new device."""

from django.db import models

from jendela.common.encryption import EncryptedTextField
from jendela.registry.campaigns.models.rounds import Bundle


class PersonalLink(models.Model):
    """Opens one bundle and nothing else. The token is found by its digest; it lies sealed as well, so that a reminder
    can carry the same link."""

    bundle = models.ForeignKey(Bundle, on_delete=models.CASCADE, related_name="links")
    digest = models.CharField(max_length=64, unique=True)
    token = EncryptedTextField()
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    revoked_why = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = "registry_campaigns_personal_link"
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"link of {self.bundle_id}"


class LinkDevice(models.Model):
    """A device that may use a link; of its cookie only a digest is kept."""

    link = models.ForeignKey(PersonalLink, on_delete=models.CASCADE, related_name="devices")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "registry_campaigns_link_device"

    def __str__(self) -> str:
        return f"device of {self.link_id}"


class LinkCode(models.Model):
    """A code of six digits for a new device, sent to the holder of the link; a keyed hash, a few tries."""

    link = models.ForeignKey(PersonalLink, on_delete=models.CASCADE, related_name="codes")
    digest = models.CharField(max_length=64)
    wrong = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "registry_campaigns_link_code"

    def __str__(self) -> str:
        return f"code of {self.link_id}"
