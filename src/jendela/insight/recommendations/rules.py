"""The rules: each a small class with what it says, which facts it needs, which limits, what is to be done, and what
that brings. Facts stand apart from rules: a changed limit judges anew."""

import datetime
from collections.abc import Sequence
from typing import Any, ClassVar

from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jendela.insight.recommendations.choices import Action, Verdict
from jendela.insight.recommendations.evidence import Evidence
from jendela.insight.recommendations.findings import Finding, Said
from jendela.insight.recommendations.thresholds import thresholds
from jendela.people.agencies.choices import Level
from jendela.registry.applications.choices import ApplicationClass, ApplicationState, LifeCycle, OperatorLevel
from jendela.registry.probes.choices import Fact as ProbeFact
from jendela.registry.scores.checks import audit_due

APPLIES, NOT, LACKS, YOUNG = Verdict.APPLIES, Verdict.NOT, Verdict.LACKS, Verdict.YOUNG


class Rule:
    key: ClassVar[str]
    name: ClassVar[Any]
    sentence: ClassVar[Any]  # with %(name)s of the application
    effect: ClassVar[Any]  # what it brings
    action: ClassVar[Action]
    weight: ClassVar[int]
    limits: ClassVar[tuple[str, ...]] = ()
    citation: ClassVar[Any]
    ours_alone: ClassVar[bool] = True  # only what the regency runs
    spares_young: ClassVar[bool] = True
    asks_users: ClassVar[bool] = (
        False  # of an owner outside the regency: its users here answer, else the keeper
    )

    def look(self, evidence: Evidence) -> list[Finding]:
        """One finding or several. Only agencies of the regency answer."""
        row = evidence.application
        if self.asks_users and evidence.answers is None:
            return [Finding(NOT, why=_("Belum ada instansi kabupaten yang dapat menjawab."))]
        if not self.asks_users and row.owner.level != Level.REGENCY:
            return [Finding(NOT, why=_("Pemiliknya bukan instansi kabupaten."))]
        if self.ours_alone and row.operator_level != OperatorLevel.REGENCY:
            return [Finding(NOT, why=_("Tidak dijalankan kabupaten."))]
        if row.life_cycle == LifeCycle.RETIRED:
            return [Finding(NOT, why=_("Sudah dihentikan."))]
        if self.spares_young and is_young(evidence):
            return [Finding(YOUNG, why=_("Masih baru. Aturan ini menunggu sampai umurnya satu tahun."))]
        return self.find(evidence)

    def find(self, evidence: Evidence) -> list[Finding]:
        raise NotImplementedError


def is_young(evidence: Evidence) -> bool:
    """Planned, being built, or begun so few years ago that it cannot be judged yet."""
    row = evidence.application
    if row.life_cycle in (LifeCycle.PLANNED, LifeCycle.BUILDING) or row.state == ApplicationState.PLANNED:
        return True
    year = row.since[:4]
    return year.isdecimal() and int(year) > evidence.on.year - thresholds(evidence.on)["baru"].value


def not_here(why: str) -> list[Finding]:
    return [Finding(NOT, why=why)]


def _record(evidence: Evidence, anchor: str = "") -> str:
    return f"/kelola/aplikasi/{evidence.application.slug}/{anchor}"


def _state(evidence: Evidence) -> Said:
    row = evidence.application
    words = _("Keadaan: %(state)s.") % {"state": row.get_state_display()}
    return Said(words, row.source_url, row.state_as_of, _record(evidence))


def _day(day: datetime.date) -> str:
    return date_format(day, "j F Y")


class DeadNotRetired(Rule):
    key, action, weight = "mati_belum_dihentikan", Action.RETIRE, 90
    name = gettext_lazy("Tidak berfungsi, belum dihentikan")
    sentence = gettext_lazy("%(name)s tidak berfungsi. Hentikan dengan keputusan, atau hidupkan lagi.")
    effect = gettext_lazy("Warga tidak lagi diarahkan ke sana, dan biayanya berhenti.")
    citation = gettext_lazy("Pemdi I13: aplikasi yang tidak dipakai dihentikan (PermenPANRB 8/2026).")
    spares_young = False

    def find(self, evidence: Evidence) -> list[Finding]:
        row = evidence.application
        if row.state == ApplicationState.UNKNOWN:
            return [Finding(LACKS, why=_("Belum diketahui masih dipakai atau tidak."))]
        if row.state != ApplicationState.DEAD:
            return not_here(_("Tidak tercatat mati."))
        facts = [_state(evidence)]
        facts.append(Said(_("Tahap: %(life)s. Belum ada keputusan menghentikan.") % {
            "life": row.get_life_cycle_display()}, url=_record(evidence)))  # fmt: skip
        if row.note:
            facts.append(Said(row.note, row.source_url, row.state_as_of))
        if evidence.facts.cost_year is None:
            facts.append(Said(_("Belum ada data biaya."), url=_record(evidence, "#biaya")))
        return [Finding(APPLIES, tuple(facts))]


class StateUnknown(Rule):
    key, action, weight = "keadaan_belum_diketahui", Action.FILL, 60
    name = gettext_lazy("Keadaannya belum diketahui")
    sentence = gettext_lazy("Sebutkan apakah %(name)s masih dipakai.")
    effect = gettext_lazy("Warga dan pegawai tahu harus memakai apa.")
    citation = gettext_lazy("Pemdi I13: daftar aplikasi dengan keadaannya (PermenPANRB 8/2026).")

    def find(self, evidence: Evidence) -> list[Finding]:
        known = evidence.application.state not in (ApplicationState.UNKNOWN, ApplicationState.INTRODUCED)
        return not_here(_("Keadaannya diketahui.")) if known else [Finding(APPLIES, (_state(evidence),))]


class CostUnknown(Rule):
    key, action, weight = "biaya_belum_diketahui", Action.FILL, 40
    name = gettext_lazy("Biayanya belum diketahui")
    sentence = gettext_lazy("Catat biaya %(name)s tahun ini atau tahun lalu.")
    effect = gettext_lazy("Anggaran berikutnya disusun dari angka, bukan perkiraan.")
    citation = gettext_lazy("Formulir inventaris daerah: nilai kontrak dan sumber dana.")

    def find(self, evidence: Evidence) -> list[Finding]:
        if evidence.application.state == ApplicationState.DEAD:
            return not_here(_("Tidak berfungsi; lihat aturan menghentikan."))
        year = evidence.facts.cost_year
        if year is not None and year >= evidence.on.year - 1:
            return not_here(_("Biayanya diketahui."))
        words = (
            _("Belum ada data biaya.") if year is None else _("Biaya terakhir yang tercatat: tahun %(year)s.")
        )
        return [Finding(APPLIES, (Said(words % {"year": year}, url=_record(evidence, "#biaya")),))]


class Retyped(Rule):
    key, action, weight = "diketik_ulang", Action.INTEGRATE, 70
    name = gettext_lazy("Data diketik ulang")
    sentence = gettext_lazy("Ganti pengetikan ulang ke %(name)s dengan pertukaran data.")
    effect = gettext_lazy("Jam kerja yang dipakai mengetik kembali untuk melayani.")
    citation = gettext_lazy(
        "Pemdi I16 dan I18: integrasi aplikasi, interoperabilitas data (PermenPANRB 8/2026)."
    )

    def find(self, evidence: Evidence) -> list[Finding]:
        found = []
        for link in evidence.retyped:
            words = _("%(data)s diketik ulang dari %(source)s.") % {
                "data": link.data,
                "source": link.source.name,
            }
            facts = [
                Said(
                    words,
                    link.declared_words,
                    _day(timezone.localdate(link.declared_at)),
                    f"/kelola/integrasi/{link.pk}/",
                )
            ]
            if link.hours_a_month is not None:
                hours = number_format(link.hours_a_month, use_l10n=True)
                facts.append(Said(_("Sekitar %(hours)s jam sebulan.") % {"hours": hours}))
            found.append(Finding(APPLIES, tuple(facts), part=f"link-{link.pk}"))
        if found:
            return found
        if not evidence.facts.links and not evidence.facts.stands_alone:
            return [Finding(LACKS, why=_("Integrasinya belum dinyatakan."))]
        return not_here(_("Tidak ada yang diketik ulang."))


class IsolatedNeeded(Rule):
    key, action, weight = "berdiri_sendiri_dibutuhkan", Action.INTEGRATE, 55
    name = gettext_lazy("Berdiri sendiri, datanya dibutuhkan")
    sentence = gettext_lazy("Hubungkan %(name)s: datanya dibutuhkan aplikasi lain.")
    effect = gettext_lazy("Data yang sama tidak dikumpulkan dua kali.")
    citation = gettext_lazy("Perpres 39/2019 pasal 3: interoperabilitas dan data induk.")

    def find(self, evidence: Evidence) -> list[Finding]:
        facts = evidence.facts
        if facts.links or facts.stands_alone:
            return not_here(_("Punya integrasi, atau alasan berdiri sendiri."))
        if not facts.datasets:
            return [Finding(LACKS, why=_("Datanya belum dicatat."))]
        if not evidence.needed_by and not evidence.right_source_of:
            return not_here(_("Belum ada yang diketahui membutuhkan datanya."))
        said = [Said(_("Belum ada integrasi yang dinyatakan."), url=_record(evidence, "#integrasi"))]
        if evidence.right_source_of:
            names = ", ".join(evidence.right_source_of)
            said.append(Said(_("Sumber yang tepat untuk: %(names)s.") % {"names": names}))
        if evidence.needed_by:
            names = ", ".join(evidence.needed_by)
            said.append(Said(_("Unsur data yang sama disimpan juga di: %(names)s.") % {"names": names}))
        return [Finding(APPLIES, tuple(said))]


class TwinOfShared(Rule):
    key, action, weight = "kembar_aplikasi_umum", Action.MERGE, 65
    name = gettext_lazy("Fungsinya sama dengan aplikasi umum")
    sentence = gettext_lazy(
        "Pertimbangkan aplikasi bersama sebagai pengganti %(name)s. Fungsinya diduga sama."
    )
    effect = gettext_lazy("Satu aplikasi lebih sedikit untuk dibiayai dan dijaga.")
    citation = gettext_lazy("Perpres 95/2018: daerah memakai aplikasi umum yang ditetapkan.")

    def find(self, evidence: Evidence) -> list[Finding]:
        if evidence.application.app_class == ApplicationClass.GENERAL:
            return not_here(_("Ini aplikasi umum."))
        if not evidence.facts.functions:
            return [Finding(LACKS, why=_("Kode fungsinya belum dipastikan."))]
        if not evidence.shared:
            return not_here(_("Tidak ada aplikasi umum dengan fungsi yang sama dalam catatan kami."))
        said = tuple(
            Said(
                _("Fungsi yang sama ada di %(name)s, aplikasi umum.") % {"name": name},
                url=f"/kelola/aplikasi/{slug}/",
            )
            for name, slug in evidence.shared[:5]
        )
        return [Finding(APPLIES, said)]


class Unmeasured(Rule):
    key, action, weight = "belum_diukur", Action.MEASURE, 35
    name = gettext_lazy("Pemakaiannya belum diukur")
    sentence = gettext_lazy("Hitung berapa orang memakai %(name)s, dan sebutkan buktinya.")
    effect = gettext_lazy("Keputusan melanjutkan atau berhenti punya dasar.")
    citation = gettext_lazy(
        "Pemdi I17 dan I20: statistik pemakaian dan jumlah transaksi (PermenPANRB 8/2026)."
    )
    ours_alone = False
    asks_users = True

    def find(self, evidence: Evidence) -> list[Finding]:
        row = evidence.application
        if row.users is not None or row.usage_note:
            return not_here(_("Ada angka pemakaian."))
        if row.state == ApplicationState.DEAD:
            return not_here(_("Tidak berfungsi."))
        said = [Said(_("Belum ada angka pemakaian dalam catatan kami."), url=_record(evidence))]
        if row.owner != evidence.answers:
            said.append(Said(self._addressed(evidence), url=_record(evidence, "#pemakai")))
        return [Finding(APPLIES, tuple(said))]

    def _addressed(self, evidence: Evidence) -> str:
        """Why an agency is asked that does not own it."""
        words = _("Pemiliknya %(owner)s. Instansi pemakai yang dibenarkan: %(names)s.")
        if not evidence.users:
            words = _("Pemiliknya %(owner)s. Belum ada pemakai yang dibenarkan; pengelola daftar menjawab.")
        owner = evidence.application.owner.short_name
        return words % {"owner": owner, "names": ", ".join(evidence.users)}


class _Ends(Rule):
    """Something that ends on a day: soon, or it is over."""

    limit: ClassVar[str]
    soon: ClassVar[Any]
    over: ClassVar[Any]
    missing: ClassVar[Any]
    action = Action.RENEW
    spares_young = False

    def day(self, evidence: Evidence) -> datetime.date | None:
        raise NotImplementedError

    def find(self, evidence: Evidence) -> list[Finding]:
        day = self.day(evidence)
        if day is None:
            return [Finding(LACKS, why=str(self.missing))]
        left = (day - evidence.on).days
        if left > thresholds(evidence.on)[self.limit].value:
            words = _("Masih lama: %(day)s.") % {"day": _day(day)}
            return [Finding(NOT, why=words, reason=_("Masih lama."))]
        words = (self.over if left < 0 else self.soon) % {"day": _day(day)}
        return [
            Finding(
                APPLIES,
                (Said(str(words), date=day.isoformat(), url=_record(evidence)),),
                part=day.isoformat(),
            )
        ]


class ContractDue(_Ends):
    key, weight, limit, limits = "kontrak_habis", 75, "kontrak", ("kontrak",)
    name = gettext_lazy("Kontrak hampir habis")
    sentence = gettext_lazy("Putuskan kelanjutan kontrak %(name)s.")
    effect = gettext_lazy("Layanan tidak berhenti mendadak, dan harga dapat dibandingkan lebih dulu.")
    citation = gettext_lazy("Formulir inventaris daerah: kontrak setiap versi.")
    soon, over = gettext_lazy("Kontrak habis %(day)s."), gettext_lazy("Kontrak sudah habis %(day)s.")
    missing = gettext_lazy("Tanggal kontrak belum diketahui.")

    def day(self, evidence: Evidence) -> datetime.date | None:
        return evidence.application.contract_until


class CertificateDue(_Ends):
    key, weight, limit, limits = "sertifikat_habis", 85, "sertifikat", ("sertifikat",)
    name = gettext_lazy("Sertifikat web hampir habis")
    sentence = gettext_lazy("Perbarui sertifikat keamanan web %(name)s.")
    effect = gettext_lazy("Peramban tidak menakuti warga, dan data mereka tidak terbaca orang lain.")
    citation = gettext_lazy("Hasil pemeriksaan Jendela dari luar.")
    soon, over = gettext_lazy("Sertifikat habis %(day)s."), gettext_lazy("Sertifikat sudah habis %(day)s.")
    missing = gettext_lazy("Alamatnya belum diperiksa, atau tidak memakai HTTPS.")

    def day(self, evidence: Evidence) -> datetime.date | None:
        probe = evidence.facts.probe
        state = getattr(evidence.application, "probe_state", None)
        if probe is None or not probe.current or state is None or state.tls_not_after is None:
            return None
        if ProbeFact.CERTIFICATE in probe.disputed or ProbeFact.CERTIFICATE in probe.aside:
            return None
        ends: datetime.date = timezone.localdate(state.tls_not_after)
        return ends


class AuditDue(_Ends):
    key, weight, limit, limits = "audit_jatuh_tempo", 50, "audit", ("audit",)
    name = gettext_lazy("Audit keamanan jatuh tempo")
    sentence = gettext_lazy("Jadwalkan audit keamanan %(name)s.")
    effect = gettext_lazy("Celah ditemukan sebelum disalahgunakan.")
    citation = gettext_lazy(
        "Aplikasi khusus diaudit setiap dua tahun, aplikasi umum setiap tahun (BSSN 8/2024)."
    )
    soon = gettext_lazy("Audit berikutnya paling lambat %(day)s.")
    over = gettext_lazy("Audit sudah lewat %(day)s.")
    missing = gettext_lazy("Tanggal audit belum diketahui.")

    def day(self, evidence: Evidence) -> datetime.date | None:
        return audit_due(evidence.application, evidence.on)


class RegistrationDue(_Ends):
    key, weight, limit, limits = "tdpse_jatuh_tempo", 45, "tdpse", ("tdpse", "tdpse_batas")
    name = gettext_lazy("Tanda daftar PSE belum ada atau hampir habis")
    sentence = gettext_lazy("Daftarkan %(name)s sebagai sistem elektronik lingkup publik.")
    effect = gettext_lazy("Aplikasi tercatat resmi, sesuai aturan.")
    citation = gettext_lazy(
        "Permenkomdigi 5/2025: setiap sistem didaftarkan lagi paling lambat 25 Maret 2026."
    )
    action = Action.REGISTER
    soon = gettext_lazy("Tanda daftar berlaku sampai %(day)s.")
    over = gettext_lazy("Belum ada tanda daftar berlaku yang tercatat. Batasnya %(day)s.")
    missing = gettext_lazy("Tanda daftarnya belum diketahui.")

    def day(self, evidence: Evidence) -> datetime.date | None:
        row = evidence.application
        if row.registration_due:
            return row.registration_due
        if row.registration_number or row.state != ApplicationState.IN_USE:
            return None
        last = thresholds(evidence.on)["tdpse_batas"].day
        return last if last and evidence.on > last else None


RULES: dict[str, Rule] = {
    rule.key: rule
    for rule in (
        one()
        for one in (
            DeadNotRetired, CertificateDue, ContractDue, Retyped, TwinOfShared, StateUnknown, IsolatedNeeded, AuditDue,
            RegistrationDue, CostUnknown, Unmeasured,
        )
    )
}  # fmt: skip


def sentence(rule: str, name: str) -> str:
    """The sentence of a rule about an application; the key where the rule is no more."""
    known = RULES.get(rule)
    return str(known.sentence % {"name": name}) if known else rule


def look(evidence: Evidence, rules: Sequence[Rule] = tuple(RULES.values())) -> list[tuple[Rule, Finding]]:
    """All that the rules say of one application."""
    return [(rule, finding) for rule in rules for finding in rule.look(evidence)]
