"""What a page tells the page cache through the WSGI environ: that it may be kept, and the counts to repeat each time
it is shown from there."""

from django.http import HttpRequest

from jendela.common import spool

COUNTS = "jendela.counts"
CACHEABLE = "jendela.cacheable"


def count(request: HttpRequest, kind: str, *row: str) -> None:
    """Count that this page was shown (kind and row as the spool's writers know them), now and at every repetition
    from the cache."""
    spool.count(kind, *row)
    request.META.setdefault(COUNTS, []).append((kind, *row))


def keep(request: HttpRequest) -> None:
    """Say that the answer to this request is the same for everybody."""
    request.META[CACHEABLE] = True
