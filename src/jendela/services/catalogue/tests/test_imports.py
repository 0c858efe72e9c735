"""Values read from texts: time, fees, papers, steps; what is not understood is never guessed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jendela.services.catalogue.choices import Copy, FeeKind, RequirementKind, TimeUnit
from jendela.services.catalogue.imports.tools import slug_of
from jendela.services.catalogue.reads.values import (
    MOST,
    FeeLine,
    Time,
    parse_copies,
    parse_copy,
    parse_fee,
    parse_fees,
    parse_requirement,
    parse_time,
    split_outside_brackets,
    split_steps,
)

UNITS = {
    "menit": TimeUnit.MINUTE,
    "jam": TimeUnit.HOUR,
    "hari": TimeUnit.DAY,
    "hari kerja": TimeUnit.WORKING_DAY,
}
numbers = st.integers(min_value=1, max_value=MOST)


@given(numbers, numbers, st.sampled_from(list(UNITS)))
def test_time_range(one: int, other: int, unit: str) -> None:
    low, high = sorted((one, other))
    assert parse_time(f"{low}-{high} {unit}") == Time(low, high, UNITS[unit])
    if low != high:
        assert parse_time(f"{high}-{low} {unit}") is None


@given(numbers, st.sampled_from(list(UNITS)), st.sampled_from(["Bontang", "Kabupaten Lebak"]))
def test_time_with_its_words(number: int, unit: str, place: str) -> None:
    read = parse_time(f"{number} {unit} setelah lengkap ({place})")
    assert read == Time(number, number, UNITS[unit], counts_from="setelah lengkap", elsewhere=place)
    assert parse_time(f"{number} {unit} bila ramai") == Time(
        number, number, UNITS[unit], only_if="bila ramai"
    )


@given(st.text())
def test_time_never_fails(text: str) -> None:
    read = parse_time(text)
    assert read is None or 0 <= read.shortest <= read.longest <= MOST


@pytest.mark.parametrize(
    "text",
    [
        "",
        "segera",
        "2 hari + 3-25 hari + 3 hari kerja (Pematangsiantar)",
        "5 hari kerja (Inhil) - 12 hari (Kolaka)",
        "99999 hari",
        "3 minggu",
    ],
)
def test_composite_times_stay_text(text: str) -> None:
    assert parse_time(text) is None


def dotted(amount: int) -> str:
    return f"{amount:,}".replace(",", ".")


@given(st.integers(min_value=0, max_value=10**12 - 1))
def test_fee_amount(amount: int) -> None:
    assert parse_fee(f"Rp{dotted(amount)}") == FeeLine(FeeKind.AMOUNT, amount=Decimal(amount))
    assert parse_fee(f"motor Rp {dotted(amount)} per hari") == FeeLine(
        FeeKind.AMOUNT, label="motor", amount=Decimal(amount), note="per hari"
    )


@given(st.decimals(min_value=0, max_value=100, places=2))
def test_fee_percent(percent: Decimal) -> None:
    text = f"{percent}".replace(".", ",")
    assert parse_fee(f"{text}% dari harga").percent == percent


@given(st.lists(st.integers(min_value=1, max_value=10**9), min_size=1, max_size=6))
def test_tariff_lists(amounts: list[int]) -> None:
    text = "; ".join(f"jenis {index} (a; b) Rp{dotted(amount)}" for index, amount in enumerate(amounts))
    assert [line.amount for line in parse_fees(text)] == [Decimal(amount) for amount in amounts]


@given(st.text())
def test_fees_never_fail_and_keep_text(text: str) -> None:
    for line in parse_fees(text):
        assert (line.amount is not None) == (line.kind == FeeKind.AMOUNT)
        assert (line.percent is not None) == (line.kind == FeeKind.PERCENT)
        if line.kind == FeeKind.TEXT:
            assert line.label in text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gratis", FeeLine(FeeKind.FREE)),
        ("Bebas biaya (pajak terpisah)", FeeLine(FeeKind.FREE, note="pajak terpisah")),
        (
            "Sekitar Rp2,1 juta (Perbup)",
            FeeLine(FeeKind.AMOUNT, amount=Decimal(2_100_000), about=True, note="Perbup"),
        ),
        ("Ditanggung JKN", FeeLine(FeeKind.TEXT, label="Ditanggung JKN")),
        ("Rp1.00", FeeLine(FeeKind.TEXT, label="Rp1.00")),  # neither thousands nor cents
        (
            "denda 2% per bulan",
            FeeLine(FeeKind.PERCENT, label="denda", percent=Decimal(2), note="per bulan"),
        ),
    ],
)
def test_fees_of_the_sources(text: str, expected: FeeLine) -> None:
    assert parse_fee(text) == expected


@given(st.integers(min_value=1, max_value=999))
def test_copies(number: int) -> None:
    assert parse_copies(f"Pas foto 4x6 {number} lembar") == number
    assert parse_copies(f"Fotokopi KTP {number} saksi") is None


@given(st.text())
def test_requirement_never_fails_and_keeps_its_text(text: str) -> None:
    assert parse_requirement(text).text == text


@pytest.mark.parametrize(
    ("text", "copy"),
    [
        ("Fotokopi KK", Copy.PHOTOCOPY),
        ("Surat kehilangan asli dari kepolisian", Copy.ORIGINAL),
        ("Fotokopi akta kelahiran dan menunjukkan aslinya", Copy.BOTH),
        ("Fotokopi ijazah terakhir dilegalisir (bawa asli)", Copy.BOTH),
        ("KTP asli/fotokopi", Copy.EITHER),
        ("KK yang rusak atau fotokopi KK", Copy.EITHER),
        ("NIB", Copy.EITHER),
    ],
)
def test_copy(text: str, copy: Copy) -> None:
    assert parse_copy(text) == copy


@pytest.mark.parametrize(
    ("text", "only_if"),
    [
        ("Surat kuasa bermaterai bila diwakilkan", "bila diwakilkan"),
        ("Surat keterangan kehilangan dari kepolisian (bila hilang)", "bila hilang"),
        ("Surat pengantar desa (untuk KTP)", "untuk KTP"),
        ("SKPWNI bagi yang pindah", "bagi yang pindah"),
        ("Keterangan tera untuk taksi/tangki/BBG", "untuk taksi/tangki/BBG"),
        ("Surat dari bidan, atau dari kepala desa bila lahir di rumah", ""),  # belongs to one choice only
        ("Identitas petani untuk verifikasi", ""),
    ],
)
def test_only_if(text: str, only_if: str) -> None:
    assert parse_requirement(text).only_if == only_if


def test_conditions_are_no_papers() -> None:
    assert parse_requirement("Domisili paling jauh 5 km").kind == RequirementKind.CONDITION
    assert parse_requirement("Surat domisili").kind == RequirementKind.DOCUMENT


def test_steps() -> None:
    assert split_steps("Daftar, unggah berkas, bayar; lansia, difabel boleh langsung") == [
        "Daftar",
        "Unggah berkas",
        "Bayar",
        "Lansia, difabel boleh langsung",
    ]
    assert split_steps("Bayar di Samsat, gerai, atau keliling") == ["Bayar di Samsat, gerai, atau keliling"]
    assert split_steps("") == []


@given(st.text(alphabet="ab (;)"))
def test_splitting_loses_no_letter(text: str) -> None:
    parts = split_outside_brackets(text, ";")
    assert "".join(parts).replace(" ", "").replace(";", "") == text.replace(" ", "").replace(";", "")


@given(st.text(min_size=1))
def test_slugs_are_bounded(name: str) -> None:
    assert len(slug_of(name)) <= 60


def test_slugs() -> None:
    assert slug_of("Kartu keluarga baru (keluarga baru atau pindah datang)") == "kartu-keluarga-baru"
    assert slug_of("Pendampingan situs web desa dan domain desa.id").endswith("domain-desa-id")
