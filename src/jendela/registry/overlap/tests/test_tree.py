"""Entries of a tree that a text names."""

from jendela.registry.overlap.matching.tree import Entry, Tree

ENTRIES = (
    Entry("RAB.09.06", "Aparatur", "kepegawaian, ASN"),
    Entry("RAB.09.06.01", "Kehadiran", "absensi, jam masuk"),
    Entry("RAB.09.06.01.01", "Kehadiran di kantor", "mesin sidik jari"),
    Entry("RAB.09.06.02", "Cuti", "cuti"),
    Entry("RAB.03.07", "Kependudukan", "KTP, KK, akta"),
    Entry("RAB.02.08", "Investasi", "izin usaha"),
)


def first(text: str, tree: Tree | None = None) -> str:
    found = (tree or Tree(ENTRIES)).suggest(text, "", "")
    return found[0] if found else ""


def test_down_as_far_as_the_text_tells() -> None:
    assert first("Absensi ASN") == "RAB.09.06.01"
    assert first("Mesin sidik jari ASN") == "RAB.09.06.01.01"
    assert first("Data ASN") == "RAB.09.06"
    assert first("Absensi dan cuti") == "RAB.09.06"  # two neighbours alike: the one above


def test_words_are_whole_and_common_functions_help() -> None:
    assert first("Fakta sejarah") == ""  # not "akta"
    assert first("Antrean loket") == "RAB.02.08"  # by data/function_seeds.csv
    assert first("") == ""


def test_a_branch_is_named_once_and_three_at_most() -> None:
    found = Tree(ENTRIES).suggest("Absensi, cuti, akta dan izin usaha", "", "")
    assert sorted(found) == ["RAB.02.08", "RAB.03.07", "RAB.09.06"]
    assert Tree(ENTRIES).suggest("Absensi, absensi, akta", "", "", top=1) == ["RAB.09.06.01"]


def test_what_people_confirmed_teaches() -> None:
    names = ("Simantap", "Simantap Kota", "e-Simantap", "Portal Simantap")
    taught = [
        (f"{name} {number}", "pemantapan batas", "RAB.09.06.02") for number in range(30) for name in names
    ]
    taught += [(f"Pelita {number}", "penerang lorong", "RAB.03.07") for number in range(100)]
    learnt = Tree(ENTRIES, taught)
    assert first("Simantap Raya") == ""
    assert first("Simantap Raya", learnt) == "RAB.09.06.02"
    assert first("Pelita Raya", learnt) == "RAB.03.07"
    assert first("Absensi dan jam masuk", learnt) == "RAB.09.06.01"  # the words still count


def test_codes_that_are_no_more_are_not_taught() -> None:
    taught = [(f"Pelita {number}", "penerang lorong", "RAB.77.01") for number in range(100)]
    assert first("Pelita Raya", Tree(ENTRIES, taught)) == ""
