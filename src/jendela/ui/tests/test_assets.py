"""The files a visitor downloads: small, whole, with nothing the security policy refuses."""

import re
from pathlib import Path

import pytest

from jendela.ui import assets, icons


def test_files_keep_their_budget(tmp_path: Path) -> None:
    for name, _, packed, budget in assets.sizes(assets.build(tmp_path)):
        assert budget is None or packed <= budget, f"{name}: {packed} bytes after gzip, budget {budget}"


def test_unchanged_files_are_left_alone(tmp_path: Path) -> None:
    before = (assets.build(tmp_path) / "jendela.css").stat().st_mtime_ns
    assert (assets.build(tmp_path) / "jendela.css").stat().st_mtime_ns == before


def test_all_parts_are_listed() -> None:
    assert {part.name for part in (assets.HERE / "css").glob("*.css")} == {
        *assets.CSS_PARTS,
        *assets.STAFF_CSS_PARTS,
        *assets.ANSWER_CSS_PARTS,
    }
    assert {part.name for part in (assets.HERE / "js").glob("*.js")} == {
        *assets.JS_PARTS,
        *assets.STAFF_JS_PARTS,
        *assets.ANSWER_JS_PARTS,
    }


def test_style_sheet_asks_for_nothing_foreign() -> None:
    css = assets.join_css()
    assert "data:" not in css
    assert "@import" not in css
    for address in re.findall(r"url\(\"?([^)\"]+)", css):
        assert (assets.STATIC / address).exists(), address


def test_braces_are_closed() -> None:
    css = assets.join_css()
    assert css.count("{") == css.count("}")


def test_script_needs_no_eval_and_no_cookie() -> None:
    js = assets.join_js()
    for word in ("eval(", "Function(", "innerHTML", "document.cookie", ".style."):
        assert word not in js


def test_sprite_is_fresh() -> None:
    assert icons.SPRITE.read_text("utf-8") == icons.build_sprite()


@pytest.mark.parametrize("template", sorted(assets.HERE.parent.rglob("*.html")), ids=lambda path: path.name)
def test_templates_draw_only_known_icons(template: Path) -> None:
    used = set(re.findall(r"\{% icon ['\"]([a-z0-9-]+)['\"]", template.read_text("utf-8")))
    assert used <= set(icons.NAMES)
