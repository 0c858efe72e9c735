"""The register in words and numbers, and what narrows it."""

import pytest
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from jendela.people.agencies.choices import AgencyKind, Level
from jendela.people.agencies.models import Agency
from jendela.registry.applications import reads
from jendela.registry.applications.choices import (
    ApplicationAudience,
    ApplicationState,
    Evidence,
    OperatorLevel,
)
from jendela.registry.applications.models import Application
from jendela.registry.applications.values import search_words

pytestmark = pytest.mark.django_db


def made(name: str, **values: str) -> Application:
    owner, _ = Agency.objects.get_or_create(
        slug="dinas-uji",
        defaults={
            "short_name": "Dinas Uji",
            "name": "Dinas Uji Coba",
            "level": Level.REGENCY,
            "kind": AgencyKind.OFFICE,
        },
    )
    fields = {
        "slug": name.lower().replace(" ", "-"),
        "purpose": "Guna",
        "operator_level": OperatorLevel.REGENCY,
        "audience": ApplicationAudience.PUBLIC,
        "function": "Urusan",
        "state": ApplicationState.IN_USE,
        "evidence": Evidence.REGENCY,
        "source_url": "https://contoh.id/",
    }
    row = Application(name=name, owner=owner, **{**fields, **values})
    row.search_text = search_words(row)
    row.save()
    return row


@pytest.mark.parametrize(
    ("state", "as_of", "words"),
    [
        (ApplicationState.IN_USE, "2025-10", "dipakai, menurut sumber Oktober 2025"),
        (ApplicationState.DEAD, "2023", "tidak berfungsi, menurut sumber 2023"),
        (ApplicationState.PLANNED, "2022-04-05", "baru rencana, menurut sumber 5 April 2022"),
        (ApplicationState.INTRODUCED, "2020", "pernah diperkenalkan, menurut sumber 2020"),
        (ApplicationState.UNKNOWN, "", "belum diketahui dipakai atau tidak"),
        (ApplicationState.IN_USE, "", "dipakai, menurut sumber tanpa tanggal"),
    ],
)
def test_state_has_its_date_in_words(state: str, as_of: str, words: str) -> None:
    assert reads.state_words(made("Satu", state=state, state_as_of=as_of)) == words


def test_every_state_has_both_sentences() -> None:
    for state in ApplicationState:
        for as_of in ("", "2025"):
            assert reads.state_words(Application(state=state, state_as_of=as_of))


def test_words_follow_the_language() -> None:
    one = made("Pajak", name_en="Tax", state_as_of="2025-05")
    with translation.override("en"):
        assert reads.name_of(one) == "Tax"
        assert "May 2025" in reads.state_words(one)
    assert reads.name_of(one) == "Pajak"
    assert "Mei 2025" in reads.state_words(one)


def test_only_what_is_in_use_is_linked() -> None:
    address = {"url": "https://contoh.id/aplikasi"}
    assert reads.entry(made("Hidup", **address)).url
    for state in (ApplicationState.DEAD, ApplicationState.PLANNED, ApplicationState.UNKNOWN):
        assert reads.entry(made(f"Lain {state}", state=state, **address)).url == ""


def test_pages_follow_each_other_without_gap() -> None:
    for name in ("b", "A", "c", "D", "e"):
        made(name)
    seen: list[str] = []
    after = ""
    while True:
        listed = reads.list_applications(reads.Filters(), after=after, size=2)
        seen += [one.name for one in listed.entries]
        assert listed.found == 5
        after = listed.next_key
        if not after:
            break
    assert seen == ["A", "b", "c", "D", "e"]


def test_filters_narrow_and_words_add_up() -> None:
    made("Peta Pajak", purpose="Peta objek", audience=ApplicationAudience.INTERNAL)
    made("Absen", operator_level=OperatorLevel.CENTRE, audience=ApplicationAudience.BOTH)

    def names(**values: str) -> list[str]:
        return [one.name for one in reads.list_applications(reads.Filters(**values)).entries]

    assert names(text="pajak peta") == ["Peta Pajak"]
    assert names(text="pajak absen") == []
    assert names(text="uji coba") == ["Absen", "Peta Pajak"]
    assert names(level="pusat") == ["Absen"]
    assert names(audience="internal") == ["Absen", "Peta Pajak"]
    assert names(audience="keduanya") == ["Absen"]
    assert names(owner="tidak-ada") == []


def test_overview_counts_the_whole_register(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    made("Satu")
    made("Dua", operator_level=OperatorLevel.CENTRE, state=ApplicationState.DEAD)
    with django_assert_num_queries(1):
        overview = reads.overview()
    assert (overview.total, overview.level("pusat"), overview.level("provinsi")) == (2, 1, 0)
    assert [(one.value, one.count) for one in overview.states] == [("dipakai", 1), ("mati", 1)]


def test_staff_window_leaves_out_what_is_only_for_the_public() -> None:
    made("Warga")
    made("Kerja", audience=ApplicationAudience.INTERNAL, task="Surat", task_en="Letters")
    assert [one.name for one in reads.work_tools(reads.Filters())] == ["Kerja"]
    assert [(one.slug, one.label, one.count) for one in reads.tasks()] == [("surat", "Surat", 1)]
    with translation.override("en"):
        assert reads.tasks()[0].label == "Letters"
