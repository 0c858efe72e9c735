"""Phone numbers of residents: any usual way of writing them becomes +62…, shown as 0812-3456-7890."""

import re

_SIGNS = re.compile(r"[\s().\-/]")
MOBILE = re.compile(r"^\+628\d{8,11}$")  # national: 08 and 8 to 11 digits more


def normal_phone(text: str) -> str:
    """The E.164 form of an Indonesian mobile number. Raises ValueError for anything else. No list of operators is
    asked: those change."""
    plain = _SIGNS.sub("", text.strip())
    digits = plain.removeprefix("+")
    if not (digits.isascii() and digits.isdigit()):
        raise ValueError("not a phone number")
    if plain.startswith("+") or digits.startswith("62"):
        found = f"+{digits}"
    elif digits.startswith("0"):
        found = f"+62{digits[1:]}"
    else:
        found = f"+62{digits}"
    if found.startswith("+620"):  # +62 0812…: the zero is written by habit
        found = f"+62{found[4:]}"
    if not MOBILE.match(found):
        raise ValueError("not an Indonesian mobile number")
    return found


def shown_phone(phone: str) -> str:
    """+6281234567890 as people read it: 0812-3456-7890."""
    national = "0" + phone.removeprefix("+62")
    return "-".join(part for part in (national[:4], national[4:8], national[8:]) if part)


def masked_phone(phone: str) -> str:
    """Only the ends, for pages that others may see over a shoulder: 0812-••••-7890."""
    parts = shown_phone(phone).split("-")
    return "-".join([parts[0], "••••", phone[-4:]]) if len(parts) > 1 else shown_phone(phone)
