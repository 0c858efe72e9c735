"""The contact a reader leaves: covered on lists, encrypted in the database, also what was there before."""

import json
import re
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.state import ProjectState
from django.db.models import TextField
from hypothesis import given
from hypothesis import strategies as st

from jendela.common.audit import Actor
from jendela.common.encryption import decrypt
from jendela.common.models import AuditEntry
from jendela.services.catalogue import actions
from jendela.services.catalogue.choices import FeedbackTopic
from jendela.services.catalogue.contact import link_to_contact, mask_contact, whatsapp_of
from jendela.services.catalogue.models import Feedback


@pytest.mark.parametrize(
    ("contact", "masked"),
    [
        ("0812 3456 7890", "0812 …"),
        ("0531-21234", "0531 …"),
        ("+62 812-3456-7890", "+62 812 …"),
        ("WA 081234567890 (Siti)", "0812 …"),
        ("siti.aminah@contoh.id", "s…@contoh.id"),
        ("E-mail: Siti <siti@contoh.id>", "s…@contoh.id"),
        ("Siti, rumah hijau", "S…"),
        ("@sitiaminah", "@…"),
        ("  ", ""),
        ("", ""),
    ],
)
def test_most_of_a_contact_is_covered(contact: str, masked: str) -> None:
    assert mask_contact(contact) == masked


@given(st.text("0123456789+-. ()@abcx", min_size=1, max_size=40))
def test_no_whole_number_comes_through(contact: str) -> None:
    shown = mask_contact(contact).partition("@")[0]
    assert len(re.sub(r"\D", "", shown)) <= 5


@pytest.mark.parametrize(
    ("contact", "link"),
    [
        ("0812 3456-7890", "tel:081234567890"),
        ("+62 812 3456 7890", "tel:+6281234567890"),
        ("siti@contoh.id", "mailto:siti@contoh.id"),
        ("siti@contoh.id?cc=x", ""),
        ("javascript:alert(1)", ""),
        ("WA 0812 3456 7890", ""),
    ],
)
def test_only_a_plain_number_or_address_becomes_a_link(contact: str, link: str) -> None:
    assert link_to_contact(contact) == link


@pytest.mark.parametrize(
    ("contact", "link"),
    [
        ("0812 3456-7890", "https://wa.me/6281234567890"),
        ("+62 812 3456 7890", "https://wa.me/6281234567890"),
        ("0531 21234", ""),
        ("siti@contoh.id", ""),
    ],
)
def test_a_mobile_number_can_be_answered_by_whatsapp(contact: str, link: str) -> None:
    assert whatsapp_of(contact) == link


def stored(row: Feedback) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT contact FROM services_catalogue_feedback WHERE id = %s", [row.pk])
        return str(cursor.fetchone()[0])


@pytest.mark.django_db
def test_neither_database_nor_trail_nor_queue_holds_the_contact() -> None:
    row = actions.record_feedback(
        page="/", topic=FeedbackTopic.WRONG, text="Isi", contact="0812 3456 7890", by=Actor("warga")
    )
    actions.assign_feedback(number=row.pk, to=None, by=Actor("x"))
    assert actions.read_contact(number=row.pk, reason="membalas kabar", by=Actor("Ani")) == "0812 3456 7890"
    assert stored(row).startswith("1:")
    everything = json.dumps(list(AuditEntry.objects.values()), default=str)
    with connection.cursor() as cursor:
        cursor.execute("SELECT args::text FROM procrastinate_jobs")
        everything += str(cursor.fetchall())
    assert "3456" not in everything + stored(row)
    assert Feedback.objects.get(pk=row.pk).contact == "0812 3456 7890"


@pytest.mark.django_db
def test_reading_a_contact_is_written_down_with_its_reason() -> None:
    row = Feedback.objects.create(page="/", topic=FeedbackTopic.WRONG, text="Isi", contact="siti@contoh.id")
    with pytest.raises(ValueError, match="reason"):
        actions.read_contact(number=row.pk, reason=" ", by=Actor("Ani"))
    actions.read_contact(number=row.pk, reason="NIK 6202060000000001 cocok?", by=Actor("Ani"))
    entry = AuditEntry.objects.get(action="personal.read")
    assert (entry.target_type, entry.target_key) == ("services_catalogue.feedback", str(row.pk))
    assert entry.after == {"fields": ["contact"], "reason": f"NIK {'x' * 16} cocok?"}


@pytest.mark.django_db
def test_nothing_is_written_when_there_is_nothing_to_read() -> None:
    row = Feedback.objects.create(page="/", topic=FeedbackTopic.WRONG, text="Isi")
    assert actions.read_contact(number=row.pk, reason="membalas", by=Actor("Ani")) == ""
    assert actions.read_contact(number=row.pk + 1, reason="membalas", by=Actor("Ani")) == ""
    assert not AuditEntry.objects.exists()


@pytest.mark.django_db
def test_the_migration_encrypts_what_was_there_and_back(monkeypatch: pytest.MonkeyPatch) -> None:
    migration: Any = import_module("jendela.services.catalogue.migrations.0005_feedback_contact_sealed")
    monkeypatch.setattr(migration, "BATCH", 2)
    contacts = ["0812 1", "", "siti@contoh.id", "0812 2", "0812 3", ""]
    rows = [Feedback.objects.create(page="/", topic=FeedbackTopic.WRONG, text=one) for one in contacts]
    with connection.cursor() as cursor:
        for row, contact in zip(rows, contacts, strict=True):
            cursor.execute(
                "UPDATE services_catalogue_feedback SET contact = %s WHERE id = %s", [contact, row.pk]
            )
    before = plain_feedback()
    migration.seal(before, None)
    assert [stored(row) for row in rows] != contacts
    assert [decrypt(stored(row)) for row in rows] == contacts
    assert [row.contact for row in Feedback.objects.order_by("pk")] == contacts
    migration.unseal(before, None)
    assert [stored(row) for row in rows] == contacts


def plain_feedback() -> Any:
    """The model as the migration finds it: the contact is text as it is."""
    state = ProjectState.from_apps(apps)
    state.models["services_catalogue", "feedback"].fields["contact"] = TextField(blank=True)
    return SimpleNamespace(get_model=state.apps.get_model)
