"""Own addresses with filters, and the way back from rooms of staff."""

from urllib.parse import urlencode

from django.utils.translation import gettext as _

from jendela.ui.templatetags.ui import path


def address(target: str, **values: object) -> str:
    """An own path with the filters that are set."""
    kept = {name: str(value) for name, value in values.items() if value}
    return f"{path(target)}?{urlencode(kept)}" if kept else path(target)


def crumbs(*more: tuple[str, str]) -> list[dict[str, str]]:
    """The way back from a screen of this app."""
    steps = [(_("Ruang kelola"), "/kelola/"), *more]
    return [{"label": label, "url": path(target)} for label, target in steps]
