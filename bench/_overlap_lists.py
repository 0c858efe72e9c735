"""Labelled lists of invented applications for the benchmark of overlap: which are doubles, which do the same.

Two writings, so that a method cannot win by knowing one: 'a' has 54 functions and common Indonesian habits of naming;
'b' has 50 other functions, other templates, other ways of doubling. Nobody's real application is in them, the
governments are invented too. Quality figures on them are indications: the lists are as hard as their author thought.
"""

import csv
import random
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path

from jendela.registry.overlap.matching import Record

FOLDER = Path(__file__).resolve().parent / "overlap"
PLACE_PARTS = ("suka", "maju", "tanjung", "rawa", "batu", "sungai", "lubuk", "gunung", "teluk", "muara", "karang",
    "bumi", "jaya", "sari", "indah", "makmur", "raya", "kencana", "agung", "mulya", "harapan", "utama", "baru",
    "wangi")  # fmt: skip
BRANDS = ("cepat", "pintar", "mantap", "ceria", "berkah", "amanah", "sigap", "tanggap", "hebat", "jitu", "lancar",
    "maju", "sehati", "peduli", "santun", "tuntas", "gesit", "andalan", "bestari", "permata", "melati",
    "rajawali")  # fmt: skip
SWAPS = {
    "pegawai": ("ASN", "aparatur"), "absensi": ("presensi", "kehadiran"), "daring": ("online",),
    "masyarakat": ("warga",),
    "pengelolaan": ("manajemen",), "laporan": ("pelaporan",), "data": ("informasi",), "pendaftaran": ("registrasi",),
    "siswa": ("murid",), "surat": ("naskah",), "pemantauan": ("monitoring",), "pelayanan": ("layanan",),
    "digital": ("elektronik",), "jadwal": ("agenda",), "permohonan": ("pengajuan",), "desa": ("kampung",),
}  # fmt: skip
PREFIX_WORDS = {"a": ("Aplikasi", "Sistem Informasi", "Sistem Informasi Manajemen", "Layanan", "Portal", "e-"),
    "b": ("Sistem", "Sistem Elektronik", "Sistem Informasi", "i-", "Pusat Layanan", "Digitalisasi", "Sistem Pelayanan",
        "Dashboard", "e-")}  # fmt: skip


@dataclass(frozen=True)
class Function:
    code: str
    office: str
    names: list[str]
    tasks: list[str]


@dataclass
class Labelled:
    """Records with what is true about their pairs; keys are (smaller id, larger id)."""

    records: list[Record] = field(default_factory=list)
    government: dict[str, str] = field(default_factory=dict)
    code: dict[str, str] = field(default_factory=dict)
    duplicates: dict[tuple[str, str], str] = field(default_factory=dict)  # with how it was doubled
    same_function: set[tuple[str, str]] = field(default_factory=set)


def functions(writing: str) -> list[Function]:
    with (FOLDER / f"functions_{writing}.csv").open(encoding="utf-8") as file:
        return [
            Function(row["function"], row["office"], row["names"].split(";"), row["tasks"].split(";"))
            for row in csv.DictReader(file)
        ]


class Writer:
    """Writes one list. `filled` is the share of records whose function column is filled."""

    def __init__(self, seed: int, writing: str, *, filled: float = 0.0) -> None:
        self.draw = random.Random(seed)  # noqa: S311  a fixed list, not a secret
        self.writing = writing
        self.filled = filled
        self.bank = functions(writing)
        self.list = Labelled()

    def write(self, governments: int, each: int) -> Labelled:
        for number in range(governments):
            self._government(number, each)
        known = self.list
        by_place: dict[tuple[str, str], list[str]] = {}
        for record in known.records:
            by_place.setdefault((known.government[record.id], known.code[record.id]), []).append(record.id)
        for ids in by_place.values():
            known.same_function.update(combinations(sorted(ids), 2))
        known.same_function -= known.duplicates.keys()
        self.draw.shuffle(known.records)
        return known

    def _government(self, number: int, each: int) -> None:
        draw = self.draw
        place = " ".join(part.capitalize() for part in draw.sample(PLACE_PARTS, 2)) + f" {number}"
        level = draw.choice(("Kabupaten", "Kota", "Kabupaten", "Kabupaten"))
        style = draw.randrange(3)
        doubled = 0
        used: set[str] = set()
        originals: list[tuple[Record, Function]] = []
        while len(originals) + doubled < each:
            function = draw.choice(self.bank)
            named = self._new_name(function, place, used)
            if named is None:
                continue  # this government has used up the subjects of this function
            name, long_name = named
            owner = self._owner(function.office, level, place, style)
            host = "".join(character for character in name.lower() if character.isalnum())[:40]
            url = f"https://{host}.{place.replace(' ', '').lower()}.go.id"
            record = Record(
                f"{self.writing}{number:04}-{len(originals):03}",
                owner,
                name,
                self._description(function, long_name),
                url if draw.random() < 0.35 else "",
                function.code if draw.random() < self.filled else "",
            )
            originals.append((record, function))
            self._add(record, str(number), function)
            if draw.random() < 0.057:
                self._double(record, long_name, function, str(number), (level, place, style), doubled)
                doubled += 1

    def _add(self, record: Record, government: str, function: Function) -> None:
        self.list.records.append(record)
        self.list.government[record.id] = government
        self.list.code[record.id] = function.code

    def _owner(self, office: str, level: str, place: str, style: int) -> str:
        if style == 0:
            return f"{office} {level} {place}"
        if style == 1:
            return f"{level} {place}"
        return f"{office} {level.replace('Kabupaten', 'Kab.')} {place}"

    # names

    def _new_name(self, function: Function, place: str, used: set[str]) -> tuple[str, str] | None:
        """A name that nobody would take for another of the same government: a subject ("kearsipan") is used once, or
        the truth would be a matter of taste."""
        for _ in range(6):
            subject = self.draw.choice(function.names)
            name, long_name = self._name(function, subject, place)
            keys = {subject.lower(), name.lower()}
            if not keys & used:
                used |= keys
                return name, long_name
        return None

    def _name(self, function: Function, subject: str, place: str) -> tuple[str, str]:
        """(the name, the long name behind it)."""
        draw = self.draw
        prefix = draw.choice(PREFIX_WORDS[self.writing])
        long_name = f"{prefix}{subject.title()}" if prefix.endswith("-") else f"{prefix} {title(subject)}"
        kind = draw.random()
        if kind < 0.3:
            return self._tail(long_name, place), long_name
        if kind < 0.5:
            short = acronym(
                draw, long_name if not prefix.endswith("-") else f"Sistem Informasi {title(subject)}"
            )
            long_name = long_name if not prefix.endswith("-") else f"Sistem Informasi {title(subject)}"
            return self._tail(short, place), long_name
        if kind < 0.65:
            short = acronym(draw, f"Sistem Informasi {title(subject)}")
            return f"{short} (Sistem Informasi {title(subject)})", f"Sistem Informasi {title(subject)}"
        brand = draw.choice(BRANDS)
        if kind < 0.85:
            word = subject.split(maxsplit=1)[0]
            name = draw.choice(
                (
                    f"Si {brand.title()} {title(word)}",
                    f"{title(word)} {brand.title()}",
                    f"{brand.upper()} {title(word)}",
                )
            )
            return name, long_name
        return self._tail(
            f"{title(subject)} {draw.choice(('Online', 'Digital', 'Terpadu', 'Mobile'))}", place
        ), long_name

    def _tail(self, name: str, place: str) -> str:
        return f"{name} {place.rsplit(' ', 1)[0]}" if self.draw.random() < 0.2 else name

    def _description(self, function: Function, long_name: str) -> str:
        draw = self.draw
        chance = draw.random()
        if chance < 0.08:
            return ""
        tasks = draw.sample(function.tasks, draw.choice((1, 2, 2, min(3, len(function.tasks)))))
        text = ", ".join(tasks)
        if chance < 0.3:
            text = f"{long_name}: {text}"
        elif chance < 0.6:
            text = f"{draw.choice(('Aplikasi untuk', 'Digunakan untuk', 'Layanan', 'Memudahkan'))} {text}"
        return self._reworded(text, 0.3)

    def _reworded(self, text: str, chance: float) -> str:
        words = []
        for word in text.split(" "):
            others = SWAPS.get(word.lower())
            if others and self.draw.random() < chance:
                other = self.draw.choice(others)
                words.append(title(other) if word[:1].isupper() else other)
            else:
                words.append(word)
        return " ".join(words)

    # doubles

    def _double(  # noqa: PLR0917
        self,
        record: Record,
        long_name: str,
        function: Function,
        government: str,
        where: tuple[str, str, int],
        number: int,
    ) -> None:
        draw = self.draw
        level, place, style = where
        how = draw.choices(
            ("acronym", "typo", "tail", "bracket", "office", "reworded", "case", "new name"),
            weights=(22, 18, 18, 10, 12, 12, 4, 4) if self.writing == "a" else (26, 14, 12, 8, 16, 14, 4, 6),
        )[0]
        name = self._doubled_name(how, record.name, long_name, place)
        office = draw.choice(self.bank).office if how == "office" or draw.random() < 0.4 else function.office
        url = record.url if draw.random() < 0.4 else ""
        if how == "new name":
            url = record.url or f"https://layanan{number}.{place.replace(' ', '').lower()}.go.id/masuk"
            name = f"{draw.choice(BRANDS).title()} {draw.choice(BRANDS).title()}"
            if not record.url:
                at = self.list.records.index(record)
                self.list.records[at] = Record(
                    record.id, record.owner, record.name, record.description, url, record.function
                )
        other = Record(
            f"{record.id}d",
            self._owner(office, level, place, style),
            name,
            self._doubled_description(record.description, function, long_name),
            url,
            function.code if draw.random() < self.filled else "",
        )
        self._add(other, government, function)
        self.list.duplicates[(record.id, other.id)] = how

    def _doubled_name(  # noqa: PLR0911  one way of doubling each
        self, how: str, name: str, long_name: str, place: str
    ) -> str:
        draw = self.draw
        bare = name.split(" (", maxsplit=1)[0]
        if how == "acronym":
            if bare.split(" ")[0].isupper() and len(bare) > 3:
                return long_name  # the short one stands there already
            if long_name.startswith(("e-", "i-")):
                long_name = f"Sistem Informasi {long_name[2:]}"
            short = acronym(draw, long_name)
            return draw.choice((short, f"Aplikasi {short}", f"{short} {place.split(' ', maxsplit=1)[0]}"))
        if how == "typo":
            return typo(draw, name if draw.random() < 0.5 else typo(draw, name))
        if how == "tail":
            tails = ("v2", "Online", "versi 2.0", "Mobile", "(baru)", "2024", "Berbasis Web", f"Kab. {place}")
            return f"{bare} {draw.choice(tails)}"
        if how == "bracket":
            return bare if bare != name else f"{name} ({title(long_name)})"
        if how == "office":
            return (
                f"{bare} {draw.choice(('Dinas', 'OPD', 'Sekretariat', 'Bidang Data'))}"
                if draw.random() < 0.5
                else bare
            )
        if how == "case":
            return name.upper() if name != name.upper() else name.lower()
        if how == "reworded":
            changed = self._reworded(long_name if draw.random() < 0.4 else name, 0.9)
            if changed == name:
                changed = (
                    f"Aplikasi {name}" if not name.startswith("Aplikasi") else name.removeprefix("Aplikasi ")
                )
            return changed
        return name

    def _doubled_description(self, text: str, function: Function, long_name: str) -> str:
        chance = self.draw.random()
        if chance < 0.2:
            return ""
        if chance < 0.4:
            return text
        if chance < 0.7:
            parts = text.split(", ")
            return self._reworded(self.draw.choice(parts), 0.5)
        return self._description(function, long_name)


def title(text: str) -> str:
    return " ".join(word if word.isupper() else word[:1].upper() + word[1:] for word in text.split(" "))


def acronym(draw: random.Random, long_name: str) -> str:
    """As offices make them: a letter or two of the weak words, two to four of the last ones."""
    words = [
        word for word in long_name.replace("-", " ").split(" ") if word.lower() not in {"dan", "untuk", "di"}
    ]
    if len(words) >= 4 and draw.random() < 0.3:
        return "".join(word[0] for word in words).upper()
    parts = []
    for at, word in enumerate(words):
        last = at == len(words) - 1
        length = draw.choice((1, 2)) if not last else draw.choice((2, 3, 4))
        core = word
        if last and word.lower().startswith(("ke", "pe")) and len(word) > 7 and draw.random() < 0.5:
            core = word[2:]
        parts.append(core[:length])
    return "".join(parts).upper()


def typo(draw: random.Random, text: str) -> str:
    if len(text) < 5:
        return text + text[-1]
    at = draw.randrange(1, len(text) - 2)
    kind = draw.randrange(4)
    if kind == 0:
        return text[:at] + text[at + 1 :]
    if kind == 1:
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    if kind == 2:
        return text[:at] + text[at] + text[at:]
    return text[:at] + draw.choice("aiueonrst") + text[at + 1 :]
