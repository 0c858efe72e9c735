"""The English catalogue: its compiled form is that of its text, and placeholders survive the translation."""

import re

from babel.messages.pofile import read_po
from django.conf import settings

from jendela.common.catalogues import compiled

PO = settings.PACKAGE / "locale" / "en" / "LC_MESSAGES" / "django.po"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")


def test_the_compiled_catalogue_is_fresh() -> None:
    assert PO.with_suffix(".mo").read_bytes() == compiled(PO)


def test_placeholders_are_kept() -> None:
    with PO.open("rb") as file:
        catalog = read_po(file, locale="en")
    wrong = []
    for message in catalog:
        source = message.id[-1] if isinstance(message.id, tuple | list) else message.id
        target = message.string[-1] if isinstance(message.string, tuple | list) else message.string
        if source and target and sorted(PLACEHOLDER.findall(source)) != sorted(PLACEHOLDER.findall(target)):
            wrong.append(source)
    assert wrong == []
