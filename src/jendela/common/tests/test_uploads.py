"""The limit of uploads holds for all files of a request together."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory
from pytest_django import Settings


def sizes(files: dict[str, bytes]) -> list[int]:
    values: dict[str, Any] = {name: SimpleUploadedFile(f"{name}.csv", data) for name, data in files.items()}
    request = RequestFactory().post("/", values)
    return [one.size or 0 for one in request.FILES.values()]


def test_many_files_are_no_way_around_the_limit(settings: Settings) -> None:
    settings.UPLOAD_MOST_BYTES = 200_000
    found = sizes({f"f{number}": b"x" * 150_000 for number in range(10)})
    assert sum(found) < 200_000 + 2 * 65_536
    assert found[0] == 150_000


def test_files_within_the_limit_are_whole(settings: Settings) -> None:
    settings.UPLOAD_MOST_BYTES = 200_000
    assert sizes({"a": b"x" * 100_000, "b": b"y" * 90_000}) == [100_000, 90_000]
