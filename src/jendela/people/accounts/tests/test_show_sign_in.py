"""/akun/masuk/: how to get a link; no cookie, no field for an address that could be tried out."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/akun/masuk/", "/en/akun/masuk/?next=/kelola/"])
def test_explains(client: Client, django_assert_num_queries: DjangoAssertNumQueries, path: str) -> None:
    with django_assert_num_queries(0):
        answer = client.get(path)
    assert answer.status_code == 200
    assert not answer.cookies
    page = answer.content.decode()
    assert "./jendela manage sign_in_link EMAIL" in page
    assert "<form method" not in page
