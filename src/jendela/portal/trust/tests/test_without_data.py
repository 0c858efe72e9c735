"""Before any data is loaded nothing is claimed."""

import pytest
from django.test import Client


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("/cara-kerja/", "Catatan aplikasi ini belum dimuat."),
        ("/cara-kerja/", "Halaman layanannya belum dimuat."),
        ("/data/", "Belum ada layanan yang dimuat."),
        ("/data/", "Belum ada perubahan yang dicatat."),
    ],
)
def test_without_data_nothing_is_claimed(path: str, sentence: str) -> None:
    assert sentence in Client().get(path).content.decode()
