"""/gaya/ shows every component, so that none is changed unseen."""

import re
from pathlib import Path

from django.test import RequestFactory
from django.utils import translation

from jendela.portal.style import views

PACKAGE = Path(views.__file__).parents[2]
PAGE = PACKAGE / "portal" / "style" / "pages" / "show_style.html"


def shown(path: str, language: str = "id") -> str:
    with translation.override(language):
        return views.show_style(RequestFactory().get(path)).content.decode()


def test_every_component_is_shown() -> None:
    text = PAGE.read_text("utf-8")
    for component in (PACKAGE / "ui" / "components").glob("*.html"):
        assert f"ui/components/{component.name}" in text, component.name


def test_no_inline_code_or_style() -> None:
    page = shown("/gaya/")
    assert not re.search(r"\sstyle=|\son[a-z]+=|<style|<script(?![^>]*\ssrc=)", page)


def test_ids_are_used_once() -> None:
    ids = re.findall(r'\sid="([^"]+)"', shown("/gaya/"))
    assert len(ids) == len(set(ids))


def test_the_prototype_says_so() -> None:
    assert "Purwarupa dari data publik. Belum situs resmi." in shown("/gaya/")


def test_the_other_language_is_one_link_away() -> None:
    assert 'href="/en/gaya/"' in shown("/gaya/")
    english = shown("/en/gaya/", "en")
    assert 'href="/gaya/"' in english
    assert 'href="/en/asli/"' in english
    assert '<html lang="en">' in english
