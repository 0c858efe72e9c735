"""Identity numbers: what can be one is read, what cannot is refused in words, nothing else happens."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jendela.people.persons.nik import PROVINCES, NikError, mask_nik, parse_nik

TODAY = datetime.date(2026, 11, 24)
dates = st.dates(datetime.date(1930, 1, 1), TODAY)


def number(area: str, born: datetime.date, woman: bool, serial: int) -> str:
    return f"{area}{born.day + 40 * woman:02}{born:%m%y}{serial:04}"


@given(st.sampled_from(sorted(PROVINCES)), st.integers(0, 9999), dates, st.booleans(), st.integers(1, 9999))
def test_every_number_is_read(
    province: int, rest: int, born: datetime.date, woman: bool, serial: int
) -> None:
    found = parse_nik(number(f"{province}{rest:04}", born, woman, serial), TODAY)
    assert found.woman is woman
    assert (found.born.day, found.born.month, found.born.year % 100) == (
        born.day,
        born.month,
        born.year % 100,
    )
    assert found.born <= TODAY or found.warnings


@given(st.text(max_size=30))
def test_anything_is_read_or_refused_in_words(text: str) -> None:
    try:
        said = parse_nik(text, TODAY).number
    except NikError as error:
        said = str(error)
    assert said.endswith(".") or len(said) == 16


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("62020600", "Yang Anda tulis 8 angka."),
        ("6202OO0001", "hanya berisi angka"),
        ("0002069908900001", "bukan kode provinsi"),
        ("6202069908900001", "bukan tanggal lahir"),
        ("6202060008900001", "bukan tanggal lahir"),
        ("6202064013900001", "bukan tanggal lahir"),
    ],
)
def test_why_not(text: str, why: str) -> None:
    with pytest.raises(NikError, match=why):
        parse_nik(text, TODAY)


def test_the_serial_is_never_zero() -> None:
    with pytest.raises(NikError, match="0000"):
        parse_nik(number("620206", datetime.date(1990, 8, 17), True, 0), TODAY)


def test_warnings_do_not_refuse() -> None:
    born = datetime.date(1990, 8, 17)
    assert parse_nik(number("620206", born, True, 1), TODAY).warnings == ()
    assert "di luar Kotawaringin Timur" in parse_nik(number("630101", born, False, 1), TODAY).warnings[0]
    assert "Kode kecamatan" in parse_nik(number("620288", born, False, 1), TODAY).warnings[0]
    assert (
        "belum terjadi"
        in parse_nik(number("620206", datetime.date(2026, 12, 31), False, 1), TODAY).warnings[0]
    )


def test_masked() -> None:
    assert mask_nik("6202069908900001") == "620206******0001"
    assert mask_nik("") == ""
