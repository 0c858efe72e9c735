"""What is kept of a search tells nothing about who asked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jendela.services.search.privacy import LONGEST_KEPT, anonymised


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("KTP Hilang", "ktp hilang"),
        ("cek nik 6202000011112222", "cek nik #"),
        ("nik 6202 0000 1111 2222 ktp", "nik # ktp"),
        ("telepon saya 0812-3456-7890", "telepon saya #"),
        ("+62 812 3456 7890", ""),
        ("kirim ke budi.santoso@contoh.id ya", "kirim ke # ya"),
        ("https://contoh.id/a?b=c palsu", "# palsu"),
        ("akta atas nama budi santoso", "akta atas nama #"),
        ("siti binti ahmad meninggal", "# binti # meninggal"),
        ("plat kh1234ab mati pajak", "plat # mati pajak"),
        ("x" * 60, ""),
        ("polisi 110", "polisi 110"),
        ("rt 02 rw 5", "rt 02 rw 5"),
        ("umur 17 tahun bikin ktp", "umur 17 tahun bikin ktp"),
        ("   ", ""),
        ("???", ""),
        ("\x00", ""),
    ],
)
def test_what_is_kept(query: str, kept: str) -> None:
    assert anonymised(query) == kept


@given(st.text())
def test_never_fails_and_stays_short(query: str) -> None:
    assert len(anonymised(query)) <= LONGEST_KEPT


@given(st.integers(min_value=1000, max_value=10**18), st.sampled_from(["ktp ", "", "nomor: "]))
def test_no_long_number_is_kept(number: int, before: str) -> None:
    assert str(number) not in anonymised(f"{before}{number}")
