"""`test`: every check that a change must pass, in order, each with its duration."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from jendela.config.launch import chromium
from jendela.config.launch.commands import run_attached
from jendela.config.launch.home import checkout, default_home, open_home
from jendela.config.launch.postgres import free_slot
from jendela.config.launch.report import Trouble, say
from jendela.config.launch.supervisor import django

PYTHON = sys.executable
JOURNEYS = "tests/journeys"
LINT_MIGRATIONS = (
    "lintmigrations",
    "--exclude-apps",
    "procrastinate",
    "account",
    "mfa",
    "usersessions",  # a library's migrations are its own matter
    "--ignore-name",
    "0002_phone_and_no_role",  # drops the column that memberships replaced; stop the web server for it
    "0002_lists_of_any_shape",  # a unique constraint on a table of a few hundred rows, made in a moment
    "0006_a_step_once_a_turn",  # wider than the one it replaces: what an older web server writes still fits
    "0005_feedback_contact_sealed",  # encrypts a column: an older web server would show what it cannot read
)
LINT_IMPORTS = "from importlinter.cli import lint_imports_command; lint_imports_command()"


@dataclass
class Step:
    """One check: a headline and what runs it; True means passed."""

    title: str
    check: Callable[[], bool]


def run_suite(args: list[str]) -> int:
    """All checks, or with arguments only pytest with those arguments. Returns the exit code."""
    root = checkout()
    if root is None:
        raise Trouble("Pemeriksaan hanya ada di folder kode sumber (tests need a source checkout).")
    os.chdir(root)
    fast = bool(args) and args[0] == "fast"
    rest = args[1:] if fast else args
    home = open_home(default_home())
    server = free_slot(home.path / "test-db")
    scratch = tempfile.mkdtemp(prefix="jendela-test-")
    try:
        env = _environment(server.url(), scratch)
        if rest:
            _offer_chromium(env)
            return run_attached([PYTHON, "-m", "pytest", *rest], env)
        steps = [*_quick(env), *_slow(env, fast=fast)]
        return run_steps(steps)
    finally:
        server.stop()
        shutil.rmtree(scratch, ignore_errors=True)


def _environment(url: str, home: str) -> dict[str, str]:
    """The tests' own settings; the keys and the home of an instance must not reach them.

    JENDELA_ENV stays unset: journeys start the product as it is started elsewhere.
    """
    env = {name: value for name, value in os.environ.items() if not name.startswith("JENDELA_")}
    for kept in (chromium.VARIABLE, "JENDELA_DEBUG"):
        if kept in os.environ:
            env[kept] = os.environ[kept]
    source = str(Path("src").resolve())
    env.update(
        DATABASE_URL=url,
        JENDELA_HOME=home,
        DJANGO_SETTINGS_MODULE="jendela.config.settings.test",
        PYTHONPATH=source,
    )
    return env


def _quick(env: dict[str, str]) -> list[Step]:
    def run(*command: str) -> Callable[[], bool]:
        return lambda: run_attached(command, env) == 0

    module = (PYTHON, "-m")
    pages = sorted(str(path) for path in Path("src").rglob("*.html"))
    steps = [
        Step("Bentuk kode (ruff format)", run(*module, "ruff", "format", "--check", ".")),
        Step("Aturan kode (ruff check)", run(*module, "ruff", "check", ".")),
        Step("Tipe (mypy)", run(*module, "mypy", "src", "tests")),
        Step("Arah impor (lint-imports)", run(PYTHON, "-c", LINT_IMPORTS)),
        Step(
            "Migrasi lengkap (makemigrations --check)", run(*django("makemigrations", "--check", "--dry-run"))
        ),
        Step("Migrasi aman (lintmigrations)", run(*django(*LINT_MIGRATIONS))),
    ]
    if pages:
        steps += [
            Step("Halaman (djlint)", run(*module, "djlint", "--lint", "--quiet", *pages)),
            Step("Inden halaman (djhtml)", run(*module, "djhtml", "--check", "--tabwidth", "2", *pages)),
        ]
    return steps


def _slow(env: dict[str, str], *, fast: bool) -> list[Step]:
    pytest = [PYTHON, "-m", "pytest", "-q"]
    quiet = ["-m", "not launch"] if fast else []  # those start whole instances, which takes minutes
    steps = [Step("Uji (pytest)", lambda: _passed([*pytest, "-n", "2", f"--ignore={JOURNEYS}", *quiet], env))]
    if not fast and any(Path(JOURNEYS).glob("**/test_*.py")):
        # two browsers, each with its own instance; the journeys of a file share what they made
        journeys = [*pytest, "-n", "2", "--dist", "loadfile", JOURNEYS]
        steps.append(Step("Perjalanan di peramban (Chromium)", lambda: _journeys(journeys, env)))
    return steps


def _passed(command: list[str], env: dict[str, str]) -> bool:
    return run_attached(command, env) in {0, 5}  # 5: no tests there yet


def _journeys(command: list[str], env: dict[str, str]) -> bool:
    try:
        env[chromium.VARIABLE] = str(chromium.ensure())
    except Trouble as trouble:
        say(f"jendela: {trouble}")
        return False
    return _passed(command, env)


def _offer_chromium(env: dict[str, str]) -> None:
    found = chromium.find()
    if found is not None:
        env[chromium.VARIABLE] = str(found)


def run_steps(steps: list[Step]) -> int:
    """Run every step, also after a failed one. Returns 1 when any failed."""
    results: list[tuple[str, bool, float]] = []
    for step in steps:
        say(f"\n== {step.title}")
        began = time.monotonic()
        try:
            passed = step.check()
        except (OSError, subprocess.SubprocessError) as error:
            say(f"tidak dapat dijalankan: {error}")
            passed = False
        seconds = time.monotonic() - began
        results.append((step.title, passed, seconds))
        say(f"-- {'lulus' if passed else 'GAGAL'}, {seconds:.1f} detik")
    say("\n== Ringkasan")
    for title, passed, seconds in results:
        say(f"{'lulus' if passed else 'GAGAL':6} {seconds:7.1f} detik  {title}")
    failed = [title for title, passed, _ in results if not passed]
    if failed:
        say(f"\nGAGAL: {', '.join(failed)}")
        return 1
    say(f"\nSemua lulus dalam {sum(seconds for *_, seconds in results):.0f} detik.")
    return 0
