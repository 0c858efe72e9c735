"""Cells that a spreadsheet would take for a formula: an apostrophe in front on the way out, off again on the way in.

One more apostrophe is also put before texts that begin with apostrophes and then such a sign, so that the way back is
exact for every text.
"""

import re

_STARTS = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_PROTECTED = re.compile(r"'+[=+\-@\t\r\n＝＋－＠]")


def protect(text: str) -> str:
    """The text as a cell that no spreadsheet calculates."""
    return f"'{text}" if _STARTS.match(text) else text


def release(text: str) -> str:
    """The text as it was before `protect`."""
    return text[1:] if _PROTECTED.match(text) else text
