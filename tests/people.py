"""People for tests: accounts with roles, and clients that are signed in as them."""

import itertools

from django.test import Client

from jendela.people.access.models import Membership
from jendela.people.access.roles import ROLES
from jendela.people.accounts.models import User
from jendela.people.agencies.choices import AgencyKind, Level
from jendela.people.agencies.models import Agency

_numbers = itertools.count(1)


def agency(short_name: str = "Dinas Contoh", **values: object) -> Agency:
    """An agency of the regency of this name; the same one when asked for again."""
    slug = short_name.lower().replace(" ", "-")
    found, _new = Agency.objects.get_or_create(
        slug=slug,
        defaults={
            "short_name": short_name,
            "name": short_name,
            "level": Level.REGENCY,
            "kind": AgencyKind.OFFICE,
            **values,
        },
    )
    return found


def member(role: str = "", at: Agency | None = None, *, email: str = "", name: str = "Ani Rahmawati") -> User:
    """An account with a role held from long ago ('' for none); roles of one agency are held at `at`, or at 'Dinas
    Contoh'."""
    user = User.objects.create_user(email or f"orang{next(_numbers)}@contoh.id", name=name)
    if role:
        place = None if ROLES[role].everywhere else at or agency()
        Membership.objects.create(user=user, agency=place, role=role, valid_from="2026-01-01")
    return user


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client
