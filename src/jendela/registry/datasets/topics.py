"""Topics: a code of the RAD tree, or free words."""

import difflib
import re
from collections.abc import Collection, Iterable

from django.utils.translation import gettext as _

from jendela.registry.applications.models import FunctionNode

_CODE = re.compile(r"RAD[\s.]*\d.*", re.IGNORECASE)


def codes(topics: Iterable[str]) -> frozenset[str]:
    """The RAD tree, if one of these looks like a code of it: one query, or none."""
    if not any(_CODE.fullmatch(one) for one in topics):
        return frozenset()
    return frozenset(FunctionNode.objects.filter(tree="RAD").values_list("code", flat=True))


def wrong(topic: str, tree: Collection[str]) -> str:
    """What is wrong with a topic, '' for a known code and for free words. An empty tree knows nothing better."""
    if not tree or topic in tree or not _CODE.fullmatch(topic):
        return ""
    return _("kode %(code)s tidak ada di pohon RAD. Yang terdekat: %(near)s.") % {
        "code": topic,
        "near": nearest(topic, tree),
    }


def nearest(topic: str, tree: Collection[str]) -> str:
    """The deepest code above it, else the one that is written most like it."""
    code = re.sub(r"[\s.]+", ".", topic.upper())
    parts = re.sub(r"^RAD\.?", "RAD.", code).split(".")
    for deep in range(len(parts), 1, -1):
        if (above := ".".join(parts[:deep])) in tree:
            return above
    return difflib.get_close_matches(".".join(parts), sorted(tree), n=1, cutoff=0)[0]
