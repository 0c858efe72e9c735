"""The region's real data set, loaded once for all tests of a module and taken back after them."""

from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker


@pytest.fixture(scope="module")
def region_rows(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_kotim", stdout=StringIO())
        yield
        transaction.set_rollback(True)


@pytest.fixture
def region(region_rows: None, db: None) -> None:
    """Each test works on the loaded rows in its own savepoint."""
