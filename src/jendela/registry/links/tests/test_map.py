"""The map: what is drawn while links are few, what when they are many, and shapes that stay inside the picture."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.people import agency

from jendela.common.audit import SYSTEM
from jendela.registry.applications.models import Application, ApplicationFunction, FunctionNode
from jendela.registry.datasets.tests.world import application
from jendela.registry.links import reads
from jendela.registry.links.actions import answer_link, declare_link
from jendela.registry.links.drawing import COLUMNS, draw
from jendela.registry.links.models import Link
from jendela.registry.links.reads import graph
from jendela.registry.links.reads.graph import Edge, Ends, scope_of

EDGES = st.lists(
    st.tuples(st.integers(0, 12), st.integers(0, 12)).filter(lambda one: one[0] != one[1]), max_size=30
)


def shapes(pairs: list[tuple[int, int]]) -> Any:
    ends = [Ends(str(one), f"Aplikasi {one}", f"Dinas {one % 3}") for one in range(13)]
    edges = [Edge(str(a), str(b), "api", 1, True) for a, b in dict.fromkeys(pairs)]
    return draw(ends, edges)


@given(EDGES)
def test_any_graph_is_drawn_whole_and_inside(pairs: list[tuple[int, int]]) -> None:
    drawing = shapes(pairs)
    assert len(drawing.nodes) == 13
    assert len(drawing.curves) == len(set(pairs))
    taken = set()
    for node in drawing.nodes:
        assert node.x >= 0
        assert node.x + node.width <= drawing.width
        assert node.y >= 0
        assert node.y + node.height <= drawing.height
        taken.add((node.x, node.y))
    assert len(taken) == 13  # no two on one place
    assert len({node.x for node in drawing.nodes}) <= COLUMNS
    assert drawing == shapes(pairs)


def test_data_go_from_left_to_right() -> None:
    drawing = shapes([(0, 1), (1, 2), (2, 3), (0, 3)])
    x = {node.key: node.x for node in drawing.nodes}
    assert x["0"] < x["1"] < x["2"] < x["3"]


def test_a_circle_is_broken_once() -> None:
    x = {node.key: node.x for node in shapes([(0, 1), (1, 2), (2, 0)]).nodes}
    assert sorted([x["0"] < x["1"], x["1"] < x["2"], x["2"] < x["0"]]) == [False, True, True]


def test_boxes_hold_their_nodes() -> None:
    drawing = shapes([(0, 1), (3, 1), (4, 6)])
    for node in drawing.nodes:
        holding = [
            box
            for box in drawing.boxes
            if box.x <= node.x and node.x + node.width <= box.x + box.width
            and box.y <= node.y and node.y + node.height <= box.y + box.height
        ]  # fmt: skip
        assert [box.label for box in holding] == [f"Dinas {int(node.key) % 3}"]


def test_nothing_is_an_empty_drawing() -> None:
    assert draw([], []).nodes == []


def test_long_names_are_cut_and_kept_whole_beside() -> None:
    (node,) = draw([Ends("1", "Sistem Informasi Manajemen Kepegawaian Daerah", "Dinas")], []).nodes
    assert node.label.endswith("…")
    assert node.name.endswith("Daerah")


def link(source: Application, target: Application, **values: Any) -> Link:
    given: dict[str, Any] = {
        "data": "NIK",
        "method": "api",
        "declared_by": source.owner,
        "declared_words": "x",
    } | values
    return declare_link(source=source, target=target, by=SYSTEM, **given)


@pytest.mark.django_db
def test_a_denied_link_is_not_drawn_and_neighbours_by_steps() -> None:
    rows = [application(f"A{one}", agency(f"dinas-{one % 2}")) for one in range(5)]
    for one, other in ((0, 1), (1, 2), (2, 3)):
        link(rows[one], rows[other])
    denied = link(rows[3], rows[4])
    assert denied.confirmation == "menunggu"
    answer_link(link=denied, confirm=False, reason="bukan", by=SYSTEM, agency=rows[4].owner)
    near = scope_of(focus=rows[1].pk)
    assert {one.name for one in near.ends} == {"A0", "A1", "A2"}
    assert {one.name for one in scope_of(focus=rows[1].pk, depth=2).ends} == {"A0", "A1", "A2", "A3"}
    whole = scope_of()
    assert (whole.links, whole.applications, whole.grouped) == (3, 4, False)
    assert scope_of(owner=rows[0].owner_id).links == 3
    assert {one.name for one in scope_of(focus=rows[4].pk).ends} == {"A4"}


@pytest.mark.django_db
def test_many_links_become_counts_between_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(graph, "MOST_LINKS", 3)
    monkeypatch.setattr(graph, "MOST_BETWEEN", 1)
    rows = [
        application(f"A{one}", agency(f"dinas-{one % 3}"), function=f"Urusan {one % 2}: x")
        for one in range(6)
    ]
    for one, other in ((0, 1), (3, 1), (0, 4), (0, 3), (1, 2)):
        link(rows[one], rows[other])
    scope = scope_of()
    assert scope.grouped
    assert [(one.source, one.target, one.count) for one in scope.edges] == [("dinas-0", "dinas-1", 3)]
    assert (scope.links, scope.drawn, scope.left_out, scope.applications) == (5, 3, 2, 5)
    by_function = scope_of(grouping="fungsi")
    assert {one.name for one in by_function.ends} == {"Urusan 0", "Urusan 1"}
    assert scope_of(grouping="fungsi").drawn == by_function.edges[0].count


@pytest.mark.django_db
def test_a_confirmed_function_goes_before_words() -> None:
    for code, name in (("RAB.06", "Kesehatan"), ("RAB.06.01", "Gizi")):
        FunctionNode.objects.create(code=code, tree="RAB", name=name, citation="x")
    one, other = application("A", function="Lain: x"), application("B", agency("b"))
    ApplicationFunction.objects.create(
        application=one, node_id="RAB.06.01", main=True, confirmed_by="x", confirmed_at="2026-01-01T00:00Z"
    )
    FunctionNode.objects.create(code="RAA.01", tree="RAA", name="Aplikasi umum", citation="x")  # no function
    ApplicationFunction.objects.create(
        application=other, node_id="RAA.01", confirmed_by="x", confirmed_at="2026-01-01T00:00Z"
    )
    assert {end.name: end.group for end in reads.ends_of([one.pk, other.pk], "fungsi")} == {
        "A": "Kesehatan",
        "B": "Fungsi belum kami ketahui",
    }


def test_lines_differ_by_style_and_not_by_colour_alone() -> None:
    from jendela.registry.links.choices import Method
    from jendela.ui.assets import HERE

    css = (HERE / "css" / "links.css").read_text()
    dashes = []
    for method in Method.values:
        rule = re.search(rf"\.link-{method} {{([^}}]*)}}", css)
        dash = re.search(r"dasharray: ([\d ]+)", rule.group(1)) if rule else None
        dashes.append(dash.group(1) if dash else "solid")
    assert len(set(dashes)) == len(Method.values)
