"""Every pair of colours that meets on a page can be read."""

import re

import pytest

from jendela.ui import assets, tokens


@pytest.mark.parametrize(("pair", "figure"), tokens.measured(), ids=lambda value: str(value)[:60])
def test_pair_reaches_its_bound(pair: tokens.Pair, figure: float) -> None:
    assert figure >= pair.bound, f"{pair.front} on {pair.back}: {figure:.2f}, needs {pair.bound}"


def test_black_on_white_is_twenty_one() -> None:
    assert tokens.contrast("#000000", "#ffffff") == pytest.approx(21)


def test_colour_values_stand_only_in_the_tokens() -> None:
    for part in assets.CSS_PARTS:
        if part == "tokens.css":
            continue
        text = (assets.HERE / "css" / part).read_text("utf-8")
        assert not re.findall(r"#[0-9a-fA-F]{6}\b", text), part


def test_every_used_property_is_defined() -> None:
    css = assets.join_css()
    used = set(re.findall(r"var\((--[a-z0-9-]+)\)", css))
    assert used <= set(re.findall(r"(--[a-z0-9-]+):", css))
