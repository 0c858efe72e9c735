"""Lines of the public log of changes, in both languages."""

from django.utils import translation
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from jendela.common.dates import today
from jendela.services.catalogue.models import Correction, Service, Standard
from jendela.services.catalogue.reads.parts import BY_KEY


def write_correction(
    service: Service, what: str, agency_name: str, parts: list[str], standard: Standard | None = None
) -> None:
    """Say in the public log what an agency has changed; the log names agencies, never people."""
    words = {}
    for language in ("id", "en"):
        with translation.override(language):
            words[language] = Truncator(_words(what, agency_name, parts, standard)).chars(300)
    with translation.override("id"):
        source = _("disampaikan %(agency)s, %(date)s") % {
            "agency": agency_name,
            "date": date_format(today(), "j F Y"),
        }
    Correction.objects.create(
        date=today(), service=service, text=words["id"], text_en=words["en"], source=source[:300]
    )


def _words(what: str, agency: str, parts: list[str], standard: Standard | None) -> str:
    if what == "decreed" and standard is not None:
        values = {
            "agency": agency,
            "number": standard.decree_number,
            "date": date_format(standard.valid_from or today(), "j F Y"),
        }
        return _("%(agency)s menetapkan standar dengan %(number)s, berlaku sejak %(date)s.") % values
    names = ", ".join(str(BY_KEY[part].label).lower() for part in parts if part in BY_KEY)
    values = {"agency": agency, "parts": names}
    if what == "withdrawn":
        if standard is not None and standard.decree_number:
            return _("%(agency)s mencabut penetapan %(number)s: keliru diterbitkan.") % {
                "agency": agency,
                "number": standard.decree_number,
            }
        return _("%(agency)s menarik kembali perubahan: %(parts)s.") % values
    return _("%(agency)s memperbarui: %(parts)s.") % values
