"""Which government an owner is, or belongs to. Records are compared inside one government only.

Order of what is tried:
1. A level word in the owner ("Dinas Kesehatan Kabupaten X", "Kab. X", "Pemprov X") names the government.
2. A ministry or national body (data/central_bodies.csv) is a government of its own, of the level of the centre.
3. An office with a name behind it that other owners of the list show to be a government ("Diskominfo Sleman").
4. An office without one ("Disdukcapil", "Setda"): the list is of one government, all such offices belong to it - unless
   the list names two or more regional governments; then such an owner is compared only with itself.
5. Anything else ("Sleman", "6202", "Bank Kalteng") is taken as the government itself, by its own name.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from jendela.registry.overlap.matching.words import plain, read_data

CENTRE, PROVINCE, REGENCY = "pusat", "provinsi", "kabupaten/kota"
_LEVEL = re.compile(
    r"\b(?:(?P<centre>republik indonesia|ri$)|"
    r"(?P<province>pemerintah provinsi|pemprov|provinsi|propinsi|prov)|"
    r"(?P<city>pemerintah kota|pemkot|kota)|"
    r"(?P<regency>pemerintah kabupaten|pemkab|kabupaten|kab))\b(?P<name>.*)"
)
_OFFICE_START = re.compile(
    r"^(?:dis[a-z]{3,}|d(?:in)?kes|bp[a-z]{2,5}|bk[a-z]{2,5}|bap[a-z]{4,}|dp[a-z0-9]{2,6})\b"
)
_PROVINCE_SHORT = frozenset({"dki jakarta", "di yogyakarta", "daerah istimewa yogyakarta", "diy"})
_CUT = re.compile(
    r"\b(?:dinas|badan|sekretariat|kecamatan|kelurahan|bidang|bagian|uptd?|rsud|inspektorat)\b.*"
)
ENOUGH_OFFICES = 3  # so many different offices with the same words behind: the words are a government


@dataclass(frozen=True, slots=True)
class Government:
    """Whose records are compared with each other. `level` is empty when the owner does not show it."""

    key: str
    level: str = ""
    place: str = ""  # its name, normalised, without level


LIST_ITSELF = Government("daftar ini")


@cache
def _offices() -> frozenset[str]:
    return frozenset(row["word"] for row in read_data("office_words.csv") if row["kind"] == "head")


@cache
def _central() -> re.Pattern[str]:
    names = sorted((plain(row["name"]) for row in read_data("central_bodies.csv")), key=len, reverse=True)
    return re.compile(r"^(?:" + "|".join(map(re.escape, names)) + r")\b")


def named(owner: str) -> Government | None:
    """The government that the words of the owner name (rules 1 and 2), or None."""
    text = plain(owner)
    if _central().match(text):
        return Government(f"{CENTRE}:{text}", CENTRE, "")
    found = _LEVEL.search(text)
    if found is None:
        return Government(f"{PROVINCE}:{text}", PROVINCE, text) if text in _PROVINCE_SHORT else None
    if found["centre"]:
        return Government(f"{CENTRE}:{text}", CENTRE, "")
    kind = "provinsi" if found["province"] else "kota" if found["city"] else "kabupaten"
    place = _CUT.sub("", found["name"]).strip()
    if not place:
        return None
    return Government(f"{kind}:{place}", PROVINCE if kind == "provinsi" else REGENCY, place)


def is_office(owner: str) -> bool:
    """Does the owner sound like an office of a regional government?"""
    text = plain(owner)
    first = text.split(" ", 1)[0]
    return first in _offices() or text.startswith("rumah sakit") or bool(_OFFICE_START.match(text))


class Governments:
    """The governments of one list, found from all its owners together."""

    def __init__(self, owners: Iterable[str]) -> None:
        distinct = sorted(set(owners))
        self._known = {owner: government for owner in distinct if (government := named(owner))}
        local = {government for government in self._known.values() if government.level == REGENCY}
        names = Counter(government.place for government in local)  # Bandung is a regency and a city
        self._places = {government.place: government for government in local if names[government.place] == 1}
        rest = [owner for owner in distinct if owner not in self._known]
        self._learn_places(rest)
        self.one_government = len(local) + len(self._learned) <= 1
        self._home = next(iter(local)) if len(local) == 1 else LIST_ITSELF
        for owner in rest:
            self._known[owner] = self._place_of(owner)

    def of(self, owner: str) -> Government:
        """The government of an owner; one that is not in the list is judged by its words."""
        return self._known.get(owner) or named(owner) or self._place_of(owner)

    def _learn_places(self, owners: list[str]) -> None:
        """Words that stand behind three different offices, or alone as an owner and behind an office."""
        bare = {plain(owner) for owner in owners if not is_office(owner)}
        heads: dict[str, set[str]] = defaultdict(set)
        starts: Counter[str] = Counter()
        for owner in owners:
            words = plain(owner).split()
            if not is_office(owner):
                continue
            starts.update({" ".join(words[:count]) for count in range(1, len(words) + 1)})
            for count in range(1, len(words)):
                heads[" ".join(words[count:])].add(" ".join(words[:count]))
        self._learned = {
            tail: len(found)
            for tail, found in heads.items()
            if tail in bare
            or (
                len(found) >= ENOUGH_OFFICES
                and sum(starts[head] >= ENOUGH_OFFICES for head in found) >= ENOUGH_OFFICES
            )
        }

    def _place_of(self, owner: str) -> Government:
        text = plain(owner)
        words = text.split()
        tails = [" ".join(words[count:]) for count in range(len(words))]
        for tail in tails:
            if tail in self._places:
                return self._places[tail]
        learned = max((tail for tail in tails if tail in self._learned), key=self._support, default="")
        if learned:
            return Government(f"wilayah:{learned}", "", learned)
        if is_office(owner) and self.one_government:
            return self._home
        return Government(f"pemilik:{text}", "", "")

    def _support(self, tail: str) -> tuple[int, int]:
        return self._learned[tail], len(tail)
