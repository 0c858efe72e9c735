"""robots.txt (RFC 9309): what the owner of a server allows robots to ask."""

import datetime
from dataclasses import dataclass
from urllib.robotparser import RobotFileParser

NAME = "Jendela"  # the product token that a robots.txt may name
FRESH = datetime.timedelta(hours=24)  # RFC 9309, 2.4
MOST_BYTES = 65_536


@dataclass(frozen=True)
class Robots:
    """What a host answered to /robots.txt: status, and its first 64 KB where there were any."""

    status: int
    text: str = ""


def may_ask(robots: Robots, url: str) -> bool | None:
    """May this address be asked? None: the server failed to say, and then nothing is asked (RFC 9309, 2.3.1.4)."""
    if robots.status >= 500:
        return None
    if robots.status >= 300:
        return True  # there are no rules
    rules = RobotFileParser()
    rules.parse(robots.text.splitlines())
    return rules.can_fetch(NAME, url)
