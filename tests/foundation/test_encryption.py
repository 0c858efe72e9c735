"""Personal data at rest: what goes in comes out, nobody else reads it, keys can follow each other."""

from typing import Any

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from jendela.common.encryption import UnreadableError, decrypt, encrypt, lookup_hash
from jendela.people.accounts.models import User

TEXTS = st.text(st.characters(codec="utf-8"), min_size=1)


@given(TEXTS)
def test_what_goes_in_comes_out(text: str) -> None:
    assert decrypt(encrypt(text)) == text


@given(TEXTS)
def test_the_same_text_never_looks_the_same(text: str) -> None:
    assert encrypt(text) != encrypt(text)


@given(TEXTS, TEXTS)
def test_a_hash_finds_its_text_and_no_other(one: str, other: str) -> None:
    assert (lookup_hash(one) == lookup_hash(other)) is (one == other)


def test_nothing_stays_nothing() -> None:
    assert (encrypt(""), decrypt(""), lookup_hash("")) == ("", "", "")


def test_a_new_key_reads_what_the_old_one_wrote(settings: Any) -> None:
    old = encrypt("Siti")
    settings.DATA_KEYS = {**settings.DATA_KEYS, 2: "another"}
    assert encrypt("Siti").startswith("2:")
    assert decrypt(old) == "Siti"
    assert lookup_hash("Siti")


@pytest.mark.parametrize("stored", ["9:AAAA", "x", "1:???", "1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"])
def test_what_no_key_opens_is_an_error(stored: str) -> None:
    with pytest.raises(UnreadableError):
        decrypt(stored)


def test_a_changed_letter_is_noticed() -> None:
    sealed = encrypt("Siti Aminah")
    changed = sealed[:-6] + ("A" if sealed[-6] != "A" else "B") + sealed[-5:]
    with pytest.raises(UnreadableError):
        decrypt(changed)


@pytest.mark.django_db
def test_the_database_holds_no_plain_number() -> None:
    user = User.objects.create_user("siti@contoh.id", name="Siti", phone="+6281200000000")
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone FROM people_accounts_user WHERE id = %s", [user.pk])
        row = cursor.fetchone()
    assert row is not None
    assert "81200000000" not in row[0]
    assert User.objects.get(pk=user.pk).phone == "+6281200000000"
