"""A new key for personal data: everything is written again under it, a cut rotation goes on, the old key may go."""

import re
from io import StringIO
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.db import connection

from jendela.common import rotation
from jendela.common.audit import Actor
from jendela.common.encryption import UnreadableError, decrypt, encrypt, lookup_hash
from jendela.common.models import AuditEntry
from jendela.config import env
from jendela.people.accounts.choices import Channel
from jendela.people.accounts.models import User
from jendela.people.accounts.reads import account_of
from jendela.people.persons.actions import add_person
from jendela.services.catalogue.choices import FeedbackTopic
from jendela.services.catalogue.models import Feedback

OLD, NEW = {1: "only-for-tests"}, {1: "only-for-tests", 2: "another"}
PHONE = "+6281200000000"
BY = Actor("uji")


@pytest.fixture
def people(db: None) -> User:
    user = User.objects.create_user("siti@contoh.id", name="Siti")
    add_person(account=user, name="Siti", nik="6202060000000001", birth_date="", relation="self", by=BY)
    for number in range(7):
        Feedback.objects.create(
            page="/", topic=FeedbackTopic.WRONG, text="Isi", contact=f"0812 000{number}" if number else ""
        )
    Authenticator.objects.create(
        user=user, type=Authenticator.Type.TOTP, data={"secret": encrypt("GEZDGNBV"), "last_counter": 9}
    )
    Authenticator.objects.create(
        user=user,
        type=Authenticator.Type.RECOVERY_CODES,
        data={"migrated_codes": [encrypt("11112222"), encrypt("33334444")], "used_mask": 0},
    )
    return user


def stored() -> list[str]:
    """Everything sealed, as the database holds it."""
    found: list[str] = []
    with connection.cursor() as cursor:
        for model, name in rotation.sealed_fields():
            cursor.execute(f'SELECT "{name}" FROM {model._meta.db_table} ORDER BY 1')  # noqa: S608
            found += [row[0] for row in cursor.fetchall() if row[0]]
        cursor.execute("SELECT data::text FROM mfa_authenticator")
        found += [text for row in cursor.fetchall() for text in re.findall(r'"(\d:[^"]{38,})"', row[0])]
    return found


def test_everything_lies_under_the_new_key(people: User, settings: Any) -> None:
    assert len(stored()) == 8 + 3
    assert {one[:2] for one in stored()} == {"1:"}
    settings.DATA_KEYS = NEW
    out = StringIO()
    call_command("rotate_keys", stdout=out)
    assert {one[:2] for one in stored()} == {"2:"}
    assert "      6  services_catalogue.feedback.contact" in out.getvalue()
    assert "      2  mfa.authenticator.data" in out.getvalue()
    assert "Semua data pribadi memakai kunci 2." in out.getvalue()
    entry = AuditEntry.objects.get(action="keys.rotate")
    assert (entry.actor, entry.target_key) == ("operator, dari baris perintah", "2")
    assert Feedback.objects.order_by("pk").last().contact == "0812 0006"  # type: ignore[union-attr]
    totp, codes = Authenticator.objects.order_by("pk")
    assert (decrypt(totp.data["secret"]), totp.data["last_counter"]) == ("GEZDGNBV", 9)
    assert [decrypt(one) for one in codes.data["migrated_codes"]] == ["11112222", "33334444"]


def test_a_second_rotation_finds_nothing_to_do(people: User, settings: Any) -> None:
    settings.DATA_KEYS = NEW
    rotation.rotate(BY)
    before = stored()
    assert rotation.rotate(BY).written == {}
    assert stored() == before
    assert AuditEntry.objects.filter(action="keys.rotate").count() == 1


def test_a_rotation_that_was_cut_off_goes_on(
    people: User, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The power fails in the third batch of two: the two before stay done, the rest follows."""
    settings.DATA_KEYS = NEW
    sealed: list[str] = []

    def failing(text: str) -> str:
        sealed.append(text)
        if len(sealed) == 6:
            raise KeyboardInterrupt
        return encrypt(text)

    with monkeypatch.context() as patch:
        patch.setattr(rotation, "sealed_fields", lambda: [(Feedback, "contact")])
        patch.setattr(rotation, "encrypt", failing)
        with pytest.raises(KeyboardInterrupt):
            rotation.rotate(BY, batch=2)
    contacts = [one[:2] for one in stored() if decrypt(one).startswith("0812")]
    assert sorted(contacts) == ["1:", "1:", "2:", "2:", "2:", "2:"]
    assert rotation.rotate(BY, batch=2).written["services_catalogue.feedback.contact"] == 2
    assert {one[:2] for one in stored()} == {"2:"}


def test_the_old_key_may_go_once_hashes_are_made_anew(people: User, settings: Any) -> None:
    User.objects.filter(pk=people.pk).update(phone=PHONE, phone_hash=lookup_hash(PHONE))
    settings.DATA_KEYS = NEW
    rotation.rotate(BY)
    settings.DATA_KEYS = {2: NEW[2]}
    assert account_of(Channel.PHONE, PHONE) is None
    assert rotation.rotate(BY).written == {
        "people_accounts.user.phone_hash": 1,
        "people_persons.person.nik_hash": 1,
    }
    assert account_of(Channel.PHONE, PHONE) == people


def test_what_no_key_opens_is_named_and_left(people: User, settings: Any) -> None:
    before = stored()
    settings.DATA_KEYS = {2: NEW[2]}
    with pytest.raises(CommandError, match=r"services_catalogue.feedback.contact \(6\)"):
        call_command("rotate_keys", stdout=StringIO())
    assert stored() == before
    settings.DATA_KEYS = OLD
    assert decrypt(before[0])
    with pytest.raises(UnreadableError):
        decrypt("2:" + before[0][2:])


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("x9+/==", {1: "x9+/=="}),
        ("with,comma", {1: "with,comma"}),
        ("2:new,1:old", {2: "new", 1: "old"}),
        ("2:new", {2: "new"}),
        ("", {1: ""}),
    ],
)
def test_keys_of_the_environment(text: str, keys: dict[int, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JENDELA_DATA_KEY", text)
    assert env.keys("JENDELA_DATA_KEY", "") == keys


@pytest.mark.parametrize("text", ["2:new,2:old", "0:new,1:old"])
def test_a_number_stands_for_one_key(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JENDELA_DATA_KEY", text)
    with pytest.raises(env.SettingError):
        env.keys("JENDELA_DATA_KEY")
