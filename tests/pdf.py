"""PDF in tests: skipped where the machine lacks what makes it; unpacked, and how many pages."""

import contextlib
import re
import zlib

import pytest

from jendela.common.documents import pdf_missing

needs_pdf = pytest.mark.skipif(bool(pdf_missing()), reason=f"no PDF on this machine. {pdf_missing()}")


def unpacked(pdf: bytes) -> bytes:
    """The file with everything in it that was compressed."""
    found = [pdf]
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        with contextlib.suppress(zlib.error):
            found.append(zlib.decompress(stream))
    return b"\n".join(found)


def pages(pdf: bytes) -> int:
    found = re.search(rb"/Count (\d+)", unpacked(pdf))
    assert found
    return int(found[1])
