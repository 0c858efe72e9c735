"""What a file is, by its content. Its name is never asked: a renamed program is still a program."""

import zipfile
from pathlib import Path
from typing import IO
from xml.parsers import expat

import puremagic
from django.conf import settings
from django.utils.translation import gettext as _

from jendela.common.exchange.reading.table import FileRefusedError

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
HIGHEST_RATIO = 250  # a sheet of repeated words packs to a fiftieth; a bomb to a thousandth
MOST_PARTS = 3000
PARTS_THAT_MAY_BE_LARGE = 1_000_000
PROLOG_CHUNK = 8192
KNOWN_BINARY = {
    b"MZ": "program",
    b"\x7fELF": "program",
    b"%PDF": "PDF",
    b"\x89PNG": "gambar",
    b"\xff\xd8\xff": "gambar",
    b"GIF8": "gambar",
}


def recognise(path: Path) -> str:
    """'xlsx', 'csv' or 'json'. Raises FileRefusedError for anything else, and for what would be too much."""
    size = path.stat().st_size
    if size == 0:
        raise FileRefusedError(_("Berkas ini kosong. Pilih berkas yang berisi tabel."))
    if size > settings.EXCHANGE_MOST_BYTES:
        raise FileRefusedError(
            _("Berkas ini lebih dari %(most)s MB. Bagi menjadi beberapa berkas.")
            % {"most": settings.EXCHANGE_MOST_BYTES // 1_000_000}
        )
    with path.open("rb") as file:
        head = file.read(4096)
    if head.startswith(b"PK"):
        return _zip(path)
    if head.startswith(OLE):
        raise FileRefusedError(_ole(path))
    for start, name in KNOWN_BINARY.items():
        if head.startswith(start):
            raise FileRefusedError(
                _("Berkas ini %(what)s, bukan tabel. Pilih berkas XLSX, CSV atau JSON.") % {"what": name}
            )
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    if b"\0" in head and not wide:
        raise FileRefusedError(
            _("Berkas ini %(what)s, bukan tabel. Pilih berkas XLSX, CSV atau JSON.") % {"what": _name(path)}
        )
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"{\\rtf") or start[:200].lower().startswith(
        (b"<html", b"<!doctype", b"<?xml", b"<table")
    ):
        raise FileRefusedError(
            _("Berkas ini halaman atau naskah, bukan tabel. Buka, lalu simpan sebagai XLSX.")
        )
    return "json" if start.startswith((b"{", b"[")) else "csv"


def _zip(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            _check_sizes(parts)
            names = {part.filename for part in parts}
            if any(part.flag_bits & 1 for part in parts):
                raise FileRefusedError(_("Berkas ini memakai kata sandi. Simpan ulang tanpa kata sandi."))
            if "[Content_Types].xml" not in names or not any(name.endswith("workbook.xml") for name in names):
                if "mimetype" in names:
                    raise FileRefusedError(
                        _("Berkas ini dari LibreOffice. Simpan sebagai XLSX, lalu unggah.")
                    )
                raise FileRefusedError(_("Berkas ini arsip ZIP, bukan tabel. Unggah tabel di dalamnya."))
            if any(name.lower().endswith("vbaproject.bin") for name in names):
                raise FileRefusedError(_("Berkas ini berisi makro. Simpan sebagai XLSX tanpa makro."))
            for part in parts:
                with archive.open(part) as file:
                    if _declares(file):
                        raise FileRefusedError(_("Berkas ini berisi perintah XML yang tidak kami baca."))
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, RuntimeError):
        raise FileRefusedError(_("Berkas ini rusak. Buka dan simpan ulang sebagai XLSX.")) from None
    return "xlsx"


def _declares(file: IO[bytes]) -> bool:
    """Does this part, whatever its name, declare a document type, in any encoding and behind any comment? Reading ends
    at the first element; what is no XML declares nothing."""
    seen: list[bool] = []
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = lambda *_about: seen.append(True)
    parser.StartElementHandler = lambda *_about: seen.append(False)
    try:
        while not seen and (chunk := file.read(PROLOG_CHUNK)):
            parser.Parse(chunk)
    except (expat.ExpatError, ValueError, LookupError):
        pass  # an image, or broken: the reader of the sheet says so
    return any(seen)


def _check_sizes(parts: list[zipfile.ZipInfo]) -> None:
    """Before anything is unpacked: what the archive says it holds. Reading stops at these sizes, so a lie breaks the
    file and not the machine."""
    unpacked = sum(part.file_size for part in parts)
    steep = any(
        part.file_size > PARTS_THAT_MAY_BE_LARGE
        and part.file_size > HIGHEST_RATIO * max(part.compress_size, 1)
        for part in parts
    )
    if steep or len(parts) > MOST_PARTS or unpacked > settings.EXCHANGE_MOST_UNPACKED:
        raise FileRefusedError(_("Isi berkas ini terlalu besar bila dibuka. Salin tabelnya ke berkas baru."))


def _ole(path: Path) -> str:
    if ENCRYPTED in path.read_bytes():
        return _("Berkas ini memakai kata sandi. Simpan ulang tanpa kata sandi.")
    return _("Berkas ini Excel lama (.xls). Simpan sebagai XLSX, lalu unggah.")


def _name(path: Path) -> str:
    """What the content is called by its signature, for a sentence."""
    try:
        return str(puremagic.from_file(path)).lstrip(".").upper() or "biner"
    except (puremagic.PureError, ValueError, OSError):
        return "biner"
