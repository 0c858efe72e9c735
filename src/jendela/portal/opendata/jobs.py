"""The daily dump of the register."""

from jendela.common.jobs import job
from jendela.portal.opendata import dumps


@job("portal_opendata.write_dump", every="10 20 * * *")  # 03.10 WIB: the worker counts in UTC
def write_dump() -> None:
    """Write today's files and drop the oldest; a second run of a day writes them anew."""
    dumps.write()
