"""Login by default, 404 for what is not yours, no writes in GET, forms only from this site."""

from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.test import RequestFactory
from tests.people import agency, client_of, member

from jendela.common.audit import SYSTEM
from jendela.common.dates import today
from jendela.common.models import SpoolBatch
from jendela.common.readonly import WriteInGetError
from jendela.people.access.actions import end_role
from jendela.people.access.choices import Audience, Module, ModuleState, Permission
from jendela.people.access.middleware import ScreenMiddleware
from jendela.people.access.models import ModuleOpening
from jendela.people.access.origin import is_same_origin
from jendela.people.access.policy import agencies_for, has_permission, is_staff
from jendela.people.access.roles import Administrator, AgencyHead, ServiceAdmin
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
    user = member(role)
    user.is_active = active
    return user


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


@pytest.mark.django_db
def test_an_account_without_the_permission_gets_404() -> None:
    with pytest.raises(Http404):
        ask(needing(Permission.READ_FEEDBACK), person())


@pytest.mark.django_db
def test_the_role_opens() -> None:
    assert ask(needing(Permission.READ_FEEDBACK), person(Administrator.code)) is None


@pytest.mark.django_db
def test_an_account_put_to_rest_opens_nothing() -> None:
    with pytest.raises(Http404):
        ask(needing(Permission.READ_FEEDBACK), person(Administrator.code, active=False))


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


@pytest.mark.django_db
def test_a_role_of_one_agency_stops_at_its_door() -> None:
    here, there = agency("Dinas Sini"), agency("Dinas Sana")
    admin = member(ServiceAdmin.code, here)
    assert has_permission(admin, Permission.WRITE_STANDARDS)
    assert has_permission(admin, Permission.WRITE_STANDARDS, here.pk)
    assert not has_permission(admin, Permission.WRITE_STANDARDS, there.pk)
    assert agencies_for(admin, Permission.WRITE_STANDARDS) == frozenset({here.pk})
    assert agencies_for(member(Administrator.code), Permission.WRITE_STANDARDS) is None


@pytest.mark.django_db
def test_a_role_holds_from_its_first_to_its_last_day() -> None:
    admin = member(ServiceAdmin.code)
    row = admin.memberships.get()
    row.valid_to = today()
    row.save()
    assert is_staff(fresh(admin))
    end_role(membership=row, by=SYSTEM)
    assert not is_staff(fresh(admin))


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


@pytest.mark.django_db
def test_a_closed_module_leaves_no_trace(settings: Any) -> None:
    settings.ALL_MODULES_OPEN = False
    page = screen(audience=Audience.STAFF, module=Module.WORDS)(lambda request: HttpResponse("ok"))
    here = agency("Dinas Sini")
    admin = member(ServiceAdmin.code, here)
    with pytest.raises(Http404):
        ask(page, admin)
    opening = ModuleOpening.objects.create(module=Module.WORDS, state=ModuleState.TRIAL)
    with pytest.raises(Http404):
        ask(page, fresh(admin))
    opening.trial_agencies.add(here)
    assert ask(page, fresh(admin)) is None
    with pytest.raises(Http404):
        ask(page, member(ServiceAdmin.code, agency("Dinas Sana")))
    opening.state = ModuleState.OPEN
    opening.save()
    assert ask(page, member(ServiceAdmin.code, agency("Dinas Sana"))) is None


def test_what_was_typed_comes_back_when_the_session_has_ended() -> None:
    request = RequestFactory().post(
        "/kelola/x/", {"text": "Tulisan panjang " * 9, "csrfmiddlewaretoken": "s3"}
    )
    request.user = Nobody()  # type: ignore[assignment]
    page = screen(audience=Audience.STAFF)(view2)
    answer = ScreenMiddleware(lambda r: HttpResponse()).process_view(request, page, (), {})
    assert answer is not None
    assert answer.status_code == 401
    assert b"Tulisan panjang" in answer.content  # type: ignore[attr-defined]
    assert b"s3" not in answer.content  # type: ignore[attr-defined]


def view2(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


LETTER = "Tulisan panjang yang tidak boleh hilang hanya karena sebuah peran berakhir di tengah jalan."


@pytest.mark.django_db
def test_a_form_of_somebody_whose_role_ended_gives_its_text_back() -> None:
    here = agency("Dinas Sini")
    head, person = member(AgencyHead.code, here), member(ServiceAdmin.code, here)
    worker = client_of(head)
    url = f"/kelola/orang/{person.pk}/peran/"
    assert worker.get(url).status_code == 200
    end_role(membership=head.memberships.get(), by=SYSTEM)
    typed = {
        "note": LETTER,
        "role": "planner",
        "code": "kode rahasia sekali",
        "csrfmiddlewaretoken": "s3cret",
    }
    answer = worker.post(url, typed)
    page = answer.content.decode()
    assert answer.status_code == 404
    assert answer["Cache-Control"] == "no-store"
    assert f'readonly="">{LETTER}' in page or f"readonly>{LETTER}" in page
    assert "planner" in page
    assert "kode rahasia" not in page
    assert "s3cret" not in page
    assert person.memberships.count() == 1
    assert "/kelola/izin/" not in page  # without a role that page is not there; no dead end
    assert worker.get("/akun/").status_code == 200


@pytest.mark.django_db
def test_a_form_that_the_view_itself_refuses_gives_its_text_back() -> None:
    """The person still manages one agency; this form was about another."""
    there = member(ServiceAdmin.code, agency("Dinas Sana"))
    answer = client_of(member(AgencyHead.code, agency("Dinas Sini"))).post(
        f"/kelola/orang/{there.pk}/peran/", {"note": LETTER}
    )
    assert answer.status_code == 404
    assert LETTER in answer.content.decode()
    assert "/kelola/izin/" in answer.content.decode()


@pytest.mark.django_db
def test_a_refused_form_with_nothing_typed_is_just_not_there() -> None:
    answer = client_of(member(ServiceAdmin.code)).post("/kelola/orang/1/peran/", {"role": "planner"})
    assert answer.status_code == 404
    assert "Halaman ini tidak ada" in answer.content.decode()


@pytest.mark.django_db
def test_the_refused_text_cannot_break_the_page() -> None:
    answer = client_of(member()).post(
        "/kelola/orang/1/peran/", {"x": "</textarea><script>alert(1)</script> a b"}
    )
    assert b"<script>alert" not in answer.content
