"""Phone numbers: every usual way of writing one is the same number; anything else is refused."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jendela.people.accounts.phone import MOBILE, masked_phone, normal_phone, shown_phone

numbers = st.from_regex(re.compile(r"8[0-9]{8,11}", re.ASCII), fullmatch=True)


def spaced(digits: str, sign: str) -> str:
    return sign.join(digits[i : i + 4] for i in range(0, len(digits), 4))


@given(
    numbers,
    st.sampled_from(["0", "62", "+62", "+620", "620", ""]),
    st.sampled_from(["", " ", "-", ".", " - "]),
)
def test_every_way_of_writing_is_one_number(national: str, prefix: str, sign: str) -> None:
    assert normal_phone(f" {spaced(prefix + national, sign)} ") == f"+62{national}"


@given(st.text(max_size=24))
def test_anything_else_is_refused_or_normal(text: str) -> None:
    try:
        found = normal_phone(text)
    except ValueError:
        return
    assert MOBILE.match(found)
    assert normal_phone(found) == found


@given(numbers)
def test_what_is_shown_is_read_back(national: str) -> None:
    assert normal_phone(shown_phone(f"+62{national}")) == f"+62{national}"
    hidden = masked_phone(f"+62{national}")
    assert (hidden[:4], hidden[-4:], len(hidden)) == (f"0{national[:3]}", national[-4:], 14)


@pytest.mark.parametrize(
    "text", ["", "abc", "0531 21234", "+1 555 0100", "08", "0812345", "081234567890123", "٠٨١٢٣٤٥٦٧٨٩"]
)
def test_no_numbers(text: str) -> None:
    with pytest.raises(ValueError, match="number"):
        normal_phone(text)


def test_shown() -> None:
    assert shown_phone("+6281234567890") == "0812-3456-7890"
    assert masked_phone("+6281234567890") == "0812-••••-7890"
