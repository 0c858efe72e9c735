"""Counts reach the database once, whatever is repeated, and survive a writer that fails."""

import json
from collections.abc import Iterable
from pathlib import Path

import pytest

from jendela.common import spool
from jendela.common.models import SpoolBatch

pytestmark = pytest.mark.django_db


@pytest.fixture
def written(settings: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[tuple[spool.Row, int]]:
    settings.SPOOL_DIR = tmp_path  # type: ignore[attr-defined]
    seen: list[tuple[spool.Row, int]] = []

    def writer(pairs: Iterable[tuple[spool.Row, int]]) -> None:
        seen.extend(pairs)

    monkeypatch.setattr(spool, "_writers", {"thing": writer})
    spool._counts.clear()
    return seen


def test_sums_are_written_once(written: list[tuple[spool.Row, int]], tmp_path: Path) -> None:
    for _ in range(3):
        spool.count("thing", "a")
    spool.count("thing", "b", step=5)
    path = spool.flush()
    assert path is not None
    again = path.read_bytes()
    spool.write_spool()
    assert sorted(written) == [(("a",), 3), (("b",), 5)]
    assert list(tmp_path.glob("*.jsonl")) == []
    path.write_bytes(again)  # the worker died after the commit, before removing the file
    spool.write_spool()
    assert len(written) == 2
    assert SpoolBatch.objects.count() == 1


def test_nothing_counted_writes_no_file(written: list[tuple[spool.Row, int]]) -> None:
    assert spool.flush() is None


def test_a_broken_file_is_put_aside_and_the_rest_is_written(
    written: list[tuple[spool.Row, int]], tmp_path: Path
) -> None:
    (tmp_path / "1-broken.jsonl").write_text("{not json\n")
    (tmp_path / "2-good.jsonl").write_text(json.dumps(["thing", ["a"], 2]) + "\n")
    spool.write_spool()
    assert written == [(("a",), 2)]
    assert [path.name for path in tmp_path.iterdir()] == ["1-broken.broken"]


def test_an_unwritable_folder_keeps_the_counts(
    written: list[tuple[spool.Row, int]], settings: object, tmp_path: Path
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    settings.SPOOL_DIR = blocked / "below"  # type: ignore[attr-defined]
    spool.count("thing", "a")
    with pytest.raises(OSError):  # noqa: PT011  which one depends on the system
        spool.flush()
    assert spool._counts == {("thing", ("a",)): 1}
    spool._counts.clear()


def test_memory_is_bounded(written: list[tuple[spool.Row, int]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spool, "MAX_KEYS", 2)
    for key in "abc":
        spool.count("thing", key)
    spool.count("thing", "a")
    assert spool._counts == {("thing", ("a",)): 2, ("thing", ("b",)): 1}
    spool._counts.clear()
