"""Accessibility basics counted from the text of a page."""

import pytest

from jendela.registry.probes.page_check import as_facts, check_page, obstacles

GOOD = """<!doctype html><html lang="id"><head><title> Layanan Contoh </title>
<meta name="viewport" content="width=device-width, initial-scale=1"></head><body><h1>Layanan</h1>
<p>Cukup banyak kata untuk dibaca orang, lebih dari enam puluh huruf jumlahnya.</p>
<img src="a.png" alt="Peta"><img src="b.png" alt=""><svg><title>Gambar</title></svg>
<label for="n">Nama</label><input id="n"><label>Alamat <input name="a"></label>
<input type="hidden" name="t"><input type="submit" value="Kirim"><select aria-label="Desa"></select>
<script src="x.js"></script></body></html>"""


def found(text: str) -> list[str]:
    return obstacles(as_facts(check_page(text)))


def test_a_good_page_has_no_obstacles() -> None:
    page = check_page(GOOD)
    assert (page.lang, page.title, page.h1, page.images, page.fields) == ("id", "Layanan Contoh", 1, 2, 3)
    assert found(GOOD) == []


@pytest.mark.parametrize(
    ("before", "after", "obstacle"),
    [
        ('lang="id"', "", "lang"),
        (" Layanan Contoh ", "  ", "title"),
        ('name="viewport"', 'name="x"', "viewport"),
        ("initial-scale=1", "user-scalable=no", "zoom"),
        ("initial-scale=1", "maximum-scale=1.0", "zoom"),
        ("initial-scale=1", "user-scalable = 0", "zoom"),
        ("<h1>Layanan</h1>", "", "h1"),
        ("<h1>Layanan</h1>", "<h1>A</h1><h1>B</h1>", "h1"),
        (' alt="Peta"', "", "alt"),
        ('for="n"', 'for="m"', "label"),
        ('<select aria-label="Desa">', "<select>", "label"),
        ('<input id="n">', '<input id="n"><input type="image" src="x">', "alt"),
    ],
)
def test_each_obstacle_is_found_alone(before: str, after: str, obstacle: str) -> None:
    assert before in GOOD
    assert found(GOOD.replace(before, after)) == [obstacle]


def test_maximum_scale_of_five_is_no_obstacle() -> None:
    assert found(GOOD.replace("initial-scale=1", "maximum-scale=5, user-scalable=yes")) == []


def test_of_a_page_drawn_by_a_script_nothing_is_said() -> None:
    text = '<html><body><div id="app"></div><script src="app.js"></script></body></html>'
    assert check_page(text).by_script
    assert found(text) == []


@pytest.mark.parametrize(
    "text", ["", "<", "<html", "<![CDATA[", "<label>" * 50, "\x00\xff", "<!DOCTYPE" * 9, "<img" * 99]
)
def test_any_text_is_read(text: str) -> None:
    assert check_page(text).h1 == 0
