"""May this account do this?"""

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

from jendela.people.access.choices import ROLE_PERMISSIONS


def has_permission(viewer: AbstractBaseUser | AnonymousUser, permission: str) -> bool:
    """True when the signed-in, active viewer's role carries the permission."""
    if not viewer.is_authenticated or not getattr(viewer, "is_active", False):
        return False
    return permission in ROLE_PERMISSIONS.get(getattr(viewer, "role", ""), frozenset())
