"""The matching code: worked examples and what must hold for any list."""

import random
import string

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jendela.registry.overlap.matching import Index, Pair, PairKind, Record
from jendela.registry.overlap.matching.acronyms import strength
from jendela.registry.overlap.matching.addresses import read as read_address
from jendela.registry.overlap.matching.functions import Suggester, key, near
from jendela.registry.overlap.matching.national import national_app
from jendela.registry.overlap.matching.owners import Governments
from jendela.registry.overlap.matching.words import root

NAMES = st.sampled_from(
    [
        "SIMPEG", "Sistem Informasi Manajemen Kepegawaian", "e-Presensi", "Presensi ASN", "SIPD", "Antrean Online",
        "SIMPEG v2", "Simpeg Online", "Perizinan (SIPERIZ)", "Bank Sampah", "", "Ω", "ANTREAN ONLINE", "e-", "123",
    ]
)  # fmt: skip
OWNERS = st.sampled_from(
    ["BKPSDM", "Disdik", "Kabupaten A", "Dinas Sosial Kabupaten A", "Pemprov B", "BKN", "", "x"]
)
RECORDS = st.lists(
    st.tuples(
        OWNERS,
        NAMES | st.text(alphabet=string.printable, max_size=20),
        st.sampled_from(["", "Data pegawai", "antrean loket"]),
        st.sampled_from(["", "a.go.id/x", "https://play.google.com/store/apps/details?id=a.b"]),
        st.sampled_from(["", "RAB.09.06", "Kepegawaian: kehadiran"]),
    ),
    max_size=12,
)


def records(*rows: tuple[str, ...]) -> list[Record]:
    return [Record(f"{number:03}", *row) for number, row in enumerate(rows)]


def pairs(*rows: tuple[str, ...]) -> list[Pair]:
    return list(Index(records(*rows)).pairs())


def shape(found: list[Pair]) -> list[tuple[str, str, str, float]]:
    return [(pair.a.id, pair.b.id, pair.kind.value, pair.score) for pair in found]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(RECORDS, st.randoms(use_true_random=False))
def test_order_makes_no_difference_and_nothing_is_paired_with_itself(
    rows: list[tuple[str, ...]], draw: random.Random
) -> None:
    listed = records(*rows)
    found = list(Index(listed).pairs())
    draw.shuffle(listed)
    assert shape(list(Index(listed).pairs())) == shape(found)
    assert all(pair.a.id < pair.b.id for pair in found)
    assert all(0 <= pair.score <= 1 and pair.reasons for pair in found)
    assert len({(pair.a.id, pair.b.id) for pair in found}) == len(found)


@settings(max_examples=60, deadline=None)
@given(NAMES, NAMES, OWNERS)
def test_a_pair_is_the_same_from_both_sides(one: str, other: str, owner: str) -> None:
    there = [pair.score for pair in pairs((owner, one), (owner, other))]
    back = [pair.score for pair in pairs((owner, other), (owner, one))]
    assert there == back


def test_a_short_form_and_its_long_name_are_one_question() -> None:
    (pair,) = pairs(
        ("BKPSDM", "SIMPEG", "Data pegawai dan kenaikan pangkat"),
        ("Setda", "Sistem Informasi Manajemen Kepegawaian", "Data pegawai"),
    )
    assert pair.kind is PairKind.DUPLICATE
    assert any("singkatan" in reason for reason in pair.reasons)
    assert "dicatat oleh dua kantor" in pair.reasons


def test_admission_of_the_province_and_of_the_regency_are_not_paired() -> None:
    assert not pairs(
        ("Pemprov Kalteng", "SPMB daring", "Penerimaan murid SMA", "", "Penerimaan murid"),
        ("Disdik", "SPMB daring", "Penerimaan murid SD dan SMP", "", "Penerimaan murid"),
    )


def test_two_ways_to_note_attendance_are_a_question_of_function() -> None:
    found = pairs(
        ("BKPSDM", "i-Personal", "Absensi pegawai dengan swafoto", "", "Kepegawaian: kehadiran"),
        ("BKPSDM", "e-Presensi", "Rekap bulanan", "", "Kepegawaian: kehadiran"),
        ("Diskominfo", "PPID Mobile", "Permohonan informasi publik", "", "Keterbukaan informasi publik"),
    )
    assert shape(found) == [("000", "001", "function", 0.9)]


def test_ppid_mobile_and_i_personal_are_no_question() -> None:
    assert not pairs(
        ("Diskominfo", "PPID Mobile", "Aplikasi permohonan informasi publik"),
        ("BKPSDM", "i-Personal", "Absensi pegawai dengan swafoto dan verifikasi atasan"),
    )


def test_the_same_generic_name_in_another_regency_is_no_question() -> None:
    assert not pairs(
        ("Kabupaten Alfa", "Sistem Informasi Kepegawaian", "Data pegawai"),
        ("Kabupaten Beta", "Sistem Informasi Kepegawaian", "Data pegawai"),
    )


def test_an_office_that_names_its_government_is_of_that_government() -> None:
    found = pairs(
        ("Dinas Kesehatan Kabupaten Alfa", "Antrean Puskesmas Online", "Antrean pasien"),
        ("Kab. Alfa", "Antrean Puskesmas", "Antrean pasien"),
        ("Kabupaten Beta", "Antrean Puskesmas", "Antrean pasien"),
    )
    assert [(pair.a.id, pair.b.id) for pair in found] == [("000", "001")]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sistem Informasi Kearsipan", "Sistem Informasi Kepegawaian"),
        ("Website Kecamatan Baamang", "Website Kecamatan Parenggean"),
        ("Situs SMPN 1 Sampit", "Situs SMPN 2 Sampit"),
    ],
)
def test_a_common_frame_is_not_enough(one: str, other: str) -> None:
    assert not [pair for pair in pairs(("Setda", one), ("Setda", other)) if pair.kind is PairKind.DUPLICATE]


def test_a_wholly_new_name_is_found_by_the_store_id() -> None:
    (pair,) = pairs(
        (
            "Disdik",
            "Sahabat Belajar",
            "",
            "https://play.google.com/store/apps/details?id=id.go.kotim.sb&hl=id",
        ),
        ("DPMD", "Rumah Cerdas", "", "play.google.com/store/apps/details?id=id.go.kotim.sb"),
    )
    assert pair.kind is PairKind.DUPLICATE
    assert pair.score >= 0.99
    assert pair.reasons[0] == "nomor di toko aplikasi sama: id.go.kotim.sb"


def test_a_local_record_of_an_application_of_the_centre_is_asked_about_in_a_list_of_one_government() -> None:
    (pair,) = pairs(("LKPP", "SPSE", "Pengadaan"), ("Setda", "LPSE Kotim (SPSE)", "Pengadaan barang"))
    assert pair.reasons[0] == "keduanya memuat nama aplikasi nasional SPSE"
    assert not pairs(("Kabupaten Alfa", "SRIKANDI"), ("Kabupaten Beta", "SRIKANDI"))


def test_what_no_function_is_written_for_is_guessed_only_when_nearly_sure_and_says_so() -> None:
    (pair,) = pairs(
        ("BKPSDM", "i-Hadir", "Absensi pegawai, jam masuk dan pulang, absensi dengan swafoto"),
        ("Setda", "Presensi Pagi", "Presensi dan kehadiran pegawai"),
    )
    assert pair.kind is PairKind.FUNCTION
    assert any("belum tertulis" in reason for reason in pair.reasons)


# one new name


def test_a_new_name_finds_the_register_and_the_centre() -> None:
    index = Index(
        records(("BKPSDM", "SIMPEG", "Data pegawai"), ("Disdik", "PPDB daring", "Penerimaan murid"))
    )
    first = index.check("Sistem Informasi Manajemen Kepegawaian", "Data pegawai", owner="Setda")[0]
    assert (first.record.name, first.same_government, first.national) == ("SIMPEG", True, False)
    central = index.check("Srikandi Kotim", "Naskah dinas", owner="Setda")[0]
    assert (central.record.name, central.national) == ("SRIKANDI", True)
    assert index.check("   ") == []
    assert index.check("Zzz Qqq") == []


def test_a_new_name_is_not_held_against_another_government() -> None:
    index = Index(records(("Kabupaten Alfa", "Bank Sampah Digital"), ("Kabupaten Beta", "Taman Kota")))
    assert not index.check("Bank Sampah Digital", owner="Kabupaten Beta")
    assert index.check("Bank Sampah Digital", owner="Dinas Lingkungan Kabupaten Alfa")
    assert index.check("Bank Sampah Digital")


# parts


@pytest.mark.parametrize(
    ("short", "long", "least", "most"),
    [
        ("simpeg", "sistem informasi manajemen kepegawaian", 0.9, 1),
        ("ppdb", "penerimaan peserta didik baru", 1, 1),
        ("dapodik", "data pokok pendidikan", 0.7, 1),
        ("sip", "sistem informasi pajak", 0, 0.5),
        ("simpeg", "sistem informasi manajemen pengaduan", 0, 0),
    ],
)
def test_short_forms(short: str, long: str, least: float, most: float) -> None:
    assert least <= strength(short, tuple(long.split())) <= most


def test_roots_end_and_agree() -> None:
    assert root("pengaduan") == root("aduan")
    assert root("kepegawaian") == root("pegawai") == root("ASN".lower())
    assert root("pendidikan") == root("didik")


def test_governments_of_a_national_list_and_of_one_regency() -> None:
    one = Governments(["Disdukcapil", "BKPSDM", "Kementerian Agama", "Bank Daerah"])
    assert one.of("Disdukcapil") == one.of("BKPSDM") == one.of("Dishub")
    assert one.of("Kementerian Agama").level == "pusat"
    assert one.of("Bank Daerah") != one.of("BKPSDM")
    many = Governments(
        [
            "Kabupaten Alfa",
            "Kota Alfa",
            "Dinas Sosial Kab. Alfa",
            "Disdik",
            "Alfa",
            "Diskominfo Gamma",
            "Gamma",
        ]
    )
    assert many.of("Kabupaten Alfa") == many.of("Dinas Sosial Kab. Alfa") != many.of("Kota Alfa")
    assert many.of("Alfa") not in (
        many.of("Kabupaten Alfa"),
        many.of("Kota Alfa"),
    )  # which of the two is not said
    assert many.of("Diskominfo Gamma") == many.of("Gamma")
    assert many.of("Disdik") != many.of("Kabupaten Alfa")


def test_addresses() -> None:
    assert read_address("https://www.A.go.id/x/").whole == "a.go.id/x"
    assert read_address("belum ada").host == read_address("-").host == read_address("http://[").host == ""
    assert read_address("https://bit.ly/").host == ""
    assert read_address("https://apps.apple.com/id/app/x/id1234567").store == "apple:1234567"


def test_applications_of_the_centre_are_known_by_their_whole_name_only() -> None:
    assert national_app("sp4n lapor") == "SP4N-LAPOR!"
    assert national_app("Sistem Informasi Administrasi Kependudukan") == "SIAK Terpusat"
    assert national_app("SIAK Kelurahan Mandiri") == ""


def test_functions_as_written() -> None:
    assert key(" Kepegawaian:  Kehadiran ") == key("kepegawaian kehadiran")
    assert key("Lainnya") == key("-") == ""
    assert near(key("Kepegawaian: kehadiran"), key("Kepegawaian: rekap kehadiran"))
    assert not near("rab 09 06", "rab 09 07")


def test_suggestions_learn_from_confirmed_rows() -> None:
    rows = [(f"Sistem Zirkon {n}", "mengukur zirkon", "RAB.01") for n in range(25)]
    rows += [(f"Sistem Opal {n}", "menjual opal", "RAB.02") for n in range(25)]
    learned = Suggester(rows)
    assert learned.learned
    best = learned.suggest("Layanan Opal", "jual beli opal")
    assert best[0].code == key("RAB.02")
    assert best[0].probability > 0.8
    fresh = Suggester([])
    assert not fresh.learned
    assert fresh.suggest("Absensi Pegawai", "swafoto")[0].code == "RAB.09.06/kehadiran"
    assert fresh.suggest("Qwerty") == []
