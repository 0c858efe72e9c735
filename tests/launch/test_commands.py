"""`manage`, `pg`, `bench`, a database of one's own, and words that are not understood."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from jendela.config.launch.commands import UNREACHABLE
from jendela.config.launch.postgres import Server
from jendela.config.launch.process import postgres_in
from jendela.config.launch.report import Trouble
from jendela.config.launch.suite import Step, run_steps
from tests.launch.conftest import Up, data_of, environment, jendela

pytestmark = pytest.mark.launch


def test_manage_has_the_database_for_its_duration(home: Path) -> None:
    done = jendela(home, "manage", "show", "--all")
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert said["args"] == ["show", "--all"]
    assert said["database"].startswith("postgresql://jendela:")
    assert postgres_in(data_of(home)) == []


def test_manage_hands_the_exit_code_on(home: Path) -> None:
    assert jendela(home, "manage", "fail").returncode == 7


def test_manage_starts_no_database_without_need(home: Path) -> None:
    assert json.loads(jendela(home, "manage", "check").stdout)["database"] == UNREACHABLE
    assert not (home / "database").exists()


def test_manage_uses_the_database_of_a_running_up(up: Callable[..., Up], home: Path) -> None:
    instance = up().wait_ready()
    before = instance.postmaster()
    done = jendela(home, "manage", "show")
    assert json.loads(done.stdout)["address"] == f"http://localhost:{instance.port}"  # for its links
    assert instance.postmaster() == before
    assert instance.web()
    named = jendela(home, "manage", "show", JENDELA_PUBLIC_URL="http://192.168.1.5:8000")
    assert json.loads(named.stdout)["address"] == "http://192.168.1.5:8000"
    assert instance.end() == 0
    assert json.loads(jendela(home, "manage", "show").stdout)["address"] is None


def test_dump_and_restore(home: Path, tmp_path: Path) -> None:
    def psql(question: str) -> str:
        return jendela(home, "pg", "psql", "-Atc", question).stdout.strip()

    psql("CREATE TABLE kept AS SELECT 42 AS number")
    dump = tmp_path / "dump"
    assert jendela(home, "pg", "pg_dump", "-Fc", "-f", str(dump)).returncode == 0
    psql("DROP TABLE kept")
    restored = jendela(home, "pg", "pg_restore", "--clean", "--if-exists", "-d", "jendela", str(dump))
    assert restored.returncode == 0, restored.stderr
    assert psql("SELECT number FROM kept") == "42"


def test_database_of_ones_own(up: Callable[..., Up], home: Path, tmp_path: Path) -> None:
    with Server(tmp_path / "other", durable=False, quiet=True) as other:
        instance = up(DATABASE_URL=other.url()).wait_ready()
        assert not (home / "database").exists()
        assert instance.end() == 0
        assert other.running()
        password = (other.folder / "password").read_text().strip()
        for url, words in {
            other.url().replace(password, "secret-word"): "menolak sandi",
            other.url("absent"): "belum ada",
        }.items():
            done = jendela(home, "up", "--port", str(instance.port), DATABASE_URL=url)
            assert done.returncode == 1
            assert words in done.stderr
            assert "secret-word" not in done.stderr
            assert len(done.stderr.splitlines()) == 1
    other.remove()


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("postgresql://a:secret-word@127.0.0.1:9/jendela", "tidak terjangkau"),
        ("postgresql://a:secret-word@/jendela?host=/nonexistent", "tidak terjangkau"),
        ("mysql://a:secret-word@localhost/jendela", "postgresql://"),
        ("rubbish", "postgresql://"),
        ("postgresql://a:secret-word@localhost:port/jendela", "bukan angka"),
    ],
)
def test_wrong_database_url(home: Path, free_port: int, url: str, words: str) -> None:
    done = jendela(home, "up", "--port", str(free_port), DATABASE_URL=url)
    assert done.returncode == 1
    assert words in done.stderr
    assert "secret-word" not in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("args", [["dance"], ["up", "--fast"], ["pg", "dance"], ["bench", "absent"]])
def test_words_that_are_not_understood(home: Path, args: list[str]) -> None:
    done = jendela(home, *args)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1


def test_help_and_list_of_benchmarks(home: Path) -> None:
    assert "up" in jendela(home).stdout
    assert jendela(home, "bench").returncode == 0


def test_unsupported_python() -> None:
    script = (
        "import sys; sys.version_info = (3, 10, 0, 'final', 0)\n"
        "from jendela.__main__ import main; sys.exit(main())"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        env=environment(Path("unused")),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "3.11" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_failed_step_fails_the_sum_and_the_rest_still_runs(capsys: pytest.CaptureFixture[str]) -> None:
    ran: list[str] = []

    def step(name: str, result: bool) -> Step:
        def check() -> bool:
            ran.append(name)
            return result

        return Step(name, check)

    assert run_steps([step("one", True), step("two", False), step("three", True)]) == 1
    assert ran == ["one", "two", "three"]
    assert "GAGAL: two" in capsys.readouterr().out
    assert run_steps([step("one", True)]) == 0


def test_missing_chromium_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from jendela.config.launch import chromium

    broken = tmp_path / "chromium"
    broken.write_text("#!/bin/sh\nexit 1\n")
    broken.chmod(0o755)
    monkeypatch.setattr(chromium, "_candidates", lambda: iter([broken]))
    monkeypatch.setattr(chromium, "DOWNLOAD_LIMIT", 0)
    monkeypatch.setattr("shutil.which", lambda _name: None)
    with pytest.raises(Trouble, match=chromium.VARIABLE):
        chromium.ensure()
    broken.write_text("#!/bin/sh\nexit 0\n")
    assert chromium.ensure() == broken
