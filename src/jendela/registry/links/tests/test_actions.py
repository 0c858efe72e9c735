import datetime
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from tests.people import agency

from jendela.common.audit import SYSTEM
from jendela.registry.applications.models import Application
from jendela.registry.datasets.tests.world import application
from jendela.registry.links import actions, reads
from jendela.registry.links.models import Link

pytestmark = pytest.mark.django_db


@pytest.fixture
def ends() -> tuple[Application, Application]:
    return application("Sumber", agency("dinkes")), application("Tujuan", agency("disdukcapil"))


def declare(source: Application, target: Application, **values: Any) -> Link:
    given: dict[str, Any] = {
        "data": "NIK balita",
        "method": "api",
        "declared_by": source.owner,
        "declared_words": "Budi",
    } | values
    return actions.declare_link(source=source, target=target, by=SYSTEM, **given)


def test_declared_by_one_side_it_waits_for_the_other(ends: tuple[Application, Application]) -> None:
    source, target = ends
    link = declare(source, target)
    assert link.confirmation == "menunggu"
    with pytest.raises(actions.CannotAnswerError):
        actions.answer_link(link=link, confirm=True, reason="", by=SYSTEM, agency=source.owner)
    actions.answer_link(link=link, confirm=True, reason="", by=SYSTEM, agency=target.owner)
    assert Link.objects.get().confirmation == "dibenarkan"


def test_a_denial_says_why_and_does_not_count(ends: tuple[Application, Application]) -> None:
    source, target = ends
    link = declare(source, target)
    assert Application.objects.get(pk=source.pk).links_count == 1
    with pytest.raises(actions.NoReasonError):
        actions.answer_link(link=link, confirm=False, reason=" ", by=SYSTEM, agency=target.owner)
    actions.answer_link(link=link, confirm=False, reason="Belum pernah ada", by=SYSTEM, agency=target.owner)
    assert list(Application.objects.values_list("links_count", flat=True)) == [0, 0]


def test_the_other_side_declaring_the_same_confirms_it(ends: tuple[Application, Application]) -> None:
    source, target = ends
    first = declare(source, target)
    again = declare(source, target, data="nik BALITA", declared_by=target.owner, state="berjalan")
    assert first.pk == again.pk
    assert (Link.objects.get().confirmation, Link.objects.get().state) == ("dibenarkan", "berjalan")
    declare(source, target, data="nik BALITA", state="terputus")
    assert Link.objects.get().state == "berjalan"  # what is known stays; correcting it is another act


def test_one_owner_of_both_ends_is_enough() -> None:
    owner = agency("dinkes")
    link = declare(application("A", owner), application("B", owner))
    assert link.confirmation == "dibenarkan"


def test_a_press_find_may_be_answered_by_either_owner(ends: tuple[Application, Application]) -> None:
    link = declare(*ends, declared_by=None, declared_words="berita", grade="D")
    actions.answer_link(link=link, confirm=True, reason="", by=SYSTEM, agency=ends[0].owner)
    assert Link.objects.get().confirmation == "dibenarkan"


def test_hours_belong_to_typing_again(ends: tuple[Application, Application]) -> None:
    assert declare(*ends, hours_a_month=Decimal(8)).hours_a_month is None
    assert declare(*ends, method="ketik_ulang", hours_a_month=Decimal(8)).hours_a_month == 8


def test_not_to_itself(ends: tuple[Application, Application]) -> None:
    with pytest.raises(actions.SameApplicationError):
        declare(ends[0], ends[0])
    with pytest.raises(ValueError, match="data"):
        declare(*ends, data="  ")


def test_a_changed_method_asks_the_other_side_again(ends: tuple[Application, Application]) -> None:
    source, target = ends
    link = declare(source, target)
    actions.answer_link(link=link, confirm=True, reason="", by=SYSTEM, agency=target.owner)
    actions.set_link(link=link, values={"state": "berjalan"}, by=SYSTEM, agency=source.owner)
    assert Link.objects.get().confirmation == "dibenarkan"
    actions.set_link(link=link, values={"method": "berkas"}, by=SYSTEM, agency=source.owner)
    assert Link.objects.get().confirmation == "menunggu"


def test_a_correction_does_not_make_two_alike(ends: tuple[Application, Application]) -> None:
    declare(*ends)
    other = declare(*ends, method="berkas")
    with pytest.raises(actions.LinkExistsError):
        actions.set_link(link=other, values={"method": "api"}, by=SYSTEM, agency=ends[0].owner)


def test_ended_and_reopened_within_a_day(ends: tuple[Application, Application]) -> None:
    link = declare(*ends)
    actions.end_link(link=link, reason="Kerja sama habis", by=SYSTEM)
    assert Application.objects.get(pk=ends[0].pk).links_count == 0
    actions.reopen_link(link=link, by=SYSTEM)
    assert Application.objects.get(pk=ends[0].pk).links_count == 1
    actions.end_link(link=link, reason="", by=SYSTEM)
    with (
        time_machine.travel(datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=2)),
        pytest.raises(actions.CannotUndoLinkError),
    ):
        actions.reopen_link(link=link, by=SYSTEM)


def test_an_ended_link_declared_again_is_new(ends: tuple[Application, Application]) -> None:
    actions.end_link(link=declare(*ends), reason="", by=SYSTEM)
    again = declare(*ends)
    assert Link.objects.count() == 2
    assert again.ended_at is None


def test_links_of_an_application_are_two_queries(
    ends: tuple[Application, Application], django_assert_num_queries: Any
) -> None:
    source, target = ends
    declare(source, target)
    declare(target, source)
    with django_assert_num_queries(2):
        around = reads.of_application(source.pk)
        names = [one.source.owner.short_name + one.target.name for one in around.incoming + around.outgoing]
    assert len(names) == 2
