"""The command line: reads the words, and turns every trouble into one sentence."""

import argparse
import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from jendela.config.launch import commands
from jendela.config.launch.home import default_home
from jendela.config.launch.postgres import disk_full, is_disk_full
from jendela.config.launch.report import Stopped, Trouble, complain, plain_output, say
from jendela.config.launch.suite import run_suite
from jendela.config.launch.supervisor import Supervisor

HELP = """Jendela: satu jendela untuk layanan sebuah kabupaten.

  ./jendela up [--port 8000] [--host 127.0.0.1] [--home FOLDER] [--no-demo]
                              menjalankan semuanya, dengan orang contoh (run everything, with example people)
  ./jendela manage PERINTAH   perintah Django dengan basis data dan kunci folder kerja (Django commands)
  ./jendela pg PROGRAM …      pg_dump, pg_restore, psql untuk basis data bawaan (PostgreSQL's programs)
  ./jendela test [fast] […]   semua pemeriksaan; dengan argumen: hanya pytest (all checks, or pytest alone)
  ./jendela bench [NAMA]      pengukuran (benchmarks)

Folder kerja: --home atau JENDELA_HOME, biasanya ./var. Basis data lain: DATABASE_URL. 
Petunjuk: docs/operators.md
"""


class Parser(argparse.ArgumentParser):
    """Complains in one sentence instead of a page of usage."""

    def error(self, message: str) -> NoReturn:
        raise Trouble(f"Perintah tidak dimengerti: {message}; lihat ./jendela help (bad arguments).", 2)


def run(args: Sequence[str]) -> int:
    """Run one command. Returns the exit code."""
    plain_output()
    try:
        return _dispatch(list(args))
    except Trouble as trouble:
        if os.environ.get("JENDELA_DEBUG") == "1":
            traceback.print_exc()
        complain(f"jendela: {trouble}")
        return trouble.code
    except (KeyboardInterrupt, Stopped):
        return 130
    except Exception as error:
        return _unexpected(error)


def _dispatch(args: list[str]) -> int:
    word, rest = (args[0], args[1:]) if args else ("help", [])
    if word == "up":
        return _up(rest)
    if word == "manage":
        return commands.manage(rest)
    if word == "pg":
        return commands.pg(rest)
    if word == "test":
        return run_suite(rest)
    if word == "bench":
        return commands.bench(rest)
    if word in {"help", "--help", "-h"}:
        say(HELP.rstrip())
        return 0
    raise Trouble(f"Perintah {word} tidak dikenal; lihat ./jendela help (unknown command).", 2)


def _up(args: list[str]) -> int:
    parser = Parser(prog="jendela up", add_help=False, allow_abbrev=False)
    parser.add_argument("--port", default="8000")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--home", type=Path, default=None)
    parser.add_argument("--no-demo", action="store_true")
    parser.add_argument("--help", "-h", action="store_true")
    found = parser.parse_args(args)
    if found.help:
        say(HELP.rstrip())
        return 0
    if not found.port.isascii() or not found.port.isdigit() or not 1 <= int(found.port) <= 65535:
        raise Trouble(f"Port {found.port} tidak sah; pakai angka 1 sampai 65535 (bad port).", 2)
    home = found.home.expanduser() if found.home else default_home()
    return Supervisor(home, found.host, int(found.port), demo=not found.no_demo).run()


def _unexpected(error: Exception) -> int:
    if os.environ.get("JENDELA_DEBUG") == "1":
        traceback.print_exc()
        return 1
    if is_disk_full(error):
        complain(f"jendela: {disk_full(default_home().absolute())}")
        return 1
    log = default_home().absolute() / "log" / "launcher.log"
    try:
        with log.open("a") as file:
            traceback.print_exc(file=file)
        where = f"baca {log}"
    except OSError:
        where = "ulangi dengan JENDELA_DEBUG=1"
    complain(
        f"jendela: Ada kesalahan yang tidak terduga ({type(error).__name__}); {where} (unexpected error)."
    )
    return 1


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
