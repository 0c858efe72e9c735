"""Amounts of rupiah: what people write, what is refused, and the way back."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jendela.common.money import MOST, AmountError, full, parse, short


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("Rp 1,2 M", 1_200_000_000),
        ("Rp1.2M", 1_200_000_000),
        ("1,25 milyar", 1_250_000_000),
        ("Rp. 350.000.000,-", 350_000_000),
        ("350 jt", 350_000_000),
        ("Rp350juta", 350_000_000),
        ("75 rb", 75_000),
        ("2 T", 2 * 10**12),
        ("1.200.000", 1_200_000),
        ("1200000", 1_200_000),
        ("1,200,000", 1_200_000),
        ("1,200,000.50", Decimal("1200000.50")),
        ("Rp1.200.000,00", 1_200_000),
        ("Rp 12.500,5", Decimal("12500.5")),
        ("1.200.000 rupiah", 1_200_000),
        ("Rp\u00a01.200,00", 1200),
        ("0", 0),
        ("1.250,5 juta", 1_250_500_000),
    ],
)
def test_as_people_write_it(text: str, amount: Decimal) -> None:
    assert parse(text) == amount


@pytest.mark.parametrize(
    "text",
    ["-5", "Rp -5", "lima juta", "12 kg", "1.2", "Rp", "1.2.3", "1,200", "1.200 jt", "1,234 M", "9999999 T", "5..5",
     "1e9", "٣٥٠", "Rp" + "9" * 70],
)  # fmt: skip
def test_refused_in_words(text: str) -> None:
    with pytest.raises(AmountError) as caught:
        parse(text)
    assert str(caught.value).count(" ") > 3


def test_empty_is_not_nothing() -> None:
    assert parse("  ") is None
    assert parse("Rp 0") == 0


@given(st.decimals(0, MOST, places=2))
def test_every_amount_comes_back(amount: Decimal) -> None:
    assert parse(full(amount)) == amount


def test_words() -> None:
    assert (short(1_200_000_000), short(350_000_000), short(12_500)) == (
        "Rp1,2 miliar",
        "Rp350 juta",
        "Rp12.500",
    )
    assert short(2 * 10**12) == "Rp2 triliun"
    assert full(Decimal("12500.50")) == "Rp12.500,50"
