"""No key of a link stands in a log."""

import io
import logging
import logging.config
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What the handler of the settings writes."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    table: dict[str, Any] = settings.LOGGING
    config: Any = logging.config.DictConfigurator(table)
    for name in table["handlers"]["console"]["filters"]:
        handler.addFilter(config.configure_filter(table["filters"][name]))
    logging.getLogger().addHandler(handler)
    yield stream
    logging.getLogger().removeHandler(handler)


@pytest.mark.django_db
@pytest.mark.parametrize("place", ["/akun/masuk/", "/en/akun/undangan/"])
def test_a_refused_link_is_logged_without_its_key(written: io.StringIO, place: str) -> None:
    key = "kunci-yang-masih-berlaku_1234567890"
    assert Client().post(f"{place}{key}/").status_code in (403, 404)
    assert f"{place}…/" in written.getvalue()
    assert key not in written.getvalue()


def test_other_lines_stay_as_they_are(written: io.StringIO) -> None:
    logging.getLogger("jendela").warning("%s at %s", "Not Found", "/akun/masuk/kode/")
    assert written.getvalue() == "Not Found at /akun/masuk/kode/\n"
