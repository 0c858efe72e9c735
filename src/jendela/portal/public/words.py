"""Values as people say them: money, lengths of time, dates, names; and texts that exist in Indonesian only."""

import datetime
from decimal import Decimal
from urllib.parse import urlencode, urlsplit

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from jendela.common.dates import parse_partial
from jendela.people.agencies.choices import AgencyKind
from jendela.people.agencies.models import Agency
from jendela.services.catalogue.choices import TimeUnit
from jendela.services.catalogue.models import ProcessingTime
from jendela.ui.templatetags.ui import path

LONGEST_SHORT_NAME = 9


def is_english() -> bool:
    return (get_language() or "id").startswith("en")


def own(indonesian: str, english: str = "") -> str:
    """Text of the data in the language of the page. Indonesian text on an English page says that it is Indonesian."""
    if not indonesian or not is_english():
        return indonesian
    return english or format_html('<span lang="id">{}</span>', indonesian)


def plain(indonesian: str, english: str = "") -> str:
    """The same for titles and attributes, where no element can be put."""
    return english if english and is_english() else indonesian


def link(target: str, area: str = "") -> str:
    """An own address in the language of the page, with the chosen area."""
    address = path(target)
    if not area:
        return address
    return f"{address}{'&' if '?' in address else '?'}{urlencode({'wilayah': area})}"


def rupiah(amount: Decimal) -> str:
    return "Rp" + f"{amount:,.0f}".replace(",", ".")


def percent(value: Decimal) -> str:
    text = format(value.normalize(), "f")
    return f"{text if is_english() else text.replace('.', ',')}%"


def duration(time: ProcessingTime) -> str:
    """'30 menit', '1 sampai 3 hari kerja'."""
    low, high = time.shortest, time.longest
    if low == high:
        one = {
            TimeUnit.MINUTE: ngettext("%(number)s menit", "%(number)s menit", high),
            TimeUnit.HOUR: ngettext("%(number)s jam", "%(number)s jam", high),
            TimeUnit.DAY: ngettext("%(number)s hari", "%(number)s hari", high),
            TimeUnit.WORKING_DAY: ngettext("%(number)s hari kerja", "%(number)s hari kerja", high),
        }
        return one[TimeUnit(time.unit)] % {"number": high}
    span = {
        TimeUnit.MINUTE: _("%(low)s sampai %(high)s menit"),
        TimeUnit.HOUR: _("%(low)s sampai %(high)s jam"),
        TimeUnit.DAY: _("%(low)s sampai %(high)s hari"),
        TimeUnit.WORKING_DAY: _("%(low)s sampai %(high)s hari kerja"),
    }
    return span[TimeUnit(time.unit)] % {"low": low, "high": high}


def date_words(partial: str) -> str:
    """A partial date in words; what cannot be read as one stays as it is written."""
    try:
        date = parse_partial(partial)
    except ValueError:
        return partial
    return date.words() if date else ""


def day(date: datetime.date | datetime.datetime | None) -> str:
    """'24 November 2026', of a moment in the region's time zone; '' for None."""
    if isinstance(date, datetime.datetime):
        date = timezone.localtime(date)
    return date_format(date, "j F Y") if date else ""


def site_of(url: str) -> str:
    """The name of the site an address leads to."""
    return urlsplit(url).netloc.removeprefix("www.") or url


def agency_to_ask(agency: Agency) -> str:
    """How a sentence names the agency: its short name where people can say it."""
    if agency.kind == AgencyKind.GROUP:
        return _("kantor desa atau kelurahan Anda")
    if agency.short_name.isupper() and len(agency.short_name) > LONGEST_SHORT_NAME:
        return plain(agency.name, agency.name_en)
    return agency.short_name


def agency_in_full(agency: Agency) -> str:
    """Full name with the short one behind it."""
    if agency.kind == AgencyKind.GROUP:
        return _("Kantor desa atau kelurahan Anda")
    name = own(agency.name, agency.name_en)
    if agency.name == agency.short_name:
        return name
    return format_html("{} ({})", name, agency.short_name)
