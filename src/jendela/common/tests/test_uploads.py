"""The limit of uploads holds for all files of a request together."""

from typing import Any

import pytest
from django.core.exceptions import TooManyFilesSent
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory
from pytest_django import Settings


def sizes(files: dict[str, bytes]) -> list[int]:
    values: dict[str, Any] = {name: SimpleUploadedFile(f"{name}.csv", data) for name, data in files.items()}
    request = RequestFactory().post("/", values)
    files_of: Any = request.FILES
    return [one.size for one in files_of.values()]


def test_many_files_are_no_way_around_the_limit(settings: Settings) -> None:
    settings.UPLOAD_MOST_BYTES, settings.DATA_UPLOAD_MAX_NUMBER_FILES = 200_000, 100
    found = sizes({f"f{number}": b"x" * 150_000 for number in range(10)})
    assert sum(found) < 200_000 + 2 * 65_536
    assert found[0] == 150_000


def test_more_files_than_any_form_has_are_refused() -> None:
    with pytest.raises(TooManyFilesSent):
        sizes({f"f{number}": b"x" for number in range(6)})


def test_files_within_the_limit_are_whole(settings: Settings) -> None:
    settings.UPLOAD_MOST_BYTES = 200_000
    assert sizes({"a": b"x" * 100_000, "b": b"y" * 90_000}) == [100_000, 90_000]
