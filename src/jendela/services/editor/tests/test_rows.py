"""Rows of a form: moving them loses none, and as many as may be published can be shown and sent."""

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from jendela.services.catalogue.reads.content import MOST_ROWS
from jendela.services.editor import actions
from jendela.services.editor.forms.rows import WayRow, moved
from jendela.services.editor.reads import draft_changes
from jendela.services.editor.tests.world import world

rows = st.lists(st.integers(), max_size=30)


@given(rows, st.one_of(st.text(max_size=8), st.from_regex(r"(naik|turun|hapus)-[0-9]{1,2}", fullmatch=True)))
def test_moving_loses_no_row_and_removing_loses_one(given_rows: list[int], asked: str) -> None:
    found, _at = moved(given_rows, asked)
    lost = len(given_rows) - len(found)
    assert lost in (0, 1)
    assert lost == 0 or asked.startswith("hapus-")
    assert sorted(found) == sorted(given_rows) or lost == 1


@given(st.lists(st.integers(), min_size=2, max_size=9), st.data())
def test_up_and_down_again_is_nothing(given_rows: list[int], data: st.DataObject) -> None:
    at = data.draw(st.integers(1, len(given_rows) - 1))
    higher, there = moved(given_rows, f"naik-{at}")
    assert there == at - 1
    assert moved(higher, f"turun-{there}")[0] == given_rows


@pytest.mark.django_db
def test_as_many_ways_as_may_be_published_survive_a_save() -> None:
    w = world()
    ways = [{"kind": "loket", "text": f"Loket {number}"} for number in range(MOST_ROWS["ways"])]
    actions.save_part(service=w.service, part="ways", value=ways, revision=0, by=w.by)
    client = w.client()
    form = client.get(w.path("ways/")).context["form"]
    data = {"revision": "1", "lakukan": f"naik-{len(ways) - 1}"}
    for row in form.rows.forms:
        data |= {field.html_name: field.value() or "" for field in row.visible_fields()}
    assert len(form.rows.forms) * len(WayRow.base_fields) < settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
    assert client.post(w.path("ways/"), data).status_code == 302
    kept = [way["text"] for way in draft_changes(w.service)["ways"]]
    assert sorted(kept) == sorted(way["text"] for way in ways)
    assert kept[-2:] == ["Loket 29", "Loket 28"]
