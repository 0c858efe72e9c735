"""Judgement of facts: for each fact its level, the fact in words, the rule, and what to do. Nothing of it is stored;
a changed threshold (thresholds.csv) judges old facts anew."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.utils import timezone
from django.utils.formats import date_format, localize
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jendela.registry.probes.choices import Fact, Level, Verdict, Why
from jendela.registry.probes.page_check import obstacles
from jendela.registry.probes.thresholds import Thresholds


@dataclass(frozen=True)
class Finding:
    """One fact, judged. `rule` says by what, `advice` what to do (empty when nothing)."""

    fact: Fact
    level: Level
    words: str
    rule: str
    advice: str = ""

    @property
    def label(self) -> str:
        return str(self.fact.label)

    @property
    def is_silent(self) -> bool:
        """Nothing was seen, and there is no reason to tell: named in one line with others."""
        return self.level is Level.UNKNOWN and self.words == _("Belum kami ketahui.")

    @property
    def level_words(self) -> str:
        return str(self.level.label)


@dataclass(frozen=True)
class Standing:
    """What is judged beside the facts of the last probe: the streak of failures."""

    verdict: str
    failing_since: datetime.date | None = None
    failed_days: int = 0


def judge(
    facts: dict[str, Any], standing: Standing, limits: Thresholds, now: datetime.datetime
) -> list[Finding]:
    """Every fact of a probe, judged, in the order of `Fact`."""
    judges: dict[Fact, Callable[[], Finding]] = {
        Fact.REACH: lambda: _reach(facts, standing, limits),
        Fact.REDIRECT: lambda: _redirect(facts),
        Fact.HTTPS: lambda: _https(facts),
        Fact.CERTIFICATE: lambda: _certificate(facts, limits, now),
        Fact.SPEED: lambda: _speed(facts, limits),
        Fact.SIZE: lambda: _size(facts, limits),
        Fact.ACCESS: lambda: _access(facts),
    }
    return [judges[fact]() for fact in Fact]


def _unknown(fact: Fact, rule: str, words: str = "") -> Finding:
    return Finding(fact, Level.UNKNOWN, words or _("Belum kami ketahui."), rule)


def _reach(facts: dict[str, Any], standing: Standing, limits: Thresholds) -> Finding:
    rule = _("Tidak terjangkau berarti gagal pada %(days)s hari berbeda berturut-turut.") % {
        "days": limits.dead_days
    }
    reach = facts.get("reach", {})
    why = reach.get("why", "")
    if standing.verdict == Verdict.SKIPPED:
        words = _("Tidak diperiksa karena %(why)s.") % {"why": why_words(why)}
        return _unknown(Fact.REACH, rule, words)
    if standing.verdict == Verdict.UP:
        status = reach.get("status")
        words = _("Server menjawab.")
        if status is not None and status >= 400:
            words = _("Server menjawab, tetapi menolak pemeriksa (kode %(status)s).") % {"status": status}
        return Finding(Fact.REACH, Level.GOOD, words, rule)
    words = failed_words(standing, why)
    advice = _(
        "Buka alamatnya dari ponsel di luar kantor. Bila pindah, perbarui alamatnya. "
        "Bila sudah berhenti, catat keadaannya."
    )
    level = Level.HELP if standing.verdict == Verdict.DOWN else Level.WATCH
    return Finding(Fact.REACH, level, words, rule, advice)


def failed_words(standing: Standing, why: str) -> str:
    """'Tidak terjangkau pada 3 hari berturut-turut, sejak 21 November 2026: server tidak menjawab …'"""
    since = date_format(standing.failing_since, "j F Y") if standing.failing_since else ""
    values = {"days": standing.failed_days, "since": since, "why": why_words(why)}
    if standing.verdict == Verdict.DOWN:
        return _("Tidak terjangkau, %(days)s hari berturut-turut sejak %(since)s: %(why)s.") % values
    return _("Gagal dibuka sejak %(since)s: %(why)s. Belum pasti, kami periksa lagi.") % values


def why_words(why: str) -> str:
    return str(Why(why).label) if why else _("sebabnya belum kami ketahui")


def _redirect(facts: dict[str, Any]) -> Finding:
    rule = _("Alamat yang dicatat sebaiknya alamat yang benar-benar dibuka.")
    found = facts.get("redirects")
    if found is None:
        return _unknown(Fact.REDIRECT, rule)
    if found["other_host"]:
        words = _("Berakhir di situs lain: %(host)s.") % {
            "host": urlsplit(found["final"]).hostname or found["final"]
        }
        advice = _("Pastikan situs itu memang milik aplikasi ini. Bila ya, catat alamat barunya.")
        return Finding(Fact.REDIRECT, Level.WATCH, words, rule, advice)
    steps = max(0, len(found["hops"]) - 1)
    if not steps:
        return Finding(Fact.REDIRECT, Level.GOOD, _("Dibuka langsung, tanpa pengalihan."), rule)
    words = ngettext(
        "Dialihkan %(steps)s kali, tetap di situs yang sama.",
        "Dialihkan %(steps)s kali, tetap di situs yang sama.",
        steps,
    ) % {"steps": steps}
    return Finding(Fact.REDIRECT, Level.GOOD, words, rule)


def _https(facts: dict[str, Any]) -> Finding:
    rule = _("Data warga harus lewat sambungan aman; http harus dialihkan ke https.")
    found = facts.get("https")
    if found is None:
        return _unknown(Fact.HTTPS, rule)
    if not found["https"]:
        if found.get("offered"):
            words = _("Halaman dibuka tanpa sambungan aman, padahal servernya punya.")
            return Finding(
                Fact.HTTPS,
                Level.HELP,
                words,
                rule,
                _("Alihkan http ke https di server, lalu catat alamat https."),
            )
        words = _("Halaman dibuka tanpa sambungan aman (http).")
        return Finding(
            Fact.HTTPS,
            Level.HELP,
            words,
            rule,
            _("Pasang sertifikat, lalu alihkan http ke https. Diskominfo dapat membantu."),
        )
    if found.get("forced") is None:
        return Finding(
            Fact.HTTPS,
            Level.GOOD,
            _("Halaman dibuka lewat https. Pengalihan dari http belum kami ketahui."),
            rule,
        )
    if not found["forced"]:
        words = _("Ada https, tetapi http masih dapat dibuka tanpa dialihkan.")
        return Finding(Fact.HTTPS, Level.WATCH, words, rule, _("Alihkan http ke https di server."))
    return Finding(Fact.HTTPS, Level.GOOD, _("Selalu lewat https."), rule)


def _certificate(facts: dict[str, Any], limits: Thresholds, now: datetime.datetime) -> Finding:
    rule = _("Sertifikat perlu dipercaya peramban, dan diperbarui %(days)s hari sebelum habis.") % {
        "days": limits.certificate_days
    }
    found = facts.get("tls")
    if found is None:
        return _unknown(Fact.CERTIFICATE, rule)
    ends = datetime.datetime.fromisoformat(found["not_after"]) if found["not_after"] else None
    day = date_format(timezone.localtime(ends), "j F Y") if ends else ""
    advice = _("Perbarui sertifikat di server. Nyalakan pembaruan otomatis bila ada.")
    if ends and ends <= now:
        return Finding(
            Fact.CERTIFICATE,
            Level.HELP,
            _("Habis pada %(day)s. Peramban memperingatkan pengunjung.") % {"day": day},
            rule,
            advice,
        )
    if not found["valid"]:
        words = _("Sertifikat tidak dipercaya peramban. Pengunjung mendapat peringatan.")
        return Finding(
            Fact.CERTIFICATE,
            Level.HELP,
            words,
            rule,
            _("Pasang sertifikat dari penerbit yang dipercaya, untuk nama alamat ini."),
        )
    if ends is None:
        return Finding(
            Fact.CERTIFICATE, Level.GOOD, _("Dipercaya. Tanggal habisnya belum kami ketahui."), rule
        )
    if ends <= now + datetime.timedelta(days=limits.certificate_days):
        return Finding(
            Fact.CERTIFICATE, Level.WATCH, _("Segera habis, pada %(day)s.") % {"day": day}, rule, advice
        )
    return Finding(Fact.CERTIFICATE, Level.GOOD, _("Dipercaya, berlaku sampai %(day)s.") % {"day": day}, rule)


def _speed(facts: dict[str, Any], limits: Thresholds) -> Finding:
    rule = _("Lambat bila lebih dari %(limit)s detik sampai seluruh halaman.") % {
        "limit": seconds(limits.slow_ms)
    }
    found = facts.get("speed")
    if found is None or found["total_ms"] is None:
        return _unknown(Fact.SPEED, rule)
    values = {"total": seconds(found["total_ms"]), "first": seconds(found["first_byte_ms"] or 0)}
    words = _("Seluruh halaman datang dalam %(total)s detik.") % values
    if found["first_byte_ms"] is not None:
        words = _("Jawaban pertama %(first)s detik, seluruh halaman %(total)s detik.") % values
    words += " " + _("Diukur dari server Jendela.")
    if found["total_ms"] <= limits.slow_ms:
        return Finding(Fact.SPEED, Level.GOOD, words, rule)
    return Finding(
        Fact.SPEED, Level.WATCH, words, rule, _("Periksa beban server dan basis data pada jam sibuk.")
    )


def _size(facts: dict[str, Any], limits: Thresholds) -> Finding:
    rule = _("Berat bila halaman pertama lebih dari %(limit)s, tanpa gambar.") % {
        "limit": kilobytes(limits.heavy_bytes)
    }
    found = facts.get("size")
    if found is None:
        return _unknown(Fact.SIZE, rule)
    words = (
        kilobytes(found["bytes"])
        if found["complete"]
        else _("Lebih dari %(size)s, tidak dibaca seluruhnya") % {"size": kilobytes(found["bytes"])}
    )
    words += ", " + (_("dimampatkan.") if found["compressed"] else _("tidak dimampatkan."))
    if found["bytes"] > limits.heavy_bytes or not found["complete"]:
        return Finding(
            Fact.SIZE, Level.WATCH, words, rule, _("Kecilkan halaman pertama; nyalakan gzip di server.")
        )
    return Finding(Fact.SIZE, Level.GOOD, words, rule)


def _access(facts: dict[str, Any]) -> Finding:
    rule = _("Tujuh hal dasar WCAG 2.2 pada halaman pertama. Ini bukan audit lengkap.")
    page = facts.get("page")
    if page is None:
        return _unknown(Fact.ACCESS, rule)
    if page["by_script"]:
        return _unknown(
            Fact.ACCESS,
            rule,
            _("Belum kami ketahui: isi halaman dibuat oleh skrip, jadi tidak terbaca pemeriksa."),
        )
    found = obstacle_words(page)
    if not found:
        return Finding(Fact.ACCESS, Level.GOOD, _("Tujuh hal dasar sesuai."), rule)
    return Finding(
        Fact.ACCESS,
        Level.WATCH,
        f"{', '.join(found).capitalize()}.",
        rule,
        _("Minta pembuat aplikasi memperbaikinya."),
    )


def obstacle_words(page: dict[str, Any]) -> list[str]:
    words = {
        "lang": _("bahasa halaman tidak disebut"),
        "title": _("judul halaman kosong"),
        "viewport": _("tidak disesuaikan untuk layar ponsel"),
        "zoom": _("halaman tidak dapat diperbesar"),
        "h1": _("judul utama ada %(n)s, seharusnya satu") % {"n": page["h1"]},
        "alt": _("%(n)s gambar tanpa keterangan") % {"n": page["images_without_alt"]},
        "label": _("%(n)s isian tanpa nama") % {"n": page["fields_without_label"]},
    }
    if page["h1"] == 0:
        words["h1"] = _("tidak ada judul utama")
    return [words[name] for name in obstacles(page)]


def seconds(milliseconds: int) -> str:
    return str(localize(round(milliseconds / 1000, 1)))


def kilobytes(size: int) -> str:
    """'48 KB' or '2,1 MB', of 1,000."""
    if size >= 1_000_000:
        return f"{localize(round(size / 1_000_000, 1))} MB"
    return f"{localize(max(1, round(size / 1000)))} KB"
