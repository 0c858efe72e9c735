"""/akun/masuk/kode/: the code that was sent, by whom it may be typed, how often, and where it leads."""

import datetime
import logging

import pytest
import time_machine
from django.contrib.auth import SESSION_KEY
from django.test import Client
from pytest_django import Settings
from tests.messages import delivered, fresh_address, last_code, sign_in_by_code
from tests.people import member

from jendela.common.audit import SYSTEM
from jendela.common.models import AuditEntry
from jendela.people.access.actions import end_role
from jendela.people.access.models import Membership
from jendela.people.accounts.actions import create_account, forget_codes
from jendela.people.accounts.models import ContactCode, User

pytestmark = pytest.mark.django_db
PAGE = "/akun/masuk/kode/"


@pytest.fixture
def here() -> Client:
    return Client(REMOTE_ADDR=fresh_address())


@pytest.fixture
def ani() -> User:
    return create_account(email="ani@contoh.id", name="Ani", by=SYSTEM)


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06}"


def ask(client: Client, contact: str) -> str:
    client.post("/akun/masuk/", {"contact": contact})
    return last_code()


def test_the_code_signs_in(here: Client, ani: User) -> None:
    answer = sign_in_by_code(here, "Ani@contoh.id")
    assert (answer.status_code, answer["Location"]) == (302, "/akun/")
    assert here.session[SESSION_KEY] == str(ani.pk)
    assert 0 < here.session.get_expiry_age() <= 12 * 3600


def test_spaces_in_a_code_do_not_matter(here: Client, ani: User) -> None:
    code = ask(here, "ani@contoh.id")
    assert here.post(PAGE, {"code": f" {code[:3]} {code[3:]}"}).status_code == 302


def test_staff_goes_to_work(here: Client) -> None:
    member("administrator", email="kelola@contoh.id")
    assert sign_in_by_code(here, "kelola@contoh.id")["Location"] == "/kelola/"


@pytest.mark.parametrize(
    ("wanted", "reached"),
    [
        ("/akun/perangkat/?x=1", "/akun/perangkat/?x=1"),
        ("https://jahat.example/", "/akun/"),
        ("//jahat.example/", "/akun/"),
        ("/\\jahat.example", "/akun/"),
        ("javascript:alert(1)", "/akun/"),
        ("/" + "a" * 600, "/akun/"),
        ("akun/", "/akun/"),
    ],
)
def test_only_own_paths_are_followed(here: Client, ani: User, wanted: str, reached: str) -> None:
    assert sign_in_by_code(here, "ani@contoh.id", wanted)["Location"] == reached


def test_a_code_dies_after_five_wrong_tries(here: Client, ani: User) -> None:
    code = ask(here, "ani@contoh.id")
    for _try in range(4):
        page = here.post(PAGE, {"code": wrong(code)})
        assert page.status_code == 200
        assert "Kode ini tidak cocok." in page.content.decode()
    assert here.post(PAGE, {"code": wrong(code)}).status_code == 403
    late = here.post(PAGE, {"code": code})
    assert late.status_code == 403
    assert "Kode ini sudah tidak berlaku" in late.content.decode()
    assert SESSION_KEY not in here.session


def test_many_codes_do_not_mean_many_guesses(settings: Settings) -> None:
    """Tries are counted for the address of the account, whichever network and session they come from."""
    settings.RATE_CODE_GUESS = (7, 3600)
    create_account(email="dicoba@contoh.id", name="Dicoba", by=SYSTEM)
    statuses = []
    for _network in range(2):
        client = Client(REMOTE_ADDR=fresh_address())
        code = ask(client, "dicoba@contoh.id")
        statuses += [client.post(PAGE, {"code": wrong(code)}).status_code for _try in range(4)]
    assert statuses == [200] * 7 + [429]


def test_a_code_works_once(here: Client, ani: User) -> None:
    code = ask(here, "ani@contoh.id")
    kept = dict(here.session)
    assert here.post(PAGE, {"code": code}).status_code == 302
    again = Client(REMOTE_ADDR=fresh_address())
    session = again.session
    session.update(kept)
    session.save()
    again.cookies["jendela_sesi"] = str(session.session_key)
    assert again.post(PAGE, {"code": code}).status_code == 403


def test_a_code_belongs_to_the_browser_that_asked(here: Client, ani: User) -> None:
    code = ask(here, "ani@contoh.id")
    other = Client(REMOTE_ADDR=fresh_address())
    assert other.post(PAGE, {"code": code}).status_code == 403
    assert "Minta kode baru" in other.get(PAGE).content.decode()


def test_a_code_ends_after_ten_minutes(here: Client, ani: User) -> None:
    code = ask(here, "ani@contoh.id")
    later = datetime.datetime.now(datetime.UTC) + datetime.timedelta(minutes=10, seconds=5)
    with time_machine.travel(later):
        assert here.post(PAGE, {"code": code}).status_code == 403


def test_an_account_that_closes_meanwhile(here: Client, ani: User) -> None:
    code = ask(here, "ani@contoh.id")
    User.objects.filter(pk=ani.pk).update(is_active=False)
    assert here.post(PAGE, {"code": code}).status_code == 200
    assert SESSION_KEY not in here.session


def test_a_closed_account_is_out_at_the_next_request(here: Client, ani: User) -> None:
    sign_in_by_code(here, "ani@contoh.id")
    assert here.get("/akun/").status_code == 200
    User.objects.filter(pk=ani.pk).update(is_active=False)
    assert here.get("/akun/").status_code == 302


def test_a_role_that_ends_while_its_holder_works(here: Client) -> None:
    user = member("information_team", email="pergi@contoh.id")
    sign_in_by_code(here, "pergi@contoh.id")
    assert here.get("/kelola/").status_code == 200
    end_role(membership=Membership.objects.get(user=user), by=SYSTEM)
    assert here.get("/kelola/").status_code == 404
    assert here.get("/akun/").status_code == 200


def test_the_session_gets_a_new_key(here: Client, ani: User) -> None:
    code = ask(here, "ani@contoh.id")
    before = here.session.session_key
    here.post(PAGE, {"code": code})
    assert here.session.session_key != before


def test_another_person_at_the_same_computer(here: Client, ani: User) -> None:
    sign_in_by_code(here, "ani@contoh.id")
    budi = create_account(email="budi@contoh.id", name="Budi", by=SYSTEM)
    session = here.session
    session["rahasia"] = "milik Ani"
    session.save()
    sign_in_by_code(here, "budi@contoh.id")
    assert here.session[SESSION_KEY] == str(budi.pk)
    assert "rahasia" not in here.session


@pytest.mark.parametrize("written", ["0812 3456 7890", "6281234567890", "+62 812-3456-7890"])
def test_a_resident_begins_with_a_phone(here: Client, written: str) -> None:
    answer = sign_in_by_code(here, written)
    assert answer["Location"] == "/akun/"
    user = User.objects.get()
    assert (user.email, user.phone) == (None, "+6281234567890")
    assert user.phone_verified_at is not None
    second = Client(REMOTE_ADDR=fresh_address())
    sign_in_by_code(second, "081234567890")
    assert User.objects.count() == 1


def test_a_resident_begins_with_an_address(here: Client) -> None:
    sign_in_by_code(here, "warga@contoh.id")
    assert User.objects.get().email == "warga@contoh.id"
    assert AuditEntry.objects.filter(action="accounts.register_resident").count() == 1


def test_residents_closed_while_a_code_is_on_its_way(here: Client, settings: Settings) -> None:
    code = ask(here, "baru@contoh.id")
    settings.ALL_MODULES_OPEN = False
    assert here.post(PAGE, {"code": code}).status_code == 200
    assert not User.objects.exists()


def test_the_code_stands_nowhere(here: Client, ani: User, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        here.post("/akun/masuk/", {"contact": "ani@contoh.id"})
        message = delivered()[-1]
    code = message["text"][:6]
    assert code.isdigit()
    assert message["subject"] == f"Kode Jendela Anda: {code}"
    row = ContactCode.objects.get()
    assert code not in str(row.__dict__)
    assert code not in caplog.text
    assert "ani@contoh.id" not in caplog.text
    assert not AuditEntry.objects.filter(after__icontains=code).exists()
    assert code not in str(dict(here.session))


def test_a_message_comes_in_the_language_of_the_page(here: Client, ani: User) -> None:
    here.post("/en/akun/masuk/", {"contact": "ani@contoh.id"})
    assert delivered()[-1]["to"] == "ani@contoh.id"


def test_yesterdays_codes_are_forgotten(here: Client, ani: User) -> None:
    ask(here, "ani@contoh.id")
    assert forget_codes() == 0
    later = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=1, minutes=11)
    with time_machine.travel(later):
        assert forget_codes() == 1
