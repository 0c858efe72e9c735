"""The report of a change in words and shares, for its page."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jendela.services.search.choices import ChangeKind
from jendela.services.search.models import WordChange

SHOWN = 8


def difference(row: WordChange) -> dict[str, list[str]]:
    """The words that the change adds and takes away."""
    before = _all(row.before)
    after = _all(row.after)
    return {
        "added": [text for text in after if text not in before],
        "gone": [text for text in before if text not in after],
    }


def _all(lists: Mapping[str, list[str]]) -> list[str]:
    return [text for name, texts in lists.items() if name != "bahasa" for text in texts]


def of(row: WordChange) -> dict[str, Any]:
    """All that the page of a change says of its effect."""
    report = row.report
    before, after = report["before"], report["after"]
    totals = [
        {
            "label": _("Jawaban benar di tempat pertama"),
            "before": _share(before["first"], before["asked"]),
            "after": _share(after["first"], after["asked"]),
            "sign": _sign(after["first"] - before["first"]),
        },
        {
            "label": _("Jawaban benar di tiga teratas"),
            "before": _share(before["three"], before["asked"]),
            "after": _share(after["three"], after["asked"]),
            "sign": _sign(after["three"] - before["three"]),
        },
        {
            "label": _("Yakin padahal tidak ada layanannya"),
            "before": _share(before["wrongly_sure"], before["without"]),
            "after": _share(after["wrongly_sure"], after["without"]),
            "sign": _sign(before["wrongly_sure"] - after["wrongly_sure"]),
        },
    ]
    groups = [
        ("worse", _("Kueri uji yang menjadi lebih buruk"), "alert-triangle"),
        ("better", _("Kueri uji yang menjadi lebih baik"), "circle-check"),
    ]
    asked = [
        ("asked_better", _("Menjadi terjawab"), "circle-check"),
        ("asked_worse", _("Menjadi tidak yakin"), "alert-triangle"),
        ("asked_other", _("Pindah ke layanan lain"), "replace"),
    ]
    return {
        "totals": totals,
        "tests": [_group(report, *one) for one in groups],
        "asked": [_group(report, *one) for one in asked],
        "asked_number": report["asked"],
        "test_number": before["asked"] + before["without"],
        "seconds": report["seconds"],
        "difference": _shown(difference(row)),
        "verdict": _verdict(report),
        "nothing": not any(report[f"{name}_count"] for name, *_rest in [*groups, *asked]),
        "harm": ngettext(
            "Saya tahu %(number)s kueri uji menjadi lebih buruk",
            "Saya tahu %(number)s kueri uji menjadi lebih buruk",
            row.harmed,
        )
        % {"number": row.harmed},
        "is_words": row.kind == ChangeKind.WORDS,
    }


def _shown(words: dict[str, list[str]]) -> dict[str, Any]:
    """The first words of each list, and how many more there are."""
    more = {f"more_{name}": texts[SHOWN:] for name, texts in words.items()}
    return {name: texts[:SHOWN] for name, texts in words.items()} | more


def _verdict(report: Mapping[str, Any]) -> str:
    """What the change does to the test queries, in a sentence or two."""
    better, worse = report["better_count"], report["worse_count"]
    good = ngettext(
        "%(number)s kueri uji menjadi lebih baik.", "%(number)s kueri uji menjadi lebih baik.", better
    )
    bad = ngettext(
        "%(number)s kueri uji menjadi lebih buruk.", "%(number)s kueri uji menjadi lebih buruk.", worse
    )
    return " ".join(
        [
            good % {"number": better} if better else _("Tidak ada kueri uji yang menjadi lebih baik."),
            bad % {"number": worse} if worse else _("Tidak ada yang menjadi lebih buruk."),
        ]
    )


def _group(report: Mapping[str, Any], name: str, title: str, icon: str) -> dict[str, Any]:
    count = report[f"{name}_count"]
    rows = [
        {
            "query": row["query"],
            "wanted": row["wanted"],
            "before": _outcome(row["before"], row["wanted"]),
            "after": _outcome(row["after"], row["wanted"]),
        }
        for row in report[name]
    ]
    return {
        "key": name,
        "title": title,
        "icon": icon,
        "count": count,
        "rows": rows,
        "more": count - len(rows),
    }


def _outcome(one: Mapping[str, Any], wanted: str) -> str:
    sure = _("yakin") if one["sure"] else _("ragu")
    if wanted:
        if one["place"]:
            return _("tempat ke-%(place)s, %(sure)s") % {"place": one["place"], "sure": sure}
        if one["first"]:
            return _("tidak di sepuluh teratas; pertama: %(first)s") % {"first": one["first"]}
    elif one["first"]:
        return f"{one['first']}, {sure}"
    return _("tidak ada hasil")


def _share(part: int, whole: int) -> str:
    if not whole:
        return _("belum ada kueri uji")
    percent = f"{100 * part / whole:.1f}".replace(".", ",")
    return _("%(part)s dari %(whole)s (%(percent)s%%)") % {"part": part, "whole": whole, "percent": percent}


def _sign(number: int) -> str:
    """'up' is better, whatever the number means."""
    return "up" if number > 0 else "down" if number < 0 else ""
