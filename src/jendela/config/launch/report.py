"""What the terminal says: progress in plain words, and trouble as one sentence."""

import contextlib
import sys


class Trouble(Exception):  # noqa: N818  read as a word, not as a name
    """Something the person at the terminal can act on; the message is one sentence, no traceback follows."""

    def __init__(self, sentence: str, code: int = 1) -> None:
        super().__init__(sentence)
        self.code = code


class Stopped(Exception):  # noqa: N818  not an error: somebody asked for the end
    """A signal asked for the end while something was being waited for."""


def say(text: str) -> None:
    """One line of progress; a closed terminal must not end the service."""
    with contextlib.suppress(OSError, ValueError):
        print(text, flush=True)


def complain(text: str) -> None:
    """One line about trouble, on standard error."""
    with contextlib.suppress(OSError, ValueError):
        print(text, file=sys.stderr, flush=True)


def plain_output() -> None:
    """A terminal that cannot write a letter shows a question mark instead of ending the program."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
