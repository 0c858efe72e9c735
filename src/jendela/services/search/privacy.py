"""What is kept of a search: the words, without what could tell who asked. Pure functions.

Numbers, addresses and names that a sentence marks as names are replaced by '#' before anything is counted.
"""

import re

from jendela.services.search.text import clean

LONGEST_KEPT = 120
LONGEST_WORD = 24
UNKNOWN = "(tak dikenal)"
HIDDEN = "#"

_EMAIL = re.compile(r"\S+@\S+")
_LINK = re.compile(r"(?:https?://|www\.)\S+")
_NUMBER = re.compile(r"\+?\d(?:[\s().,/-]{0,2}\d){3,}")  # four digits or more, also with signs between
_NAMED = re.compile(r"\b(atas nama|bernama|a\.n\.?|a/n|nama saya|saya bernama)((?:\s+[^\W\d_]+){1,3})")
_CHILD_OF = re.compile(r"[^\W\d_]+\s+(bin|binti)\s+[^\W\d_]+")
_MIXED = re.compile(r"(?=\S*\d)(?=\S*[^\W\d_])\S{8,}")
_SEVERAL = re.compile(r"#(?:\s*#)+")


def anonymised(query: str) -> str:
    """The query as it may be counted; '' when nothing of it may."""
    text = clean(query)
    text = _LINK.sub(HIDDEN, _EMAIL.sub(HIDDEN, text))
    text = _NUMBER.sub(HIDDEN, text)
    text = _NAMED.sub(rf"\1 {HIDDEN}", text)
    text = _CHILD_OF.sub(rf"{HIDDEN} \1 {HIDDEN}", text)
    text = _MIXED.sub(HIDDEN, text)
    text = " ".join(HIDDEN if len(word) > LONGEST_WORD or HIDDEN in word else word for word in text.split())
    text = _SEVERAL.sub(HIDDEN, text)[:LONGEST_KEPT].strip()
    return text if any(sign.isalnum() for sign in text) else ""
