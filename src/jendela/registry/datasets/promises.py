"""Is the promise of renewal kept? Computed when it is read, never stored (portfolio 6.20): a day of grace after the
period, which is the longest that its name can mean."""

import datetime
from dataclasses import dataclass

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from jendela.registry.datasets.choices import Frequency

DAYS: dict[str, int] = {
    Frequency.REALTIME: 1,
    Frequency.DAILY: 1,
    Frequency.WEEKLY: 7,
    Frequency.MONTHLY: 31,
    Frequency.QUARTERLY: 92,
    Frequency.HALF_YEARLY: 184,
    Frequency.YEARLY: 366,
}
GRACE = 1  # day
KEPT, LATE, SILENT, NONE = "ditepati", "lewat", "belum_diketahui", "tanpa_janji"


@dataclass(frozen=True)
class Promise:
    """`state`: kept, late, silent (promised, and nobody says when it was last renewed) or none (no promise that has a
    day)."""

    state: str
    due: datetime.date | None = None

    @property
    def words(self) -> str:
        day = date_format(self.due, "j F Y") if self.due else ""
        if self.state == KEPT:
            return _("Janji pembaruan ditepati. Pembaruan berikutnya paling lambat %(day)s.") % {"day": day}
        if self.state == LATE:
            return _("Seharusnya diperbarui paling lambat %(day)s.") % {"day": day}
        if self.state == SILENT:
            return _("Ada janji pembaruan. Kapan terakhir diperbarui, belum kami ketahui.")
        return _("Belum ada janji pembaruan.")


def promise_of(frequency: str, last_update: datetime.date | None, day: datetime.date) -> Promise:
    days = DAYS.get(frequency)
    if days is None:
        return Promise(NONE)
    if last_update is None:
        return Promise(SILENT)
    due = last_update + datetime.timedelta(days=days)
    return Promise(LATE if day > due + datetime.timedelta(days=GRACE) else KEPT, due)


def late(day: datetime.date) -> Q:
    """The same as a condition over datasets."""
    found = Q(pk__in=[])
    for frequency, days in DAYS.items():
        found |= Q(update_promise=frequency, last_update__lt=day - datetime.timedelta(days=days + GRACE))
    return found


def without_promise() -> Q:
    return ~Q(update_promise__in=list(DAYS))
