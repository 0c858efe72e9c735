"""Each rule: when it applies, when not, which fact it lacks, and its grace for the young."""

import datetime
from typing import Any

import pytest
from django.utils import timezone, translation
from tests.people import agency

from jendela.common.audit import SYSTEM
from jendela.common.dates import months_after, today
from jendela.insight.recommendations import rules, thresholds
from jendela.insight.recommendations.choices import Verdict
from jendela.insight.recommendations.evidence import gather
from jendela.insight.recommendations.findings import Finding
from jendela.insight.recommendations.rules import RULES
from jendela.people.agencies.models import Agency
from jendela.registry.applications.actions import Provenance, create_application
from jendela.registry.applications.models import Application, ApplicationFunction, Cost, FunctionNode
from jendela.registry.datasets.models import Dataset, Element, StandardElement
from jendela.registry.links.models import Link, StandAlone

pytestmark = pytest.mark.django_db
APPLIES, NOT, LACKS, YOUNG = Verdict.APPLIES, Verdict.NOT, Verdict.LACKS, Verdict.YOUNG


def application(name: str = "SIUJI", **values: Any) -> Application:
    given = {"name": name, "owner": agency("Dinas Uji"), "operator_level": "daerah", "audience": "publik",
             "state": "dipakai", "since": "2019"} | values  # fmt: skip
    return create_application(values=given, by=SYSTEM, provenance=Provenance("Dinas Uji"))


def look(rule: str, row: Application) -> list[Finding]:
    fresh = Application.objects.select_related("owner", "probe_state").get(pk=row.pk)
    [evidence] = gather([fresh], today())
    with translation.override("id"):
        return RULES[rule].look(evidence)


def verdict(rule: str, row: Application) -> Verdict:
    [found] = look(rule, row)
    assert found.facts if found.verdict is APPLIES else found.why
    return found.verdict


def test_dead_and_not_retired() -> None:
    dead = application(state="mati", note="Rusak lebih dari setahun.")
    [found] = look("mati_belum_dihentikan", dead)
    assert found.verdict is APPLIES
    assert any("tidak berfungsi" in one.words for one in found.facts)
    assert any(one.words == "Rusak lebih dari setahun." for one in found.facts)
    assert verdict("mati_belum_dihentikan", application("B")) is NOT
    assert verdict("mati_belum_dihentikan", application("C", state="tidak_diketahui")) is LACKS
    assert verdict("mati_belum_dihentikan", application("D", state="mati", life_cycle="dihentikan")) is NOT
    assert verdict("mati_belum_dihentikan", application("E", state="mati", operator_level="pusat")) is NOT
    assert (
        verdict("mati_belum_dihentikan", application("F", state="mati", since=str(today().year))) is APPLIES
    )


def test_only_agencies_of_the_regency_are_advised() -> None:
    ministry = agency("Kementerian Uji")
    Agency.objects.filter(pk=ministry.pk).update(level="pusat")
    row = application(state="mati", owner=Agency.objects.get(pk=ministry.pk))
    for key in RULES:
        assert {one.verdict for one in look(key, row)} == {NOT}


def test_state_unknown() -> None:
    assert verdict("keadaan_belum_diketahui", application(state="tidak_diketahui")) is APPLIES
    assert verdict("keadaan_belum_diketahui", application("B", state="sosialisasi")) is APPLIES
    assert verdict("keadaan_belum_diketahui", application("C")) is NOT
    young = application("D", state="tidak_diketahui", since=str(today().year))
    assert verdict("keadaan_belum_diketahui", young) is YOUNG


def test_cost_unknown_and_old() -> None:
    row = application()
    assert verdict("biaya_belum_diketahui", row) is APPLIES
    cost = Cost.objects.create(application=row, kind="pemeliharaan", year=today().year - 3, amount=0, grade="C",
                               stated_by="Uji", stated_at=timezone.now())  # fmt: skip
    [found] = look("biaya_belum_diketahui", row)
    assert str(today().year - 3) in found.facts[0].words
    cost.year = today().year
    cost.save()
    assert verdict("biaya_belum_diketahui", row) is NOT  # a stated zero is a statement


def test_typed_again_by_hand() -> None:
    one, two = application("Satu"), application("Dua")
    assert verdict("diketik_ulang", two) is LACKS
    for data in ("NIK", "Alamat"):
        Link.objects.create(source=one, target=two, data=data, method="ketik_ulang", state="berjalan", grade="C",
                            declared_words="Dinas Uji", declared_at=timezone.now(), hours_a_month=12)  # fmt: skip
    found = look("diketik_ulang", two)
    assert [one.verdict for one in found] == [APPLIES, APPLIES]
    assert len({one.part for one in found}) == 2
    assert "12" in found[0].facts[1].words
    assert verdict("diketik_ulang", one) is NOT
    Link.objects.update(ended_at=timezone.now())
    assert verdict("diketik_ulang", two) is LACKS


@pytest.mark.parametrize(
    ("state", "confirmation"),
    [("berjalan", "dibantah"), ("rencana", "dibenarkan"), ("berhenti", "dibenarkan")],
)
def test_what_does_not_run_or_is_denied_is_not_typed_again(state: str, confirmation: str) -> None:
    one, two = application("Satu"), application("Dua")
    Link.objects.create(source=one, target=two, data="NIK", method="ketik_ulang", state=state, grade="C",
                        confirmation=confirmation, declared_words="Uji", declared_at=timezone.now())  # fmt: skip
    assert verdict("diketik_ulang", two) is not APPLIES


def test_isolated_with_data_that_others_keep_too() -> None:
    one, two = application("Satu"), application("Dua")
    assert verdict("berdiri_sendiri_dibutuhkan", one) is LACKS
    nik = StandardElement.objects.create(code="nik", name="NIK", definition="Nomor", citation="UU 24/2013")
    rows = [
        Dataset.objects.create(slug=f"d{row.pk}", name="Data", application=row, producer=row.owner)
        for row in (one, two)
    ]
    Element.objects.create(dataset=rows[0], name="nik", standard=nik)
    suggested = Element.objects.create(dataset=rows[1], name="no_nik", standard=nik, suggested=True)
    assert verdict("berdiri_sendiri_dibutuhkan", one) is NOT  # nobody confirmed that it is the same
    suggested.suggested = False
    suggested.save()
    [found] = look("berdiri_sendiri_dibutuhkan", one)
    assert any("Dua" in fact.words for fact in found.facts)
    StandAlone.objects.create(application=one, reason="Luring", by="Uji", at=timezone.now(),
                              review_on=today() + datetime.timedelta(30))  # fmt: skip
    assert verdict("berdiri_sendiri_dibutuhkan", one) is NOT


def test_twin_of_a_shared_application() -> None:
    own, general = (
        application("Lapor Kita"),
        application("SP4N-LAPOR!", app_class="umum", operator_level="pusat"),
    )
    assert verdict("kembar_aplikasi_umum", own) is LACKS
    node = FunctionNode.objects.create(
        code="RAB.09.01", tree="RAB", name="Dalam negeri", citation="Perpres 132/2022"
    )
    for row in (own, general):
        ApplicationFunction.objects.create(
            application=row, node=node, confirmed_at=timezone.now(), confirmed_by="Uji"
        )
    [found] = look("kembar_aplikasi_umum", own)
    assert "SP4N-LAPOR!" in found.facts[0].words
    ApplicationFunction.objects.filter(application=general).update(confirmed_at=None)
    assert verdict("kembar_aplikasi_umum", own) is NOT  # a suggestion is no evidence


def test_unmeasured() -> None:
    assert verdict("belum_diukur", application()) is APPLIES
    assert verdict("belum_diukur", application("B", users=0)) is NOT
    assert verdict("belum_diukur", application("C", usage_note="38 aduan")) is NOT
    assert verdict("belum_diukur", application("D", since=str(today().year))) is YOUNG


@pytest.mark.parametrize(
    ("rule", "field", "days"),
    [("kontrak_habis", "contract_until", 60), ("tdpse_jatuh_tempo", "registration_due", 90)],
)
def test_dates_that_end(rule: str, field: str, days: int) -> None:
    def on(number: int) -> datetime.date:
        return today() + datetime.timedelta(days=number)

    assert verdict(rule, application("Lama", **{field: on(days + 1)})) is NOT
    assert verdict(rule, application("Dekat", **{field: on(days)})) is APPLIES
    [over] = look(rule, application("Lewat", **{field: on(-5)}))
    assert over.verdict is APPLIES
    assert over.part == on(-5).isoformat()  # another date is another piece of advice


def test_contract_not_known_is_lacking() -> None:
    assert verdict("kontrak_habis", application()) is LACKS
    assert verdict("sertifikat_habis", application("B")) is LACKS


def test_audits_by_class() -> None:
    """12 months for general, 24 for special applications."""
    last = months_after(today(), -13)
    assert verdict("audit_jatuh_tempo", application("Umum", app_class="umum", audit_date=last)) is APPLIES
    assert (
        verdict("audit_jatuh_tempo", application("Khusus", app_class="khusus_daerah", audit_date=last)) is NOT
    )
    assert verdict("audit_jatuh_tempo", application("Entah")) is LACKS


def test_registration_after_the_day_of_the_rule() -> None:
    [found] = look("tdpse_jatuh_tempo", application())
    assert found.verdict is APPLIES
    assert "25 Maret 2026" in found.facts[0].words
    assert verdict("tdpse_jatuh_tempo", application("B", registration_number="012/PSE")) is LACKS


def test_the_day_of_the_rule_is_data(monkeypatch: pytest.MonkeyPatch) -> None:
    limit = thresholds.Threshold(0, "tanggal", "uji", today())
    monkeypatch.setattr(rules, "thresholds", lambda on: {**thresholds.thresholds(on), "tdpse_batas": limit})
    assert verdict("tdpse_jatuh_tempo", application()) is LACKS  # the day itself is still in time


def test_every_rule_has_its_words() -> None:
    with translation.override("id"):
        for rule in RULES.values():
            assert "%(name)s" in str(rule.sentence)
            assert str(rule.effect).endswith(".")
            assert str(rule.citation)


def test_the_first_others_that_hold_the_same_data_are_named() -> None:
    """Each once, not itself, though it holds the element in two datasets; the same for one and for all together."""
    nik = StandardElement.objects.create(code="nik", name="NIK", definition="Nomor", citation="UU 24/2013")
    rows = [application(f"SIM {letter}") for letter in "GFEDCBA"]
    for row in rows:
        for number in (1, 2):
            dataset = Dataset.objects.create(slug=f"{row.slug}-{number}", name=f"Data {number}",
                                             application=row, producer=row.owner)  # fmt: skip
            Element.objects.create(dataset=dataset, name="nik", standard=nik)
    named = {row.name: gather([row], today())[0].needed_by for row in rows}
    assert named["SIM A"] == ("SIM B", "SIM C", "SIM D", "SIM E", "SIM F")
    assert named["SIM G"] == ("SIM A", "SIM B", "SIM C", "SIM D", "SIM E")
    assert {one.application.name: one.needed_by for one in gather(rows, today())} == named
