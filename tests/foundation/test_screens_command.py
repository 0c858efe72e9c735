"""`./jendela manage screens`: the map that leads from an address to its code."""

from functools import cache
from io import StringIO

from django.core.management import call_command


@cache
def printed() -> dict[str, list[tuple[str, str]]]:
    """Route -> its lines as (label, text), as the command prints them."""
    out = StringIO()
    call_command("screens", stdout=out)
    found: dict[str, list[tuple[str, str]]] = {}
    route = ""
    for line in out.getvalue().splitlines():
        if line.startswith("/"):
            route = line
            found.setdefault(route, [])
        else:
            label, text = line.strip().split(maxsplit=1)
            found[route].append((label, text))
    return found


def test_a_route_leads_to_its_view_page_and_test() -> None:
    lines = dict(printed()["/kelola/kabar/"])
    assert lines["view"].startswith("portal/staff/views/letters.py:")
    assert lines["view"].endswith("list_feedback")
    assert lines["for"] == "staff, read_feedback, module feedback"
    assert lines["page"] == "portal/staff/pages/list_feedback.html"
    assert lines["test"] == "src/jendela/portal/staff/tests/test_list_feedback.py"


def test_a_view_with_the_page_of_another_names_it() -> None:
    lines = dict(printed()["/kelola/instansi/gabung/<int:number>/"])
    assert lines["page"] == "portal/agency/pages/cannot_undo.html"


def test_every_screen_names_where_it_is_tested() -> None:
    assert [route for route, lines in printed().items() if "test" not in dict(lines)] == []
    # the addresses in pieces, or this file itself would name them
    checked = "/".join(["", "kelola", "impor", "<int:number>", "periksa", ""])
    assert dict(printed()[checked])["test"].endswith(".py")
    agency = "/".join(["", "api", "v1", "agencies", "<slug>"])
    assert dict(printed()[agency])["test"] == "tests/api/test_contract.py"


def test_no_screen_is_without_mark() -> None:
    assert [route for route, lines in printed().items() if ("for", "NO MARK") in lines] == []
