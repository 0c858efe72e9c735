"""The shell script at the root: which Python it takes, what it says without one, and what it remakes."""

import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.launch.conftest import ROOT, wait_until

pytestmark = pytest.mark.launch
TOOLS = (
    "sh",
    "dirname",
    "readlink",
    "cksum",
    "sed",
    "grep",
    "mkdir",
    "cat",
    "rm",
    "rmdir",
    "head",
    "sleep",
    "ls",
)
REAL = f'#!/bin/sh\nexec "{sys.executable}" "$@"\n'
DEAD = "#!/bin/sh\necho 'no version is set' >&2\nexit 127\n"
OLD = "#!/bin/sh\n[ \"$1\" = --version ] && echo 'Python 3.9.2' && exit 0\nexit 1\n"
WITHOUT_VENV = '#!/bin/sh\ncase "$*" in *ensurepip*) exit 1 ;; esac\nexit 0\n'
SAYS = 'import sys\nprint("JALAN", *sys.argv[1:])\n'


class Clone:
    """A folder with the script, requirements without a package, and a PATH of chosen programs."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "a clone"
        self.bin = folder / "bin"
        self.bin.mkdir(parents=True)
        for tool in TOOLS:
            path = shutil.which(tool)
            assert path
            (self.bin / tool).symlink_to(path)
        (self.root / "src" / "jendela").mkdir(parents=True)
        (self.root / "src" / "jendela" / "__init__.py").touch()
        (self.root / "src" / "jendela" / "__main__.py").write_text(SAYS)
        for name in ("requirements.txt", "requirements-dev.txt"):
            (self.root / name).write_text("# nothing\n")
        shutil.copy(ROOT / "jendela", self.root / "jendela")
        self.root.chmod(0o700)

    def python(self, text: str, name: str = "python3") -> None:
        (self.bin / name).write_text(text)
        (self.bin / name).chmod(0o755)

    def run(self, *args: str, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(self.root / "jendela"), *args],
            env={"PATH": str(self.bin), **more},
            cwd="/",
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    return Clone(tmp_path)


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment made by the script; copies of it save the seconds that making one takes."""
    clone = Clone(tmp_path_factory.mktemp("made"))
    clone.python(REAL)
    assert clone.run("up").returncode == 0
    return clone.root / ".venv"


@pytest.fixture
def started(clone: Clone, made_once: Path) -> Clone:
    """A clone whose environment is there."""
    clone.python(REAL)
    shutil.copytree(made_once, clone.root / ".venv", symlinks=True)
    assert clone.run("up").stderr == ""
    return clone


def test_first_and_second_start(clone: Clone) -> None:
    clone.python(DEAD)
    clone.python(REAL, "python3.12")  # a name is only a name: it is run and asked
    first = clone.run("up", "--port", "9 9")
    assert first.stdout == "JALAN up --port 9 9\n", first.stderr
    assert "Memasang" in first.stderr
    second = clone.run("up")
    assert (second.stdout, second.stderr) == ("JALAN up\n", "")
    dev = clone.run("test")
    assert dev.stdout == "JALAN test\n"
    assert "Memasang" in dev.stderr
    assert clone.run("up").stderr == ""
    assert not (clone.root / ".venv.lock").exists()


def test_changed_requirements_are_installed(started: Clone) -> None:
    (started.root / "requirements.txt").write_text("# something else\n")
    assert "Memasang" in started.run("up").stderr


def half_made(root: Path) -> None:
    (root / ".venv" / ".half").touch()


def without_python(root: Path) -> None:
    (root / ".venv" / "bin" / "python").unlink()
    (root / ".venv" / "bin" / "python").symlink_to("/nonexistent/python3")


def of_another_version(root: Path) -> None:
    stamp = root / ".venv" / ".jendela"
    stamp.write_text("python 3.10\n" + stamp.read_text().split("\n", 1)[1])


def nearly_empty(root: Path) -> None:
    shutil.rmtree(root / ".venv")
    (root / ".venv").mkdir()
    (root / ".venv" / ".half").touch()


@pytest.mark.parametrize("harm", [half_made, without_python, of_another_version, nearly_empty])
def test_broken_environment_is_remade(started: Clone, harm: Callable[[Path], None]) -> None:
    harm(started.root)
    again = started.run("up")
    assert again.stdout == "JALAN up\n", again.stderr
    assert "Menyiapkan Python" in again.stderr
    assert started.run("up").stderr == ""


def test_environment_made_by_hand_is_kept(clone: Clone) -> None:
    clone.python(REAL)
    venv.create(clone.root / ".venv", with_pip=False, symlinks=True)
    (clone.root / ".venv" / "mine").touch()
    assert clone.run("up").stdout == "JALAN up\n"
    assert (clone.root / ".venv" / "mine").exists()


def test_folder_that_is_no_environment_is_never_removed(clone: Clone, tmp_path: Path) -> None:
    clone.python(REAL)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter").touch()
    done = clone.run("up", JENDELA_VENV=str(tmp_path / "mine"))
    assert done.returncode == 1
    assert (tmp_path / "mine" / "letter").exists()


def one_sentence(done: subprocess.CompletedProcess[str], words: str) -> None:
    assert done.returncode != 0
    assert words in done.stderr
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert done.stdout == ""


def test_no_python(clone: Clone) -> None:
    one_sentence(clone.run("up"), "Perlu Python 3.11")


def test_only_dead_shims(clone: Clone) -> None:
    clone.python(DEAD)
    clone.python(DEAD, "python3.13")
    one_sentence(clone.run("up"), "Perlu Python 3.11")


def test_unsupported_python(clone: Clone) -> None:
    clone.python(OLD)
    one_sentence(clone.run("up"), "Python 3.9.2")


def test_missing_venv_module(clone: Clone) -> None:
    clone.python(WITHOUT_VENV)
    one_sentence(clone.run("up"), "apt install python3-venv")


def test_lock_of_a_killed_start_is_taken_over(started: Clone) -> None:
    (started.root / "requirements.txt").write_text("# something else\n")
    lock = started.root / ".venv.lock"
    lock.mkdir()
    with subprocess.Popen(["true"]) as gone:
        gone.wait()
    (lock / "pid").write_text(f"{gone.pid}\n")
    assert started.run("up").stdout == "JALAN up\n"
    assert not lock.exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_clone_that_cannot_be_written(clone: Clone) -> None:
    clone.python(REAL)
    clone.root.chmod(0o500)
    one_sentence(clone.run("up"), "JENDELA_VENV")


def test_two_first_starts_at_once(clone: Clone) -> None:
    clone.python(REAL)
    both = [
        subprocess.Popen(
            [str(clone.root / "jendela"), "up"],
            env={"PATH": str(clone.bin)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    said = [process.communicate(timeout=120) for process in both]
    assert [out for out, _ in said] == ["JALAN up\n"] * 2
    assert sum("Memasang" in err for _, err in said) == 1


def test_start_that_is_killed_while_it_installs(clone: Clone) -> None:
    clone.python(REAL)
    with subprocess.Popen([str(clone.root / "jendela"), "up"], env={"PATH": str(clone.bin)}) as first:
        wait_until((clone.root / ".venv" / ".half").exists, "the beginning")
        first.kill()
    again = clone.run("up")
    assert again.stdout == "JALAN up\n", again.stderr
    assert "Menyiapkan Python" in again.stderr
