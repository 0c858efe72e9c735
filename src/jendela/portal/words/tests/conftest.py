"""A small town: two agencies with a few services, their words, what residents asked, and a few test queries."""

from collections.abc import Iterator

import pytest
from django.test import Client
from tests.people import agency, client_of, member

from jendela.common.audit import SYSTEM
from jendela.common.dates import today
from jendela.people.accounts.models import User
from jendela.services.catalogue.choices import RuleScope, WordKind
from jendela.services.catalogue.models import Service, ServiceWord
from jendela.services.search import actions, reads
from jendela.services.search.choices import Kind
from jendela.services.search.models import QueryCount, Topic
from jendela.services.search.norm import norm

WORDS = {
    "kartu-hilang": (
        "Penggantian kartu hilang",
        "Dinas Kependudukan",
        ["kartu ilang", "ktp hilang di jalan"],
    ),
    "akta-lahir": ("Akta kelahiran", "Dinas Kependudukan", ["akte anak baru lahir"]),
    "uji-kir": ("Uji berkala kendaraan", "Dinas Perhubungan", ["kir mobil", "uji kir truk"]),
}


def asked(query: str, count: int, *, near: str = "", confident: bool = False) -> None:
    QueryCount.objects.create(
        query=query,
        norm=norm(query),
        day=today(),
        count=count,
        confident=confident,
        top_kind=Kind.SERVICE if near else "",
        top_key=near,
    )


@pytest.fixture
def town(db: None) -> Iterator[None]:
    for number, (slug, (name, owner, phrases)) in enumerate(WORDS.items(), 1):
        service = Service.objects.create(
            number=number, slug=slug, name=name, owner=agency(owner), rule_scope=RuleScope.REGENCY
        )
        for phrase in phrases:
            ServiceWord.objects.create(service=service, kind=WordKind.PHRASE, text=phrase)
    Topic.objects.create(
        kind=Kind.ELSEWHERE, key="cpns", name="Pendaftaran CPNS", text="Ini urusan BKN.", words="daftar cpns"
    )
    actions.refresh_documents()
    actions.add_test_query(query="kartu ilang", wanted=["service/kartu-hilang"], by=SYSTEM)
    actions.add_test_query(query="uji kir", wanted=["service/uji-kir"], by=SYSTEM)
    reads.forget()
    asked("dompet raib", 7, near="kartu-hilang")
    asked("raib dompet", 2, near="kartu-hilang")
    asked("keur oto", 4, near="uji-kir")
    asked("kir mobil", 9, near="uji-kir", confident=True)
    asked("cari jodoh", 1)
    yield
    reads.forget()


@pytest.fixture
def keeper(town: None) -> Client:
    """Keeps the words of all agencies."""
    return client_of(member("information_team", email="tim@contoh.id"))


@pytest.fixture
def transport_admin(town: None) -> User:
    return member("service_admin", agency("Dinas Perhubungan"), email="hubung@contoh.id")


@pytest.fixture
def transport(transport_admin: User) -> Client:
    """Keeps the words of Dinas Perhubungan alone."""
    return client_of(transport_admin)
