"""Login by default, 404 for what is not yours, no writes in GET, forms only from this site."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.test import RequestFactory

from jendela.common.models import SpoolBatch
from jendela.common.readonly import WriteInGetError
from jendela.people.access.choices import Audience, Permission, Role
from jendela.people.access.middleware import ScreenMiddleware
from jendela.people.access.origin import is_same_origin
from jendela.people.access.screens import screen
from jendela.people.accounts.models import User


def view(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


def public(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


screen(audience=Audience.PUBLIC)(public)


def needing(permission: Permission) -> object:
    def page(request: HttpRequest) -> HttpResponse:
        return HttpResponse("ok")

    return screen(audience=Audience.STAFF, needs=permission)(page)


def ask(target: object, user: object) -> object:
    request = RequestFactory().get("/x/")
    request.user = user  # type: ignore[assignment]
    return ScreenMiddleware(lambda r: HttpResponse()).process_view(request, target, (), {})  # type: ignore[arg-type]


def person(role: str = "", active: bool = True) -> User:
    return User(email="orang@contoh.id", name="Orang", role=role, is_active=active)


class Nobody:
    is_authenticated = False
    is_active = False


def test_a_view_without_a_mark_is_refused() -> None:
    with pytest.raises(ImproperlyConfigured, match="no @screen"):
        ask(view, Nobody())


def test_public_is_open() -> None:
    assert ask(public, Nobody()) is None


def test_a_stranger_is_sent_to_sign_in() -> None:
    answer = ask(needing(Permission.READ_FEEDBACK), Nobody())
    assert isinstance(answer, HttpResponse)
    assert answer["Location"].startswith("/akun/masuk/?next=")


def test_an_account_without_the_permission_gets_404() -> None:
    with pytest.raises(Http404):
        ask(needing(Permission.READ_FEEDBACK), person())


def test_the_role_opens() -> None:
    assert ask(needing(Permission.READ_FEEDBACK), person(Role.ADMINISTRATOR)) is None


def test_an_account_put_to_rest_opens_nothing() -> None:
    with pytest.raises(Http404):
        ask(needing(Permission.READ_FEEDBACK), person(Role.ADMINISTRATOR, active=False))


def test_public_screens_carry_no_permission() -> None:
    with pytest.raises(ValueError, match="needs no permission"):
        screen(audience=Audience.PUBLIC, needs=Permission.READ_INSIGHT)


@pytest.mark.django_db
def test_a_get_that_writes_raises() -> None:
    def writing(request: HttpRequest) -> HttpResponse:
        SpoolBatch.objects.create(name="x")
        return HttpResponse()

    with pytest.raises(WriteInGetError), transaction.atomic():
        ScreenMiddleware(writing)(RequestFactory().get("/x/"))
    assert ScreenMiddleware(writing)(RequestFactory().post("/x/")).status_code == 200


@pytest.mark.parametrize(
    ("headers", "same"),
    [
        ({"Sec-Fetch-Site": "same-origin", "Origin": "http://testserver"}, True),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://evil.example"}, False),
        ({"Origin": "http://evil.example"}, False),
        ({"Origin": "null"}, False),
        ({"Referer": "http://testserver/salah/"}, True),
        ({}, False),
    ],
)
def test_forms_come_from_this_site(headers: dict[str, str], same: bool) -> None:
    assert is_same_origin(RequestFactory().post("/x/", headers=headers)) is same
