"""The checks: each a small class with what it asks, by which rule, and where it is put right. What is not known does
not fail; it is asked for."""

import datetime
from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jendela.common.dates import months_after
from jendela.registry.applications.choices import (
    Accessibility,
    ApplicationClass,
    ApplicationState,
    AuditResult,
    LifeCycle,
    OperatorLevel,
)
from jendela.registry.applications.paths import PART_WORDS, edit_path, record_path
from jendela.registry.probes.choices import Fact, Level
from jendela.registry.scores.choices import Rank, Result, Side
from jendela.registry.scores.facts import Facts
from jendela.registry.scores.tables import thresholds

PASSED, FAILED, UNKNOWN, NOT_ASKED = Result.PASSED, Result.FAILED, Result.UNKNOWN, Result.NOT_ASKED
OURS = (OperatorLevel.REGENCY,)


@dataclass(frozen=True)
class Found:
    result: Result
    words: str  # the fact


class Check:
    key: ClassVar[str]
    label: ClassVar[Any]
    rule: ClassVar[Any]  # what must be, with its citation
    rank: ClassVar[Rank]
    side: ClassVar[Side | None] = None
    fix: ClassVar[str] = ""  # end of the record's path, "state"
    fix_words: ClassVar[Any] = gettext_lazy("Isi")
    ours_alone: ClassVar[bool] = False  # asked only of applications that the regency runs

    def fix_path(self, slug: str) -> str:
        """Where it is put right."""
        rooms = {
            "pemeriksaan": f"/kelola/pemeriksaan/{slug}/",
            "data": f"/kelola/data/baru/?aplikasi={slug}",
            "integrasi": f"/kelola/integrasi/baru/?dari={slug}",
            "catatan": record_path(
                slug
            ),  # every group is confirmed there; the head then swears for the agency
        }
        if self.fix.startswith("@"):
            return f"{record_path(slug)}#{PART_WORDS[self.fix.removeprefix('@')]}"
        return rooms.get(self.fix) or edit_path(slug, self.fix)

    def judge(self, facts: Facts) -> Found:
        """The fact in words, judged."""
        row = facts.application
        if self.ours_alone and row.operator_level not in OURS:
            return Found(NOT_ASKED, _("Dijalankan pihak lain."))
        if row.life_cycle == LifeCycle.RETIRED and self.key != "keadaan":
            return Found(NOT_ASKED, _("Sudah dihentikan."))
        return self.look(facts)

    def look(self, facts: Facts) -> Found:
        raise NotImplementedError


def _day(day: datetime.date) -> str:
    return date_format(day, "j F Y")


def _unknown() -> Found:
    return Found(UNKNOWN, _("Belum kami ketahui."))


class StateKnown(Check):
    key, rank, side, fix = "keadaan", Rank.BASIC, Side.FUNCTION, "state"
    label = gettext_lazy("Masih dipakai")
    rule = gettext_lazy("Keadaan diketahui, dan aplikasi mati sudah dihentikan (Pemdi I13).")

    def look(self, facts: Facts) -> Found:
        row = facts.application
        if row.life_cycle == LifeCycle.RETIRED:
            return Found(PASSED, _("Sudah dihentikan dengan keputusan."))
        if row.state == ApplicationState.UNKNOWN:
            return _unknown()
        good = row.state in (ApplicationState.IN_USE, ApplicationState.PLANNED)
        return Found(PASSED if good else FAILED, str(row.get_state_display()).capitalize() + ".")


class PlanKnown(Check):
    key, rank, fix = "tahap", Rank.BASIC, "life_cycle"
    label = gettext_lazy("Tahap diketahui")
    rule = gettext_lazy("Pemilik menyatakan tahapnya: direncanakan sampai dihentikan.")

    def look(self, facts: Facts) -> Found:
        if facts.application.life_cycle == LifeCycle.UNKNOWN:
            return _unknown()
        return Found(PASSED, str(facts.application.get_life_cycle_display()).capitalize() + ".")


class UnitKnown(Check):
    key, rank, fix = "pengelola", Rank.BASIC, "operating_unit"
    label = gettext_lazy("Ada yang mengelola")
    rule = gettext_lazy("Unit pengelola atau orangnya diketahui (metadata DAA).")

    def look(self, facts: Facts) -> Found:
        if facts.people:
            return Found(PASSED, _("%(number)s orang tercatat.") % {"number": facts.people})
        if facts.application.operating_unit:
            return Found(PASSED, facts.application.operating_unit)
        return _unknown()


class ClassKnown(Check):
    key, rank, fix = "jenis", Rank.BASIC, "app_class"
    label = gettext_lazy("Umum atau khusus")
    rule = gettext_lazy("Jenis aplikasi diketahui (Perpres 95/2018 pasal 1).")

    def look(self, facts: Facts) -> Found:
        if facts.application.app_class == ApplicationClass.UNKNOWN:
            return _unknown()
        return Found(PASSED, str(facts.application.get_app_class_display()) + ".")


class LegalBasisKnown(Check):
    key, rank, fix, ours_alone = "dasar_hukum", Rank.GOOD, "@legal_bases", True
    label = gettext_lazy("Dasar hukum")
    rule = gettext_lazy("Paling sedikit satu dasar hukum (formulir inventaris daerah).")

    def look(self, facts: Facts) -> Found:
        if not facts.legal_bases:
            return _unknown()
        return Found(PASSED, _("%(number)s dasar hukum.") % {"number": facts.legal_bases})


class CostKnown(Check):
    key, rank, fix, ours_alone = "biaya", Rank.GOOD, "@costs", True
    label = gettext_lazy("Biaya diketahui")
    rule = gettext_lazy("Ada biaya tahun ini atau tahun lalu.")

    def look(self, facts: Facts) -> Found:
        if facts.cost_year is None:
            return Found(UNKNOWN, _("Belum ada data biaya."))
        recent = facts.cost_year >= facts.on.year - 1
        words = _("Terakhir tahun %(year)s.") % {"year": facts.cost_year}
        return Found(PASSED if recent else UNKNOWN, words)


class HostingKnown(Check):
    key, rank, side, fix, ours_alone = "server", Rank.BASIC, Side.TECHNIQUE, "hosting", True
    label = gettext_lazy("Tempat server")
    rule = gettext_lazy("Tempat server diketahui (formulir inventaris daerah).")

    def look(self, facts: Facts) -> Found:
        if "hosting" not in facts.known:
            return _unknown()
        return Found(PASSED, str(facts.application.get_hosting_display()).capitalize() + ".")


class _Probed(Check):
    """A check of what probes saw."""

    side: ClassVar[Side | None] = Side.TECHNIQUE
    fact: ClassVar[Fact]
    fix = "pemeriksaan"
    fix_words = gettext_lazy("Lihat pemeriksaan")

    def look(self, facts: Facts) -> Found:
        if not facts.application.url:
            return Found(UNKNOWN, _("Alamatnya belum kami ketahui."))
        probe = facts.probe
        if probe is None or not probe.current:
            return Found(UNKNOWN, _("Belum pernah diperiksa."))
        seen = next((one for one in probe.findings if one.fact is self.fact), None)
        if seen is None or seen.level is Level.UNKNOWN or self.fact in probe.disputed:
            return Found(UNKNOWN, seen.words if seen else _("Belum kami ketahui."))
        good = seen.level is Level.GOOD or self.fact in probe.aside or seen.level is Level.WATCH
        return Found(PASSED if good else FAILED, seen.words)


class Reachable(_Probed):
    key, rank, fact = "terjangkau", Rank.BASIC, Fact.REACH
    label = gettext_lazy("Terjangkau")
    rule = gettext_lazy("Alamatnya terbuka saat diperiksa.")


class Secure(_Probed):
    key, rank, fact = "https", Rank.GOOD, Fact.HTTPS
    label = gettext_lazy("Sambungan aman")
    rule = gettext_lazy("Memakai HTTPS, juga bila orang menulis http.")


class Certified(_Probed):
    key, rank, fact = "sertifikat", Rank.GOOD, Fact.CERTIFICATE
    label = gettext_lazy("Sertifikat berlaku")
    rule = gettext_lazy("Sertifikat sah dan belum habis.")


class Registered(Check):
    key, rank, side, fix, ours_alone = "tdpse", Rank.GOOD, Side.TECHNIQUE, "registration_number", True
    label = gettext_lazy("Terdaftar sebagai PSE")
    rule = gettext_lazy(
        "Ada nomor tanda daftar (Permenkomdigi 5/2025; daftar ulang paling lambat 25 Maret 2026)."
    )

    def look(self, facts: Facts) -> Found:
        row = facts.application
        if not row.registration_number:
            return _unknown()
        if row.registration_due and row.registration_due < facts.on:
            return Found(FAILED, _("Habis %(day)s.") % {"day": _day(row.registration_due)})
        return Found(PASSED, row.registration_number)


class Audited(Check):
    key, rank, side, fix, ours_alone = "audit", Rank.BEST, Side.TECHNIQUE, "audit_date", True
    label = gettext_lazy("Audit keamanan")
    rule = gettext_lazy("Diaudit setiap tahun (umum) atau dua tahun (khusus), dan lulus (BSSN 8/2024).")

    def look(self, facts: Facts) -> Found:
        row = facts.application
        if row.audit_date is None:
            return _unknown()
        if row.audit_result == AuditResult.FAILED:
            return Found(FAILED, _("Tidak lulus, %(day)s.") % {"day": _day(row.audit_date)})
        due = audit_due(row, facts.on)
        words = _("Terakhir %(day)s.") % {"day": _day(row.audit_date)}
        return Found(PASSED if due is None or due >= facts.on else FAILED, words)


def audit_due(row: Any, on: datetime.date) -> datetime.date | None:
    """The day by which the next audit is due: as written, else counted from the last one; None without either."""
    if row.audit_due:
        due: datetime.date = row.audit_due
        return due
    if row.audit_date is None:
        return None
    key = "audit_bulan_umum" if row.app_class == ApplicationClass.GENERAL else "audit_bulan_khusus"
    next_due: datetime.date = months_after(row.audit_date, thresholds(on)[key].value)
    return next_due


class Accessible(Check):
    key, rank, side, fix = "aksesibilitas", Rank.BEST, Side.FUNCTION, "accessibility"
    label = gettext_lazy("Dapat dipakai semua orang")
    rule = gettext_lazy("Aksesibilitas sudah diperiksa dan tidak menghalangi orang.")

    def look(self, facts: Facts) -> Found:
        row = facts.application
        if row.accessibility == Accessibility.UNKNOWN:
            return _unknown()
        good = row.accessibility != Accessibility.NOT
        return Found(PASSED if good else FAILED, str(row.get_accessibility_display()).capitalize() + ".")


class DataDescribed(Check):
    key, rank, side, fix = "data", Rank.GOOD, Side.FUNCTION, "data"
    fix_words = gettext_lazy("Tambah data")
    label = gettext_lazy("Datanya diuraikan")
    rule = gettext_lazy("Data yang disimpan tercatat dan diuraikan (Perpres 39/2019 pasal 4).")

    def look(self, facts: Facts) -> Found:
        if not facts.datasets:
            return _unknown()
        words = _("%(told)s dari %(all)s data diuraikan.") % {"told": facts.described, "all": facts.datasets}
        return Found(PASSED if facts.described == facts.datasets else FAILED, words)


class LinksKnown(Check):
    key, rank, side, fix = "integrasi", Rank.GOOD, Side.FUNCTION, "integrasi"
    fix_words = gettext_lazy("Tambah integrasi")
    label = gettext_lazy("Hubungannya diketahui")
    rule = gettext_lazy("Ada integrasi yang dinyatakan, atau alasan berdiri sendiri (Pemdi I16).")

    def look(self, facts: Facts) -> Found:
        if facts.links:
            words = _("%(number)s integrasi, %(broken)s terputus.") % {
                "number": facts.links,
                "broken": facts.broken,
            }
            return Found(FAILED if facts.broken == facts.links else PASSED, words)
        if facts.stands_alone:
            return Found(PASSED, _("Berdiri sendiri, dengan alasan."))
        return _unknown()


class Attested(Check):
    key, rank, side, fix = "pernyataan", Rank.GOOD, Side.FUNCTION, "catatan"
    fix_words = gettext_lazy("Periksa catatannya")
    label = gettext_lazy("Dinyatakan benar")
    rule = gettext_lazy("Kepala instansi menyatakan daftarnya benar, dan pernyataan itu masih berlaku.")

    def look(self, facts: Facts) -> Found:
        at = facts.application.attested_at
        if at is None:
            return Found(UNKNOWN, _("Belum pernah dinyatakan."))
        return Found(PASSED, _("Dinyatakan %(day)s.") % {"day": _day(timezone.localdate(at))})


class UsageKnown(Check):
    key, rank, side, fix = "pemakaian", Rank.BEST, Side.FUNCTION, "users"
    label = gettext_lazy("Pemakaiannya diketahui")
    rule = gettext_lazy("Ada angka pemakai atau pemakaian.")

    def look(self, facts: Facts) -> Found:
        row = facts.application
        if row.users is not None:
            return Found(PASSED, _("%(number)s pemakai.") % {"number": row.users})
        if row.usage_note:
            return Found(PASSED, row.usage_note)
        return Found(UNKNOWN, _("Belum ada data."))


class ContractRuns(Check):
    key, rank, side, fix, ours_alone = "kontrak", Rank.GOOD, None, "@versions", True
    label = gettext_lazy("Kontrak berjalan")
    rule = gettext_lazy("Kontrak penyedia belum habis.")

    def look(self, facts: Facts) -> Found:
        until = facts.application.contract_until
        if until is None:
            if not facts.application.vendor:
                return Found(NOT_ASKED, _("Tidak ada penyedia yang tercatat."))
            return _unknown()
        return Found(PASSED if until >= facts.on else FAILED, _("Sampai %(day)s.") % {"day": _day(until)})


class SourceKept(Check):
    key, rank, side, fix, ours_alone = "kode_sumber", Rank.BEST, Side.TECHNIQUE, "source_code_url", True
    label = gettext_lazy("Kode sumber disimpan")
    rule = gettext_lazy("Kode sumber ada di tempat milik pemerintah (Pemdi I13).")

    def look(self, facts: Facts) -> Found:
        return (
            Found(PASSED, facts.application.source_code_url)
            if facts.application.source_code_url
            else _unknown()
        )


CHECKS: tuple[Check, ...] = tuple(
    one()
    for one in (
        StateKnown, PlanKnown, UnitKnown, ClassKnown, HostingKnown, Reachable, Secure, Certified, LegalBasisKnown,
        CostKnown, Registered, DataDescribed, LinksKnown, Attested, ContractRuns, Audited, Accessible, UsageKnown,
        SourceKept,
    )
)  # fmt: skip
