"""Emergency numbers as links that can be tapped; what is not known is said in one honest line."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from jendela.portal.public.words import link, own
from jendela.services.catalogue.models import EmergencyContact, Service


@dataclass
class Contact:
    name: str
    what_for: str
    number: str = ""
    tel: str = ""
    whatsapp: str = ""
    url: str = ""
    page: str = ""
    note: str = ""


def show(contact: EmergencyContact, page: str = "") -> Contact:
    name, name_en = contact.name, contact.name_en
    if contact.phone and contact.works:  # the number stands before it in large figures
        name, name_en = (text.removesuffix(contact.phone).strip() or text for text in (name, name_en))
    note = own(contact.note, contact.note_en)
    if not contact.works and not note:
        note = _("Nomornya belum kami ketahui.")
    return Contact(
        name=own(name, name_en),
        what_for=own(contact.what_for, contact.what_for_en),
        number=contact.phone,
        tel="".join(sign for sign in contact.phone if sign.isdigit() or sign == "+"),
        whatsapp=whatsapp(contact.whatsapp),
        url=contact.url,
        page=page,
        note=note,
    )


def whatsapp(number: str) -> str:
    """A number as wa.me wants it: digits with the country in front, '' for none."""
    digits = "".join(sign for sign in number if sign.isdigit())
    return "62" + digits[1:] if digits.startswith("0") else digits


def of_service(service: Service, contacts: list[EmergencyContact]) -> list[Contact]:
    """The working numbers of this service. An emergency without one is given those that work for all dangers."""
    found = [show(one) for one in contacts if one.service_id == service.pk and one.works]
    if not found and service.is_emergency:
        found = [show(one) for one in contacts if one.service_id is None and one.works]
    return found


def on_home(contacts: list[EmergencyContact]) -> tuple[list[Contact], list[Contact]]:
    """Numbers that work, and those that do not or are not known."""

    def page(contact: EmergencyContact) -> str:
        return link(f"/layanan/{contact.service.slug}/") if contact.service is not None else ""

    shown = [(contact.works, show(contact, page(contact))) for contact in contacts]
    return [one for works, one in shown if works], [one for works, one in shown if not works]
