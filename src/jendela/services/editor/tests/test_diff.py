"""Word differences: whole, and empty for equal texts."""

from hypothesis import given
from hypothesis import strategies as st

from jendela.services.editor import diff

texts = st.text("ab cd\n", max_size=60)


@given(texts)
def test_equal_texts_differ_in_nothing(text: str) -> None:
    pieces = diff.words(text, text)
    assert not diff.changed(pieces)
    assert "".join(piece.text for piece in pieces) == text


@given(texts, texts)
def test_both_texts_can_be_read_from_the_pieces(old: str, new: str) -> None:
    pieces = diff.words(old, new)
    assert "".join(piece.text for piece in diff.side(pieces, diff.GONE)) == old
    assert "".join(piece.text for piece in diff.side(pieces, diff.NEW)) == new
    assert diff.changed(pieces) is (old != new)


def test_a_changed_word_is_marked_alone() -> None:
    pieces = diff.words("bawa KTP asli", "bawa KK asli")
    assert [(piece.kind, piece.text) for piece in pieces if piece.kind != diff.SAME] == [
        ("gone", "KTP"),
        ("new", "KK"),
    ]


def test_very_long_texts_are_compared_as_a_whole() -> None:
    pieces = diff.words("a " * 3000, "b " * 3000)
    assert [piece.kind for piece in pieces] == ["gone", "new"]
