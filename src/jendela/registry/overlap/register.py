"""The register as the matching code reads it, and its index kept in the process as long as the register is the same."""

import threading
import time
from collections.abc import Iterator

from django.db.models import OuterRef, Subquery

from jendela.common import content
from jendela.registry.applications.choices import RecordState
from jendela.registry.applications.models import BUSINESS, Application, ApplicationFunction
from jendela.registry.overlap.matching import Index, Record

CHUNK = 2000
STANDING = (RecordState.REGISTERED, RecordState.CONCEPT)
_lock = threading.Lock()
_kept: tuple[object, float, Index] | None = None  # version, until when it is good enough, the index
PATIENCE = 10  # times as long as it took to build, an index is good enough for a question while others edit
LONGEST = 60.0  # seconds


def records() -> Iterator[Record]:
    """Every application that stands; its function is the code a person confirmed, else nothing."""
    confirmed = ApplicationFunction.objects.filter(
        application=OuterRef("pk"), confirmed_at__isnull=False, node__tree=BUSINESS
    )
    first = Subquery(confirmed.order_by("-main", "node_id").values("node_id")[:1])
    rows = Application.objects.filter(record_state__in=STANDING).annotate(code=first).order_by("pk")
    values = rows.values_list("pk", "owner__name", "name", "purpose", "url", "code")
    for key, owner, name, purpose, url, code in values.iterator(chunk_size=CHUNK):
        yield Record(str(key), owner, name, purpose, url, code or "")


def index() -> Index:
    """Built when the content version has changed, so that building takes at most a tenth of the time: a small register
    answers with what was written a moment ago, a large one with what was written a minute ago. A question then takes
    milliseconds."""
    global _kept
    version, now = content.version(), time.monotonic()
    with _lock:
        changed = _kept is None or version is None or _kept[0] != version  # None: nobody tells of changes now
        if _kept is None or (changed and now > _kept[1]):
            found = Index(records())
            built = time.monotonic()
            _kept = (version, built + min(LONGEST, PATIENCE * (built - now)), found)
        return _kept[2]


def forget() -> None:
    """The next question builds it anew (tests)."""
    global _kept
    _kept = None
