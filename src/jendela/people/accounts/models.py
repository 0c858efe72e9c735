"""The account, its one-time sign-in links, and the codes sent to its addresses."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from jendela.common.encryption import EncryptedTextField
from jendela.people.accounts.choices import Channel, CodePurpose


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str | None = None, **values: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower() if email else None, **values)
        user.set_unusable_password()
        user.full_clean(exclude=["password"])
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """An account, reached by e-mail, by phone or by both. There are no passwords: people sign in by a code, a one-time
    link or a passkey. What staff may do stands in their memberships (people/access)."""

    email = models.EmailField(unique=True, null=True, blank=True)
    phone = EncryptedTextField(blank=True)  # +62…
    phone_hash = models.CharField(max_length=64, unique=True, null=True, blank=True)
    phone_verified_at = models.DateTimeField(null=True, blank=True)
    name = models.CharField(max_length=120, blank=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[UserManager] = UserManager()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        db_table = "people_accounts_user"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(email__isnull=True) | models.Q(email=Lower("email")),
                name="user_email_lower",
            ),
            models.CheckConstraint(
                condition=models.Q(email__isnull=False) | models.Q(phone_hash__isnull=False),
                name="user_reachable",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} <{self.email or 'tanpa e-mail'}>"


class SignInLink(models.Model):
    """A one-time link, kept as a digest. Opening it shows a button; only the POST of that button uses it up."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sign_in_links")
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "people_accounts_sign_in_link"

    def __str__(self) -> str:
        return f"link of {self.user_id}, until {self.expires_at:%Y-%m-%d %H:%M}"


class ContactCode(models.Model):
    """A code of six digits on its way to an e-mail address or a phone. Kept as a keyed hash; a few wrong tries end it.
    A code asked for an address without an account has a row too, so that nothing tells the two apart."""

    purpose = models.CharField(max_length=8, choices=CodePurpose.choices)
    channel = models.CharField(max_length=5, choices=Channel.choices)
    user = models.ForeignKey(
        User, null=True, on_delete=models.CASCADE, related_name="codes"
    )  # who is signed in
    recipient = EncryptedTextField()
    recipient_hash = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    wrong = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "people_accounts_code"
        indexes = [models.Index(fields=["expires_at"], name="code_expires")]

    def __str__(self) -> str:
        return f"{self.purpose} by {self.channel}, until {self.expires_at:%Y-%m-%d %H:%M}"
