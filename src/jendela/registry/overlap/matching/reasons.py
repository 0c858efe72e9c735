"""Why a pair is asked about, in sentences that an official can check. Strongest first, never a verdict."""

from collections.abc import Sequence

from jendela.registry.overlap.matching.facts import Facts
from jendela.registry.overlap.matching.features import Features
from jendela.registry.overlap.matching.words import generic

MOST = 5


def of_duplicate(a: Facts, b: Facts, found: Features) -> tuple[str, ...]:
    values = found.values
    said: list[str] = []
    if values["same_store"]:
        said.append(f"nomor di toko aplikasi sama: {a.address.store.partition(':')[2]}")
    if values["national"]:
        said.append(f"keduanya memuat nama aplikasi nasional {a.national}")
    if values["same_host"] > 0.5:
        said.append(f"alamat sama: {a.address.host}")
    if a.names[0] == b.names[0]:
        said.append("nama sama setelah versi, tahun, dan nama daerah dilepas")
    elif values["compact"] >= 0.999:
        said.append("nama sama, hanya beda spasi atau kata umum")
    if max(values["acronym"], values["acronym_assumed"]) >= 0.45 and found.short:
        said.append(f"{found.short.upper()} dapat dibaca sebagai singkatan dari {found.long}")
    elif values["acronym_told"] >= 0.6:
        said.append("singkatan yang satu dijelaskan di uraian yang lain")
    said += _of_words(a, b, found)
    if values["told_contained"] >= 0.5 and not values["told_missing"]:
        said.append("uraian hampir sama" if values["told"] >= 0.8 else "sebagian uraian sama")
    if values["same_function"]:
        said.append(f"fungsi sama: {a.record.function.strip()}")
    if not values["same_owner"]:
        said.append("dicatat oleh dua kantor")
    return tuple(text.replace(";", ",") for text in said[:MOST]) or ("nama mirip",)


def _of_words(a: Facts, b: Facts, found: Features) -> list[str]:
    said: list[str] = []
    telling = [word for word in found.shared if generic().get(word, 1.0) >= 0.5]
    if telling:
        said.append("kata khas sama: " + ", ".join(_as_written(word, a) for word in telling[:3]))
    values = found.values
    if values["contained"] >= 0.95 and values["most_unmatched"] > 0 and values["jaccard"] < 0.95:
        said.append("nama yang satu termuat dalam nama yang lain")
    elif not telling and values["compact"] >= 0.75:
        said.append("ejaan nama hampir sama")
    return said


def _as_written(root: str, fact: Facts) -> str:
    """The word of the name that has this root: people do not know roots."""
    for name, roots in zip(fact.names, fact.words, strict=True):
        words = [word for word in name.split() if generic().get(word, 1.0) > 0]
        for word, known in zip(words, roots, strict=False):
            if known == root:
                return word
    return root


def of_function(named: Sequence[str], guessed: int, probability: float) -> tuple[str, ...]:
    """`named`: names of the function as both say it; `guessed`: how many of both were not written but guessed."""
    same = " / ".join(dict.fromkeys(text.strip() for text in named if text.strip())).replace(";", ",")
    if guessed == 0:
        return (f"fungsi sama: {same}" if "/" not in same else f"fungsi hampir sama: {same}",)
    who = "keduanya" if guessed == 2 else "salah satunya"
    percent = f"{probability * 100:.0f}"
    return (
        f"fungsi diperkirakan sama: {same}",
        f"fungsi {who} belum tertulis, dibaca dari nama dan uraian ({percent} dari 100)",
    )
