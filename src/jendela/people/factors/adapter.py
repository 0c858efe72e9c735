"""What allauth's second factors ask of us: secrets encrypted at rest, and names that people know."""

from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter

from jendela.common.encryption import decrypt, encrypt

ISSUER = "Jendela Kotawaringin Timur"


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth is untyped
    def encrypt(self, text: str) -> str:
        return encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return decrypt(encrypted_text)

    def get_totp_issuer(self) -> str:
        return ISSUER

    def _get_site_name(self) -> str:
        return ISSUER

    def _get_user_identifier(self, user: Any) -> str:
        return str(user.email or user.name or f"akun {user.pk}")
