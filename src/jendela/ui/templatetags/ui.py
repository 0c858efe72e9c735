"""Template tags of the interface: ``icon`` and ``path``.

Load with ``{% load ui %}``. The label of the app is ``ui``; the library's name too.
"""

from functools import lru_cache
from typing import Any

from django import template
from django.core.signals import setting_changed
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()


@lru_cache(maxsize=256)
def _icon(name: str, extra: str) -> SafeString:
    return format_html(
        '<svg class="icon{}" aria-hidden="true" width="24" height="24" fill="none" stroke="currentColor">'
        '<use href="{}#i-{}"/></svg>',
        f" {extra}" if extra else "",
        static("icons.svg"),
        name,
    )


@register.simple_tag
def icon(name: str, extra: str = "") -> SafeString:
    """A drawing from the sprite, always decoration: the words stand beside it.

    ``{% icon 'map-pin' %}`` or ``{% icon 'map-pin' 'icon-large' %}`` with one more class.
    """
    return _icon(str(name), extra)


@register.simple_tag
def path(target: str) -> str:
    """An own path in the language of the page: ``{% path '/asli/' %}`` is ``/en/asli/`` in English."""
    language = get_language() or "id"
    if language.startswith("en") and target.startswith("/") and not target.startswith("/en/"):
        return f"/en{target}"
    return target


def _forget(*, setting: str, **_: Any) -> None:
    """The address of the sprite is remembered; tests that change the settings start anew."""
    if setting in {"STATIC_URL", "STORAGES", "STATIC_ROOT"}:
        _icon.cache_clear()


setting_changed.connect(_forget)
