"""What may stand in a log: no key of a link. Django names the path of every refused request, and some hold a key."""

import logging
import re

LINKS = re.compile(r"(/akun/(?:masuk|undangan)/|/isi/)[\w-]{16,}")


class HideKeys(logging.Filter):
    """Puts a sign in place of the keys of one-time links, invitations and personal links."""

    def filter(self, record: logging.LogRecord) -> bool:
        text = record.getMessage()
        if "/akun/" in text or "/isi/" in text:
            record.msg, record.args = LINKS.sub(r"\1…", text), ()
        return True
