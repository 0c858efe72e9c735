"""Agencies as lists of offices call them: short name, full name, in any case, with or without the regency's name."""

import re
from collections.abc import Sequence

from django.utils.translation import gettext as _
from rapidfuzz import fuzz, process

from jendela.people.agencies.models import Agency

ALIKE = 80  # of 100: worth asking whether that one is meant
_SIGNS = re.compile(r"[^0-9a-z]+")
_PLACE = re.compile(r"\b(?:kab(?:upaten)?\.?\s+)?(?:kotawaringin\s+timur|kotim)\b", re.IGNORECASE)


def plain(text: str) -> str:
    return _SIGNS.sub("", _PLACE.sub(" ", text).casefold()) or _SIGNS.sub("", text.casefold())


class Owners:
    """Every agency, read once: two names each. `scope` narrows what is offered, not what is recognised."""

    def __init__(self, scope: frozenset[int] | None) -> None:
        self._scope = scope
        self._rows = list(
            Agency.objects.order_by("short_name").values_list("pk", "short_name", "name", "level")
        )
        self._number = {short: pk for pk, short, _name, _level in self._rows}
        self._level = {short: level for _pk, short, _name, level in self._rows}
        self._names: dict[str, str] = {}
        for _pk, short, name, _level in self._rows:
            for text in (short, name):
                if found := plain(text):
                    known = self._names.setdefault(found, short)
                    if known != short:
                        self._names[found] = ""  # two agencies are called so

    def find(self, text: str) -> str:
        """The short name of the agency that is meant; '' when none or several could be."""
        text = " ".join(text.split())
        if text in self._number:
            return text
        return self._names.get(plain(text), "") if text else ""

    def number(self, short: str) -> int | None:
        return self._number.get(short)

    def level(self, short: str) -> str:
        return self._level.get(short, "")

    def choices(self) -> Sequence[tuple[str, str]]:
        rows = [row for row in self._rows if self._scope is None or row[0] in self._scope]
        return [(short, short) for _pk, short, _name, _level in rows]

    def only(self) -> str:
        """The one agency a person works for, '' for several."""
        choices = self.choices()
        return choices[0][0] if self._scope is not None and len(choices) == 1 else ""

    def unknown(self, text: str) -> str:
        """A sentence for an agency that we do not know, with the one that may be meant."""
        names = {name: short for _pk, short, name, _level in self._rows} | {
            row[1]: row[1] for row in self._rows
        }
        near = process.extractOne(text.casefold(), [name.casefold() for name in names], scorer=fuzz.WRatio)
        if near is not None and near[1] >= ALIKE:
            short = list(names.values())[near[2]]
            return _("tidak ada di daftar instansi kami. Maksudnya %(name)s?") % {"name": short}
        return _("tidak ada di daftar instansi kami.")
