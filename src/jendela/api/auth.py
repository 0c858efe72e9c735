"""Tokens at the door of the part that is for the government."""

from django.http import HttpRequest
from ninja.security import HttpBearer

from jendela.common import spool
from jendela.people.access.choices import Module
from jendela.people.access.policy import is_open_for_anyone
from jendela.people.tokens.models import Token
from jendela.people.tokens.reads import valid_token


class BearerToken(HttpBearer):
    """`Authorization: Bearer jdl_…`; anything else is answered 401. Uses are counted without the address."""

    def authenticate(self, request: HttpRequest, token: str) -> Token | None:
        found = valid_token(token) if is_open_for_anyone(Module.REGISTRY) else None
        if found is not None:
            spool.count("token", str(found.pk))
        return found
