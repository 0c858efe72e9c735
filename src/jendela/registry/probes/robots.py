"""robots.txt (RFC 9309): what the owner of a server allows robots to ask."""

import datetime
from dataclasses import dataclass
from urllib.robotparser import RobotFileParser

NAME = "Jendela"  # the product token that a robots.txt may name
FRESH = datetime.timedelta(hours=24)  # RFC 9309, 2.4
MOST_BYTES = 65_536
LONGEST_PAUSE = 600  # seconds


@dataclass(frozen=True)
class Robots:
    """What a host answered to /robots.txt: status, and its first 64 KB where there were any."""

    status: int
    text: str = ""


def seconds_between(robots: Robots | None, least: int) -> int:
    """The pause that a host asks for between two requests, at least ours and at most ten minutes."""
    if robots is None or robots.status != 200:
        return least
    rules = RobotFileParser()
    rules.parse(robots.text.splitlines())
    asked = rules.crawl_delay(NAME)
    return min(LONGEST_PAUSE, max(least, int(float(asked)))) if asked else least


def may_ask(robots: Robots, url: str) -> bool | None:
    """May this address be asked? None: the server failed to say, and then nothing is asked (RFC 9309, 2.3.1.4)."""
    if robots.status >= 500:
        return None
    if robots.status >= 300:
        return True  # there are no rules
    rules = RobotFileParser()
    rules.parse(robots.text.splitlines())
    return rules.can_fetch(NAME, url)
