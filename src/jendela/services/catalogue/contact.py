"""What a reader leaves to be answered, with most of it covered."""

import re

_ADDRESS = re.compile(r"([^\s@<>(),;:]+)@((?:[a-z0-9-]+\.)+[a-z]{2,})", re.IGNORECASE)
_PHONE = re.compile(r"\+?\d(?:[\s().-]*\d){5,}")
REST = "…"


def mask_contact(contact: str) -> str:
    """'0812 …', '+62 812 …' or 's…@contoh.id'; of anything else the first letter. '' of ''."""
    if not contact.strip():
        return ""
    if address := _ADDRESS.search(contact):
        return f"{address.group(1)[0]}{REST}@{address.group(2)}"
    if phone := _PHONE.search(contact):
        digits = re.sub(r"\D", "", phone.group())
        return f"+62 {digits[2:5]} {REST}" if digits.startswith("62") else f"{digits[:4]} {REST}"
    return f"{contact.strip()[0]}{REST}"


def link_to_contact(contact: str) -> str:
    """A link that calls or writes, when the whole contact is one number or one address; else ''."""
    text = contact.strip()
    if _ADDRESS.fullmatch(text):
        return f"mailto:{text}"
    if _PHONE.fullmatch(text):
        return "tel:" + re.sub(r"[^\d+]", "", text)
    return ""


def whatsapp_of(contact: str) -> str:
    """A chat with the whole contact when it is one Indonesian mobile number; else ''."""
    digits = re.sub(r"\D", "", contact) if _PHONE.fullmatch(contact.strip()) else ""
    match = re.fullmatch(r"(?:62|0)(8\d{7,11})", digits)
    return f"https://wa.me/62{match.group(1)}" if match else ""
