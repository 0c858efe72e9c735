"""Phone numbers of offices: one shape for what people write, words for what cannot be one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jendela.people.agencies.phones import PhoneError, clean_phone


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("0531 21234", "0531 21234"),
        ("(0531) 21-234", "0531 21234"),
        ("+62 531 21234", "0531 21234"),
        ("+62 (0)531 21234", "0531 21234"),
        ("0812-3456-7890", "0812 3456 7890"),
        ("62812 3456 7890", "0812 3456 7890"),
        ("021 5551234", "021 5551234"),
        ("112", "112"),
        ("14045", "14045"),
        ("1500 123", "1500123"),
        ("  ", ""),
    ],
)
def test_one_shape(text: str, kept: str) -> None:
    assert clean_phone(text) == kept
    assert clean_phone(kept) == kept


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("0531 21234 ext 5", "angka saja"),
        ("belum ada", "angka saja"),
        ("0531 21234; 0531 21235", "satu nomor"),
        ("21234", "kode wilayah"),
        ("0531 12", "kurang angka"),
        ("0812 3456 7890 1234", "kelebihan angka"),
        ("6202060099000001", "kelebihan angka"),
        ("0812 0000 0000", "hanya contoh"),
        ("0000 123 456", "hanya contoh"),
        ("+1 212 555 0100", "luar negeri"),
    ],
)
def test_refused_in_words(text: str, words: str) -> None:
    with pytest.raises(PhoneError, match=words):
        clean_phone(text)


@given(st.text(st.sampled_from("0123456789+-() ./abn"), max_size=24))
def test_what_is_kept_can_be_dialled(text: str) -> None:
    try:
        kept = clean_phone(text)
    except PhoneError:
        return
    assert kept == "" or kept.replace(" ", "").isdigit()
    assert clean_phone(kept) == kept
